package formats

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// spaCy JSON, in two forms, one article a line or a list of articles:
//
//	{"text", "ents": [{"start", "end", "label", "kb_id"?}], "spans": {group: [{"start", "end", "label", "kb_id"}]}, "tokens": [{"id", "start", "end"}]}
//	["text", {"entities": [[start, end, label], …]}]
//
// The first is what Doc.to_json of spaCy 3 gives and Doc.from_json takes, the
// second the training data of spaCy 2. Offsets are [start,end) in Unicode code
// points of text. Entities may not overlap, so every span is written into the
// group "sc", spaCy's default for overlapping spans, and the outermost
// mentions into "ents" too. A span that an earlier group, or "ents", has with
// the same label is read once. kb_id is the actor_id. A "doc_id" beside the
// text names the article.
func init() {
	labels.Register(labels.Format{
		Name: "spacy", Title: "spaCy: Doc.to_json, and training data of spaCy 2", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".json", ".jsonl"},
		Notes: noLevels + "Carries spans, types and actors. No ids, arguments, heads, attributes, confidence or discontinuous spans. Labels that are event types become events.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			rest := bytes.TrimLeft(bytes.TrimPrefix(head, []byte(textfile.BOM)), "[ \t\r\n")
			pair := bytes.HasPrefix(rest, []byte(`"`)) && bytes.HasPrefix(bytes.TrimSpace(head), []byte("[")) && bytes.Contains(head, []byte(`"entities"`))
			return pair || keys["text"] && keys["ents"]
		},
		Read: readSpacy, Write: writeSpacy,
	})
}

type spacyDoc struct {
	DocID  jsontext.Text          `json:"doc_id,omitempty"`
	Text   *string                `json:"text"`
	Ents   []spacySpan            `json:"ents"`
	Tokens []spacyToken           `json:"tokens"`
	Spans  map[string][]spacySpan `json:"spans,omitempty"`
}

type spacySpan struct {
	Start *int32 `json:"start"`
	End   *int32 `json:"end"`
	Label string `json:"label"`
	KBID  string `json:"kb_id"`
}

type spacyToken struct {
	ID    int   `json:"id"`
	Start int32 `json:"start"`
	End   int32 `json:"end"`
}

// spacyGroup is the group of spans that is written.
const spacyGroup = "sc"

func readSpacy(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		eachDocument(recordsOf(src, opt, ".json", ".jsonl"), func(r jsontext.Record) (*labels.Document, error) { return parseSpacy(r, opt) }, yield)
	}
}

func parseSpacy(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var doc spacyDoc
	var err error
	if r.Text[0] == '[' {
		err = spacyPair(r, &doc)
	} else {
		err = r.Decode(&doc)
	}
	if err != nil {
		return nil, err
	}
	docID := r.DocID(string(doc.DocID))
	if doc.Text == nil {
		return nil, r.Problem(docID, "text", "none", "the article's text")
	}
	return spacyDocument(r, docID, &doc, opt)
}

// spacyDocument is an article with the entities and groups of spans of spaCy.
func spacyDocument(r jsontext.Record, docID string, doc *spacyDoc, opt labels.ReadOptions) (*labels.Document, error) {
	if strings.HasPrefix(r.Text, "{") { // tokens and sentences are segmentation and grammar
		leaveTopKeys(opt, r, docID, "key", "doc_id", "text", "ents", "spans", "tokens", "sents")
	}
	g := &graph.Graph{}
	type labelledSpan struct {
		span  schema.Span
		label string
	}
	seen := map[labelledSpan]int{}
	add := func(what string, list []spacySpan) error {
		group := map[labelledSpan]int{} // a group may have a span twice
		for i, s := range list {
			span, err := r.Span(docID, fmt.Sprintf("%s[%d]", what, i), s.Start, s.End)
			if err != nil {
				return err
			}
			key := labelledSpan{span, s.Label}
			if _, known := seen[key]; known {
				continue
			}
			kind, typ := graph.ParseLabel(opt.Ontology, s.Label)
			n := graph.Node{Kind: kind, Type: typ, Span: span}
			if s.KBID != "" && kind != graph.EventNode {
				n.Attributes = []graph.Attribute{{Name: "actor_id", Value: s.KBID}}
			}
			group[key] = len(g.Nodes)
			g.Nodes = append(g.Nodes, n)
		}
		maps.Copy(seen, group)
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Spans)) {
		if err := add("spans."+name, doc.Spans[name]); err != nil {
			return nil, err
		}
	}
	if err := add("ents", doc.Ents); err != nil {
		return nil, err
	}
	d, err := g.Document(docID, r.At, opt)
	if err == nil {
		err = offsets.Settle(opt, d, *doc.Text, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// spacyPair reads training data of spaCy 2.
func spacyPair(r jsontext.Record, doc *spacyDoc) error {
	var parts []json.RawMessage
	var labels struct {
		Entities [][]json.RawMessage `json:"entities"`
	}
	if err := r.Decode(&parts); err != nil {
		return err
	}
	if len(parts) != 2 || json.Unmarshal(parts[0], &doc.Text) != nil || json.Unmarshal(parts[1], &labels) != nil {
		return r.Problem("", "record", "another list", `["text", {"entities": [[start, end, label], …]}]`)
	}
	for i, e := range labels.Entities {
		var s spacySpan
		if len(e) != 3 || json.Unmarshal(e[0], &s.Start) != nil || json.Unmarshal(e[1], &s.End) != nil || json.Unmarshal(e[2], &s.Label) != nil {
			return r.Problem("", fmt.Sprintf("entities[%d]", i), "another value", "[start, end, label]")
		}
		doc.Ents = append(doc.Ents, s)
	}
	return nil
}

func writeSpacy(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return jsontext.WriteLines(out, docs, func(d *labels.Document) (any, error) {
		x, err := graph.Text(opt, d.DocID)
		if err != nil {
			return nil, err
		}
		g, err := graph.New(opt, d, x, graph.Holds{Attributes: []string{"actor_id"}})
		if err != nil {
			return nil, err
		}
		text := x.Text()
		doc := spacyDoc{DocID: jsontext.Text(d.DocID), Text: &text, Ents: []spacySpan{}, Tokens: []spacyToken{}}
		var all []spacySpan
		for i := range g.Nodes {
			n := &g.Nodes[i]
			all = append(all, spacySpan{&n.Span.Start, &n.Span.End, n.Label(), n.Attribute("actor_id")})
		}
		if len(all) > 0 {
			doc.Spans = map[string][]spacySpan{spacyGroup: all}
		}
		for _, i := range outermost(g) {
			doc.Ents = append(doc.Ents, all[i])
		}
		for i, t := range spacyTokens(x, segment.Tokens(x, g.Spans())) {
			doc.Tokens = append(doc.Tokens, spacyToken{i, t.Start, t.End})
		}
		return doc, nil
	})
}

// spacyTokens adds tokens for white space: spaCy's tokens cover the whole text
// but for one space after each; more is one token.
func spacyTokens(x *schema.Index, tokens []schema.Span) []schema.Span {
	var all []schema.Span
	at := int32(0)
	cover := func(to int32) {
		if gap, _ := x.Slice(schema.Span{Start: at, End: to}); len(all) > 0 && strings.HasPrefix(gap, " ") {
			at++
		}
		if at < to {
			all = append(all, schema.Span{Start: at, End: to})
		}
	}
	for _, t := range tokens {
		cover(t.Start)
		all = append(all, t)
		at = t.End
	}
	cover(x.Len())
	return all
}

// outermost picks mentions that do not overlap, in the order of the text: of
// those that do, the one that begins first, of these the longest.
func outermost(g *graph.Graph) []int {
	var order, kept []int
	for i := range g.Nodes {
		if g.Nodes[i].Kind == graph.MentionNode {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return g.Nodes[a].Span.Compare(g.Nodes[b].Span) })
	end := int32(0)
	for _, i := range order {
		if s := g.Nodes[i].Span; s.Start >= end {
			kept = append(kept, i)
			end = s.End
		}
	}
	return kept
}
