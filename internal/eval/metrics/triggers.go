package metrics

import (
	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/schema"
)

const triggerCitation = "ACE 2005 event trigger identification and classification (Ahn 2006, The stages of event extraction; Li, Ji and Huang 2013). Matching: optimal one-to-one on identical spans."

func init() {
	eval.Register(eval.Family{
		Name:   "events.trigger",
		Counts: eval.EventItems, Needs: &eval.Needs{Events: true, Details: true},
		Metrics: []eval.Metric{
			{
				Name: "events.trigger.identified", Title: "event triggers, same span",
				Meaning:  "A predicted event is correct when a gold event has the same trigger span, whatever its type.",
				Formula:  "precision = correct/predicted events, recall = correct/gold events",
				Citation: triggerCitation,
				Headline: true,
			},
			{
				Name: "events.trigger.classified", Title: "event triggers, same span and type",
				Meaning:  "A predicted event is correct when a gold event has the same trigger span and the same type.",
				Formula:  "precision = correct/predicted events, recall = correct/gold events",
				Citation: triggerCitation,
				Headline: true,
			},
		},
		New: func(*eval.Settings) eval.Counting { return &triggerCounting{} },
	})
}

type triggerCounting struct {
	matcher    match.Matcher
	gold, pred []match.Item
}

var (
	triggerNames   = []string{"events.trigger.identified", "events.trigger.classified"}
	triggerSchemes = []match.GradeFunc{match.IdentifiedGrade, match.ClassifiedGrade}
)

func (c *triggerCounting) Count(p *eval.Pair, out *eval.Tally) {
	c.gold = eventItems(c.gold[:0], p.Gold.Events, out)
	c.pred = eventItems(c.pred[:0], p.Pred.Events, out)
	countMatches(&c.matcher, c.gold, c.pred, triggerNames, triggerSchemes, out)
}

// eventItems lists the events by trigger span, classed by type, sorted.
func eventItems(items []match.Item, events []schema.Event, out *eval.Tally) []match.Item {
	for i := range events {
		items = append(items, match.Item{Span: events[i].Span, Class: out.Class(events[i].Type), Ref: int32(i)})
	}
	match.SortItems(items)
	return items
}

// countMatches adds plain counts of what the schemes match as Correct, overall
// and by the class of each item.
func countMatches(m *match.Matcher, gold, pred []match.Item, names []string, schemes []match.GradeFunc, out *eval.Tally) {
	for i, name := range names {
		metric := out.Layout().Find(name)
		if metric < 0 {
			continue
		}
		m.Match(gold, pred, schemes[i:i+1], func(_ int, g, p *match.Item, grade match.Grade) {
			credit := int64(0)
			if grade == match.Correct {
				credit = 1
			}
			if g != nil {
				out.AddGold(metric, g.Class, credit, 1)
			}
			if p != nil {
				out.AddPredicted(metric, p.Class, credit, 1)
			}
		})
	}
}
