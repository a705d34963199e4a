package match

import "math/bits"

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
