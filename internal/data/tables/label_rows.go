package tables

import (
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// LabelRows is the rows of one article's labels, each list in key order.
func LabelRows(a *schema.Annotation, o *schema.Ontology) (mentions []MentionRow, events []EventRow, arguments []ArgumentRow, err error) {
	for i := range a.Mentions {
		r, err := newMentionRow(a.DocID, &a.Mentions[i])
		if err != nil {
			return nil, nil, nil, err
		}
		mentions = append(mentions, *r)
	}
	for i := range a.Events {
		e := &a.Events[i]
		r, err := newEventRow(a.DocID, e, o)
		if err != nil {
			return nil, nil, nil, err
		}
		events = append(events, *r)
		for k := range e.Arguments {
			arguments = append(arguments, ArgumentRow{DocID: a.DocID, EventID: e.ID, Argument: e.Arguments[k]})
		}
	}
	slices.SortFunc(mentions, func(a, b MentionRow) int { return compareMentions(&a, &b) })
	slices.SortFunc(events, func(a, b EventRow) int { return compareEvents(&a, &b) })
	slices.SortFunc(arguments, func(a, b ArgumentRow) int { return compareArguments(&a, &b) })
	return mentions, events, arguments, nil
}
