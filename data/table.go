package data

import (
	"cmp"
	"fmt"
	"reflect"

	"github.com/parquet-go/parquet-go"
)

const (
	articleGroupRows = 4096
	labelGroupRows   = 122880
	// groupBytes bounds a row group of few, very long rows as well.
	groupBytes = 32 << 20
)

// table is what the reader and the writer know of a table besides its columns.
type table[T any] struct {
	name      string
	groupRows int
	queue     int      // rows of a row group that may wait to be encoded
	sorting   []string // a prefix of the order in compare
	blooms    []string
	unbounded []string // columns without min and max: long text
	repeats   bool     // whether rows may compare as equal
	compare   func(a, b *T) int
	key       func(r *T) string // names a row in a message
	size      func(r *T) int    // bytes of its long columns
	schema    *parquet.Schema
}

// The tables, one a row type.
var (
	articlesTable = newTable(table[ArticleRow]{
		name: TableArticles, groupRows: articleGroupRows, queue: articleGroupRows,
		sorting:   []string{"doc_id"},
		blooms:    []string{"doc_id"},
		unbounded: []string{"title", "subtitle", "text", "raw", "published_evidence"},
		compare:   func(a, b *ArticleRow) int { return cmp.Compare(a.DocID, b.DocID) },
		key:       func(r *ArticleRow) string { return r.DocID },
		size:      func(r *ArticleRow) int { return len(r.Text) + len(value(r.Raw)) },
	})
	mentionsTable = newTable(table[MentionRow]{
		name: TableMentions, groupRows: labelGroupRows, queue: 1024,
		sorting:   []string{"doc_id", "start", "end", "mention_id"},
		blooms:    []string{"doc_id", "actor_id"},
		unbounded: []string{"text"},
		compare:   compareMentions,
		key:       func(r *MentionRow) string { return r.DocID + "/" + r.MentionID },
		size:      func(r *MentionRow) int { return len(r.Text) },
	})
	actorsTable = newTable(table[ActorRow]{
		name: TableActors, groupRows: labelGroupRows, queue: 1024,
		sorting: []string{"actor_id"},
		blooms:  []string{"actor_id"},
		compare: func(a, b *ActorRow) int { return cmp.Compare(a.ActorID, b.ActorID) },
		key:     func(r *ActorRow) string { return r.ActorID },
		size:    func(*ActorRow) int { return 0 },
	})
	eventsTable = newTable(table[EventRow]{
		name: TableEvents, groupRows: labelGroupRows, queue: 1024,
		sorting:   []string{"doc_id", "start", "end", "event_id"},
		blooms:    []string{"doc_id", "hopper_id"},
		unbounded: []string{"text"},
		compare:   compareEvents,
		key:       func(r *EventRow) string { return r.DocID + "/" + r.EventID },
		size:      func(r *EventRow) int { return len(r.Text) },
	})
	argumentsTable = newTable(table[ArgumentRow]{
		name: TableArguments, groupRows: labelGroupRows, queue: 1024,
		sorting:   []string{"doc_id", "event_id", "role"},
		blooms:    []string{"doc_id"},
		unbounded: []string{"text"},
		compare:   compareArguments,
		key:       argumentKey,
		size:      func(r *ArgumentRow) int { return len(value(r.Text)) },
	})
	passMentionsTable = newTable(table[PassMentionRow]{
		name: TablePassMentions, groupRows: labelGroupRows, queue: 1024,
		sorting:   []string{"doc_id", "annotator", "start", "end", "mention_id"},
		blooms:    []string{"doc_id", "actor_id"},
		unbounded: []string{"text"},
		compare: func(a, b *PassMentionRow) int {
			return cmp.Or(comparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareMentions(a.row(), b.row()))
		},
		key:  func(r *PassMentionRow) string { return r.DocID + "/" + r.Annotator + "/" + r.MentionID },
		size: func(r *PassMentionRow) int { return len(r.Text) },
	})
	passEventsTable = newTable(table[PassEventRow]{
		name: TablePassEvents, groupRows: labelGroupRows, queue: 1024,
		sorting:   []string{"doc_id", "annotator", "start", "end", "event_id"},
		blooms:    []string{"doc_id", "hopper_id"},
		unbounded: []string{"text"},
		compare: func(a, b *PassEventRow) int {
			return cmp.Or(comparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareEvents(a.row(), b.row()))
		},
		key:  func(r *PassEventRow) string { return r.DocID + "/" + r.Annotator + "/" + r.EventID },
		size: func(r *PassEventRow) int { return len(r.Text) },
	})
	passArgumentsTable = newTable(table[PassArgumentRow]{
		name: TablePassArguments, groupRows: labelGroupRows, queue: 1024,
		sorting:   []string{"doc_id", "annotator", "event_id", "role"},
		blooms:    []string{"doc_id"},
		unbounded: []string{"text"},
		compare: func(a, b *PassArgumentRow) int {
			return cmp.Or(comparePass(a.DocID, b.DocID, a.Annotator, b.Annotator), compareArguments(a.row(), b.row()))
		},
		key:  func(r *PassArgumentRow) string { return r.Annotator + "/" + argumentKey(r.row()) },
		size: func(r *PassArgumentRow) int { return len(value(r.Text)) },
	})
)

func newTable[T any](t table[T]) *table[T] {
	t.schema = parquet.NewSchema(t.name, parquet.SchemaOf(new(T)))
	return &t
}

// tableOf is the table that a row type belongs to.
func tableOf[T Row]() *table[T] {
	for _, t := range []any{
		articlesTable, mentionsTable, actorsTable, eventsTable, argumentsTable,
		passMentionsTable, passEventsTable, passArgumentsTable,
	} {
		if t, ok := t.(*table[T]); ok {
			return t
		}
	}
	panic(fmt.Sprintf("no table holds rows of type %v", reflect.TypeFor[T]())) // every type of Row has one
}

func comparePass(docA, docB, annotatorA, annotatorB string) int {
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

func argumentKey(r *ArgumentRow) string {
	filler := value(r.MentionID) + value(r.TargetEventID)
	if filler == "" {
		filler = spanOf(r.Start, r.End).String()
	}
	return r.DocID + "/" + r.EventID + "/" + r.Role + "/" + filler
}
