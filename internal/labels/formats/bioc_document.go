package formats

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// biocReader reads one document.
type biocReader struct {
	*biocDocument
	docID string
	opt   labels.ReadOptions
	parts []biocPart
	unit  labels.Unit
	text  strings.Builder
	g     *graph.Graph
	ids   map[string]int
}

// biocPart is a piece of text: its offset in the file's unit, and in code points.
type biocPart struct {
	offset, length int32 // in the unit
	start          int32
	x              *schema.Index
}

func (d *biocDocument) document(docID string, opt labels.ReadOptions) (*labels.Document, error) {
	units := []labels.Unit{labels.CodePoints, labels.UTF16Units, labels.UTF8Bytes}
	if opt.Unit != nil {
		units = []labels.Unit{*opt.Unit}
	}
	var first error
	for _, unit := range units {
		r := biocReader{biocDocument: d, docID: docID, opt: opt, unit: unit, g: &graph.Graph{}, ids: map[string]int{}}
		err := r.read()
		if first == nil {
			first = err
		}
		if err != nil {
			continue
		}
		if unit != units[0] {
			opt.Remark(d.at, fmt.Sprintf("offsets count %s", unit))
		}
		r.relate()
		r.leaveInfons()
		own := opt
		own.Unit = nil // converted already
		doc, err := r.g.Document(docID, d.at, own)
		if err == nil {
			err = r.g.Confidences(docID, d.at)
		}
		if err == nil {
			err = offsets.Settle(own, doc, r.text.String(), labels.CodePoints)
		}
		if err != nil {
			return nil, err
		}
		return doc, nil
	}
	return nil, first
}

func (r *biocReader) bad(what, found, expected string) error {
	return &labels.RecordError{At: r.at, DocID: r.docID, What: what, Found: found, Expected: expected}
}

// read puts the text together and finds the spans, in the unit that is tried.
func (r *biocReader) read() error {
	var lists [][]biocAnnotation
	for i, p := range r.Passages {
		texts := []biocPassage{p}
		lists = append(lists, p.Annotations)
		for _, s := range p.Sentences {
			lists = append(lists, s.Annotations)
		}
		if p.Text == "" {
			texts = p.Sentences
		}
		for _, t := range texts {
			if err := r.append(fmt.Sprintf("passages[%d]", i), t); err != nil {
				return err
			}
		}
	}
	for _, list := range append(lists, r.Annotations) {
		for i := range list {
			if err := r.annotation(&list[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// append adds a passage or sentence to the text.
func (r *biocReader) append(what string, p biocPassage) error {
	x := schema.NewIndex(p.Text)
	part := biocPart{offset: p.Offset, x: x}
	switch part.length = x.Len(); r.unit {
	case labels.UTF16Units:
		part.length = x.UTF16Len()
	case labels.UTF8Bytes:
		part.length = int32(len(p.Text))
	}
	end := int32(0)
	if n := len(r.parts); n > 0 {
		last := r.parts[n-1]
		end, part.start = last.offset+last.length, last.start+last.x.Len()
	}
	if gap := p.Offset - end; gap < 0 {
		return r.bad(what+".offset", strconv.Itoa(int(p.Offset)), fmt.Sprintf("%d or more, where the text before it ends", end))
	} else if gap > 0 && int(gap) > 1<<20 {
		return r.bad(what+".offset", strconv.Itoa(int(p.Offset)), "passages without a gap of a million characters")
	} else if gap > 0 {
		r.text.WriteString("\n" + strings.Repeat(" ", int(gap)-1))
		part.start += gap
	}
	r.text.WriteString(p.Text)
	r.parts = append(r.parts, part)
	return nil
}

// place is a location in code points of the whole text.
func (r *biocReader) place(what string, l biocLocation) (schema.Span, error) {
	for _, p := range r.parts {
		rel := schema.Span{Start: l.Offset - p.offset, End: l.Offset - p.offset + l.Length}
		if rel.Start < 0 || rel.End > p.length || rel.End <= rel.Start {
			continue
		}
		if s, ok := r.unit.Convert(p.x, rel); ok {
			return schema.Span{Start: p.start + s.Start, End: p.start + s.End}, nil
		}
	}
	return schema.NoSpan, r.bad(what+".location", fmt.Sprintf("offset %d, length %d", l.Offset, l.Length), "a place in one of the passages")
}

func (r *biocReader) surface(s schema.Span) string {
	for _, p := range r.parts {
		if p.start <= s.Start && s.End <= p.start+p.x.Len() {
			text, _ := p.x.Slice(schema.Span{Start: s.Start - p.start, End: s.End - p.start})
			return text
		}
	}
	return ""
}

func (r *biocReader) annotation(a *biocAnnotation) error {
	what := "annotation " + strconv.Quote(string(a.ID))
	if len(a.Locations) == 0 {
		return r.bad(what, "no location", "one or more")
	}
	n := graph.Node{ID: string(a.ID), At: r.at}
	for _, l := range a.Locations {
		s, err := r.place(what, l)
		if err != nil {
			return err
		}
		n.Fragments = append(n.Fragments, s)
	}
	slices.SortFunc(n.Fragments, schema.Span.Compare)
	n.Span = schema.Span{Start: n.Fragments[0].Start, End: n.Fragments[len(n.Fragments)-1].End}
	if len(n.Fragments) == 1 {
		n.Fragments = nil
		if got := r.surface(n.Span); a.Text != "" && unspaced(got) != unspaced(a.Text) {
			return r.bad(what, strconv.Quote(got), strconv.Quote(a.Text))
		}
	}
	n.Kind, n.Type = graph.ParseLabel(r.opt.Ontology, a.Infons["type"])
	for _, name := range sortedKeys(a.Infons) {
		if err := r.infon(&n, what, name, a.Infons[name]); err != nil {
			return err
		}
	}
	if a.ID != "" {
		r.ids[string(a.ID)] = len(r.g.Nodes)
	}
	r.g.Nodes = append(r.g.Nodes, n)
	return nil
}

// infon reads one name and value of an annotation.
func (r *biocReader) infon(n *graph.Node, what, name, value string) error {
	switch {
	case name == "type" || value == "":
	case name == "identifier":
		n.Attributes = append(n.Attributes, graph.Attribute{Name: "actor_id", Value: value})
	case name == "confidence":
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return r.bad(what+".confidence", strconv.Quote(value), "a number from 0 to 1")
		}
		n.Confidence = &v
	case slices.Contains(webannoLists, name):
		for _, v := range strings.Split(value, ";") {
			n.Attributes = append(n.Attributes, graph.Attribute{Name: name, Value: v})
		}
	default: // what no label has is counted by the graph
		n.Attributes = append(n.Attributes, graph.Attribute{Name: name, Value: value})
	}
	return nil
}

// relate reads relations as the arguments of a trigger.
func (r *biocReader) relate() {
	lists := [][]biocRelation{r.Relations}
	for _, p := range r.Passages {
		lists = append(lists, p.Relations)
		for _, s := range p.Sentences {
			lists = append(lists, s.Relations)
		}
	}
	for _, list := range lists {
		for _, rel := range list {
			if !r.arguments(rel) {
				r.opt.LeaveOut(r.at, strings.TrimSpace("relation "+rel.Infons["type"]), string(rel.ID))
			}
		}
	}
}

// leaveInfons says what is said of the document and its passages: no label.
func (r *biocReader) leaveInfons() {
	leave := func(what string, infons biocInfons) {
		for _, name := range sortedKeys(infons) {
			if infons[name] != "" {
				r.opt.LeaveOut(r.at, fmt.Sprintf("infon %q of a %s", name, what), infons[name]+" of "+r.docID)
			}
		}
	}
	leave("document", r.Infons)
	for _, p := range r.Passages {
		leave("passage", p.Infons)
		for _, s := range p.Sentences {
			leave("sentence", s.Infons)
		}
	}
}

// arguments adds the arcs of a relation with a trigger; false for any other.
func (r *biocReader) arguments(rel biocRelation) bool {
	trigger := slices.IndexFunc(rel.Nodes, func(n biocNode) bool { return strings.EqualFold(n.Role, "trigger") })
	if trigger < 0 {
		return false
	}
	from, known := r.ids[string(rel.Nodes[trigger].RefID)]
	for i, n := range rel.Nodes {
		to, there := r.ids[string(n.RefID)]
		if i == trigger {
			continue
		}
		if !known || !there {
			return false
		}
		r.g.Arcs = append(r.g.Arcs, graph.Arc{From: from, To: to, Label: n.Role, At: r.at})
	}
	return true
}
