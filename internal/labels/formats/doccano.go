package formats

import (
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
// surfaces to tell it by: the server counts Unicode code points, its editor has
// counted UTF-16 code units. Where a text has characters that the two count
// differently before a span's end, the unit is the one that puts every span
// inside the text with no white space at its ends, if only one does, with a
// remark; else the record is refused unless the unit is stated. Files of our own
// state it: "offset_unit", a key that doccano takes for metadata and keeps.
func init() {
	labels.Register(labels.Format{
		Name: "doccano", Title: "doccano: text with labelled spans and relations, one article a line", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: "Carries spans, types, arguments, heads and cues. No ids, levels, actors, attributes, confidence or discontinuous spans. " +
			"Labels that are event types become events. doccano's own files do not state the unit of their offsets: where a text has emoji " +
			"it is told by white space at the ends of spans, or has to be stated with --unit.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["text"] && (keys["label"] || keys["labels"] || keys["entities"]) && !keys["ents"] && !keys["spans"] && !keys["tokens"] && !isJSONMin(keys)
		},
		Read: readDoccano, Write: writeDoccano,
	})
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
}

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
		jsontext.EachRecord(src, opt, []string{".jsonl", ".json"}, func(r jsontext.Record, err error) bool {
			var d *labels.Document
			if err == nil {
				d, err = parseDoccano(r, opt)
			}
			return yield(d, err)
		})
	}
}

func parseDoccano(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var rec doccanoRecord
	if err := r.Decode(&rec); err != nil {
		return nil, err
	}
	docID := r.DocID(string(rec.DocID), string(rec.ID))
	if rec.Text == nil {
		return nil, r.Problem(docID, "text", "none", "the article's text")
	}
	g, err := doccanoGraph(r, docID, &rec, opt)
	if err != nil {
		return nil, err
	}
	x := schema.NewIndex(*rec.Text)
	if opt.Unit == nil {
		unit, err := statedUnit(r, docID, rec.Unit)
		if err == nil && rec.Unit == "" {
			unit, err = undocumentedUnit(r, docID, g, x, opt)
		}
		if err != nil {
			return nil, err
		}
		opt.Unit = &unit
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

// statedUnit reads the key offset_unit.
func statedUnit(r jsontext.Record, docID, name string) (labels.Unit, error) {
	switch name {
	case "", schema.OffsetUnit:
		return labels.CodePoints, nil
	case "utf16_code_unit":
		return labels.UTF16Units, nil
	}
	return labels.CodePoints, r.Problem(docID, "offset_unit", strconv.Quote(name), strconv.Quote(schema.OffsetUnit)+` or "utf16_code_unit"`)
}

// undocumentedUnit tells code points from UTF-16 units without surfaces: only
// one puts all spans inside the text, both put them at the same places, or only
// one leaves white space outside of all.
func undocumentedUnit(r jsontext.Record, docID string, g *graph.Graph, x *schema.Index, opt labels.ReadOptions) (labels.Unit, error) {
	points, units := true, true
	var differs *schema.Span
	for i := range g.Nodes {
		s := g.Nodes[i].Span
		a, ok1 := labels.CodePoints.Convert(x, s)
		b, ok2 := labels.UTF16Units.Convert(x, s)
		points, units = points && ok1, units && ok2
		if differs == nil && a != b {
			differs = &s
		}
	}
	switch {
	case differs == nil || points && !units:
		return labels.CodePoints, nil // settle says what lies outside
	case units && !points:
		return labels.UTF16Units, nil
	case !points:
		return labels.CodePoints, nil
	}
	spans := g.Spans()
	if points, units = !offsets.Ragged(x, labels.CodePoints, spans), !offsets.Ragged(x, labels.UTF16Units, spans); points != units {
		unit, other := labels.CodePoints, labels.UTF16Units
		if units {
			unit, other = labels.UTF16Units, labels.CodePoints
		}
		opt.Remark(r.At, fmt.Sprintf("offsets taken to count %s: counted in %s, spans begin or end with white space", unit, other))
		return unit, nil
	}
	at, _ := x.Slice(schema.Span{Start: differs.Start, End: min(differs.End, x.Len())})
	e := r.Problem(docID, "offsets", fmt.Sprintf("%s, which is %q in Unicode code points and other text in UTF-16 code units", differs, at), "one unit that fits")
	e.Advice = "the file does not say how it counts; dataset convert --unit code-points or --unit utf-16 states it"
	return labels.CodePoints, e
}

func writeDoccano(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return jsontext.WriteLines(out, docs, func(d *labels.Document) (any, error) {
		x, err := graph.Text(opt, d.DocID)
		if err != nil {
			return nil, err
		}
		g, err := graph.New(opt, d, x, graph.Holds{Arcs: true})
		if err != nil {
			return nil, err
		}
		text := x.Text()
		rec := doccanoRecord{DocID: jsontext.Text(d.DocID), Text: &text, Unit: schema.OffsetUnit, Entities: []doccanoEntity{}, Relations: []doccanoRelation{}}
		for i := range g.Nodes {
			n := &g.Nodes[i]
			rec.Entities = append(rec.Entities, doccanoEntity{ID: i + 1, Label: n.Label(), Start: &n.Span.Start, End: &n.Span.End})
		}
		for i, a := range g.Arcs {
			rec.Relations = append(rec.Relations, doccanoRelation{ID: i + 1, From: a.From + 1, To: a.To + 1, Type: a.Label})
		}
		return rec, nil
	})
}
