package formats

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/graph"
)

// cells reads the columns of one layer at one token.
func (r *webannoReader) cells(unit string, t webannoToken, columns []webannoColumn, cells []string) error {
	layer := r.layers[columns[0].layer]
	if layer.chain {
		if cells[0] != "_" {
			r.opt.LeaveOut(t.at, "chain of the layer "+layer.name, cells[0])
		}
		return nil
	}
	var stacks [][]string
	depth := 0
	for _, c := range cells {
		var stack []string
		if c != "_" {
			stack = splitWebAnno(c, '|')
		}
		stacks = append(stacks, stack)
		depth = max(depth, len(stack))
	}
	for k := range depth {
		values := make([]string, len(columns))
		id := ""
		for j, c := range columns {
			if k >= len(stacks[j]) {
				continue
			}
			values[j] = stacks[j][k]
			if !c.target && c.base == "" {
				var here string
				if values[j], here = cutWebAnnoID(values[j]); here != "" {
					id = here
				}
			}
		}
		if layer.relation {
			r.relation(unit, t, columns, values)
			continue
		}
		if old := r.byID[id]; id != "" && old != nil {
			if old.layer != columns[0].layer {
				return r.bad(t.at, "ID", id, "an ID of one layer")
			}
			old.to = max(old.to, t.to)
			continue
		}
		s := &webannoSpan{layer: columns[0].layer, unit: unit, from: t.from, to: t.to, at: t.at, id: id, place: -1}
		if err := r.features(s, columns, values); err != nil {
			return err
		}
		r.spans = append(r.spans, s)
		r.byUnit[unit] = append(r.byUnit[unit], s)
		if id != "" {
			r.byID[id] = s
		}
	}
	return nil
}

func (r *webannoReader) features(s *webannoSpan, columns []webannoColumn, values []string) error {
	for j, c := range columns {
		v := values[j]
		switch {
		case c.target || v == "" || v == "_":
		case c.role:
			roles := splitWebAnno(v, ';')
			var targets []string
			layer := ""
			if j+1 < len(values) {
				targets, layer = splitWebAnno(values[j+1], ';'), columns[j+1].name
			}
			if layer == webannoAny {
				layer = ""
			}
			if len(targets) != len(roles) {
				return r.bad(s.at, "slots", fmt.Sprintf("%d roles and %d targets", len(roles), len(targets)), "as many of each")
			}
			for k, role := range roles {
				unit, id := cutWebAnnoID(targets[k])
				if role == "*" {
					role = ""
				}
				s.slots = append(s.slots, webannoLink{label: unescapeWebAnno(role), unit: unit, id: id, base: layer, at: s.at})
			}
		case v != "*" && c.name != "":
			s.features = append(s.features, graph.Attribute{Name: c.name, Value: unescapeWebAnno(v)})
		}
	}
	return nil
}

func (r *webannoReader) relation(unit string, t webannoToken, columns []webannoColumn, values []string) {
	link := webannoLink{toUnit: unit, at: t.at, relation: true}
	for j, c := range columns {
		switch v := values[j]; {
		case c.base != "":
			var ids string
			link.base = c.base
			link.unit, ids = cutWebAnnoID(v)
			link.id, link.toID, _ = strings.Cut(ids, "_")
		case v == "" || v == "*" || v == "_":
		case link.label == "":
			link.label = unescapeWebAnno(v)
		default:
			r.opt.LeaveOut(t.at, fmt.Sprintf("feature %q of a relation", c.name), unescapeWebAnno(v))
		}
	}
	r.relations = append(r.relations, link)
}
