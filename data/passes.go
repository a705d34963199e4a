package data

import (
	"cmp"
	"iter"

	"github.com/mizan-corpus/mizan/schema"
)

// Passes streams the independent annotation passes before adjudication, in
// ascending order of doc_id, then annotator. An annotator who marked nothing
// in an article leaves no trace of it in a release.
func (r *Release) Passes() iter.Seq2[*Pass, error] {
	return func(yield func(*Pass, error) bool) {
		mentions := joinPasses(r, passMentionsTable, func(m *PassMentionRow) string { return passKey(m.DocID, m.Annotator) })
		defer mentions.stop()
		events := joinPasses(r, passEventsTable, func(e *PassEventRow) string { return passKey(e.DocID, e.Annotator) })
		defer events.stop()
		arguments := joinPasses(r, passArgumentsTable, func(a *PassArgumentRow) string { return passKey(a.DocID, a.Annotator) })
		defer arguments.stop()
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

func joinPasses[T Row](r *Release, t *table[T], key func(*T) string) *joined[T] {
	return newJoined(Rows[T](r), key, orphanRow(t, key))
}

// passKey orders like (doc_id, annotator): no doc_id contains the byte 0.
func passKey(docID, annotator string) string { return docID + "\x00" + annotator }

// nextPass is the pass that the least row ahead belongs to, nil at the end.
func nextPass(mentions *joined[PassMentionRow], events *joined[PassEventRow], arguments *joined[PassArgumentRow]) (*Pass, error) {
	m, errM := mentions.peek()
	e, errE := events.peek()
	a, errA := arguments.peek()
	if err := cmp.Or(errM, errE, errA); err != nil {
		return nil, err
	}
	type pair struct{ docID, annotator string }
	var least *pair
	consider := func(docID, annotator string) {
		if least == nil || comparePass(docID, least.docID, annotator, least.annotator) < 0 {
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
	return &Pass{Annotator: least.annotator, Annotation: annotation}, err
}

func joinPass(key, docID string, mentions *joined[PassMentionRow], events *joined[PassEventRow], arguments *joined[PassArgumentRow]) (*schema.Annotation, error) {
	passMentions, err := mentions.take(key)
	if err != nil {
		return nil, err
	}
	passEvents, err := events.take(key)
	if err != nil {
		return nil, err
	}
	passArguments, err := arguments.take(key)
	if err != nil {
		return nil, err
	}
	ms := make([]*MentionRow, len(passMentions))
	for i, m := range passMentions {
		ms[i] = m.row()
	}
	es := make([]*EventRow, len(passEvents))
	for i, e := range passEvents {
		es[i] = e.row()
	}
	as := make([]*ArgumentRow, len(passArguments))
	for i, a := range passArguments {
		as[i] = a.row()
	}
	return assemble(docID, ms, es, as)
}
