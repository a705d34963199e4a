package predictions

import (
	"fmt"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// predictionRows is the rows of one document. Events with arguments get an id
// where they have none or share one.
type predictionRows struct {
	mentions  []tables.PredictedMentionRow
	events    []tables.PredictedEventRow
	arguments []tables.PredictedArgumentRow
}

func newPredictionRows(d *labels.Document, lost func(docID, id, field string)) (*predictionRows, error) {
	r := &predictionRows{}
	c := rowCheck{docID: d.DocID}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		c.item = "mention " + strconv.Itoa(i)
		row := tables.PredictedMentionRow{DocID: d.DocID, MentionID: tables.Nullable(m.ID), Fragments: tables.FragmentRows(m.Fragments), Text: tables.Nullable(m.Text),
			Type: tables.Nullable(m.Type), Level: tables.Nullable(m.Level), ActorID: tables.Nullable(m.ActorID), Metonym: m.Metonym, Confidence: c.confidence(m.Confidence)}
		row.Start, row.End = c.span("start", m.Span)
		row.HeadStart, row.HeadEnd = c.span("head_start", m.Head)
		c.spans("fragments", m.Fragments)
		r.mentions = append(r.mentions, row)
	}
	ids := eventIDs(d, lost)
	for i := range d.Events {
		e := &d.Events[i]
		c.item = "event " + strconv.Itoa(i)
		row := tables.PredictedEventRow{DocID: d.DocID, EventID: tables.Nullable(ids[i]), Fragments: tables.FragmentRows(e.Fragments), Text: tables.Nullable(e.Text),
			Type: tables.Nullable(e.Type), Modes: e.Modes, Contexts: e.Contexts, CAMEO: tables.Nullable(e.CAMEO), Realis: tables.Nullable(e.Realis),
			Auxiliaries: e.Auxiliaries, HopperID: tables.Nullable(e.HopperID), PartOf: tables.Nullable(e.PartOf),
			SourceMentionID: tables.Nullable(e.SourceMentionID), Quoted: e.Quoted, Confidence: c.confidence(e.Confidence)}
		row.Start, row.End = c.span("start", e.Span)
		row.CueStart, row.CueEnd = c.span("cue_start", e.Cue)
		c.spans("fragments", e.Fragments)
		r.events = append(r.events, row)
		for k := range e.Arguments {
			a := &e.Arguments[k]
			c.item = fmt.Sprintf("argument %d of event %d", k, i)
			row := tables.PredictedArgumentRow{DocID: d.DocID, EventID: ids[i], Role: tables.Nullable(a.Role), MentionID: tables.Nullable(a.MentionID),
				TargetEventID: tables.Nullable(a.TargetEventID), Text: tables.Nullable(a.Text), Value: tables.Nullable(a.Value), Confidence: c.confidence(a.Confidence)}
			row.Start, row.End = c.span("start", a.Span)
			r.arguments = append(r.arguments, row)
		}
	}
	return r, c.err
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

// rowCheck converts values and keeps the first that no column can hold.
type rowCheck struct {
	docID, item string
	err         error
}

func (c *rowCheck) span(column string, s schema.Span) (start, end *int32) {
	if s.IsSet() && !s.Valid() {
		c.fail(column, "span "+s.String(), "0 <= start < end")
	}
	return tables.NullableSpan(s)
}

func (c *rowCheck) spans(column string, list []schema.Span) {
	for _, s := range list {
		if !s.Valid() {
			c.fail(column, "span "+s.String(), "0 <= start < end")
		}
	}
}

func (c *rowCheck) confidence(v *float64) *float64 {
	if v != nil && !(*v >= 0 && *v <= 1) {
		c.fail("confidence", strconv.FormatFloat(*v, 'g', -1, 64), "a number from 0 to 1")
	}
	return v
}

func (c *rowCheck) fail(column, found, expected string) {
	if c.err == nil {
		c.err = fmt.Errorf("article %s, %s: column %s: found %s, expected %s", c.docID, c.item, column, found, expected)
	}
}
