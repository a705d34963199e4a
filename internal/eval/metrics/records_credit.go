package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
)

// recordCredits are the actor levels at which partial credit is given.
var recordCredits = []string{"country", "actor"}

func init() {
	var metrics []eval.Metric
	for _, actor := range recordCredits {
		metrics = append(metrics, eval.Metric{
			Name: "records.credit." + actor, Title: "who did what to whom, a third for each part",
			Meaning:  "As records.type." + actor + ", but a predicted record earns a third for each of source, event type and target that it has in common with its gold record, where two of the three are; an empty source or target counts as a part. Records are matched one to one so that the credit is the greatest possible. An unordered pair may be read either way round. Classes are the event types.",
			Formula:  "precision = credit/predicted records, recall = credit/gold records; counters are in thirds",
			Citation: "Slot credit in the manner of MUC (Chinchor and Sundheim 1993), on records as in records.type." + actor + ". Matching: optimal one-to-one.",
			Unit:     3, Optional: true,
			Breaks: map[eval.Law]string{eval.LawSpurious: "a wrong record may have two parts in common with a gold one, and so earn more than the average"},
		})
	}
	eval.Register(eval.Family{Name: "records.credit", Counts: eval.EventItems, Asks: []eval.OntologyPart{eval.PartRecords}, Metrics: metrics, New: func(s *eval.Settings) eval.Counting {
		return &recordCreditCounting{recordCounting: recordCounting{tables: actorTables(s), ontology: s.Ontology}}
	}})
}

type recordCreditCounting struct {
	recordCounting
	matcher match.ClassMatcher
}

func (c *recordCreditCounting) Count(p *eval.Pair, out *eval.Tally) {
	for _, actor := range recordCredits {
		metric := out.Layout().Find("records.credit." + actor)
		if metric < 0 {
			continue
		}
		opt := recordOptions{Event: "type", Actor: actor}
		both := bothHappenings(p, c.ontology.Records, false, false, out.Scope())
		gold := codeRecords(both[0], c.tables[0], c.ontology, opt)
		pred := codeRecords(both[1], c.tables[1], c.ontology, opt)
		c.pair(gold, pred, metric, out)
	}
}

func (c *recordCreditCounting) pair(gold, pred []record, metric int, out *eval.Tally) {
	items := func(records []record) (list []eval.Item, classes []eval.Class) {
		for _, r := range records {
			list = append(list, eval.Item{Class: out.Class(r.Event), At: r.at, Of: -1})
			classes = append(classes, list[len(list)-1].Class)
		}
		return list, classes
	}
	goldItems, goldClasses := items(gold)
	predItems, predClasses := items(pred)
	var edges []match.Edge
	for i := range gold {
		for j := range pred {
			if credit := sharedParts(&gold[i], &pred[j]); credit > 1 {
				edges = append(edges, match.Edge{Row: int32(i), Col: int32(j), Weight: credit})
			}
		}
	}
	match.PreferSame(edges, goldClasses, predClasses)
	c.matcher.Match(goldClasses, predClasses, edges, func(r match.Reading) {
		countCredit(metric, out, goldItems, predItems, r, match.Fraction{Den: 3},
			func(i int, j int32) match.Fraction {
				return match.Fraction{Num: sharedParts(&gold[i], &pred[j]), Den: 3}
			})
	})
}

// countCredit adds what a matching earns: credit for each matched pair, none for
// an item that is left over.
func countCredit(metric int, out *eval.Tally, gold, pred []eval.Item, r match.Reading, none match.Fraction, credit func(i int, j int32) match.Fraction) {
	earned := make([]match.Fraction, len(pred))
	for j := range earned {
		earned[j] = none
	}
	of := unmatched(len(pred))
	for i, it := range gold {
		won := none
		if j := r.ColOf[i]; j >= 0 {
			won = credit(i, j)
			earned[j], of[j] = won, it.At
		}
		if it.Rows = r.GoldRows(it.Class); it.Rows != 0 {
			out.AddGold(metric, it, won.Num, won.Den)
		}
	}
	for j, it := range pred {
		it.Of = of[j]
		if it.Rows = r.PredRows(it.Class); it.Rows != 0 {
			out.AddPredicted(metric, it, earned[j].Num, earned[j].Den)
		}
	}
}

// sharedParts is the number of parts, 0 to 3, that two records have in common.
// Where one is an ordered and the other an unordered pair, not all three are.
func sharedParts(g, p *record) int64 {
	if g.Uncoded || p.Uncoded {
		return 0
	}
	parts := asInt(g.Source == p.Source) + asInt(g.Target == p.Target)
	if g.Symmetric || p.Symmetric {
		parts = max(parts, asInt(g.Source == p.Target)+asInt(g.Target == p.Source))
	}
	parts += asInt(g.Event == p.Event)
	if g.Symmetric != p.Symmetric {
		parts = min(parts, 2)
	}
	return int64(parts)
}
