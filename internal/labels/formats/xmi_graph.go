package formats

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
)

// graph makes nodes of the annotations of a view and links them.
func (r *xmiReader) graph(sofa string) (*graph.Graph, error) {
	g := &graph.Graph{}
	places := map[string]int{}
	var arcs []graph.Arc
	var ends [][2]string
	for i := range r.items {
		it := &r.items[i]
		switch {
		case it.sofa != sofa:
			r.opt.LeaveOut(it.at, "annotation of another view", it.name)
			continue
		case it.from != "" && it.to != "":
			label := it.take("value", "label", "role", "type")
			for _, f := range it.features {
				r.opt.LeaveOut(it.at, fmt.Sprintf("feature %q of a relation", f.Name), "")
			}
			arcs, ends = append(arcs, graph.Arc{Label: label, At: it.at, Relation: true}), append(ends, [2]string{it.from, it.to})
			continue
		case it.span.Start == it.span.End:
			r.opt.LeaveOut(it.at, "annotation without text", fmt.Sprintf("%s at %d", it.name, it.span.Start))
			continue
		}
		var slots []string
		it.features = slices.DeleteFunc(it.features, func(f graph.Attribute) bool {
			ids := r.slot(f.Value)
			slots = append(slots, ids...)
			return len(ids) > 0
		})
		it.tidy(r.opt)
		n, err := layerNode(r.opt, it.name, it.features, graph.Node{At: it.at, Span: it.span})
		if err != nil {
			return nil, err
		}
		places[it.id] = len(g.Nodes)
		g.Nodes = append(g.Nodes, n)
		for _, id := range slots {
			arcs, ends = append(arcs, graph.Arc{Label: r.links[id].role, At: it.at}), append(ends, [2]string{it.id, r.links[id].target})
		}
	}
	for i, a := range arcs {
		var ok1, ok2 bool
		a.From, ok1 = places[ends[i][0]]
		a.To, ok2 = places[ends[i][1]]
		if !ok1 || !ok2 {
			r.opt.LeaveOut(a.At, fmt.Sprintf("link %q between what is left out", a.Label), "")
			continue
		}
		g.Arcs = append(g.Arcs, a)
	}
	return g, nil
}

// slot is the ids of the links that a feature lists, nil for any other feature.
func (r *xmiReader) slot(value string) []string {
	ids := strings.Fields(value)
	for _, id := range ids {
		if _, ok := r.links[id]; !ok {
			return nil
		}
	}
	return ids
}

// take takes the first of the named features out of the list.
func (it *xmiItem) take(names ...string) string {
	for _, name := range names {
		if i := slices.IndexFunc(it.features, func(f graph.Attribute) bool { return f.Name == name && f.Value != "" }); i >= 0 {
			v := it.features[i].Value
			it.features = slices.Delete(it.features, i, i+1)
			return v
		}
	}
	return ""
}

// tidy renames features of other tools, and takes out confidences that are none
// and what is empty.
func (it *xmiItem) tidy(opt labels.ReadOptions) {
	for i := range it.features {
		switch f := &it.features[i]; f.Name {
		case "id":
			f.Name = "identifier"
		case "score":
			f.Name = "confidence"
		}
	}
	it.features = slices.DeleteFunc(it.features, func(f graph.Attribute) bool {
		if f.Name != "confidence" {
			return f.Value == ""
		}
		v, err := strconv.ParseFloat(f.Value, 64)
		odd := err != nil || !(v >= 0 && v <= 1)
		if odd {
			opt.LeaveOut(it.at, "confidence that is no number from 0 to 1", strconv.Quote(f.Value))
		}
		return odd
	})
}
