package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/internal/eval/place"
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
	c.gold = eventItems(c.gold[:0], p.Gold.Events, false, out)
	c.pred = eventItems(c.pred[:0], p.Pred.Events, true, out)
	countMatches(&c.matcher, c.gold, c.pred, triggerNames, triggerSchemes, out)
}

// eventItems lists the events by trigger span, classed by type, sorted.
func eventItems(items []match.Item, events []schema.Event, pred bool, out *eval.Tally) []match.Item {
	for i := range events {
		items = append(items, match.Item{Place: place.OfEvent(&events[i]), Class: out.Class(events[i].Type), Ref: int32(i), Rank: out.Scope().Rank(pred, eval.EventItems, i)})
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
		m.Match(gold, pred, schemes[i:i+1], func(f match.Found) {
			credit := int64(0)
			if f.Grade == match.Correct {
				credit = 1
			}
			if it, ok := f.CountedGold(); ok {
				out.AddGold(metric, it, credit, 1)
			}
			if it, ok := f.CountedPredicted(); ok {
				out.AddPredicted(metric, it, credit, 1)
			}
		})
	}
}
