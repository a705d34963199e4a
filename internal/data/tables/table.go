package tables

import (
	"cmp"
	"fmt"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
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
	blooms    []string
	unbounded []string // columns without min and max: long text
	repeats   bool     // whether rows may compare as equal
	Compare   func(a, b *T) int
	Key       func(r *T) string // names a row in a message
	size      func(r *T) int    // bytes of its long columns
	schema    *parquet.Schema
}

// The tables, one a row type.
var (
	ArticlesTable = NewTable(Table[ArticleRow]{
		Name: dataset.TableArticles, groupRows: articleGroupRows, queue: articleGroupRows,
		Sorting:   []string{"doc_id"},
		blooms:    []string{"doc_id"},
		unbounded: []string{"title", "subtitle", "text", "raw", "published_evidence"},
		Compare:   func(a, b *ArticleRow) int { return cmp.Compare(a.DocID, b.DocID) },
		Key:       func(r *ArticleRow) string { return r.DocID },
		size:      func(r *ArticleRow) int { return len(r.Text) + len(Value(r.Raw)) },
	})
	MentionsTable = NewTable(Table[MentionRow]{
		Name: dataset.TableMentions, groupRows: labelGroupRows, queue: 1024,
		Sorting:   []string{"doc_id", "start", "end", "mention_id"},
		blooms:    []string{"doc_id", "actor_id"},
		unbounded: []string{"text"},
		Compare:   compareMentions,
		Key:       func(r *MentionRow) string { return r.DocID + "/" + r.MentionID },
		size:      func(r *MentionRow) int { return len(r.Text) },
	})
	ActorsTable = NewTable(Table[ActorRow]{
		Name: dataset.TableActors, groupRows: labelGroupRows, queue: 1024,
		Sorting: []string{"actor_id"},
		blooms:  []string{"actor_id"},
		Compare: func(a, b *ActorRow) int { return cmp.Compare(a.ActorID, b.ActorID) },
		Key:     func(r *ActorRow) string { return r.ActorID },
		size:    func(*ActorRow) int { return 0 },
	})
	EventsTable = NewTable(Table[EventRow]{
		Name: dataset.TableEvents, groupRows: labelGroupRows, queue: 1024,
		Sorting:   []string{"doc_id", "start", "end", "event_id"},
		blooms:    []string{"doc_id", "hopper_id"},
		unbounded: []string{"text"},
		Compare:   compareEvents,
		Key:       func(r *EventRow) string { return r.DocID + "/" + r.EventID },
		size:      func(r *EventRow) int { return len(r.Text) },
	})
	ArgumentsTable = NewTable(Table[ArgumentRow]{
		Name: dataset.TableArguments, groupRows: labelGroupRows, queue: 1024,
		Sorting:   []string{"doc_id", "event_id", "role"},
		blooms:    []string{"doc_id"},
		unbounded: []string{"text"},
		Compare:   compareArguments,
		Key:       ArgumentKey,
		size:      func(r *ArgumentRow) int { return len(Value(r.Text)) },
	})
	PassMentionsTable = NewTable(Table[PassMentionRow]{
		Name: dataset.TablePassMentions, groupRows: labelGroupRows, queue: 1024,
		Sorting:   []string{"doc_id", "annotator", "start", "end", "mention_id"},
		blooms:    []string{"doc_id", "actor_id"},
		unbounded: []string{"text"},
		Compare: func(a, b *PassMentionRow) int {
			return cmp.Or(ComparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareMentions(a.Row(), b.Row()))
		},
		Key:  func(r *PassMentionRow) string { return r.DocID + "/" + r.Annotator + "/" + r.MentionID },
		size: func(r *PassMentionRow) int { return len(r.Text) },
	})
	PassEventsTable = NewTable(Table[PassEventRow]{
		Name: dataset.TablePassEvents, groupRows: labelGroupRows, queue: 1024,
		Sorting:   []string{"doc_id", "annotator", "start", "end", "event_id"},
		blooms:    []string{"doc_id", "hopper_id"},
		unbounded: []string{"text"},
		Compare: func(a, b *PassEventRow) int {
			return cmp.Or(ComparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareEvents(a.Row(), b.Row()))
		},
		Key:  func(r *PassEventRow) string { return r.DocID + "/" + r.Annotator + "/" + r.EventID },
		size: func(r *PassEventRow) int { return len(r.Text) },
	})
	PassArgumentsTable = NewTable(Table[PassArgumentRow]{
		Name: dataset.TablePassArguments, groupRows: labelGroupRows, queue: 1024,
		Sorting:   []string{"doc_id", "annotator", "event_id", "role"},
		blooms:    []string{"doc_id"},
		unbounded: []string{"text"},
		Compare: func(a, b *PassArgumentRow) int {
			return cmp.Or(ComparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareArguments(a.Row(), b.Row()))
		},
		Key:  func(r *PassArgumentRow) string { return r.Annotator + "/" + ArgumentKey(r.Row()) },
		size: func(r *PassArgumentRow) int { return len(Value(r.Text)) },
	})
)

func NewTable[T any](t Table[T]) *Table[T] {
	t.schema = parquet.NewSchema(t.Name, parquet.SchemaOf(new(T)))
	return &t
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
	return cmp.Or(cmp.Compare(a.DocID, b.DocID), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End),
		cmp.Compare(a.MentionID, b.MentionID))
}

func compareEvents(a, b *EventRow) int {
	return cmp.Or(cmp.Compare(a.DocID, b.DocID), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End),
		cmp.Compare(a.EventID, b.EventID))
}

// compareArguments orders by every column; a null comes first.
func compareArguments(a, b *ArgumentRow) int {
	return cmp.Or(cmp.Compare(a.DocID, b.DocID), cmp.Compare(a.EventID, b.EventID), cmp.Compare(a.Role, b.Role),
		compareNullable(a.MentionID, b.MentionID), compareNullable(a.TargetEventID, b.TargetEventID),
		compareNullable(a.Start, b.Start), compareNullable(a.End, b.End),
		compareNullable(a.Text, b.Text), compareNullable(a.Value, b.Value))
}

func compareNullable[V cmp.Ordered](a, b *V) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Compare(*a, *b)
}

func ArgumentKey(r *ArgumentRow) string {
	filler := Value(r.MentionID) + Value(r.TargetEventID)
	if filler == "" {
		filler = SpanOf(r.Start, r.End).String()
	}
	return r.DocID + "/" + r.EventID + "/" + r.Role + "/" + filler
}
