package data

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/schema"
)

// Parts names the parts of annotations that a reader needs; what it does not
// need is not read.
type Parts int

// The parts. Arguments hang on events, so PartArguments includes PartEvents.
const (
	PartMentions Parts = 1 << iota
	PartEvents
	partArguments
	PartArguments = partArguments | PartEvents
	AllParts      = PartMentions | PartArguments
)

// ReadOptions narrows what is read of a release.
type ReadOptions struct {
	Parts Parts  // 0 means AllParts
	Split string // "" means all splits
}

// articleHead is the part of an article that a reader of labels needs.
type articleHead struct {
	DocID    string `parquet:"doc_id"`
	Labelled bool   `parquet:"labelled"`
}

var articleHeads = newTable(table[articleHead]{
	name:    TableArticles,
	compare: func(a, b *articleHead) int { return cmp.Compare(a.DocID, b.DocID) },
	key:     func(r *articleHead) string { return r.DocID },
})

// A ReferenceError says that a row refers to something that is not there.
type ReferenceError struct {
	Table, Row, Column string
	Missing            string // what is referred to
}

func (e *ReferenceError) Error() string {
	return fmt.Sprintf("table %s, row %s, column %s: refers to %s, which is not there", e.Table, e.Row, e.Column, e.Missing)
}

// Annotations streams the gold labels of the labelled articles in ascending
// order of doc_id.
func (r *Release) Annotations() iter.Seq2[*schema.Annotation, error] {
	return r.AnnotationsOf(ReadOptions{})
}

// AnnotationsOf is [Release.Annotations] with a choice of parts and split. It
// is a merge join of the tables, which are in one order, so that memory is
// bounded by the labels of one article. Rows of an article that is not there
// or not labelled are a [ReferenceError].
func (r *Release) AnnotationsOf(opt ReadOptions) iter.Seq2[*schema.Annotation, error] {
	if opt.Parts == 0 {
		opt.Parts = AllParts
	}
	return func(yield func(*schema.Annotation, error) bool) {
		mentions := joinTable(r, mentionsTable, opt, PartMentions, func(m *MentionRow) string { return m.DocID })
		defer mentions.stop()
		events := joinTable(r, eventsTable, opt, PartEvents, func(e *EventRow) string { return e.DocID })
		defer events.stop()
		arguments := joinTable(r, argumentsTable, opt, partArguments, func(a *ArgumentRow) string { return a.DocID })
		defer arguments.stop()

		for head, err := range tableRows(r.fsys, opt.files(r.manifest, TableArticles), articleHeads) {
			if err == nil && !head.Labelled {
				continue
			}
			var a *schema.Annotation
			if err == nil {
				a, err = joinDocument(head.DocID, mentions, events, arguments)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(a, nil) {
				return
			}
		}
		if err := cmp.Or(mentions.end(), events.end(), arguments.end()); err != nil {
			yield(nil, err)
		}
	}
}

// files is the files of a table in the chosen splits.
func (o ReadOptions) files(m *Manifest, table string) map[string][]FileInfo {
	files := m.TableFiles(table)
	if o.Split != "" {
		files = map[string][]FileInfo{o.Split: files[o.Split]}
	}
	return files
}

func joinTable[T any](r *Release, t *table[T], opt ReadOptions, part Parts, docID func(*T) string) *joined[T] {
	if opt.Parts&part == 0 {
		return &joined[T]{stop: func() {}, done: true}
	}
	return newJoined(tableRows(r.fsys, opt.files(r.manifest, t.name), t), docID, orphanRow(t, docID))
}

func joinDocument(docID string, mentions *joined[MentionRow], events *joined[EventRow], arguments *joined[ArgumentRow]) (*schema.Annotation, error) {
	ms, err := mentions.take(docID)
	if err != nil {
		return nil, err
	}
	es, err := events.take(docID)
	if err != nil {
		return nil, err
	}
	as, err := arguments.take(docID)
	if err != nil {
		return nil, err
	}
	return assemble(docID, ms, es, as)
}

// assemble makes the annotation of one article of its rows.
func assemble(docID string, mentions []*MentionRow, events []*EventRow, arguments []*ArgumentRow) (*schema.Annotation, error) {
	a := &schema.Annotation{DocID: docID}
	if len(mentions) > 0 {
		a.Mentions = make([]schema.Mention, len(mentions))
	}
	for i, m := range mentions {
		a.Mentions[i] = m.Mention()
	}
	if len(events) > 0 {
		a.Events = make([]schema.Event, len(events))
	}
	at := make(map[string]int, len(events))
	for i, e := range events {
		a.Events[i] = e.Event()
		at[e.EventID] = i
	}
	for _, arg := range arguments {
		i, ok := at[arg.EventID]
		if !ok {
			return nil, &ReferenceError{Table: TableArguments, Row: argumentKey(arg), Column: "event_id", Missing: "event " + arg.EventID}
		}
		a.Events[i].Arguments = append(a.Events[i].Arguments, arg.Argument())
	}
	return a, nil
}
