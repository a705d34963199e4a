package metrics

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// nuggetKinds are the attributes that a nugget must agree in.
var nuggetKinds = []struct {
	name, means         string
	typed, realis, mode bool
}{
	{"span", "", false, false, false},
	{"type", " and the same type", true, false, false},
	{"type_realis", ", the same type and the same realis", true, true, false},
	{"type_mode", ", the same type and the same modes", true, false, true},
	{"all", ", the same type, the same realis and the same modes", true, true, true},
}

func init() {
	const formula = "precision = credit/predicted events, recall = credit/gold events"
	const citation = "TAC KBP event nugget task (Mitamura, Liu and Hovy 2015, Overview of TAC KBP 2015 Event Nugget Track). Matching: optimal one-to-one, where the original takes the greatest overlap first."
	var exact, dice []eval.Metric
	for _, k := range nuggetKinds {
		exact = append(exact, eval.Metric{
			Name: "events.nugget." + k.name, Title: "event nuggets, same trigger span" + k.means,
			Meaning: "A predicted event is correct when a gold event has the same trigger span" + k.means + ". Modes are compared as sets; a realis that is not given is equal only to another that is not. Classes are the event types.",
			Formula: formula, Citation: citation,
			Optional: k.name == "span" || k.name == "type", // these are events.trigger.identified and classified
		})
		dice = append(dice, eval.Metric{
			Name: "events.nugget.dice." + k.name, Title: "event nuggets, overlapping trigger span" + k.means,
			Meaning: "A predicted event earns the Dice coefficient of the code points of its trigger and that of the gold event that it is matched to; only events with an overlapping trigger span" + k.means + " are matched, one to one so that the credit is the greatest possible. Modes are compared as sets. Classes are the event types.",
			Formula: formula + "; credit = 2·|common code points|/(|gold| + |predicted|)", Citation: citation,
			Unit: eval.FixedPoint, Optional: true,
			Breaks: map[eval.Law]string{eval.LawSpurious: "an event that only overlaps is partly right, and may earn more than the average"},
		})
	}
	eval.Register(eval.Family{Name: "events.nugget", Counts: eval.EventItems, Needs: &eval.Needs{Events: true, Details: true}, Metrics: append(exact, dice...), New: func(*eval.Settings) eval.Counting { return &nuggetCounting{} }})
}

// nugget is an event as the metrics see it.
type nugget struct {
	place.Place
	typ  string
	key  string    // the attributes that must agree
	it   eval.Item // as it is counted
	rank int32
}

type nuggetCounting struct {
	matcher    match.ClassMatcher
	gold, pred []nugget
	edges      []match.Edge
	weights    []match.Fraction
}

func (c *nuggetCounting) Count(p *eval.Pair, out *eval.Tally) {
	for _, k := range nuggetKinds {
		exact, dice := out.Layout().Find("events.nugget."+k.name), out.Layout().Find("events.nugget.dice."+k.name)
		if exact < 0 && dice < 0 {
			continue
		}
		c.gold = nuggets(c.gold[:0], p.Gold.Events, false, out, k.typed, k.realis, k.mode)
		c.pred = nuggets(c.pred[:0], p.Pred.Events, true, out, k.typed, k.realis, k.mode)
		if exact >= 0 {
			countKeyed(nuggetItems(c.gold), nuggetItems(c.pred), exact, out)
		}
		if dice >= 0 {
			c.countDice(dice, out)
		}
	}
}

// nuggets lists the events of one side sorted by place, attributes and type.
func nuggets(to []nugget, events []schema.Event, pred bool, out *eval.Tally, typed, realis, mode bool) []nugget {
	for i := range events {
		e := &events[i]
		n := nugget{Place: place.OfEvent(e), typ: e.Type, it: eval.Item{Class: out.Class(e.Type), At: int32(i), Of: -1}, rank: out.Scope().Rank(pred, eval.EventItems, i)}
		var parts []string
		if typed {
			parts = append(parts, e.Type)
		}
		if realis {
			parts = append(parts, e.Realis)
		}
		if mode {
			modes := slices.Clone(e.Modes)
			slices.Sort(modes)
			parts = append(parts, slices.Compact(modes)...)
		}
		n.key = keyText(parts...)
		to = append(to, n)
	}
	slices.SortFunc(to, func(a, b nugget) int {
		return cmp.Or(a.Place.Compare(b.Place), cmp.Compare(a.rank, b.rank), strings.Compare(a.key, b.key), strings.Compare(a.typ, b.typ))
	})
	return to
}

func nuggetItems(list []nugget) []keyedItem {
	out := make([]keyedItem, len(list))
	for i, n := range list {
		out[i] = keyedItem{n.Place.String() + n.key, n.typ, !n.IsSet(), n.it.At, n.rank}
	}
	return out
}

// countDice matches overlapping nuggets for the greatest credit, and among equals
// for the most of one type.
func (c *nuggetCounting) countDice(metric int, out *eval.Tally) {
	c.edges, c.weights = c.edges[:0], c.weights[:0]
	from, reach := 0, int32(-1) // predictions before it end before the gold trigger begins
	for i, g := range c.gold {
		for from < len(c.pred) && max(reach, c.pred[from].End) <= g.Start {
			reach = max(reach, c.pred[from].End)
			from++
		}
		for j := from; j < len(c.pred) && c.pred[j].Start < g.End; j++ {
			if p := c.pred[j]; p.key == g.key && p.Valid() && g.Valid() {
				if d := dice(g.Place, p.Place); d.Num > 0 {
					c.edges = append(c.edges, match.Edge{Row: int32(i), Col: int32(j)})
					c.weights = append(c.weights, d)
				}
			}
		}
	}
	match.SetWeights(c.edges, c.weights)
	items := func(list []nugget) (out []eval.Item, classes []eval.Class) {
		for _, n := range list {
			out, classes = append(out, n.it), append(classes, n.it.Class)
		}
		return out, classes
	}
	gold, goldClasses := items(c.gold)
	pred, predClasses := items(c.pred)
	match.PreferSame(c.edges, goldClasses, predClasses)
	c.matcher.Match(goldClasses, predClasses, c.edges, func(r match.Reading) {
		countCredit(metric, out, gold, pred, r, match.Fraction{Den: 1}, func(i int, j int32) match.Fraction { return dice(c.gold[i].Place, c.pred[j].Place) })
	})
}

// dice is the Dice coefficient of two valid places, 2|a∩b|/(|a|+|b|).
func dice(a, b place.Place) match.Fraction {
	return match.Fraction{Num: 2 * int64(a.Intersection(b)), Den: int64(a.Len()) + int64(b.Len())}
}
