package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	const citation = "Realis after Rich ERE (Song et al. 2015, From Light to Rich ERE) and the TAC KBP event nugget task (Mitamura, Liu and Hovy 2015). Matching: optimal one-to-one on identical trigger spans, equal realis first."
	eval.Register(eval.Family{
		Name:   "events.realis",
		Counts: eval.EventItems, Claims: eval.ClaimRealis, Needs: &eval.Needs{Events: true, Details: true}, Asks: []eval.OntologyPart{eval.PartRealis},
		Metrics: []eval.Metric{
			{
				Name: "events.realis.classified", Title: "realis of events whose trigger was found",
				Meaning:  "Of the events whose trigger span gold and the prediction share, whatever their types, a predicted event is correct when its realis is the gold one. Events that were missed or invented do not count here, nor pairs in which neither side gives a realis. A pair in which one side gives none is an error of the class that the other gives. The classes are the realis values.",
				Formula:  "precision = correct/matched events predicted in the class, recall = correct/matched events with the class in gold",
				Citation: citation,
			},
			{
				Name: "events.realis.false_actual", Title: "events that did not happen, predicted as actual",
				Meaning:  "How often an event that gold marks as future, hypothetical, negated or generic is predicted as actual; lower is better. Only events whose trigger was found count. Precision is the share among the events predicted as actual, recall the share of gold's non-actual events: the false alarm rate.",
				Formula:  "precision = (gold not actual, predicted actual)/predicted actual, recall = (gold not actual, predicted actual)/gold not actual",
				Citation: citation,
				Breaks: map[eval.Law]string{
					eval.LawIdentity: "it counts errors: gold against itself is 0",
					eval.LawSwap:     "swapping asks how often an actual event is predicted as non-actual",
					eval.LawSpurious: "it counts errors: a wrong prediction raises it",
				},
			},
		},
		New: func(s *eval.Settings) eval.Counting { return &realisCounting{actual: actualOf(s.Ontology)} },
	})
}

// actualOf is the realis of an event that the text presents as having happened or
// happening: the one that records take, or else the first.
func actualOf(o *schema.Ontology) string {
	switch {
	case o.Records != nil && o.Records.Actual != "":
		return o.Records.Actual
	case len(o.Realis) > 0:
		return o.Realis[0].Code
	}
	return ""
}

type realisCounting struct {
	actual     string
	matcher    match.Matcher
	gold, pred []match.Item
}

func (c *realisCounting) Count(p *eval.Pair, out *eval.Tally) {
	classified, falseActual := out.Layout().Find("events.realis.classified"), out.Layout().Find("events.realis.false_actual")
	c.gold = realisItems(c.gold[:0], p.Gold.Events, false, out)
	c.pred = realisItems(c.pred[:0], p.Pred.Events, true, out)
	actual := out.Class(c.actual)
	c.matcher.Match(c.gold, c.pred, []match.GradeFunc{match.SameSpanGrade}, func(f match.Found) {
		g, p := f.Gold, f.Pred
		if g == nil || p == nil || g.Class == eval.Overall && p.Class == eval.Overall {
			return
		}
		gold, goldCounts := f.CountedGold()
		pred, predCounts := f.CountedPredicted()
		if classified >= 0 {
			credit := int64(0)
			if f.Grade == match.Correct {
				credit = 1
			}
			if goldCounts {
				out.AddGold(classified, gold, credit, 1)
			}
			if predCounts {
				out.AddPredicted(classified, pred, credit, 1)
			}
		}
		if falseActual < 0 || g.Class == eval.Overall {
			return
		}
		wrong := int64(0)
		if g.Class != actual && p.Class == actual {
			wrong = 1
		}
		if gold.Class = eval.Overall; g.Class != actual && f.GoldRows&eval.PooledRow != 0 {
			out.AddGold(falseActual, gold, wrong, 1)
		}
		if pred.Class = eval.Overall; p.Class == actual && f.PredRows&eval.PooledRow != 0 {
			out.AddPredicted(falseActual, pred, wrong, 1)
		}
	})
}

// realisItems lists the events by trigger span, classed by realis, sorted.
func realisItems(items []match.Item, events []schema.Event, pred bool, out *eval.Tally) []match.Item {
	for i := range events {
		items = append(items, match.Item{Place: place.OfEvent(&events[i]), Class: out.Class(events[i].Realis), Ref: int32(i), Rank: out.Scope().Rank(pred, eval.EventItems, i)})
	}
	match.SortItems(items)
	return items
}
