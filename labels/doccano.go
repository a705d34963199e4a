package labels

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"

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
	Register(Format{
		Name: "doccano", Title: "doccano: text with labelled spans and relations, one article a line", Unit: schema.OffsetUnit,
		Layout: OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: "Carries spans, types, arguments, heads and cues. No ids, levels, actors, attributes, confidence or discontinuous spans. " +
			"Labels that are event types become events. doccano's own files do not state the unit of their offsets: where a text has emoji " +
			"it is told by white space at the ends of spans, or has to be stated with --unit.",
		Detect: func(_ string, head []byte) bool {
			keys := topKeys(head)
			return keys["text"] && (keys["label"] || keys["labels"] || keys["entities"]) && !keys["ents"] && !keys["spans"] && !keys["tokens"]
		},
		Read: readDoccano, Write: writeDoccano,
	})
}

type doccanoRecord struct {
	ID        jsonText          `json:"id,omitempty"`
	DocID     jsonText          `json:"doc_id,omitempty"`
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

func readDoccano(src Source, opt ReadOptions) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		eachJSON(src, opt, []string{".jsonl", ".json"}, func(r jsonRecord, err error) bool {
			var d *Document
			if err == nil {
				d, err = parseDoccano(r, opt)
			}
			return yield(d, err)
		})
	}
}

func parseDoccano(r jsonRecord, opt ReadOptions) (*Document, error) {
	var rec doccanoRecord
	if err := r.decode(&rec); err != nil {
		return nil, err
	}
	docID := r.docID(string(rec.DocID), string(rec.ID))
	if rec.Text == nil {
		return nil, r.problem(docID, "text", "none", "the article's text")
	}
	g, err := doccanoGraph(r, docID, &rec)
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
	d, err := g.document(docID, r.at, opt)
	if err == nil {
		err = settle(opt, d, *rec.Text, CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// doccanoGraph reads either form.
func doccanoGraph(r jsonRecord, docID string, rec *doccanoRecord) (*graph, error) {
	g := &graph{}
	for i, raw := range slices.Concat(rec.Label, rec.Labels) {
		what := fmt.Sprintf("label[%d]", i)
		var parts []json.RawMessage
		var start, end *int32
		var label string
		if json.Unmarshal(raw, &parts) != nil || len(parts) != 3 || json.Unmarshal(parts[0], &start) != nil ||
			json.Unmarshal(parts[1], &end) != nil || json.Unmarshal(parts[2], &label) != nil {
			e := r.problem(docID, what, shortened(raw, 60), "[start, end, label]")
			if raw[0] == '{' {
				e.Advice = "a file of Label Studio in its form JSON-MIN is to be exported as JSON"
			}
			return nil, e
		}
		span, err := r.span(docID, what, start, end)
		if err != nil {
			return nil, err
		}
		kind, typ := parseLabel(label)
		g.nodes = append(g.nodes, node{kind: kind, typ: typ, span: span})
	}
	places := map[int]int{}
	for i, e := range rec.Entities {
		span, err := r.span(docID, fmt.Sprintf("entities[%d]", i), e.Start, e.End)
		if err != nil {
			return nil, err
		}
		if _, twice := places[e.ID]; twice && len(rec.Relations) > 0 {
			return nil, r.problem(docID, fmt.Sprintf("entities[%d].id", i), strconv.Itoa(e.ID), "an id that no other entity has")
		}
		places[e.ID] = len(g.nodes)
		kind, typ := parseLabel(e.Label)
		g.nodes = append(g.nodes, node{kind: kind, typ: typ, span: span})
	}
	for i, a := range rec.Relations {
		from, ok1 := places[a.From]
		to, ok2 := places[a.To]
		if !ok1 || !ok2 {
			return nil, r.problem(docID, fmt.Sprintf("relations[%d]", i), fmt.Sprintf("from %d to %d", a.From, a.To), "ids of entities")
		}
		g.arcs = append(g.arcs, arc{from: from, to: to, label: a.Type})
	}
	return g, nil
}

// shortened is the first n characters of a value, for messages.
func shortened(raw []byte, n int) string {
	text := []rune(string(raw))
	return string(text[:min(len(text), n)])
}

// statedUnit reads the key offset_unit.
func statedUnit(r jsonRecord, docID, name string) (Unit, error) {
	switch name {
	case "", schema.OffsetUnit:
		return CodePoints, nil
	case "utf16_code_unit":
		return UTF16Units, nil
	}
	return CodePoints, r.problem(docID, "offset_unit", strconv.Quote(name), strconv.Quote(schema.OffsetUnit)+` or "utf16_code_unit"`)
}

// undocumentedUnit tells code points from UTF-16 units without surfaces: only
// one puts all spans inside the text, both put them at the same places, or only
// one leaves white space outside of all.
func undocumentedUnit(r jsonRecord, docID string, g *graph, x *schema.Index, opt ReadOptions) (Unit, error) {
	points, units := true, true
	var differs *schema.Span
	for i := range g.nodes {
		s := g.nodes[i].span
		a, ok1 := CodePoints.Convert(x, s)
		b, ok2 := UTF16Units.Convert(x, s)
		points, units = points && ok1, units && ok2
		if differs == nil && a != b {
			differs = &s
		}
	}
	switch {
	case differs == nil || points && !units:
		return CodePoints, nil // settle says what lies outside
	case units && !points:
		return UTF16Units, nil
	case !points:
		return CodePoints, nil
	}
	spans := g.spans()
	if points, units = !ragged(x, CodePoints, spans), !ragged(x, UTF16Units, spans); points != units {
		unit, other := CodePoints, UTF16Units
		if units {
			unit, other = UTF16Units, CodePoints
		}
		opt.remark(r.at, fmt.Sprintf("offsets taken to count %s: counted in %s, spans begin or end with white space", unit, other))
		return unit, nil
	}
	at, _ := x.Slice(schema.Span{Start: differs.Start, End: min(differs.End, x.Len())})
	e := r.problem(docID, "offsets", fmt.Sprintf("%s, which is %q in Unicode code points and other text in UTF-16 code units", differs, at), "one unit that fits")
	e.Advice = "the file does not say how it counts; dataset convert --unit code-points or --unit utf-16 states it"
	return CodePoints, e
}

func writeDoccano(out Output, docs iter.Seq[*Document], opt WriteOptions) error {
	return writeJSONLines(out, docs, func(d *Document) (any, error) {
		x, err := articleText(opt, d.DocID)
		if err != nil {
			return nil, err
		}
		g, err := newGraph(opt, d, x, holds{arcs: true})
		if err != nil {
			return nil, err
		}
		text := x.Text()
		rec := doccanoRecord{DocID: jsonText(d.DocID), Text: &text, Unit: schema.OffsetUnit, Entities: []doccanoEntity{}, Relations: []doccanoRelation{}}
		for i := range g.nodes {
			n := &g.nodes[i]
			rec.Entities = append(rec.Entities, doccanoEntity{ID: i + 1, Label: n.label(), Start: &n.span.Start, End: &n.span.End})
		}
		for i, a := range g.arcs {
			rec.Relations = append(rec.Relations, doccanoRelation{ID: i + 1, From: a.from + 1, To: a.to + 1, Type: a.label})
		}
		return rec, nil
	})
}
