package formats

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// doccano JSONL: one article a line, in one of two forms.
//
//	{"id", "text", "label": [[start, end, label], …]}
//	{"id", "text", "entities": [{"id", "label", "start_offset", "end_offset"}], "relations": [{"id", "from_id", "to_id", "type"}]}
//
// The first is the form of sequence labelling ("labels" in older versions),
// the second that of relations, and the one that is written. A doc_id beside
// them names the article; else the number "id" does.
//
// Offsets are [start,end) of text. doccano states no unit, and the file has no
// surfaces to tell it by. Its editor counts UTF-16 code units, and grapheme
// clusters in projects where that is switched on; what was imported counts as it
// did before. An export has one unit: that under which all spans of the file lie
// in their texts and the fewest of them begin or end with white space, inside a
// cluster or inside a word (doccano_unit.go). Where that does not tell, records
// that the units read differently are refused unless the unit is stated. Files of
// our own are in UTF-16 and say so: "offset_unit", a key that doccano takes for
// metadata and keeps. It is believed as long as the editor was not at the file.
func init() {
	labels.Register(labels.Format{
		Name: "doccano", Title: "doccano: text with labelled spans and relations, one article a line", Unit: utf16Unit,
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: noLevels + "Carries spans, types, arguments, heads and cues. No ids, levels, actors, attributes, confidence or discontinuous spans. " +
			"Labels that are event types become events. doccano's own files do not state the unit of their offsets: where texts have emoji or marks " +
			"it is told by where spans begin and end in the whole file, or has to be stated with --unit.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["text"] && (keys["label"] || keys["labels"] || keys["entities"] && isDoccano(keys, head)) && !keys["ents"] && !keys["spans"] && !keys["tokens"] && !isJSONMin(keys)
		},
		Read: readDoccano, Write: writeDoccano, Setup: doccanoSetup,
	})
}

// isDoccano reports whether entities are doccano's, which have names of their
// own for offsets and stand beside relations.
func isDoccano(keys map[string]bool, head []byte) bool {
	return keys["relations"] || bytes.Contains(head, []byte(`"start_offset"`))
}

type doccanoRecord struct {
	ID        jsontext.Text     `json:"id,omitempty"`
	DocID     jsontext.Text     `json:"doc_id,omitempty"`
	Text      *string           `json:"text"`
	Unit      string            `json:"offset_unit,omitempty"`
	Label     []json.RawMessage `json:"label,omitempty"`
	Labels    []json.RawMessage `json:"labels,omitempty"`
	Entities  []doccanoEntity   `json:"entities"`
	Relations []doccanoRelation `json:"relations"`
	Comments  []json.RawMessage `json:"Comments,omitempty"`
}

// edited reports whether doccano itself wrote the record, and not we: it numbers
// records and has a place for comments.
func (rec *doccanoRecord) edited() bool { return rec.ID != "" || rec.Comments != nil }

type doccanoEntity struct {
	ID    int    `json:"id"`
	Label string `json:"label"`
	Start *int32 `json:"start_offset"`
	End   *int32 `json:"end_offset"`
}

type doccanoRelation struct {
	ID   int    `json:"id"`
	From int    `json:"from_id"`
	To   int    `json:"to_id"`
	Type string `json:"type"`
}

func readDoccano(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		extensions := []string{".jsonl", ".json"}
		files, err := src.Files(extensions...)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			one := labels.Source{FS: src.FS, Path: file, Name: src.Display(file)}
			more := true
			u, each := doccanoUnit(one, opt)
			eachDocument(each, func(r jsontext.Record) (*labels.Document, error) {
				return parseDoccano(r, opt, u)
			}, func(d *labels.Document, err error) bool {
				more = yield(d, err)
				return more
			})
			if !more {
				return
			}
		}
	}
}

func parseDoccano(r jsontext.Record, opt labels.ReadOptions, u unitOfFile) (*labels.Document, error) {
	var rec doccanoRecord
	if err := r.Decode(&rec); err != nil {
		return nil, err
	}
	docID := r.DocID(string(rec.DocID), string(rec.ID))
	if rec.Text == nil {
		return nil, r.Problem(docID, "text", "none", "the article's text")
	}
	if rec.Label == nil && rec.Labels == nil && rec.Entities == nil {
		opt.NotLabelled(r.At, docID, "no labels")
		return nil, nil
	}
	leaveTopKeys(opt, r, docID, "key", "id", "doc_id", "text", "offset_unit", "label", "labels", "entities", "relations")
	g, err := doccanoGraph(r, docID, &rec, opt)
	if err != nil {
		return nil, err
	}
	x := schema.NewIndex(*rec.Text)
	if opt.Unit == nil {
		if err := u.settle(r, docID, &rec, g, x, opt); err != nil {
			return nil, err
		}
		points := labels.CodePoints // they are now
		opt.Unit = &points
	}
	d, err := g.Document(docID, r.At, opt)
	if err == nil {
		err = offsets.Settle(opt, d, *rec.Text, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// doccanoGraph reads either form.
func doccanoGraph(r jsontext.Record, docID string, rec *doccanoRecord, opt labels.ReadOptions) (*graph.Graph, error) {
	g := &graph.Graph{}
	for i, raw := range slices.Concat(rec.Label, rec.Labels) {
		what := fmt.Sprintf("label[%d]", i)
		var parts []json.RawMessage
		var start, end *int32
		var label string
		if json.Unmarshal(raw, &parts) != nil || len(parts) != 3 || json.Unmarshal(parts[0], &start) != nil ||
			json.Unmarshal(parts[1], &end) != nil || json.Unmarshal(parts[2], &label) != nil {
			e := r.Problem(docID, what, shortened(raw, 60), "[start, end, label]")
			if raw[0] == '{' {
				e.Advice = "a file of Label Studio in its form JSON-MIN is to be exported as JSON"
			}
			return nil, e
		}
		span, err := r.Span(docID, what, start, end)
		if err != nil {
			return nil, err
		}
		kind, typ := graph.ParseLabel(opt.Ontology, label)
		g.Nodes = append(g.Nodes, graph.Node{Kind: kind, Type: typ, Span: span})
	}
	places := map[int]int{}
	for i, e := range rec.Entities {
		span, err := r.Span(docID, fmt.Sprintf("entities[%d]", i), e.Start, e.End)
		if err != nil {
			return nil, err
		}
		if _, twice := places[e.ID]; twice && len(rec.Relations) > 0 {
			return nil, r.Problem(docID, fmt.Sprintf("entities[%d].id", i), strconv.Itoa(e.ID), "an id that no other entity has")
		}
		places[e.ID] = len(g.Nodes)
		kind, typ := graph.ParseLabel(opt.Ontology, e.Label)
		g.Nodes = append(g.Nodes, graph.Node{Kind: kind, Type: typ, Span: span})
	}
	for i, a := range rec.Relations {
		from, ok1 := places[a.From]
		to, ok2 := places[a.To]
		if !ok1 || !ok2 {
			return nil, r.Problem(docID, fmt.Sprintf("relations[%d]", i), fmt.Sprintf("from %d to %d", a.From, a.To), "ids of entities")
		}
		g.Arcs = append(g.Arcs, graph.Arc{From: from, To: to, Label: a.Type})
	}
	return g, nil
}

// shortened is the first n characters of a value, for messages.
func shortened(raw []byte, n int) string {
	text := []rune(string(raw))
	return string(text[:min(len(text), n)])
}
