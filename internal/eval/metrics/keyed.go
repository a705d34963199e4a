package metrics

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// keyedItem is an item that is right when the other side has an item with the
// same key.
type keyedItem struct {
	key   string
	class string // "" for the overall class alone
	void  bool   // refers to nothing: counts, and is never right
	at    int32  // position of its event
	rank  int32  // among equals
}

func (k keyedItem) compare(l keyedItem) int {
	return cmp.Or(strings.Compare(k.key, l.key), cmp.Compare(asInt(k.void), asInt(l.void)), cmp.Compare(k.rank, l.rank), strings.Compare(k.class, l.class))
}

// countKeyed counts the greatest one-to-one matching of equal keys, which is
// the intersection of the two multisets, equal classes first. It sorts both
// lists.
func countKeyed(gold, pred []keyedItem, metric int, out *eval.Tally) {
	slices.SortFunc(gold, keyedItem.compare)
	slices.SortFunc(pred, keyedItem.compare)
	c := keyedCounter{metric, out}
	for len(gold) > 0 || len(pred) > 0 {
		var g, p []keyedItem
		switch {
		case len(pred) == 0 || len(gold) > 0 && gold[0].key < pred[0].key:
			g, gold = sameKey(gold)
		case len(gold) == 0 || pred[0].key < gold[0].key:
			p, pred = sameKey(pred)
		default:
			g, gold = sameKey(gold)
			p, pred = sameKey(pred)
		}
		c.group(g, p)
	}
}

// sameKey cuts off the items with the key of the first.
func sameKey(list []keyedItem) (same, rest []keyedItem) {
	n := 1
	for n < len(list) && list[n].key == list[0].key {
		n++
	}
	return list[:n], list[n:]
}

type keyedCounter struct {
	metric int
	out    *eval.Tally
}

// group counts the items of one key.
func (c keyedCounter) group(gold, pred []keyedItem) {
	var leftGold, leftPred []keyedItem
	byClass := map[string][]keyedItem{} // predictions still free
	if len(gold) > 0 {
		for _, p := range pred {
			if !p.void {
				byClass[p.class] = append(byClass[p.class], p)
			}
		}
	}
	for _, g := range gold {
		switch same := byClass[g.class]; {
		case g.void:
			c.gold(g, 0, 0)
		case len(same) > 0:
			byClass[g.class] = same[1:]
			c.gold(g, 1, 0)
			c.pred(same[0], g.at, 1, 0)
		default:
			leftGold = append(leftGold, g)
		}
	}
	for _, p := range pred {
		switch free := byClass[p.class]; {
		case p.void:
			c.pred(p, -1, 0, 0)
		case len(gold) == 0:
			leftPred = append(leftPred, p)
		case len(free) > 0 && free[0] == p:
			byClass[p.class] = free[1:]
			leftPred = append(leftPred, p)
		}
	}
	n := min(len(leftGold), len(leftPred))
	of := func(i int) int32 {
		if i < n {
			return leftGold[i].at
		}
		return -1
	}
	c.left(leftGold, n, func(_ int, g keyedItem, hit int64, rows eval.Rows) { c.gold(g, hit, rows) })
	c.left(leftPred, n, func(i int, p keyedItem, hit int64, rows eval.Rows) { c.pred(p, of(i), hit, rows) })
}

// left counts the items of one side that have no partner of their class: n of
// them find one of another. A class is credited with what no choice of the n can
// take away, see [match.ClassMatcher.Match].
func (c keyedCounter) left(list []keyedItem, n int, count func(i int, k keyedItem, hit int64, rows eval.Rows)) {
	number := map[string]int{}
	for _, k := range list {
		number[k.class]++
	}
	if len(number) == 1 || n == 0 || n == len(list) {
		for i, k := range list {
			count(i, k, int64(asInt(i < n)), 0)
		}
		return
	}
	for class, of := range number {
		number[class] = max(0, n-(len(list)-of))
	}
	for i, k := range list {
		count(i, k, int64(asInt(i < n)), eval.PooledRow)
		count(i, k, int64(asInt(number[k.class] > 0)), eval.ClassRow)
		number[k.class]--
	}
}

func (c keyedCounter) gold(k keyedItem, hit int64, rows eval.Rows) {
	c.out.AddGold(c.metric, eval.Item{Class: c.out.Class(k.class), At: k.at, Rows: rows}, hit, 1)
}

func (c keyedCounter) pred(k keyedItem, of int32, hit int64, rows eval.Rows) {
	c.out.AddPredicted(c.metric, eval.Item{Class: c.out.Class(k.class), At: k.at, Of: of, Rows: rows}, hit, 1)
}

// keyText joins the parts of a key so that different parts never give the same
// key.
func keyText(parts ...string) string { return strings.Join(parts, "\x1f") }
