package tables

import (
	"cmp"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
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
	PredictedMentions  = predictionTable(dataset.TableMentions, []string{"text"}, func(r *PredictedMentionRow) string { return r.DocID })
	PredictedEvents    = predictionTable(dataset.TableEvents, []string{"text"}, func(r *PredictedEventRow) string { return r.DocID })
	PredictedArguments = predictionTable(dataset.TableArguments, []string{"text"}, func(r *PredictedArgumentRow) string { return r.DocID })
	PredictedDocuments = predictionTable(TableDocuments, []string{"error"}, func(r *PredictedDocumentRow) string { return r.DocID })
)

func predictionTable[T any](name string, unbounded []string, docID func(*T) string) *Table[T] {
	return NewTable(Table[T]{
		Name: name, groupRows: labelGroupRows, queue: 1024, Sorting: []string{"doc_id"}, unbounded: unbounded, repeats: true,
		Compare: func(a, b *T) int { return cmp.Compare(docID(a), docID(b)) },
		Key:     docID,
		size:    func(*T) int { return 0 },
	})
}
