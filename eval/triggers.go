package eval

import "github.com/mizan-corpus/mizan/schema"

const triggerCitation = "ACE 2005 event trigger identification and classification (Ahn 2006, The stages of event extraction; Li, Ji and Huang 2013). Matching: optimal one-to-one on identical spans."

func init() {
	Register(Family{
		Name:   "events.trigger",
		Counts: EventItems, Needs: &Needs{Events: true, Details: true},
		Metrics: []Metric{
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
		New: func(*Settings) Counting { return &triggerCounting{} },
	})
}

type triggerCounting struct {
	matcher    Matcher
	gold, pred []Item
}

var (
	triggerNames   = []string{"events.trigger.identified", "events.trigger.classified"}
	triggerSchemes = []GradeFunc{identifiedGrade, classifiedGrade}
)

func identifiedGrade(g, p *Item) Grade {
	if g.Span == p.Span {
		return Correct
	}
	return NoMatch
}

func classifiedGrade(g, p *Item) Grade {
	if g.Span == p.Span && g.Class == p.Class {
		return Correct
	}
	return NoMatch
}

func (c *triggerCounting) Count(p *Pair, out *Tally) {
	c.gold = eventItems(c.gold[:0], p.Gold.Events, out)
	c.pred = eventItems(c.pred[:0], p.Pred.Events, out)
	countMatches(&c.matcher, c.gold, c.pred, triggerNames, triggerSchemes, out)
}

// eventItems lists the events by trigger span, classed by type, sorted.
func eventItems(items []Item, events []schema.Event, out *Tally) []Item {
	for i := range events {
		items = append(items, Item{events[i].Span, out.Class(events[i].Type), int32(i)})
	}
	SortItems(items)
	return items
}

// countMatches adds plain counts of what the schemes match as Correct, overall
// and by the class of each item.
func countMatches(m *Matcher, gold, pred []Item, names []string, schemes []GradeFunc, out *Tally) {
	for i, name := range names {
		metric := out.Layout().Find(name)
		if metric < 0 {
			continue
		}
		m.Match(gold, pred, schemes[i:i+1], func(_ int, g, p *Item, grade Grade) {
			credit := int64(0)
			if grade == Correct {
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
