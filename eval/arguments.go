package eval

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

const argumentCitation = "ACE 2005 event argument identification and classification (Li, Ji and Huang 2013); the attached forms after TextEE (Huang et al. 2024, TextEE: Benchmark, Reevaluation, Reflections, and Future Challenges in Event Extraction). Here every argument counts once for each event that has it."

func init() {
	const formula = "precision = correct/predicted arguments, recall = correct/gold arguments"
	Register(Family{
		Name:   "events.argument",
		Counts: EventItems, Needs: &Needs{Events: true, Details: true},
		Metrics: []Metric{
			{
				Name: "events.argument.identified", Title: "event arguments: event type and span",
				Meaning: "A predicted argument is correct when a gold argument of an event of the same type has the same span.",
				Formula: formula, Citation: argumentCitation,
				Headline: true,
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
		New: func(*Settings) Counting { return &argumentCounting{} },
	})
}

// argumentKey is what two arguments must agree on; a field that a metric does
// not look at is left zero.
type argumentKey struct {
	trigger schema.Span
	event   Class
	span    schema.Span
	role    Class
}

func (k argumentKey) compare(l argumentKey) int {
	return cmp.Or(k.span.Compare(l.span), cmp.Compare(k.event, l.event), k.trigger.Compare(l.trigger), cmp.Compare(k.role, l.role))
}

type argumentCounting struct {
	gold, pred []argumentKey
	a, b       []argumentKey
}

func (c *argumentCounting) Count(p *Pair, out *Tally) {
	c.gold = argumentKeys(c.gold[:0], p.Gold, out)
	c.pred = argumentKeys(c.pred[:0], p.Pred, out)
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
			c.a = project(c.a[:0], c.gold, m.role, m.attached)
			c.b = project(c.b[:0], c.pred, m.role, m.attached)
			countCommon(c.a, c.b, metric, out)
		}
	}
}

// argumentKeys lists every argument of every event. An argument that refers to
// nothing has no span and can never be correct, yet is counted.
func argumentKeys(keys []argumentKey, a *schema.Annotation, out *Tally) []argumentKey {
	mentions := make(map[string]schema.Span, len(a.Mentions))
	for i := range a.Mentions {
		mentions[a.Mentions[i].ID] = a.Mentions[i].Span
	}
	events := make(map[string]schema.Span, len(a.Events))
	for i := range a.Events {
		events[a.Events[i].ID] = a.Events[i].Span
	}
	find := func(m map[string]schema.Span, id string) schema.Span {
		if s, ok := m[id]; ok {
			return s
		}
		return schema.NoSpan
	}
	for i := range a.Events {
		e := &a.Events[i]
		class := out.Class(e.Type)
		for j := range e.Arguments {
			arg := &e.Arguments[j]
			span := arg.Span
			switch {
			case span.IsSet():
			case arg.MentionID != "":
				span = find(mentions, arg.MentionID)
			case arg.TargetEventID != "":
				span = find(events, arg.TargetEventID)
			default:
				span = schema.NoSpan
			}
			keys = append(keys, argumentKey{e.Span, class, span, out.Class(arg.Role)})
		}
	}
	return keys
}

func project(to, keys []argumentKey, role, attached bool) []argumentKey {
	for _, k := range keys {
		if !attached {
			k.trigger = schema.Span{}
		}
		if !role {
			k.role = Overall
		}
		to = append(to, k)
	}
	slices.SortFunc(to, argumentKey.compare)
	return to
}

// countCommon counts the greatest one-to-one matching of equal keys, which is
// the intersection of the two multisets, by a merge of the sorted lists. The
// class of a count is the role, or for metrics without roles the event's type.
func countCommon(gold, pred []argumentKey, metric int, out *Tally) {
	class := func(k argumentKey) Class {
		if k.role != Overall {
			return k.role
		}
		return k.event
	}
	i, j := 0, 0
	for i < len(gold) || j < len(pred) {
		order := -1
		switch {
		case i == len(gold):
			order = 1
		case j < len(pred):
			order = gold[i].compare(pred[j])
		}
		hit := int64(0)
		if order == 0 && gold[i].span.IsSet() {
			hit = 1
		}
		if order <= 0 {
			out.AddGold(metric, class(gold[i]), hit, 1)
			i++
		}
		if order >= 0 {
			out.AddPredicted(metric, class(pred[j]), hit, 1)
			j++
		}
	}
}
