package release

import (
	"cmp"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/schema"
)

// Passes streams the independent annotation passes before adjudication, in
// ascending order of doc_id, then annotator. An annotator who marked nothing
// in an article leaves no trace of it in a release.
func (r *Release) Passes() iter.Seq2[*dataset.Pass, error] {
	return func(yield func(*dataset.Pass, error) bool) {
		mentions := joinPasses(r, tables.PassMentionsTable, func(m *tables.PassMentionRow) string { return passKey(m.DocID, m.Annotator) })
		defer mentions.Stop()
		events := joinPasses(r, tables.PassEventsTable, func(e *tables.PassEventRow) string { return passKey(e.DocID, e.Annotator) })
		defer events.Stop()
		arguments := joinPasses(r, tables.PassArgumentsTable, func(a *tables.PassArgumentRow) string { return passKey(a.DocID, a.Annotator) })
		defer arguments.Stop()
		for {
			p, err := nextPass(mentions, events, arguments)
			if err != nil {
				yield(nil, err)
				return
			}
			if p == nil || !yield(p, nil) {
				return
			}
		}
	}
}

func joinPasses[T tables.Row](r *Release, t *tables.Table[T], key func(*T) string) *streams.Joined[T] {
	return streams.NewJoined(Rows[T](r), key, tables.OrphanRow(t, key))
}

// passKey orders like (doc_id, annotator): no doc_id contains the byte 0.
func passKey(docID, annotator string) string { return docID + "\x00" + annotator }

// nextPass is the pass that the least row ahead belongs to, nil at the end.
func nextPass(mentions *streams.Joined[tables.PassMentionRow], events *streams.Joined[tables.PassEventRow], arguments *streams.Joined[tables.PassArgumentRow]) (*dataset.Pass, error) {
	m, errM := mentions.Peek()
	e, errE := events.Peek()
	a, errA := arguments.Peek()
	if err := cmp.Or(errM, errE, errA); err != nil {
		return nil, err
	}
	type pair struct{ docID, annotator string }
	var least *pair
	consider := func(docID, annotator string) {
		if least == nil || tables.ComparePass(docID, least.docID, annotator, least.annotator) < 0 {
			least = &pair{docID, annotator}
		}
	}
	if m != nil {
		consider(m.DocID, m.Annotator)
	}
	if e != nil {
		consider(e.DocID, e.Annotator)
	}
	if a != nil {
		consider(a.DocID, a.Annotator)
	}
	if least == nil {
		return nil, nil
	}
	annotation, err := joinPass(passKey(least.docID, least.annotator), least.docID, mentions, events, arguments)
	return &dataset.Pass{Annotator: least.annotator, Annotation: annotation}, err
}

func joinPass(key, docID string, mentions *streams.Joined[tables.PassMentionRow], events *streams.Joined[tables.PassEventRow], arguments *streams.Joined[tables.PassArgumentRow]) (*schema.Annotation, error) {
	passMentions, err := mentions.Take(key)
	if err != nil {
		return nil, err
	}
	passEvents, err := events.Take(key)
	if err != nil {
		return nil, err
	}
	passArguments, err := arguments.Take(key)
	if err != nil {
		return nil, err
	}
	ms := make([]*tables.MentionRow, len(passMentions))
	for i, m := range passMentions {
		ms[i] = &m.MentionRow
	}
	es := make([]*tables.EventRow, len(passEvents))
	for i, e := range passEvents {
		es[i] = &e.EventRow
	}
	as := make([]*tables.ArgumentRow, len(passArguments))
	for i, a := range passArguments {
		as[i] = &a.ArgumentRow
	}
	return tables.Assemble(docID, ms, es, as)
}
