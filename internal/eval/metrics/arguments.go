package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	evalroles "github.com/mizan-corpus/mizan/internal/eval/roles"
)

const argumentCitation = "ACE 2005 event argument identification and classification (Li, Ji and Huang 2013); the attached forms after TextEE (Huang et al. 2024, TextEE: Benchmark, Reevaluation, Reflections, and Future Challenges in Event Extraction). Here every argument counts once for each event that has it."

func init() {
	const formula = "precision = correct/predicted arguments, recall = correct/gold arguments"
	eval.Register(eval.Family{
		Name:   "events.argument",
		Counts: eval.EventItems, Claims: eval.ClaimArguments, Needs: &eval.Needs{Events: true, Details: true}, Asks: []eval.OntologyPart{eval.PartRoles},
		Metrics: []eval.Metric{
			{
				Name: "events.argument.identified", Title: "event arguments: event type and span",
				Meaning: "A predicted argument is correct when a gold argument of an event of the same type has the same span.",
				Formula: formula, Citation: argumentCitation,
			},
			{
				Name: "events.argument.classified", Title: "event arguments: event type, span and role",
				Meaning: "As identified, and the role is the same.",
				Formula: formula, Citation: argumentCitation,
				Headline: true,
			},
			{
				Name: "events.argument.identified_attached", Title: "event arguments: trigger, event type and span",
				Meaning: "As identified, and the two events have the same trigger span.",
				Formula: formula, Citation: argumentCitation,
			},
			{
				Name: "events.argument.classified_attached", Title: "event arguments: trigger, event type, span and role",
				Meaning: "As classified, and the two events have the same trigger span.",
				Formula: formula, Citation: argumentCitation,
			},
		},
		New: func(*eval.Settings) eval.Counting { return &argumentCounting{} },
	})
}

type argumentCounting struct {
	gold, pred []evalroles.Key
	a, b       []evalroles.Key
}

func (c *argumentCounting) Count(p *eval.Pair, out *eval.Tally) {
	c.gold = evalroles.Keys(c.gold[:0], p.Gold, false, out)
	c.pred = evalroles.Keys(c.pred[:0], p.Pred, true, out)
	for _, m := range []struct {
		name           string
		role, attached bool
	}{
		{"events.argument.identified", false, false},
		{"events.argument.classified", true, false},
		{"events.argument.identified_attached", false, true},
		{"events.argument.classified_attached", true, true},
	} {
		if metric := out.Layout().Find(m.name); metric >= 0 {
			c.a = evalroles.Project(c.a[:0], c.gold, m.role, m.attached)
			c.b = evalroles.Project(c.b[:0], c.pred, m.role, m.attached)
			evalroles.CountCommon(c.a, c.b, metric, out)
		}
	}
}
