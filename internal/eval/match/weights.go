package match

import (
	"math/bits"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// Fraction is num/den of an item, at least 0.
type Fraction struct{ Num, Den int64 }

// mostUnit bounds the common denominator of weights, and so the sum of those
// of a matching of up to 2¹⁶ edges of weight 1.
const mostUnit = 1 << 40

// SetWeights gives each edge its fraction as an integer weight: over the least
// common denominator, so that equal totals are equal, or, where that is above
// 2⁴⁰, in parts of 2⁴⁰, rounded down.
func SetWeights(edges []Edge, weights []Fraction) {
	unit := int64(1)
	for _, w := range weights {
		if unit = lcm(unit, w.Den); unit == 0 {
			break
		}
	}
	for i, w := range weights {
		if unit > 0 {
			edges[i].Weight = w.Num * (unit / w.Den)
			continue
		}
		hi, lo := bits.Mul64(uint64(w.Num), mostUnit)
		q, _ := bits.Div64(hi, lo, uint64(w.Den))
		edges[i].Weight = int64(q)
	}
}

// lcm is the least common multiple, 0 where it is above [mostUnit].
func lcm(a, b int64) int64 {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	hi, lo := bits.Mul64(uint64(a/x), uint64(b))
	if hi > 0 || lo > mostUnit {
		return 0
	}
	return int64(lo)
}

// PreferSame settles ties of weight in favour of pairs of one class, where the
// weights leave room for it.
func PreferSame(edges []Edge, gold, pred []eval.Class) {
	n := int64(min(len(gold), len(pred))) + 1
	for _, e := range edges {
		if e.Weight > 1<<62/n/n {
			return
		}
	}
	for k := range edges {
		edges[k].Weight *= n
		if gold[edges[k].Row] == pred[edges[k].Col] {
			edges[k].Weight++
		}
	}
}
