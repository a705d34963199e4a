package eval

import "github.com/mizan-corpus/mizan/schema"

// semevalCounters are the counters of the SemEval schemes: the four standard
// ones, then the categories COR, INC, PAR, MIS, SPU as plain counts.
var semevalCounters = append(append([]string(nil), StandardCounters...), "cor", "inc", "par", "mis", "spu")

const semevalCitation = "Segura-Bedmar, Martínez and Herrero-Zazo 2013, SemEval-2013 Task 9: Extraction of Drug-Drug Interactions from Biomedical Texts; categories after Chinchor and Sundheim 1993, MUC-5 Evaluation Metrics. Matching: optimal one-to-one."

func init() {
	Register(Family{
		Name:   "mentions",
		Counts: MentionItems, Needs: &Needs{},
		Metrics: []Metric{
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
				Headline: true,
			},
			{
				Name: "mentions.partial", Title: "mentions, overlapping span at half credit",
				Meaning:  "A predicted mention with the span of a gold mention is correct; one that only overlaps it counts half. Types are not looked at.",
				Formula:  "precision = (COR + PAR/2)/ACT, recall = (COR + PAR/2)/POS; counters are in halves",
				Citation: semevalCitation, Counters: semevalCounters, Unit: 2,
				Headline: true,
			},
			{
				Name: "mentions.type", Title: "mentions, overlapping span of the same type",
				Meaning:  "A predicted mention is correct when it overlaps a gold mention of the same type, whatever its boundaries.",
				Formula:  "precision = COR/ACT, recall = COR/POS",
				Citation: semevalCitation, Counters: semevalCounters,
				Headline: true,
			},
		},
		New: func(*Settings) Counting { return &mentionCounting{} },
	})
}

// spanSchemes are the grade functions of the four SemEval schemes, in the
// order strict, exact, partial, type.
var spanSchemes = []GradeFunc{
	func(g, p *Item) Grade {
		if g.Span == p.Span && g.Class == p.Class {
			return Correct
		}
		return Incorrect
	},
	func(g, p *Item) Grade {
		if g.Span == p.Span {
			return Correct
		}
		return Incorrect
	},
	func(g, p *Item) Grade {
		if g.Span == p.Span {
			return Correct
		}
		return Partial
	},
	func(g, p *Item) Grade {
		if g.Class == p.Class {
			return Correct
		}
		return Incorrect
	},
}

var mentionSchemeNames = []string{"mentions.strict", "mentions.exact", "mentions.partial", "mentions.type"}

type mentionCounting struct {
	semeval    semevalCounting
	gold, pred []Item
}

func (c *mentionCounting) Count(p *Pair, out *Tally) {
	c.gold = mentionItems(c.gold[:0], p.Gold.Mentions, out)
	c.pred = mentionItems(c.pred[:0], p.Pred.Mentions, out)
	c.semeval.count(c.gold, c.pred, mentionSchemeNames, spanSchemes, out)
}

// mentionItems lists the mentions, classed by type, sorted.
func mentionItems(items []Item, mentions []schema.Mention, out *Tally) []Item {
	var last string
	var class Class
	for i := range mentions {
		m := &mentions[i]
		if m.Type != last || i == 0 {
			last, class = m.Type, out.Class(m.Type)
		}
		items = append(items, Item{m.Span, class, int32(i)})
	}
	SortItems(items)
	return items
}

// semevalCounting matches items under several schemes and adds up their
// categories. It keeps its memory between articles.
type semevalCounting struct {
	matcher Matcher
	metrics []int
	chosen  []GradeFunc
	sums    []int64 // by class, scheme and semevalCounters, of one article
}

// count matches the items under each scheme that is laid out and adds the
// counts to the overall class and to each item's own: what is found counts for
// recall in the gold item's class and for precision in the predicted one's.
func (c *semevalCounting) count(gold, pred []Item, names []string, schemes []GradeFunc, out *Tally) {
	c.metrics, c.chosen = c.metrics[:0], c.chosen[:0]
	for i, name := range names {
		if k := out.Layout().Find(name); k >= 0 {
			c.metrics = append(c.metrics, k)
			c.chosen = append(c.chosen, schemes[i])
		}
	}
	width := len(semevalCounters) * len(c.metrics)
	c.sums = resize(c.sums, width*out.NumClasses())
	// The standard counters are kept in halves here, whatever the unit.
	c.matcher.Match(gold, pred, c.chosen, func(s int, g, p *Item, grade Grade) {
		at := len(semevalCounters) * s
		credit := creditHalves[grade]
		if g != nil {
			row := c.sums[int(g.Class)*width+at:]
			row[2] += credit
			row[3] += 2
			row[categoryOf(p, grade)]++
		}
		if p != nil {
			row := c.sums[int(p.Class)*width+at:]
			row[0] += credit
			row[1] += 2
			if g == nil {
				row[8]++
			}
		}
	})
	for class := range out.NumClasses() {
		c.flush(Class(class), c.sums[class*width:(class+1)*width], out)
	}
}

var creditHalves = [...]int64{NoMatch: 0, Incorrect: 0, Partial: 1, Correct: 2}

// categoryOf is the counter of a gold item's category: COR, INC, PAR or MIS.
func categoryOf(pred *Item, grade Grade) int {
	if pred == nil {
		return 7
	}
	return [...]int{Correct: 4, Incorrect: 5, Partial: 6}[grade]
}

// flush adds one class's sums of an article to the tally.
func (c *semevalCounting) flush(class Class, sums []int64, out *Tally) {
	for s, metric := range c.metrics {
		row := sums[len(semevalCounters)*s:][:len(semevalCounters)]
		if row[1] == 0 && row[3] == 0 {
			continue
		}
		unit := out.Layout().Metrics()[metric].Unit
		for k := range StandardCounters {
			row[k] = row[k] * unit / 2
		}
		addAll(out.Counters(metric, Overall), row)
		if class != Overall {
			addAll(out.Counters(metric, class), row)
		}
	}
}

func addAll(to, from []int64) {
	for i, v := range from {
		to[i] += v
	}
}
