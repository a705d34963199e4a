package check

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleNoHopper  = rule("unknown-hopper", SeverityError, "part_of names a hopper that no event has")
	rulePartCycle = rule("part-cycle", SeverityError, "a hopper is, in the end, part of itself")
)

func init() { groups = append(groups, checkHoppers) }

// hopper is what the first event of a hopper says.
type hopper struct {
	typ, partOf string
	event       string
	docID       string
	at          labels.Position
	place       int // among all hoppers
}

// hopperFacts is what the first event of each hopper says, across all articles:
// hoppers are shared by them.
func (k *checker) hopperFacts() map[string]*hopper {
	hoppers := map[string]*hopper{}
	for _, d := range k.documents {
		for i := range d.Events {
			if e := &d.Events[i]; e.HopperID != "" && hoppers[e.HopperID] == nil {
				hoppers[e.HopperID] = &hopper{e.Type, e.PartOf, d.EventRef(i).String(), d.DocID, d.EventAt(i), len(hoppers)}
			}
		}
	}
	return hoppers
}

// differs is what the first event of a hopper says otherwise than e.
func (h *hopper) differs(e *schema.Event, field string) []string {
	switch {
	case h == nil:
		return nil
	case field == "hopper_type":
		return when(h.typ != e.Type, h.typ+" as in "+h.event+" at "+h.at.String())
	}
	return when(h.partOf != e.PartOf, strconv.Quote(h.partOf)+" as in "+h.event+" at "+h.at.String())
}

// AcrossArticles are the codes of the rules that look at several articles.
func AcrossArticles(o *schema.Ontology) []string {
	codes := []string{ruleNoHopper.Code, rulePartCycle.Code}
	for _, r := range o.Rules {
		if slices.ContainsFunc(r.Forbid, func(field string) bool { return field == "hopper_type" || field == "hopper_part_of" }) {
			codes = append(codes, r.Code)
		}
	}
	return codes
}

func checkHoppers(k *checker) {
	hoppers := k.hopperFacts()
	order := slices.SortedFunc(maps.Keys(hoppers), func(a, b string) int { return hoppers[a].place - hoppers[b].place })
	for _, d := range k.documents {
		for i := range d.Events {
			if e := &d.Events[i]; e.PartOf != "" && hoppers[e.PartOf] == nil {
				k.add(ruleNoHopper, d.EventAt(i), d.DocID, "part_of of "+d.EventRef(i).String(), strconv.Quote(e.PartOf), "the hopper_id of an event")
			}
		}
	}
	k.partCycles(hoppers, order)
}

// partCycles reports each cycle once, at its hopper that comes first.
func (k *checker) partCycles(hoppers map[string]*hopper, order []string) {
	done := map[string]bool{}
	for _, start := range order {
		var path []string
		id := start
		for id != "" && hoppers[id] != nil && !done[id] {
			if i := slices.Index(path, id); i >= 0 {
				h := hoppers[id]
				k.add(rulePartCycle, h.at, h.docID, "hopper "+strconv.Quote(id), strings.Join(append(path[i:], id), " part of "), "no way back to itself")
				break
			}
			path = append(path, id)
			id = hoppers[id].partOf
		}
		for _, p := range path {
			done[p] = true
		}
	}
}
