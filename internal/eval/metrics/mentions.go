package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// semevalCounters are the counters of the SemEval schemes: the four standard
// ones, then the categories COR, INC, PAR, MIS, SPU as plain counts.
var semevalCounters = append(append([]string(nil), eval.StandardCounters...), "cor", "inc", "par", "mis", "spu")

const semevalCitation = "Segura-Bedmar, Martínez and Herrero-Zazo 2013, SemEval-2013 Task 9: Extraction of Drug-Drug Interactions from Biomedical Texts; categories after Chinchor and Sundheim 1993, MUC-5 Evaluation Metrics. Matching: optimal one-to-one."

func init() {
	eval.Register(eval.Family{
		Name:   "mentions",
		Counts: eval.MentionItems, Needs: &eval.Needs{},
		Metrics: []eval.Metric{
			{
				Name: "mentions.strict", Title: "mentions, same span and type",
				Meaning:  "A predicted mention is correct when a gold mention has the same span and the same type.",
				Formula:  "precision = COR/ACT, recall = COR/POS; ACT = predicted mentions, POS = gold mentions",
				Citation: semevalCitation, Counters: semevalCounters,
				Headline: true,
			},
			{
				Name: "mentions.exact", Title: "mentions, same span",
				Meaning:  "A predicted mention is correct when a gold mention has the same span, whatever its type.",
				Formula:  "precision = COR/ACT, recall = COR/POS",
				Citation: semevalCitation, Counters: semevalCounters,
			},
			{
				Name: "mentions.partial", Title: "mentions, overlapping span at half credit",
				Meaning:  "A predicted mention with the span of a gold mention is correct; one that only overlaps it counts half. Types are not looked at.",
				Formula:  "precision = (COR + PAR/2)/ACT, recall = (COR + PAR/2)/POS; counters are in halves",
				Citation: semevalCitation, Counters: semevalCounters, Unit: 2,
			},
			{
				Name: "mentions.type", Title: "mentions, overlapping span of the same type",
				Meaning:  "A predicted mention is correct when it overlaps a gold mention of the same type, whatever its boundaries.",
				Formula:  "precision = COR/ACT, recall = COR/POS",
				Citation: semevalCitation, Counters: semevalCounters,
			},
		},
		New: func(*eval.Settings) eval.Counting { return &mentionCounting{} },
	})
}

var mentionSchemeNames = []string{"mentions.strict", "mentions.exact", "mentions.partial", "mentions.type"}

type mentionCounting struct {
	semeval    semevalCounting
	gold, pred []match.Item
}

func (c *mentionCounting) Count(p *eval.Pair, out *eval.Tally) {
	c.gold = mentionItems(c.gold[:0], p.Gold, false, out)
	c.pred = mentionItems(c.pred[:0], p.Pred, true, out)
	c.semeval.count(c.gold, c.pred, mentionSchemeNames, match.SpanSchemes, out)
}

// mentionItems lists the mentions of one side, classed by type, sorted.
func mentionItems(items []match.Item, a *schema.Annotation, pred bool, out *eval.Tally) []match.Item {
	scope, classes := out.Scope(), out.MentionClasses(a)
	for i := range a.Mentions {
		items = append(items, match.Item{Place: place.OfMention(&a.Mentions[i]), Class: classes[i], Ref: int32(i), Rank: scope.Rank(pred, eval.MentionItems, i)})
	}
	match.SortItems(items)
	return items
}

// semevalCounting matches items under several schemes and adds up their
// categories. It keeps its memory between articles.
type semevalCounting struct {
	matcher match.Matcher
	metrics []int
	chosen  []match.GradeFunc
	sums    []int64 // by class, scheme and semevalCounters, of one article
	all     []int64 // by class and semevalCounters, what every scheme counts alike
}

// count matches the items under each scheme that is laid out and adds the
// counts to the overall class and to each item's own: what is found counts for
// recall in the gold item's class and for precision in the predicted one's.
func (c *semevalCounting) count(gold, pred []match.Item, names []string, schemes []match.GradeFunc, out *eval.Tally) {
	c.metrics, c.chosen = c.metrics[:0], c.chosen[:0]
	for i, name := range names {
		if k := out.Layout().Find(name); k >= 0 {
			c.metrics = append(c.metrics, k)
			c.chosen = append(c.chosen, schemes[i])
		}
	}
	if out.Scope() != nil {
		c.judged(gold, pred, out)
		return
	}
	width := len(semevalCounters) * len(c.metrics)
	classes := out.NumClasses()
	c.sums = match.Resize(c.sums, width*(2*classes+1))
	// bank is the row of sums of an item: one for each class, one of what counts
	// in the pooled row alone, and again one for each class of what counts there alone.
	bank := func(class eval.Class, rows eval.Rows) int {
		switch rows {
		case eval.PooledRow:
			return classes
		case eval.ClassRow:
			return classes + 1 + int(class)
		}
		return int(class)
	}
	c.all = match.Resize(c.all, len(semevalCounters)*classes)
	// The standard counters are kept in halves here, whatever the unit.
	c.matcher.MatchSchemes(gold, pred, c.chosen, func(f match.Found) {
		at := len(semevalCounters) * f.Scheme
		if f.Gold != nil && f.GoldRows != 0 {
			addHalves(c.sums[bank(f.Gold.Class, f.GoldRows)*width+at:], &f, true)
		}
		if f.Pred != nil && f.PredRows != 0 {
			addHalves(c.sums[bank(f.Pred.Class, f.PredRows)*width+at:], &f, false)
		}
	}, func(f match.Found) {
		if f.Gold != nil {
			addHalves(c.all[len(semevalCounters)*int(f.Gold.Class):], &f, true)
		}
		if f.Pred != nil {
			addHalves(c.all[len(semevalCounters)*int(f.Pred.Class):], &f, false)
		}
	})
	for k := range 2*classes + 1 {
		sums := c.sums[k*width : (k+1)*width]
		switch {
		case k < classes:
			for at := range sums {
				sums[at] += c.all[len(semevalCounters)*k+at%len(semevalCounters)]
			}
			c.flush(eval.Item{Class: eval.Class(k)}, sums, out)
		case k == classes:
			c.flush(eval.Item{Rows: eval.PooledRow}, sums, out)
		default:
			c.flush(eval.Item{Class: eval.Class(k - classes - 1), Rows: eval.ClassRow}, sums, out)
		}
	}
}

// addHalves counts one item of what was found, the gold or the predicted one.
func addHalves(row []int64, f *match.Found, gold bool) {
	if gold {
		row[2] += creditHalves[f.Grade]
		row[3] += 2
		row[categoryOf(f.Pred, f.Grade)]++
		return
	}
	row[0] += creditHalves[f.Grade]
	row[1] += 2
	if f.Gold == nil {
		row[8]++
	}
}

// judged counts as count does, each item where it is judged.
func (c *semevalCounting) judged(gold, pred []match.Item, out *eval.Tally) {
	c.matcher.Match(gold, pred, c.chosen, func(f match.Found) {
		metric := c.metrics[f.Scheme]
		unit := out.Layout().Metrics()[metric].Unit
		credit := creditHalves[f.Grade] * unit / 2
		if it, ok := f.CountedGold(); ok {
			out.EachGold(metric, it, func(row []int64) {
				row[2] += credit
				row[3] += unit
				row[categoryOf(f.Pred, f.Grade)]++
			})
		}
		if it, ok := f.CountedPredicted(); ok {
			out.EachPredicted(metric, it, func(row []int64) {
				row[0] += credit
				row[1] += unit
				if f.Gold == nil {
					row[8]++
				}
			})
		}
	})
}

var creditHalves = [...]int64{match.NoMatch: 0, match.Incorrect: 0, match.Partial: 1, match.Correct: 2}

// categoryOf is the counter of a gold item's category: COR, INC, PAR or MIS.
func categoryOf(pred *match.Item, grade match.Grade) int {
	if pred == nil {
		return 7
	}
	return [...]int{match.Correct: 4, match.Incorrect: 5, match.Partial: 6}[grade]
}

// flush adds one bank of an article's sums to the tally.
func (c *semevalCounting) flush(it eval.Item, sums []int64, out *eval.Tally) {
	for s, metric := range c.metrics {
		row := sums[len(semevalCounters)*s:][:len(semevalCounters)]
		if row[1] == 0 && row[3] == 0 {
			continue
		}
		unit := out.Layout().Metrics()[metric].Unit
		for k := range eval.StandardCounters {
			row[k] = row[k] * unit / 2
		}
		out.EachGold(metric, it, func(to []int64) {
			for i, v := range row {
				to[i] += v
			}
		})
	}
}
