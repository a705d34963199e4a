package stats

import (
	"math/big"
	"math/bits"
	"slices"
	"sync"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// equalExactly reports whether two articles' counts are the same in every
// class of the metric.
func (b *matrixMetric) equalExactly(t, u *eval.Tally) bool {
	k := len(b.metric.Counters)
	for _, class := range b.classes {
		x, y := make([]eval.Amount, k), make([]eval.Amount, k)
		t.AddTo(x, b.at, class)
		u.AddTo(y, b.at, class)
		if !slices.EqualFunc(x, y, func(a, b eval.Amount) bool { return a.Equal(&b) }) {
			return false
		}
	}
	return true
}

// exactly computes one statistic, as [matrixMetric.score] numbers them, from
// summed counters by class; nil is undefined.
func (b *matrixMetric) exactly(i int, sums [][]*big.Rat) *big.Rat {
	if j := i / 3; j < len(b.classes) {
		return b.metric.ScoreExactly(sums[j]).Ratios()[i%3]
	}
	scores, gold := make([]eval.ExactScore, len(sums)-1), make([]*big.Rat, len(sums)-1)
	for j := range scores {
		scores[j], gold[j] = b.metric.ScoreExactly(sums[j+1]), sums[j+1][3]
	}
	return b.layout.MeanOfClasses(scores, gold, i/3 > len(b.classes)).Ratios()[i%3]
}

// exactRatios are precision, recall and F1 of every figure, exactly; nil is
// undefined.
func (m *CountMatrix) exactRatios() [][3]*big.Rat {
	out := make([][3]*big.Rat, 0, len(m.keys))
	for i := range m.metrics {
		b := &m.metrics[i]
		sums := m.exactSums(b)
		for f := range b.figures() {
			out = append(out, [3]*big.Rat{b.exactly(3*f, sums), b.exactly(3*f+1, sums), b.exactly(3*f+2, sums)})
		}
	}
	return out
}

// exactSums are the totals of a metric's counters by class, in whole items.
func (m *CountMatrix) exactSums(b *matrixMetric) [][]*big.Rat {
	sums := make([][]*big.Rat, len(b.classes))
	for c, class := range b.classes {
		total := make([]eval.Amount, len(b.metric.Counters))
		for _, t := range m.tallies {
			t.AddTo(total, b.at, class)
		}
		for k := range total {
			v := total[k].Rat()
			if unit := b.metric.Unit; unit != eval.FixedPoint && unit > 1 && k < b.metric.InQuadruples() {
				v.Quo(v, new(big.Rat).SetInt64(unit))
			}
			sums[c] = append(sums[c], v)
		}
	}
	return sums
}

// linearFigures are the metric's figures, linearised at the totals.
func (m *CountMatrix) linearFigures(b *matrixMetric, prefix string) []linearFigure {
	sums := m.exactSums(b)
	return linearFiguresOf(b.layout, b.metric, b.classes, func(class string) []*big.Rat { return sums[slices.Index(b.classes, class)] }, prefix)
}

// exactJudge decides ties between differences in exact fractions.
type exactJudge struct {
	swaps    *swaps
	pair     *PairedMatrix
	observed []func() *big.Rat // absolute; nil is undefined
	// rest are the sums of both systems over the articles that are the same
	// in both, by class; only for counts with fractions.
	rest func() [][]eval.Amount
}

func newExactJudge(s *swaps, pair *PairedMatrix) *exactJudge {
	j := &exactJudge{swaps: s, pair: pair}
	j.rest = sync.OnceValue(j.sumTheRest)
	still := &swapScratch{a: s.a, b: s.b}
	for i := range s.observed {
		j.observed = append(j.observed, sync.OnceValue(func() *big.Rat {
			return j.difference(i, still, func(int) bool { return false })
		}))
	}
	return j
}

// reaches reports whether the statistic's difference after the swaps is at
// least the observed one, or undefined.
func (j *exactJudge) reaches(i int, to *swapScratch, swapped func(int) bool) bool {
	if j.fractional() {
		d := j.difference(i, to, swapped)
		return d == nil || d.Cmp(j.observed[i]()) >= 0
	}
	s := j.swaps
	if slices.Equal(to.a, s.a) && slices.Equal(to.b, s.b) || slices.Equal(to.a, s.b) && slices.Equal(to.b, s.a) {
		return true
	}
	if at := i / 3; s.metric.metric.Formulas == nil && at < len(s.metric.classes) {
		k := len(s.metric.metric.Counters)
		now, fits := smallDifference(to.a[at*k:], to.b[at*k:], i%3)
		seen, fit := smallDifference(s.a[at*k:], s.b[at*k:], i%3)
		if fits && fit {
			return now.atLeast(seen)
		}
	}
	d := j.difference(i, to, swapped)
	return d == nil || d.Cmp(j.observed[i]()) >= 0
}

func (j *exactJudge) fractional() bool { return j.swaps.metric.metric.Unit == eval.FixedPoint }

// difference is |A−B| of a statistic.
func (j *exactJudge) difference(i int, to *swapScratch, swapped func(int) bool) *big.Rat {
	var a, b [][]*big.Rat
	if j.fractional() {
		a, b = j.sums(i, swapped)
	} else {
		k := len(j.swaps.metric.metric.Counters)
		a, b = rats(to.a, k), rats(to.b, k)
	}
	x, y := j.swaps.metric.exactly(i, a), j.swaps.metric.exactly(i, b)
	if x == nil || y == nil {
		return nil
	}
	x = new(big.Rat).Sub(x, y)
	return x.Abs(x)
}

func rats(sums []int64, k int) (out [][]*big.Rat) {
	for row := range slices.Chunk(sums, k) {
		var r []*big.Rat
		for _, v := range row {
			r = append(r, new(big.Rat).SetInt64(v))
		}
		out = append(out, r)
	}
	return out
}

// sumTheRest adds up the articles that no swap changes.
func (j *exactJudge) sumTheRest() [][]eval.Amount {
	m := j.swaps.metric
	out := make([][]eval.Amount, len(m.classes))
	for c, class := range m.classes {
		out[c] = make([]eval.Amount, len(m.metric.Counters))
		next := 0
		for r, t := range j.pair.a.tallies {
			if next < len(j.swaps.rows) && j.swaps.rows[next] == r {
				next++
				continue
			}
			t.AddTo(out[c], m.at, class)
		}
	}
	return out
}

// sums are both systems' sums after the swaps, of the classes that the
// statistic asks for.
func (j *exactJudge) sums(i int, swapped func(int) bool) (a, b [][]*big.Rat) {
	m := j.swaps.metric
	rest := j.rest()
	a, b = make([][]*big.Rat, len(m.classes)), make([][]*big.Rat, len(m.classes))
	for c, class := range m.classes {
		if f := i / 3; f < len(m.classes) && f != c {
			continue
		}
		var side [2][]eval.Amount
		for s := range side {
			side[s] = make([]eval.Amount, len(m.metric.Counters))
			for k := range side[s] {
				side[s][k].Add(&rest[c][k])
			}
		}
		for k, r := range j.swaps.rows {
			x, y := 0, 1
			if swapped(k) {
				x, y = 1, 0
			}
			j.pair.a.tallies[r].AddTo(side[x], m.at, class)
			j.pair.b.tallies[r].AddTo(side[y], m.at, class)
		}
		for k := range m.metric.Counters {
			a[c], b[c] = append(a[c], side[0][k].Rat()), append(b[c], side[1][k].Rat())
		}
	}
	return a, b
}

// quotient64 is num/den with den > 0, or undefined with den 0.
type quotient64 struct{ num, den uint64 }

// smallDifference is |A−B| of a ratio of the standard counters, false where
// its terms may not fit.
func smallDifference(a, b []int64, ratio int) (quotient64, bool) {
	an, ad, fitA := SmallRatio(a, ratio)
	bn, bd, fitB := SmallRatio(b, ratio)
	if !fitA || !fitB {
		return quotient64{}, false
	}
	if ad == 0 || bd == 0 {
		return quotient64{}, true
	}
	n := an*bd - bn*ad
	return quotient64{uint64(max(n, -n)), uint64(ad * bd)}, true
}

// SmallRatio is precision, recall or F1 (0, 1 or 2) by [eval.PRF] as a fraction
// of numbers below 2³¹; den is 0 where it is undefined, and fits is false where
// the numbers may be greater or F1 is no such fraction.
func SmallRatio(c []int64, ratio int) (num, den int64, fits bool) {
	const most = 1 << 29
	if c[0] != c[2] && ratio == 2 || max(c[0], c[1], c[2], c[3]) >= most {
		return 0, 0, false
	}
	switch ratio {
	case 0:
		return c[0], c[1], true
	case 1:
		return c[2], c[3], true
	}
	return 2 * c[0], c[1] + c[3], true
}

// atLeast reports whether q ≥ r, or q is undefined.
func (q quotient64) atLeast(r quotient64) bool {
	if q.den == 0 || r.den == 0 {
		return true
	}
	h1, l1 := bits.Mul64(q.num, r.den)
	h2, l2 := bits.Mul64(r.num, q.den)
	return h1 > h2 || h1 == h2 && l1 >= l2
}
