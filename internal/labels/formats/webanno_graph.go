package formats

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/schema"
)

// Graph makes nodes of the annotations that are wanted, in the order of their
// IDs, and links them.
func (r *webannoReader) graph() (*graph.Graph, error) {
	g := &graph.Graph{}
	order := slices.Clone(r.spans)
	if len(r.byID) == len(order) {
		slices.SortStableFunc(order, func(a, b *webannoSpan) int { return labels.CompareIDs(a.id, b.id) })
	}
	for _, s := range order {
		switch {
		case !r.layers[s.layer].wanted:
			r.opt.LeaveOut(s.at, "annotation of the type "+r.layers[s.layer].name, "")
			continue
		case s.from == s.to:
			r.opt.LeaveOut(s.at, "annotation without text", fmt.Sprintf("at %d", s.from))
			continue
		}
		n, err := r.node(s)
		if err != nil {
			return nil, err
		}
		s.place = len(g.Nodes)
		g.Nodes = append(g.Nodes, n)
	}
	for _, s := range order {
		for _, link := range s.slots {
			target, err := r.find(link.unit, link.id, link.base, link.at)
			if err != nil {
				return nil, err
			}
			r.arc(g, s, target, link)
		}
	}
	for _, link := range r.relations {
		from, err := r.find(link.unit, link.id, link.base, link.at)
		if err != nil {
			return nil, err
		}
		to, err := r.find(link.toUnit, link.toID, link.base, link.at)
		if err != nil {
			return nil, err
		}
		r.arc(g, from, to, link)
	}
	return g, nil
}

// arc adds a link, unless an end of it is left out.
func (r *webannoReader) arc(g *graph.Graph, from, to *webannoSpan, link webannoLink) {
	if from.place < 0 || to.place < 0 {
		r.opt.LeaveOut(link.at, fmt.Sprintf("link %q between what is left out", link.label), "")
		return
	}
	g.Arcs = append(g.Arcs, graph.Arc{From: from.place, To: to.place, Label: link.label, At: link.at, Relation: link.relation})
}

// find is the annotation with an ID, or the one that begins at a token and has
// none, of a layer if one is named.
func (r *webannoReader) find(unit, id, layer string, at labels.Position) (*webannoSpan, error) {
	if id != "" && id != "0" {
		if s := r.byID[id]; s != nil {
			return s, nil
		}
		return nil, r.bad(at, "link", fmt.Sprintf("%s[%s]", unit, id), "the token and ID of an annotation")
	}
	var found *webannoSpan
	for _, s := range r.byUnit[unit] {
		if s.id == "" && (layer == "" || r.layers[s.layer].name == layer) && (found == nil || found.place < 0 && s.place >= 0) {
			found = s
		}
	}
	if found != nil {
		return found, nil
	}
	for _, l := range r.layers {
		if l.name == layer {
			return nil, r.bad(at, "link", strconv.Quote(unit), "the token of an annotation of "+layer)
		}
	}
	if layer != "" { // tokens and the like, which are no layer of the file
		return &webannoSpan{place: -1}, nil
	}
	return nil, r.bad(at, "link", strconv.Quote(unit), "the token of an annotation")
}

func (r *webannoReader) node(s *webannoSpan) (graph.Node, error) {
	n, err := layerNode(r.opt, r.layers[s.layer].name, s.features, graph.Node{At: s.at, Span: schema.Span{Start: s.from, End: s.to}})
	if err != nil {
		err.DocID = r.docID
		return n, err
	}
	return n, nil
}

// layerNode is what an annotation of a layer with these features is.
func layerNode(opt labels.ReadOptions, layer string, features []graph.Attribute, n graph.Node) (graph.Node, *labels.RecordError) {
	label := ""
	for _, f := range features {
		switch f.Name {
		case "value", "type", "label", "category", "entityType":
			switch {
			case f.Name == "value" && layer == webannoPart:
				n.Attributes = append(n.Attributes, f)
			case label == "":
				label = f.Value
			case label != f.Value:
				opt.LeaveOut(n.At, fmt.Sprintf("feature %q beside a label", f.Name), strconv.Quote(f.Value))
			}
		case "mention_id", "event_id":
			n.ID = f.Value
		case "identifier":
			n.Attributes = append(n.Attributes, graph.Attribute{Name: "actor_id", Value: f.Value})
		case "confidence":
			v, err := strconv.ParseFloat(f.Value, 64)
			if err != nil || !(v >= 0 && v <= 1) {
				return n, &labels.RecordError{At: n.At, What: "confidence", Found: strconv.Quote(f.Value), Expected: "a number from 0 to 1"}
			}
			n.Confidence = &v
		case "modes", "contexts", "auxiliaries":
			for _, v := range strings.Split(f.Value, ";") {
				n.Attributes = append(n.Attributes, graph.Attribute{Name: f.Name, Value: v})
			}
		default:
			n.Attributes = append(n.Attributes, f)
		}
	}
	name := layer[strings.LastIndexByte(layer, '.')+1:]
	switch {
	case isEventType(layer):
		n.Kind, n.Type = graph.EventNode, strings.TrimPrefix(label, graph.KindPrefixes[graph.EventNode])
	case layer == webannoMention:
		n.Kind, n.Type = graph.MentionNode, label
	default:
		if n.Kind, n.Type = graph.ParseLabel(opt.Ontology, label); label == "" {
			n.Kind, n.Type = graph.MentionNode, name
		}
	}
	return n, nil
}

// splitWebAnno cuts a cell at a divider that is not escaped.
func splitWebAnno(cell string, divider byte) []string {
	var parts []string
	from := 0
	for i := 0; i < len(cell); i++ {
		switch cell[i] {
		case '\\':
			i++
		case divider:
			parts = append(parts, cell[from:i])
			from = i + 1
		}
	}
	return append(parts, cell[from:])
}

// cutWebAnnoID takes the "[ID]" off a value.
func cutWebAnnoID(value string) (rest, id string) {
	inner, ok := strings.CutSuffix(value, "]")
	head := strings.TrimRight(inner, "0123456789_")
	rest, open := strings.CutSuffix(head, "[")
	escapes := len(rest) - len(strings.TrimRight(rest, `\`))
	if !ok || !open || len(head) == len(inner) || escapes%2 == 1 {
		return value, ""
	}
	return rest, inner[len(head):]
}

// unescapeWebAnno undoes the escapes of values and of texts.
func unescapeWebAnno(value string) string {
	if !strings.Contains(value, `\`) {
		return value
	}
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' || i+1 == len(value) {
			b.WriteByte(value[i])
			continue
		}
		i++
		if k := strings.IndexByte("tnrfb", value[i]); k >= 0 {
			b.WriteByte("\t\n\r\f\b"[k])
		} else {
			b.WriteByte(value[i])
		}
	}
	return b.String()
}
