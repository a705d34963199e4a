package formats

import (
	"errors"
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/answers"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// Answers of extractors in forms of their own, one article a line or a list of
// articles, each a JSON object that names its article:
//
//	{"doc_id": …, "entities" | "extractions" | "ents" | "items" | …: [mention, …]}
//	{"doc_id": …, "tokens": ["…", …], "tags": ["B-PER", …]}
//
// or one object {DOC_ID: answer, …}. A mention is an object by the keys of
// Transformers' pipelines, GLiNER, LangExtract and spaCy, a text, [text, type] or
// [start, end, type]; see package answers.
func init() {
	labels.Register(labels.Format{
		Name: "answers", Title: "answers of extractors: Transformers pipelines, GLiNER, LangExtract, tokens with IOB tags, plain lists", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: "Read only. Carries spans or surfaces, types, ids and confidence. Spans without offsets are placed by their text.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			if keys["mentions"] || keys["events"] || keys["entities"] || keys["text"] || keys["error"] {
				return false // other formats
			}
			return (keys["doc_id"] || keys["document_id"]) && keys["tokens"] && keys["tags"]
		},
		Read: readShapes,
	})
}

func readShapes(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".json", ".jsonl"}, func(r jsontext.Record, err error) bool {
			if err != nil {
				return yield(nil, err)
			}
			for id, text := range answers.Split(r.Text, func(id string) bool { return opt.Text != nil && opt.Text(id) != nil }) {
				if !yield(parseShape(r, id, text, opt)) {
					return false
				}
			}
			return true
		})
	}
}

func parseShape(r jsontext.Record, id, text string, opt labels.ReadOptions) (*labels.Document, error) {
	shape := opt.Answer
	if shape == "" {
		shape = answers.Auto
	}
	a, err := answers.Parse(text, shape, opt.Ontology)
	var e *answers.Error
	if errors.As(err, &e) {
		return nil, r.Problem(id, "answer", e.Found, e.Expected)
	}
	if err != nil {
		return nil, err
	}
	docID := r.DocID(id, a.FileID)
	d, err := a.Document(docID, r.At, opt)
	if errors.As(err, &e) {
		return nil, r.Problem(docID, "answer", e.Found, e.Expected)
	}
	return d, err
}
