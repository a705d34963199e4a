package data

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// The rows of prediction tables are those of the label tables with every column
// but doc_id nullable and the column confidence at the end: a prediction may
// give offsets or only the surface text, and need not give ids.

// PredictedMentionRow is a row of a file mentions.parquet of predictions.
type PredictedMentionRow struct {
	DocID      string        `parquet:"doc_id,dict"`
	MentionID  *string       `parquet:"mention_id,optional,dict"`
	Start      *int32        `parquet:"start,optional"`
	End        *int32        `parquet:"end,optional"`
	Fragments  []FragmentRow `parquet:"fragments,optional,list"`
	Text       *string       `parquet:"text,optional"`
	HeadStart  *int32        `parquet:"head_start,optional"`
	HeadEnd    *int32        `parquet:"head_end,optional"`
	Type       *string       `parquet:"type,optional,dict"`
	Level      *string       `parquet:"level,optional,dict"`
	ActorID    *string       `parquet:"actor_id,optional,dict"`
	Metonym    bool          `parquet:"metonym"`
	Confidence *float64      `parquet:"confidence,optional"`
}

// PredictedEventRow is a row of a file events.parquet of predictions.
type PredictedEventRow struct {
	DocID           string        `parquet:"doc_id,dict"`
	EventID         *string       `parquet:"event_id,optional,dict"`
	Start           *int32        `parquet:"start,optional"`
	End             *int32        `parquet:"end,optional"`
	Fragments       []FragmentRow `parquet:"fragments,optional,list"`
	Text            *string       `parquet:"text,optional"`
	Type            *string       `parquet:"type,optional,dict"`
	Modes           []string      `parquet:"modes,list"`
	Contexts        []string      `parquet:"contexts,list"`
	CAMEO           *string       `parquet:"cameo,optional,dict"`
	Realis          *string       `parquet:"realis,optional,dict"`
	Auxiliaries     []string      `parquet:"auxiliaries,list"`
	HopperID        *string       `parquet:"hopper_id,optional,dict"`
	PartOf          *string       `parquet:"part_of,optional,dict"`
	SourceMentionID *string       `parquet:"source_mention_id,optional,dict"`
	CueStart        *int32        `parquet:"cue_start,optional"`
	CueEnd          *int32        `parquet:"cue_end,optional"`
	Quoted          *bool         `parquet:"quoted,optional"`
	Confidence      *float64      `parquet:"confidence,optional"`
}

// PredictedArgumentRow is a row of a file arguments.parquet of predictions.
type PredictedArgumentRow struct {
	DocID         string   `parquet:"doc_id,dict"`
	EventID       string   `parquet:"event_id,dict"`
	Role          *string  `parquet:"role,optional,dict"`
	MentionID     *string  `parquet:"mention_id,optional,dict"`
	TargetEventID *string  `parquet:"target_event_id,optional,dict"`
	Start         *int32   `parquet:"start,optional"`
	End           *int32   `parquet:"end,optional"`
	Text          *string  `parquet:"text,optional"`
	Value         *string  `parquet:"value,optional,dict"`
	Confidence    *float64 `parquet:"confidence,optional"`
}

// PredictedDocumentRow is a row of a file documents.parquet of predictions: one
// article that the predictions speak of, so that one with nothing in it is told
// from one that was left out.
type PredictedDocumentRow struct {
	DocID string  `parquet:"doc_id"`
	Error *string `parquet:"error,optional"` // why the extractor gave no annotation
}

// TableDocuments is the table that only predictions have.
const TableDocuments = "documents"

// The tables of predictions. Rows are in ascending order of doc_id; those of an
// article keep the order in which they were predicted.
var (
	predictedMentions  = predictionTable(TableMentions, []string{"text"}, func(r *PredictedMentionRow) string { return r.DocID })
	predictedEvents    = predictionTable(TableEvents, []string{"text"}, func(r *PredictedEventRow) string { return r.DocID })
	predictedArguments = predictionTable(TableArguments, []string{"text"}, func(r *PredictedArgumentRow) string { return r.DocID })
	predictedDocuments = predictionTable(TableDocuments, []string{"error"}, func(r *PredictedDocumentRow) string { return r.DocID })
)

func predictionTable[T any](name string, unbounded []string, docID func(*T) string) *table[T] {
	return newTable(table[T]{
		name: name, groupRows: labelGroupRows, queue: 1024, sorting: []string{"doc_id"}, unbounded: unbounded, repeats: true,
		compare: func(a, b *T) int { return cmp.Compare(docID(a), docID(b)) },
		key:     docID,
		size:    func(*T) int { return 0 },
	})
}

// predictionRows is the rows of one document. Events with arguments get an id
// where they have none or share one.
type predictionRows struct {
	mentions  []PredictedMentionRow
	events    []PredictedEventRow
	arguments []PredictedArgumentRow
}

func newPredictionRows(d *labels.Document, lost func(docID, id, field string)) (*predictionRows, error) {
	r := &predictionRows{}
	c := rowCheck{docID: d.DocID}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		c.item = "mention " + strconv.Itoa(i)
		row := PredictedMentionRow{DocID: d.DocID, MentionID: nullable(m.ID), Fragments: fragmentRows(m.Fragments), Text: nullable(m.Text),
			Type: nullable(m.Type), Level: nullable(m.Level), ActorID: nullable(m.ActorID), Metonym: m.Metonym, Confidence: c.confidence(m.Confidence)}
		row.Start, row.End = c.span("start", m.Span)
		row.HeadStart, row.HeadEnd = c.span("head_start", m.Head)
		c.spans("fragments", m.Fragments)
		r.mentions = append(r.mentions, row)
	}
	ids := eventIDs(d, lost)
	for i := range d.Events {
		e := &d.Events[i]
		c.item = "event " + strconv.Itoa(i)
		row := PredictedEventRow{DocID: d.DocID, EventID: nullable(ids[i]), Fragments: fragmentRows(e.Fragments), Text: nullable(e.Text),
			Type: nullable(e.Type), Modes: e.Modes, Contexts: e.Contexts, CAMEO: nullable(e.CAMEO), Realis: nullable(e.Realis),
			Auxiliaries: e.Auxiliaries, HopperID: nullable(e.HopperID), PartOf: nullable(e.PartOf),
			SourceMentionID: nullable(e.SourceMentionID), Quoted: e.Quoted, Confidence: c.confidence(e.Confidence)}
		row.Start, row.End = c.span("start", e.Span)
		row.CueStart, row.CueEnd = c.span("cue_start", e.Cue)
		c.spans("fragments", e.Fragments)
		r.events = append(r.events, row)
		for k := range e.Arguments {
			a := &e.Arguments[k]
			c.item = fmt.Sprintf("argument %d of event %d", k, i)
			row := PredictedArgumentRow{DocID: d.DocID, EventID: ids[i], Role: nullable(a.Role), MentionID: nullable(a.MentionID),
				TargetEventID: nullable(a.TargetEventID), Text: nullable(a.Text), Value: nullable(a.Value), Confidence: c.confidence(a.Confidence)}
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
	return nullableSpan(s)
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
