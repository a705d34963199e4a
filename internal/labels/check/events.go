package check

import (
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleEventType = rule("event-type", SeverityError, "an event's type is not in the ontology")
	ruleMode      = rule("event-mode", SeverityError, "a mode is not one of the event type's")
	ruleContext   = rule("event-context", SeverityError, "a context is not in the ontology")
	ruleCAMEO     = rule("cameo-code", SeverityError, "a CAMEO code does not exist")
	ruleCrosswalk = rule("cameo-crosswalk", SeverityNote, "the published crosswalk gives the CAMEO code another event type")
	ruleRealis    = rule("realis", SeverityError, "realis is not in the ontology")
	ruleAuxiliary = rule("auxiliary", SeverityError, "an auxiliary is not in the ontology")
	ruleRepeated  = rule("repeated-code", SeverityError, "a list holds the same code twice")
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
			k.typ(ruleEventType, at, d.DocID, "type of "+what, e.Type, "event types", types)
			k.eventCodes(d, e, at, what)
		}
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
	}
	k.code(ruleRealis, at, d.DocID, "realis of "+what, e.Realis, o.Realis, false)
	k.repeated(d.DocID, at, "modes of "+what, e.Modes)
	k.repeated(d.DocID, at, "contexts of "+what, e.Contexts)
	k.repeated(d.DocID, at, "auxiliaries of "+what, e.Auxiliaries)
	switch {
	case e.CAMEO == "":
	case !o.ValidCAMEO(e.CAMEO):
		k.add(ruleCAMEO, at, d.DocID, "cameo of "+what, strconv.Quote(e.CAMEO), "a CAMEO 1.1b3 code")
	case len(o.CAMEO.Crosswalk) > 0 && o.TypeOfCAMEO(e.CAMEO) != e.Type:
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
