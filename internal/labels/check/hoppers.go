package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/labels"
)

var (
	ruleHopperType = rule("hopper-type", SeverityError, "events of one hopper have different types")
	rulePartOf     = rule("part-of", SeverityError, "events of one hopper are part of different hoppers")
	ruleNoHopper   = rule("unknown-hopper", SeverityError, "part_of names a hopper that no event has")
	rulePartCycle  = rule("part-cycle", SeverityError, "a hopper is, in the end, part of itself")
)

func init() { groups = append(groups, checkHoppers) }

// hopper is what the first event of a hopper says.
type hopper struct {
	typ, partOf string
	event       string
	docID       string
	at          labels.Position
}

// checkHoppers looks across all articles: hoppers are shared by them.
func checkHoppers(k *checker) {
	hoppers := map[string]*hopper{}
	var order []string
	for _, d := range k.documents {
		for i := range d.Events {
			e, at := &d.Events[i], d.EventAt(i)
			if e.HopperID == "" {
				continue
			}
			h := hoppers[e.HopperID]
			if h == nil {
				hoppers[e.HopperID] = &hopper{e.Type, e.PartOf, d.EventRef(i).String(), d.DocID, at}
				order = append(order, e.HopperID)
				continue
			}
			first := h.event + " at " + h.at.String()
			if e.Type != h.typ {
				k.add(ruleHopperType, at, d.DocID, "type of "+d.EventRef(i).String()+" in hopper "+strconv.Quote(e.HopperID), e.Type, h.typ+" as in "+first)
			}
			if e.PartOf != h.partOf {
				k.add(rulePartOf, at, d.DocID, "part_of of "+d.EventRef(i).String()+" in hopper "+strconv.Quote(e.HopperID), strconv.Quote(e.PartOf), strconv.Quote(h.partOf)+" as in "+first)
			}
		}
	}
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
