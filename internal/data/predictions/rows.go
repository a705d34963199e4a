package predictions

import (
	"fmt"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// predictionRows is the rows of one document. Events with arguments get an id
// where they have none or share one.
type predictionRows struct {
	mentions  []tables.MentionRow
	events    []tables.EventRow
	arguments []tables.ArgumentRow
}

func newPredictionRows(d *labels.Document, lost func(docID, id, field string)) (*predictionRows, error) {
	r := &predictionRows{}
	for i, m := range d.Mentions {
		if err := checkItem(field.Mentions, &m); err != nil {
			return nil, fmt.Errorf("article %s, mention %d: %w", d.DocID, i, err)
		}
		r.mentions = append(r.mentions, tables.MentionRow{DocID: d.DocID, Mention: m})
	}
	ids := eventIDs(d, lost)
	for i, e := range d.Events {
		if err := checkItem(field.Events, &e); err != nil {
			return nil, fmt.Errorf("article %s, event %d: %w", d.DocID, i, err)
		}
		for k, a := range e.Arguments {
			if err := checkItem(field.Arguments, &a); err != nil {
				return nil, fmt.Errorf("article %s, argument %d of event %d: %w", d.DocID, k, i, err)
			}
			r.arguments = append(r.arguments, tables.ArgumentRow{DocID: d.DocID, EventID: ids[i], Argument: a})
		}
		e.ID, e.Arguments = ids[i], nil
		r.events = append(r.events, tables.EventRow{DocID: d.DocID, Event: e})
	}
	return r, nil
}

// eventIDs is the ids of the document's events, made distinct where arguments
// must be told apart by them.
func eventIDs(d *labels.Document, lost func(docID, id, field string)) []string {
	ids := make([]string, len(d.Events))
	taken := map[string]bool{"": true}
	referred := map[string]bool{} // ids that arguments refer to
	for i := range d.Events {
		taken[d.Events[i].ID] = true
		referred[d.Events[i].ID] = referred[d.Events[i].ID] || len(d.Events[i].Arguments) > 0
	}
	seen := map[string]bool{"": true}
	next := 1
	for i := range d.Events {
		e := &d.Events[i]
		ids[i] = e.ID
		if seen[e.ID] && (len(e.Arguments) > 0 || e.ID != "" && referred[e.ID]) {
			for taken[ids[i]] {
				ids[i] = "e" + strconv.Itoa(next)
				next++
			}
			taken[ids[i]] = true
			if lost != nil {
				lost(d.DocID, e.ID, "event_id")
			}
		}
		seen[ids[i]] = true
	}
	return ids
}

// checkItem is an error for the first value of a label that no column can hold.
func checkItem[T any](fields []field.Field[T], item *T) error {
	bad := func(f *field.Field[T], found, expected string) error {
		return fmt.Errorf("column %s: found %s, expected %s", f.Name, found, expected)
	}
	for i := range fields {
		var spans []schema.Span
		switch f := &fields[i]; f.Kind {
		case field.Number:
			if v := *f.Number(item); v != nil && !(*v >= 0 && *v <= 1) {
				return bad(f, strconv.FormatFloat(*v, 'g', -1, 64), "a number from 0 to 1")
			}
		case field.Start:
			if s := *f.Span(item); s.IsSet() {
				spans = []schema.Span{s}
			}
		case field.Spans:
			spans = *f.Spans(item)
		}
		for _, s := range spans {
			if !s.Valid() {
				return bad(&fields[i], "span "+s.String(), "0 <= start < end")
			}
		}
	}
	return nil
}
