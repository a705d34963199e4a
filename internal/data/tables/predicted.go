package tables

import (
	"cmp"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
)

// The rows of prediction tables are those of the label tables with every column
// but doc_id nullable and the column confidence at the end: a prediction may
// give offsets or only the surface text, and need not give ids.

// PredictedDocumentRow is a row of a file documents.parquet of predictions: one
// article that the predictions speak of, so that one with nothing in it is told
// from one that was left out.
type PredictedDocumentRow struct {
	DocID string
	Error string // why the extractor gave no annotation
}

// TableDocuments is the table that only predictions have.
const TableDocuments = "documents"

var documentFields = []field.Field[PredictedDocumentRow]{
	{Column: field.Articles[0].Column, Text: func(r *PredictedDocumentRow) *string { return &r.DocID }},
	{Column: field.Column{Name: "error", Kind: field.Text, Traits: field.Nullable | field.Long},
		Text: func(r *PredictedDocumentRow) *string { return &r.Error }},
}

// The tables of predictions. Rows are in ascending order of doc_id; those of an
// article keep the order in which they were predicted.
var (
	PredictedMentions  = predictionTable(dataset.TableMentions, mentionRowFields, func(r *MentionRow) string { return r.DocID })
	PredictedEvents    = predictionTable(dataset.TableEvents, eventRowFields, func(r *EventRow) string { return r.DocID })
	PredictedArguments = predictionTable(dataset.TableArguments, argumentRowFields, func(r *ArgumentRow) string { return r.DocID }, "event_id")
	PredictedDocuments = predictionTable(TableDocuments, documentFields, func(r *PredictedDocumentRow) string { return r.DocID })
)

func predictionTable[T any](name string, fields []field.Field[T], docID func(*T) string, required ...string) *Table[T] {
	return newTable(Table[T]{
		Name: name, groupRows: labelGroupRows, queue: 1024, Sorting: []string{"doc_id"}, Fields: predicted(fields, append(required, "doc_id")...), repeats: true,
		Compare: func(a, b *T) int { return cmp.Compare(docID(a), docID(b)) },
		Key:     docID,
		size:    func(*T) int { return 0 },
	})
}
