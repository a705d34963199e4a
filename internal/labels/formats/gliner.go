package formats

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// GLiNER's training data: a JSON list, an element an article or a sentence.
//
//	{"doc_id"?, "tokenized_text": [TOKEN], "ner": [[first, last, label]]}
//
// first and last are numbers of tokens, the last one included. Tokens are found
// in the article's text, and joined by spaces without it. Mentions may nest and
// cross. Written is one element an article.
func init() {
	labels.Register(labels.Format{
		Name: "gliner", Title: "GLiNER training data: tokenized_text and ner", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".json", ".jsonl"},
		Notes:  "Carries the types and places of mentions, nested ones too. Nothing else.",
		Detect: func(_ string, head []byte) bool { return jsontext.TopKeys(head)["tokenized_text"] },
		Read:   readGLiNER, Write: writeGLiNER,
	})
}

type glinerRecord struct {
	DocID  jsontext.Text     `json:"doc_id"`
	Tokens []string          `json:"tokenized_text"`
	NER    []json.RawMessage `json:"ner"`
	Links  []json.RawMessage `json:"relations"`
}

func readGLiNER(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".json", ".jsonl"}, func(r jsontext.Record, err error) bool {
			var d *labels.Document
			if err == nil {
				d, err = parseGLiNER(r, opt)
			}
			return yield(d, err)
		})
	}
}

func parseGLiNER(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var rec glinerRecord
	if err := r.Decode(&rec); err != nil {
		return nil, err
	}
	docID := r.DocID(string(rec.DocID))
	if rec.Tokens == nil || rec.NER == nil {
		return nil, r.Problem(docID, "record", "no tokenized_text or no ner", "both")
	}
	x, docID, places, err := placeTokens(r, docID, "tokenized_text", rec.Tokens, opt)
	if err != nil {
		return nil, err
	}
	leaveTopKeys(opt, r, docID, "key", "doc_id", "tokenized_text", "ner", "relations")
	g := &graph.Graph{}
	for i, raw := range rec.NER {
		var first, last int
		var label string
		var parts []json.RawMessage
		what := fmt.Sprintf("ner[%d]", i)
		if json.Unmarshal(raw, &parts) != nil || len(parts) != 3 || json.Unmarshal(parts[0], &first) != nil ||
			json.Unmarshal(parts[1], &last) != nil || json.Unmarshal(parts[2], &label) != nil {
			return nil, r.Problem(docID, what, shortened(raw, 60), "[first, last, label]")
		}
		span, err := tokenSpan(r, docID, what, places, first, last)
		if err != nil {
			return nil, err
		}
		n := graph.Node{Span: span, At: r.At}
		if n.Kind, n.Type = graph.ParseLabel(opt.Ontology, label); n.Kind == graph.EventNode {
			n.Kind, n.Type = graph.MentionNode, label
		}
		g.Nodes = append(g.Nodes, n)
	}
	for _, link := range rec.Links {
		opt.LeaveOut(r.At, "relation between mentions", shortened(link, 40))
	}
	return carried(g, docID, r, opt, x)
}

// placeTokens finds the tokens of an article that is one row of them.
func placeTokens(r jsontext.Record, docID, what string, tokens []string, opt labels.ReadOptions) (*schema.Index, string, []schema.Span, error) {
	docID = segment.Find(opt, docID, r.At.File, [][]string{tokens})
	x, places, _, err := segment.Place(opt, docID, [][]string{tokens})
	if err != nil {
		return nil, "", nil, r.Problem(docID, what, err.Error(), "the tokens in the order of the article's text")
	}
	return x, docID, places[0], nil
}

// tokenSpan is the span of the tokens first to last, the last one included.
func tokenSpan(r jsontext.Record, docID, what string, places []schema.Span, first, last int) (schema.Span, error) {
	if first < 0 || last < first || last >= len(places) {
		return schema.NoSpan, r.Problem(docID, what, fmt.Sprintf("tokens %d to %d", first, last), fmt.Sprintf("a range inside the %d tokens, the last one included", len(places)))
	}
	return schema.Span{Start: places[first].Start, End: places[last].End}, nil
}

func writeGLiNER(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		before := "[\n"
		for d := range docs {
			rec, err := glinerRecordOf(d, opt)
			if err != nil {
				return err
			}
			b, err := jsontext.Marshal(rec)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "%s%s", before, b[:len(b)-1]); err != nil {
				return err
			}
			before = ",\n"
		}
		if before == "[\n" {
			before = "["
		} else {
			before = "\n"
		}
		_, err := io.WriteString(w, before+"]\n")
		return err
	})
}

// glinerOut is an article as it is written.
type glinerOut struct {
	DocID  string   `json:"doc_id"`
	Tokens []string `json:"tokenized_text"`
	NER    [][3]any `json:"ner"`
}

func glinerRecordOf(d *labels.Document, opt labels.WriteOptions) (glinerOut, error) {
	rec := glinerOut{DocID: d.DocID, Tokens: []string{}, NER: [][3]any{}}
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return rec, err
	}
	g, err := graph.New(opt, d, x, graph.Holds{NoEvents: true, Ids: true})
	if err != nil {
		return rec, err
	}
	tokens := segment.Tokens(x, g.Spans())
	g.Keep(func(n *graph.Node) bool { _, _, ok := segment.TokenRange(tokens, n.Span); return ok }, nil)
	for _, t := range tokens {
		surface, _ := x.Slice(t)
		rec.Tokens = append(rec.Tokens, surface)
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		loseID(g, n, i)
		from, to, _ := segment.TokenRange(tokens, n.Span)
		rec.NER = append(rec.NER, [3]any{from, to - 1, n.Label()})
	}
	return rec, nil
}
