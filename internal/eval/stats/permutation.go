package stats

import (
	"context"
	"math"
	"math/bits"
	"sync"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// Permute tests for every figure of the matrix whether the two systems differ
// by more than luck: paired approximate randomisation (Noreen 1989,
// Computer-Intensive Methods for Testing Hypotheses; Yeh 2000, "More accurate
// tests for the statistical significance of result differences"). The two
// systems' counts of an article are swapped or not, with equal chance for each
// article; p is the share of swaps whose difference |A−B| is at least the one
// seen. Every swap is enumerated where at most s.MaxExact exist; else R are
// sampled and p = (k+1)/(R+1). Whether a difference is at least the one seen is
// decided in exact fractions where floating point cannot tell. A swap that leaves the ratio undefined counts as at least as great, which can only
// raise p. The result has the order of m.Keys, and precision, recall, F1 within.
func Permute(ctx context.Context, m *PairedMatrix, s Permuting) ([][3]Test, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	out := make([][3]Test, len(m.a.keys))
	for i := range m.a.metrics {
		if err := permuteMetric(ctx, m, i, s, out[m.a.metrics[i].key:]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// permuteMetric tests the figures of one metric: those that few articles
// decide exactly, each on its own, the others together by sampling.
func permuteMetric(ctx context.Context, m *PairedMatrix, metric int, s Permuting, out [][3]Test) error {
	b := &m.a.metrics[metric]
	va, width := m.a.block(m.a.metrics[metric : metric+1])
	vb, _ := m.b.block(m.b.metrics[metric : metric+1])
	whole := newSwaps(b, m, va, vb, width)
	parts := make([]classSwaps, len(b.classes))
	sampled := false
	err := parallel(ctx, len(b.classes), func() func(int) {
		return func(j int) {
			one := *b
			one.classes, one.means = b.classes[j:j+1], false
			k := len(b.metric.Counters)
			part := newSwaps(&one, m, cutColumns(va, width, j*k, k), cutColumns(vb, width, j*k, k), k)
			parts[j] = classSwaps{part.articles, part.exact(s)}
			if parts[j].exact {
				copy(out[j:j+1], part.enumerate())
			}
		}
	})
	if err != nil {
		return err
	}
	for _, p := range parts {
		sampled = sampled || !p.exact
	}
	if b.means && whole.exact(s) {
		copy(out[len(b.classes):b.figures()], whole.enumerate()[len(b.classes):])
	}
	if !sampled && (!b.means || whole.exact(s)) {
		return nil
	}
	found, err := whole.sample(ctx, s)
	if err != nil {
		return err
	}
	for j := range found {
		switch {
		case j < len(parts) && !parts[j].exact:
			out[j] = found[j]
			for i := range out[j] {
				out[j][i].Articles = parts[j].articles
			}
		case j >= len(parts) && !whole.exact(s):
			out[j] = found[j]
		}
	}
	return nil
}

// classSwaps is what is known of the swaps of one class alone: in how many
// articles they have an effect, and whether all of them were enumerated.
type classSwaps struct {
	articles int
	exact    bool
}

func cutColumns(values []int64, width, from, n int) []int64 {
	out := make([]int64, 0, len(values)/width*n)
	for at := from; at < len(values); at += width {
		out = append(out, values[at:at+n]...)
	}
	return out
}

// swaps are the articles whose counts can be swapped with effect.
type swaps struct {
	metric   *matrixMetric
	width    int
	articles int
	rows     []int   // position of each such article
	diff     []int64 // rows × width: a − b
	a, b     []int64 // sums over all articles
	observed []float64
	judge    *exactJudge
}

func newSwaps(m *matrixMetric, pair *PairedMatrix, va, vb []int64, width int) *swaps {
	s := &swaps{metric: m, width: width, a: columnSums(va, width), b: columnSums(vb, width)}
	for r := range pair.Articles() {
		differs, much := false, false
		for c := range width {
			d := va[r*width+c] - vb[r*width+c]
			differs, much = differs || d != 0, much || d > 1<<10 || d < -1<<10
		}
		if !differs || m.metric.Unit == eval.FixedPoint && !much && m.equalExactly(pair.a.tallies[r], pair.b.tallies[r]) {
			continue
		}
		s.rows = append(s.rows, r)
	}
	s.articles = len(s.rows)
	s.diff = make([]int64, 0, s.articles*width)
	for _, r := range s.rows {
		for c := range width {
			s.diff = append(s.diff, va[r*width+c]-vb[r*width+c])
		}
	}
	s.observed = make([]float64, 3*m.figures())
	s.differences(make([]int64, width), s.newScratch(), s.observed)
	s.judge = newExactJudge(s, pair)
	return s
}

func (s *swaps) exact(set Permuting) bool {
	return s.articles < 25 && 1<<s.articles <= set.MaxExact
}

type swapScratch struct {
	a, b             []int64
	scoresA, scoresB []float64
}

func (s *swaps) newScratch() *swapScratch {
	n := 3 * s.metric.figures()
	return &swapScratch{make([]int64, s.width), make([]int64, s.width), make([]float64, n), make([]float64, n)}
}

// differences sets out to A−B of every ratio after moved, the sum of a−b over
// the swapped articles, has changed sides.
func (s *swaps) differences(moved []int64, to *swapScratch, out []float64) {
	for c, v := range moved {
		to.a[c], to.b[c] = s.a[c]-v, s.b[c]+v
	}
	s.metric.score(to.a, to.scoresA)
	s.metric.score(to.b, to.scoresB)
	for i := range out {
		out[i] = to.scoresA[i] - to.scoresB[i]
	}
}

// count adds 1 to each statistic whose difference is at least the observed one,
// after the swaps that left the sums in to.
func (s *swaps) count(differences []float64, to *swapScratch, swapped func(i int) bool, hits []int64) {
	tie := 1e-12
	if s.metric.metric.Unit == eval.FixedPoint {
		tie = 1e-6 // many counts, each rounded to 2⁻³²
	}
	for i, d := range differences {
		by := math.Abs(d) - math.Abs(s.observed[i])
		if math.IsNaN(d) || by > tie || by >= -tie && s.judge.reaches(i, to, swapped) {
			hits[i]++
		}
	}
}

// enumerate goes through all swaps in Gray code order, one article changing
// sides at a time. Swapping every article back and forth only changes the sign
// of the difference, so the first article stays and half the swaps suffice.
func (s *swaps) enumerate() [][3]Test {
	hits := make([]int64, len(s.observed))
	differences := make([]float64, len(s.observed))
	moved := make([]int64, s.width)
	swapped := make([]bool, s.articles)
	scratch := s.newScratch()
	total := int64(1) << max(s.articles-1, 0)
	for step := int64(0); step < total; step++ {
		if step > 0 {
			r := bits.TrailingZeros64(uint64(step)) + 1
			sign := int64(1)
			if swapped[r] {
				sign = -1
			}
			swapped[r] = !swapped[r]
			for c, v := range s.diff[r*s.width : (r+1)*s.width] {
				moved[c] += sign * v
			}
		}
		s.differences(moved, scratch, differences)
		s.count(differences, scratch, func(i int) bool { return swapped[i] }, hits)
	}
	smallest := min(1, math.Ldexp(2, -s.articles))
	return s.results(hits, float64(total), 0, "exact", smallest)
}

// sample draws R swaps. The coin of an article depends on the seed, the sample
// and its position only, so all figures see the same swaps.
func (s *swaps) sample(ctx context.Context, set Permuting) ([][3]Test, error) {
	packed := packColumns(s.diff, s.articles, s.width, uint64(s.articles))
	hits := make([]int64, len(s.observed))
	var mu sync.Mutex
	last := 0
	if s.articles > 0 {
		last = s.rows[s.articles-1] + 1
	}
	err := parallel(ctx, set.Samples, func() func(int) {
		coins := make([]uint32, last)
		chosen := make([]uint32, s.articles)
		acc, moved := make([]uint64, packed.words), make([]int64, s.width)
		differences, own := make([]float64, len(s.observed)), make([]int64, len(s.observed))
		scratch := s.newScratch()
		return func(r int) {
			g := NewRandom(set.Seed, "permutation", uint64(r))
			g.coins(coins)
			var total int64
			for i, row := range s.rows {
				chosen[i] = coins[row]
				total += int64(coins[row])
			}
			packed.sum(chosen, total, acc, moved)
			s.differences(moved, scratch, differences)
			clear(own)
			s.count(differences, scratch, func(i int) bool { return chosen[i] != 0 }, own)
			mu.Lock()
			defer mu.Unlock()
			for i, v := range own {
				hits[i] += v
			}
		}
	})
	n := float64(set.Samples)
	return s.results(hits, n+1, 1, "sampled", 1/(n+1)), err
}

func (s *swaps) results(hits []int64, total float64, extra int64, method string, smallest float64) [][3]Test {
	out := make([][3]Test, len(hits)/3)
	for i := range hits {
		t := Test{Method: method, Articles: s.articles, Smallest: smallest}
		if !math.IsNaN(s.observed[i]) {
			p := float64(hits[i]+extra) / total
			t.P = &p
		}
		out[i/3][i%3] = t
	}
	return out
}
