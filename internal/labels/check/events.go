package check

import (
	"fmt"
	"strconv"

	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleEventType   = rule("event-type", SeverityError, "an event's type is not in the ontology")
	ruleMode        = rule("event-mode", SeverityError, "a mode is not one of the event type's")
	ruleContext     = rule("event-context", SeverityError, "a context is not in the ontology")
	ruleCAMEO       = rule("cameo-code", SeverityError, "a CAMEO code does not exist")
	ruleCrosswalk   = rule("cameo-crosswalk", SeverityNote, "the published crosswalk gives the CAMEO code another event type")
	ruleRealis      = rule("realis", SeverityError, "realis is not in the ontology")
	ruleAuxiliary   = rule("auxiliary", SeverityError, "an auxiliary is not in the ontology")
	ruleActualAux   = rule("realis-auxiliary", SeverityError, "an actual event is marked future, hypothetical or negated")
	ruleRepeated    = rule("repeated-code", SeverityError, "a list holds the same code twice")
	ruleEventTwice  = rule("duplicate-event", SeverityError, "two events have the same trigger and type")
	ruleSharedSpan  = rule("shared-trigger", SeverityNote, "two events of different types have the same trigger")
	ruleAlone       = rule("no-participant", SeverityNote, "an event has no participant")
	ruleCallSides   = rule("call-participants", SeverityNote, "a call has fewer than two ACTORs")
	ruleCallRecip   = rule("call-recipient", SeverityError, "a call has a RECIPIENT; all its participants are ACTORs")
	ruleVisitSides  = rule("visit-participants", SeverityNote, "a visit lacks its ACTOR (the guest) or its RECIPIENT (the host)")
	ruleEventHopper = rule("missing-hopper", SeverityNote, "an event has no hopper_id")
)

func init() { groups = append(groups, checkEvents) }

func checkEvents(k *checker) {
	var types []schema.Code
	for _, t := range k.ontology.EventTypes {
		types = append(types, t.Code)
	}
	for _, d := range k.documents {
		ids := map[string]labels.Position{}
		for i := range d.Events {
			e, at := &d.Events[i], d.EventAt(i)
			k.id(ids, "event", e.ID, i, d.DocID, at)
			what := d.EventRef(i).String()
			k.code(ruleEventType, at, d.DocID, "type of "+what, e.Type, types, true)
			k.eventCodes(d, e, at, what)
			k.participants(d, e, at, what)
			if e.HopperID == "" {
				k.add(ruleEventHopper, at, d.DocID, what, "no hopper_id", "the happening that it denotes")
			}
		}
		k.sameEvents(d)
	}
}

func (k *checker) eventCodes(d *labels.Document, e *schema.Event, at labels.Position, what string) {
	o := k.ontology
	if t := o.EventType(e.Type); t != nil {
		for _, m := range e.Modes {
			if schema.Has(t.Modes, m) {
				continue
			}
			expected := "one of " + e.Type + "'s modes: " + joinCodes(t.Modes)
			if len(t.Modes) == 0 {
				expected = "none: " + e.Type + " has no modes"
			}
			k.add(ruleMode, at, d.DocID, "mode of "+what, strconv.Quote(m), expected)
		}
	}
	for _, c := range e.Contexts {
		k.code(ruleContext, at, d.DocID, "context of "+what, c, o.Contexts, true)
	}
	for _, c := range e.Auxiliaries {
		k.code(ruleAuxiliary, at, d.DocID, "auxiliary of "+what, c, o.Auxiliaries, true)
		if e.Realis == "actual" && c != "historical" && schema.Has(o.Auxiliaries, c) {
			k.add(ruleActualAux, at, d.DocID, "realis of "+what, "actual with "+c, "other, or only historical")
		}
	}
	k.code(ruleRealis, at, d.DocID, "realis of "+what, e.Realis, o.Realis, true)
	k.repeated(d.DocID, at, "modes of "+what, e.Modes)
	k.repeated(d.DocID, at, "contexts of "+what, e.Contexts)
	k.repeated(d.DocID, at, "auxiliaries of "+what, e.Auxiliaries)
	switch {
	case e.CAMEO == "":
	case !o.ValidCAMEO(e.CAMEO):
		k.add(ruleCAMEO, at, d.DocID, "cameo of "+what, strconv.Quote(e.CAMEO), "a CAMEO 1.1b3 code")
	case o.TypeOfCAMEO(e.CAMEO) != e.Type:
		expected := o.TypeOfCAMEO(e.CAMEO)
		if expected == "" {
			expected = "no event"
		}
		k.add(ruleCrosswalk, at, d.DocID, "cameo of "+what, e.CAMEO+" on "+e.Type, expected+" by the crosswalk")
	}
}

func joinCodes(list []schema.Code) string {
	s := ""
	for i, c := range list {
		if i > 0 {
			s += ", "
		}
		s += c.Code
	}
	return s
}

func (k *checker) repeated(docID string, at labels.Position, what string, list []string) {
	for i, v := range list {
		for _, w := range list[:i] {
			if v == w {
				k.add(ruleRepeated, at, docID, what, strconv.Quote(v)+" twice", "once")
			}
		}
	}
}

// participants checks who takes part: at all, in calls and in visits.
func (k *checker) participants(d *labels.Document, e *schema.Event, at labels.Position, what string) {
	n := map[string]int{}
	for _, a := range e.Arguments {
		n[a.Role]++
	}
	if n["ACTOR"]+n["RECIPIENT"]+n["INITIATOR"]+n["HOST"] == 0 {
		k.add(ruleAlone, at, d.DocID, what, "no ACTOR, RECIPIENT, INITIATOR or HOST", "a participant, where the text names one")
	}
	if e.Type != "CONSULT" {
		return
	}
	for _, mode := range e.Modes {
		switch mode {
		case "phone":
			if n["ACTOR"] < 2 {
				k.add(ruleCallSides, at, d.DocID, what, fmt.Sprintf("%d ACTOR", n["ACTOR"]), "two or more")
			}
			if n["RECIPIENT"] > 0 {
				k.add(ruleCallRecip, at, d.DocID, what, "a RECIPIENT", "every participant of a call as ACTOR")
			}
		case "visit":
			if n["ACTOR"] == 0 || n["RECIPIENT"] == 0 {
				k.add(ruleVisitSides, at, d.DocID, what, fmt.Sprintf("%d ACTOR and %d RECIPIENT", n["ACTOR"], n["RECIPIENT"]),
					"the guest as ACTOR, the host as RECIPIENT")
			}
		}
	}
}

func (k *checker) sameEvents(d *labels.Document) {
	type trigger struct {
		typ, name string
	}
	seen := map[schema.Span][]trigger{}
	for i := range d.Events {
		e := &d.Events[i]
		if !e.Span.IsSet() {
			continue
		}
		for _, first := range seen[e.Span] {
			if first.typ == e.Type {
				k.add(ruleEventTwice, d.EventAt(i), d.DocID, d.EventRef(i).String(), "the trigger and type of "+first.name, "one event")
			} else {
				k.add(ruleSharedSpan, d.EventAt(i), d.DocID, d.EventRef(i).String(), "the trigger of "+first.name+" ("+first.typ+")", "")
			}
		}
		seen[e.Span] = append(seen[e.Span], trigger{e.Type, d.EventRef(i).String()})
	}
}
