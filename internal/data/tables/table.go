package tables

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
)

const (
	articleGroupRows = 4096
	labelGroupRows   = 122880
	// groupBytes bounds a row group of few, very long rows as well.
	groupBytes = 32 << 20
)

// Table is what the reader and the writer know of a Table besides its columns.
type Table[T any] struct {
	Name      string
	groupRows int
	queue     int      // rows of a row group that may wait to be encoded
	Sorting   []string // a prefix of the order in compare
	repeats   bool     // whether rows may compare as equal
	Compare   func(a, b *T) int
	Key       func(r *T) string // names a row in a message
	size      func(r *T) int    // bytes of its long columns
	Fields    []field.Field[T]  // in the order of the columns
	byName    []field.Field[T]
	schema    func() *parquet.Schema // made when first asked for
}

// The tables, one a row type.
var (
	ArticlesTable = newTable(Table[ArticleRow]{
		Name: dataset.TableArticles, groupRows: articleGroupRows, queue: articleGroupRows, Fields: released(field.Articles),
		Compare: func(a, b *ArticleRow) int { return cmp.Compare(a.DocID, b.DocID) },
		Key:     func(r *ArticleRow) string { return r.DocID },
		size:    func(r *ArticleRow) int { return len(r.Text) + len(r.Raw) },
	})
	MentionsTable = newTable(Table[MentionRow]{
		Name: dataset.TableMentions, groupRows: labelGroupRows, queue: 1024, Fields: released(mentionRowFields),
		Compare: compareMentions,
		Key:     func(r *MentionRow) string { return r.DocID + "/" + r.ID },
		size:    func(r *MentionRow) int { return len(r.Text) },
	})
	ActorsTable = newTable(Table[ActorRow]{
		Name: dataset.TableActors, groupRows: labelGroupRows, queue: 1024, Fields: released(field.Actors),
		Compare: func(a, b *ActorRow) int { return cmp.Compare(a.ID, b.ID) },
		Key:     func(r *ActorRow) string { return r.ID },
		size:    func(*ActorRow) int { return 0 },
	})
	EventsTable = newTable(Table[EventRow]{
		Name: dataset.TableEvents, groupRows: labelGroupRows, queue: 1024, Fields: released(eventRowFields),
		Compare: compareEvents,
		Key:     func(r *EventRow) string { return r.DocID + "/" + r.ID },
		size:    func(r *EventRow) int { return len(r.Text) },
	})
	ArgumentsTable = newTable(Table[ArgumentRow]{
		Name: dataset.TableArguments, groupRows: labelGroupRows, queue: 1024, Fields: released(argumentRowFields),
		Compare: compareArguments,
		Key:     ArgumentKey,
		size:    func(r *ArgumentRow) int { return len(r.Text) },
	})
	PassMentionsTable = newTable(Table[PassMentionRow]{
		Name: dataset.TablePassMentions, groupRows: labelGroupRows, queue: 1024, Fields: released(passMentionFields),
		Compare: func(a, b *PassMentionRow) int {
			return cmp.Or(ComparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareMentions(&a.MentionRow, &b.MentionRow))
		},
		Key:  func(r *PassMentionRow) string { return r.DocID + "/" + r.Annotator + "/" + r.ID },
		size: func(r *PassMentionRow) int { return len(r.Text) },
	})
	PassEventsTable = newTable(Table[PassEventRow]{
		Name: dataset.TablePassEvents, groupRows: labelGroupRows, queue: 1024, Fields: released(passEventFields),
		Compare: func(a, b *PassEventRow) int {
			return cmp.Or(ComparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareEvents(&a.EventRow, &b.EventRow))
		},
		Key:  func(r *PassEventRow) string { return r.DocID + "/" + r.Annotator + "/" + r.ID },
		size: func(r *PassEventRow) int { return len(r.Text) },
	})
	PassArgumentsTable = newTable(Table[PassArgumentRow]{
		Name: dataset.TablePassArguments, groupRows: labelGroupRows, queue: 1024, Fields: released(passArgumentFields),
		Compare: func(a, b *PassArgumentRow) int {
			return cmp.Or(ComparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareArguments(&a.ArgumentRow, &b.ArgumentRow))
		},
		Key:  func(r *PassArgumentRow) string { return r.Annotator + "/" + ArgumentKey(&r.ArgumentRow) },
		size: func(r *PassArgumentRow) int { return len(r.Text) },
	})
)

// newTable completes a table by its fields, and by what the schema says of it.
func newTable[T any](t Table[T]) *Table[T] {
	if t.Sorting == nil {
		t.Sorting = field.TableByName(t.Name).Order
	}
	t.byName = slices.SortedFunc(slices.Values(t.Fields), func(a, b field.Field[T]) int { return cmp.Compare(a.Name, b.Name) })
	t.schema = sync.OnceValue(func() *parquet.Schema { return schemaOf(t.Name, t.Fields) })
	return &t
}

// Only is the table with some of its columns, for reading.
func (t *Table[T]) Only(columns ...string) *Table[T] {
	part := *t
	part.Fields = slices.DeleteFunc(slices.Clone(t.Fields), func(f field.Field[T]) bool { return !slices.Contains(columns, f.Name) })
	return newTable(part)
}

// Without is the table without some of its columns, for reading.
func (t *Table[T]) Without(columns ...string) *Table[T] {
	part := *t
	part.Fields = slices.DeleteFunc(slices.Clone(t.Fields), func(f field.Field[T]) bool { return slices.Contains(columns, f.Name) })
	return newTable(part)
}

// with is the names of the columns that have the trait.
func (t *Table[T]) with(trait field.Trait) []string {
	var names []string
	for i := range t.Fields {
		if t.Fields[i].Has(trait) {
			names = append(names, t.Fields[i].Name)
		}
	}
	return names
}

// TableOf is the table that a row type belongs to.
func TableOf[T Row]() *Table[T] {
	for _, t := range []any{
		ArticlesTable, MentionsTable, ActorsTable, EventsTable, ArgumentsTable,
		PassMentionsTable, PassEventsTable, PassArgumentsTable,
	} {
		if t, ok := t.(*Table[T]); ok {
			return t
		}
	}
	panic(fmt.Sprintf("no table holds rows of type %v", reflect.TypeFor[T]())) // every type of Row has one
}

func ComparePass(docA, docB, annotatorA, annotatorB string) int {
	return cmp.Or(cmp.Compare(docA, docB), cmp.Compare(annotatorA, annotatorB))
}

func compareMentions(a, b *MentionRow) int {
	return cmp.Or(cmp.Compare(a.DocID, b.DocID), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.ID, b.ID))
}

func compareEvents(a, b *EventRow) int {
	return cmp.Or(cmp.Compare(a.DocID, b.DocID), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(a.ID, b.ID))
}

// compareArguments orders by every column; an absent value comes first.
func compareArguments(a, b *ArgumentRow) int {
	for i := range argumentRowFields {
		order := 0
		switch f := &argumentRowFields[i]; f.Kind {
		case field.Text:
			order = cmp.Compare(*f.Text(a), *f.Text(b))
		case field.Start, field.End:
			order = cmp.Compare(*f.Offset(a), *f.Offset(b))
		}
		if order != 0 {
			return order
		}
	}
	return 0
}

// ArgumentKey names an argument in a message.
func ArgumentKey(r *ArgumentRow) string {
	filler := r.MentionID + r.TargetEventID
	if filler == "" {
		filler = r.Span.String()
	}
	return r.DocID + "/" + r.EventID + "/" + r.Role + "/" + filler
}
