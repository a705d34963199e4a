package formats

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// W3C Web Annotation (JSON-LD): a file has an annotation, a list of them, or an
// AnnotationPage with "items"; the annotations of one source are an article.
//
//	span = {"id", "type": "Annotation", "body": [body], "target": target}
//	arc  = {"id", "type": "Annotation", "motivation": "linking", "body": [tag, {"type": "SpecificResource", "purpose": "linking", "source": ID}], "target": ID}
//	target = {"source"?: DOC, "selector": [{"type": "TextPositionSelector", "start", "end"}, {"type": "TextQuoteSelector", "exact", "prefix"?, "suffix"?}]}
//	       | "DOC#char=START,END"                                           RFC 5147; also the value of a FragmentSelector
//	       | {"type": "Composite", "items": [target]}                       of a discontinuous span
//	       | [{"id": ID}, {"id": ID}]                                       of an arc, as Recogito writes it
//	body   = {"type": "TextualBody", "purpose": "tagging", "value": TYPE}    type of the span, role of the arc
//	       | {"type": "SpecificResource", "purpose": "identifying", "source": ACTOR}
//	       | {"type": "TextualBody", "purpose": "classifying", "value": "FIELD:VALUE"}
//	       | {"type": "TextualBody", "purpose": "assessing", "value": "confidence:NUMBER"}
//
// Offsets are [start,end) in Unicode code points, as the recommendation has it
// (§4.2.5: in terms of code points, not of code units). The file does not carry
// the text. Where the article's is at hand, quotes prove the positions, and a
// quote without a position is placed by its prefix and suffix. A span with several
// tags is several. Without a source the article is the file's. Ids are IRI
// references DOC#ID with both parts escaped; a source's last path segment,
// unescaped, is the doc_id.
func init() {
	labels.Register(labels.Format{
		Name: "webannotation", Title: "W3C Web Annotation: JSON-LD with text positions and quotes", Unit: schema.OffsetUnit,
		Layout: labels.FilePerArticle, Extensions: []string{".jsonld", ".json", ".jsonl"},
		Notes: "Carries everything. Other selectors than text positions and quotes are refused.",
		Detect: func(_ string, head []byte) bool {
			return jsontext.TopKeys(head)["@context"] && strings.Contains(string(head), "anno.jsonld") || jsontext.TopKeys(head)["target"] && jsontext.TopKeys(head)["body"]
		},
		Read: readWebAnnotation, Write: writeWebAnnotation,
	})
}

type waPage struct {
	Context string         `json:"@context,omitempty"`
	ID      string         `json:"id,omitempty"`
	Type    string         `json:"type"`
	Items   []waAnnotation `json:"items"`
}

type waAnnotation struct {
	Context    any               `json:"@context,omitempty"`
	ID         string            `json:"id,omitempty"`
	Type       string            `json:"type"`
	Motivation any               `json:"motivation,omitempty"`
	Body       oneOrMore[waBody] `json:"body,omitempty"`
	Target     waTarget          `json:"target"`
	at         labels.Position
}

type waBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
	Value   string `json:"value,omitempty"`
	Source  string `json:"source,omitempty"`
}

// UnmarshalJSON takes an IRI for a resource that is identified.
func (b *waBody) UnmarshalJSON(text []byte) error {
	var iri string
	if json.Unmarshal(text, &iri) == nil {
		*b = waBody{Type: "SpecificResource", Purpose: "identifying", Source: iri}
		return nil
	}
	type plain waBody
	return json.Unmarshal(text, (*plain)(b))
}

type waTarget struct {
	Type     string                `json:"type,omitempty"`
	Source   string                `json:"source,omitempty"`
	Selector oneOrMore[waSelector] `json:"selector,omitempty"`
	Items    []waTarget            `json:"items,omitempty"`
	ID       string                `json:"id,omitempty"`
	iri      string                // a target that is an IRI alone
	to       string                // the second of two annotations that are linked
}

// UnmarshalJSON takes an IRI, an object, or a list: of the parts of a place, or
// of two annotations that are linked.
func (t *waTarget) UnmarshalJSON(text []byte) error {
	if json.Unmarshal(text, &t.iri) == nil {
		source, fragment, _ := strings.Cut(t.iri, "#")
		if _, ok := waCharacters(fragment); ok {
			*t = waTarget{Source: source, Selector: oneOrMore[waSelector]{{Type: "FragmentSelector", Value: fragment}}}
		}
		return nil
	}
	if len(text) > 0 && text[0] == '[' {
		if err := json.Unmarshal(text, &t.Items); err != nil {
			return err
		}
		if n := t.Items; len(n) == 2 && len(n[0].Selector)+len(n[1].Selector) == 0 {
			*t = waTarget{iri: cmp.Or(n[0].ID, n[0].iri), to: cmp.Or(n[1].ID, n[1].iri)}
		}
		return nil
	}
	type plain waTarget
	return json.Unmarshal(text, (*plain)(t))
}

// MarshalJSON writes the IRI where there is nothing else.
func (t waTarget) MarshalJSON() ([]byte, error) {
	if t.iri != "" {
		return json.Marshal(t.iri)
	}
	type plain waTarget
	b, err := jsontext.Marshal(plain(t))
	return b, err
}

type waSelector struct {
	Type   string `json:"type"`
	Value  string `json:"value,omitempty"`
	Start  *int32 `json:"start,omitempty"`
	End    *int32 `json:"end,omitempty"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`

	Refined json.RawMessage `json:"refinedBy,omitempty"`
}

// waCharacters is the place that a fragment of plain text names: char=4,9, as RFC
// 5147 has it, positions between characters.
func waCharacters(fragment string) (schema.Span, bool) {
	place, ok := strings.CutPrefix(fragment, "char=")
	place, _, _ = strings.Cut(place, ";") // what checks the text's integrity
	from, to, both := strings.Cut(place, ",")
	start, err1 := strconv.ParseUint(from, 10, 31)
	end, err2 := strconv.ParseUint(to, 10, 31)
	if !ok || !both || err1 != nil || err2 != nil || end <= start {
		return schema.NoSpan, false
	}
	return schema.Span{Start: int32(start), End: int32(end)}, true
}

// oneOrMore is a value or a list of values.
type oneOrMore[T any] []T

// UnmarshalJSON takes both.
func (l *oneOrMore[T]) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '[' {
		return json.Unmarshal(text, (*[]T)(l))
	}
	*l = make([]T, 1)
	return json.Unmarshal(text, &(*l)[0])
}

// The purposes of bodies, from the recommendation's list of motivations.
const (
	waTag      = "tagging"
	waLink     = "linking"
	waIdentify = "identifying"
	waClassify = "classifying"
	waAssess   = "assessing"
)

func writeWebAnnotation(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	for d := range docs {
		x, err := graph.Text(opt, d.DocID)
		if err != nil {
			return err
		}
		g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.Attributes, Confidence: true, ArcConfidence: true, Fragments: true, Arcs: true, Ids: true})
		if err != nil {
			return err
		}
		page := waPage{Context: "http://www.w3.org/ns/anno.jsonld", ID: url.PathEscape(d.DocID), Type: "AnnotationPage", Items: []waAnnotation{}}
		for i := range g.Nodes {
			page.Items = append(page.Items, webAnnotation(d.DocID, &g.Nodes[i], x))
		}
		for i, a := range g.Arcs {
			page.Items = append(page.Items, waAnnotation{ID: waIRI(d.DocID, "arc."+strconv.Itoa(i+1)), Type: "Annotation", Motivation: waLink,
				Target: waTarget{iri: waIRI(d.DocID, g.Nodes[a.From].ID)},
				Body: append([]waBody{{Type: "TextualBody", Purpose: waTag, Value: a.Label}, {Type: "SpecificResource", Purpose: waLink, Source: waIRI(d.DocID, g.Nodes[a.To].ID)}},
					waConfidence(a.Confidence)...)})
		}
		b, err := jsontext.Marshal(page)
		if err != nil {
			return fmt.Errorf("document %q: %w", d.DocID, err)
		}
		b = []byte(strings.ReplaceAll(string(b), `,{"id":`, ",\n"+`{"id":`)) // one annotation a line; strings have their quotes escaped
		if err := out.WriteFile(d.DocID+".jsonld", func(w io.Writer) error {
			_, err := w.Write(b)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

func waIRI(docID, id string) string { return url.PathEscape(docID) + "#" + url.PathEscape(id) }

func waConfidence(c *float64) []waBody {
	if c == nil {
		return nil
	}
	return []waBody{{Type: "TextualBody", Purpose: waAssess, Value: "confidence:" + strconv.FormatFloat(*c, 'g', -1, 64)}}
}

// webAnnotation writes a node.
func webAnnotation(docID string, n *graph.Node, x *schema.Index) waAnnotation {
	a := waAnnotation{ID: waIRI(docID, n.ID), Type: "Annotation", Motivation: waTag, Body: oneOrMore[waBody]{{Type: "TextualBody", Purpose: waTag, Value: n.Label()}}}
	for _, f := range n.Attributes {
		if f.Name == "actor_id" {
			a.Body = append(a.Body, waBody{Type: "SpecificResource", Purpose: waIdentify, Source: url.PathEscape(f.Value)})
			continue
		}
		a.Body = append(a.Body, waBody{Type: "TextualBody", Purpose: waClassify, Value: f.Name + ":" + f.Value})
	}
	a.Body = append(a.Body, waConfidence(n.Confidence)...)
	target := func(s schema.Span) waTarget {
		exact, _ := x.Slice(s)
		prefix, _ := x.Slice(schema.Span{Start: max(0, s.Start-20), End: s.Start})
		suffix, _ := x.Slice(schema.Span{Start: s.End, End: min(x.Len(), s.End+20)})
		return waTarget{Source: url.PathEscape(docID), Selector: oneOrMore[waSelector]{
			{Type: "TextPositionSelector", Start: &s.Start, End: &s.End}, {Type: "TextQuoteSelector", Exact: exact, Prefix: prefix, Suffix: suffix}}}
	}
	a.Target = target(n.Span)
	if len(n.Fragments) > 0 {
		a.Target = waTarget{Type: "Composite"}
		for _, f := range n.Fragments {
			a.Target.Items = append(a.Target.Items, target(f))
		}
	}
	return a
}
