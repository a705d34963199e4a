package formats

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// LangExtract's annotated documents, one a line, as save_annotated_documents
// writes them:
//
//	{"document_id", "text", "extractions": [{"extraction_class", "extraction_text",
//	 "char_interval": {"start_pos", "end_pos"} or null, "alignment_status", "attributes": {name: value} or null}]}
//
// Offsets are [start,end) in Unicode code points of text. Only match_exact says
// that the interval is the extraction: match_lesser and match_fuzzy are places
// of a part or of something like it, and are not taken; neither is null. Such
// an extraction has its surface, which is looked for in the article. The class is
// the type. An attribute that a mention has, such as level or actor_id, is read,
// others are counted as left out.
func init() {
	labels.Register(labels.Format{
		Name: "langextract", Title: "LangExtract: annotated documents, one a line", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes:  "Read only. Spans that LangExtract aligned otherwise than exactly are placed anew, by their surface.",
		Detect: func(_ string, head []byte) bool { return jsontext.TopKeys(head)["extractions"] },
		Read:   readLangExtract,
	})
}

type langExtractRecord struct {
	ID          jsontext.Text `json:"document_id"`
	Text        *string       `json:"text"`
	Extractions []struct {
		Class    string `json:"extraction_class"`
		Text     string `json:"extraction_text"`
		Interval *struct {
			Start *int32 `json:"start_pos"`
			End   *int32 `json:"end_pos"`
		} `json:"char_interval"`
		Status     string         `json:"alignment_status"`
		Attributes map[string]any `json:"attributes"`
	} `json:"extractions"`
}

func readLangExtract(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".jsonl", ".json"}, func(r jsontext.Record, err error) bool {
			var d *labels.Document
			if err == nil {
				d, err = parseLangExtract(r, opt)
			}
			return yield(d, err)
		})
	}
}

func parseLangExtract(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var rec langExtractRecord
	if err := r.Decode(&rec); err != nil {
		return nil, err
	}
	docID := r.DocID(string(rec.ID))
	g := &graph.Graph{}
	for i, e := range rec.Extractions {
		what := fmt.Sprintf("extractions[%d]", i)
		if e.Text == "" {
			return nil, r.Problem(docID, what+".extraction_text", "none", "the words of the text")
		}
		n := graph.Node{Span: schema.NoSpan, Text: e.Text}
		n.Kind, n.Type = graph.ParseLabel(opt.Ontology, e.Class)
		if e.Interval != nil && e.Status == "match_exact" {
			span, err := r.Span(docID, what+".char_interval", e.Interval.Start, e.Interval.End)
			if err != nil {
				return nil, err
			}
			n.Span, n.Text = span, "" // what stands there, in the text's spelling
		} else if e.Interval != nil {
			opt.Remark(r.At, fmt.Sprintf("place of %q is a %s: looked for anew", e.Text, e.Status))
		}
		for _, name := range slices.Sorted(maps.Keys(e.Attributes)) {
			n.Attributes = append(n.Attributes, plainAttribute(name, e.Attributes[name])...)
		}
		g.Nodes = append(g.Nodes, n)
	}
	d, err := g.Document(docID, r.At, opt)
	if err == nil && rec.Text != nil {
		err = offsets.Settle(opt, d, *rec.Text, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// plainAttribute is an attribute with the values of a JSON value: a scalar, or
// a list of them.
func plainAttribute(name string, value any) []graph.Attribute {
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	var all []graph.Attribute
	for _, v := range list {
		if v != nil {
			all = append(all, graph.Attribute{Name: name, Value: fmt.Sprint(v)})
		}
	}
	return all
}
