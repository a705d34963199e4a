package stats

import (
	"context"
	"fmt"
	"math"
	"math/big"
)

// Compare compares two systems in every figure of the matrix: difference with
// a paired bootstrap interval (both systems' counts of the same resampled
// articles), permutation test, effect, and what the articles at hand can show.
// The result has the order of m.Keys.
func Compare(ctx context.Context, m *PairedMatrix, s Comparing) ([]Difference, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	out := make([]Difference, len(m.a.keys))
	a, b := m.a.exactRatios(), m.b.exactRatios()
	for _, block := range m.a.blocks(blockNumbers / (3 * s.Resampling.Resamples)) {
		rs := m.resampler(block)
		samples, err := rs.bootstrap(ctx, s.Resampling)
		if err != nil {
			return nil, err
		}
		for i := range samples {
			at := block[0].key + i/3
			d := &out[at]
			name := [3]string{"precision", "recall", "f1"}[i%3]
			r := [3]*RatioDifference{&d.Precision, &d.Recall, &d.F1}[i%3]
			fillDifference(r, name, a[at][i%3], b[at][i%3], &samples[i], m.Articles(), s)
		}
	}
	tested, err := Permute(ctx, m, s.Permuting)
	if err != nil {
		return nil, err
	}
	for i := range out {
		d := &out[i]
		d.FigureKey = m.a.keys[i]
		d.Precision.Test, d.Recall.Test, d.F1.Test = tested[i][0], tested[i][1], tested[i][2]
		for _, r := range [3]*RatioDifference{&d.Precision, &d.Recall, &d.F1} {
			warnExact(r, 1-s.Resampling.Level)
		}
	}
	return out, nil
}

// resampler computes the differences B − A of every ratio of a block.
func (m *PairedMatrix) resampler(block []matrixMetric) *resampler {
	va, width := m.a.block(block)
	vb, _ := m.b.block(block)
	values := make([]int64, 0, 2*len(va))
	for r := range m.Articles() {
		values = append(values, va[r*width:(r+1)*width]...)
		values = append(values, vb[r*width:(r+1)*width]...)
	}
	stats, one := scoreBlock(block)
	return &resampler{values, m.Articles(), 2 * width, stats, func(sums []int64, out []float64) {
		// Called from several goroutines: the first system's ratios need a
		// buffer of their own.
		first := make([]float64, stats)
		one(sums[:width], first)
		one(sums[width:], out)
		for i := range out {
			out[i] -= first[i]
		}
	}}
}

func fillDifference(r *RatioDifference, name string, a, b *big.Rat, s *sample, articles int, set Comparing) {
	r.A, r.B = float(a), float(b)
	if a != nil && b != nil {
		r.Difference = float(new(big.Rat).Sub(b, a))
	}
	r.Interval = s.interval(name, set.Resampling, &r.Warnings)
	e := JackknifeError(s.jackknife)
	if !e.Defined || r.Difference == nil {
		return
	}
	r.StandardError = &e.Value
	if e.Value == 0 {
		return
	}
	level := set.Resampling.Level
	r.Effect = orNil(*r.Difference / float64(e.Value*math.Sqrt(float64(articles))))
	r.MinimalDifference = orNil(MinimalDifference(e.Value, level, set.Power))
	need := ArticlesNeeded(articles, e.Value, set.Delta, level, set.Power)
	r.ArticlesNeeded = &need
}

// warnExact says when the articles are too few for any p below alpha.
func warnExact(r *RatioDifference, alpha float64) {
	if r.P == nil || r.Method != "exact" {
		return
	}
	if r.Articles == 0 {
		r.Warnings = append(r.Warnings, "the two systems' counts are the same in every article")
	} else if r.Smallest > alpha {
		r.Warnings = append(r.Warnings, fmt.Sprintf("exact test: %d articles differ and allow no p below %g", r.Articles, r.Smallest))
	}
}

// float is the number nearest to a fraction, nil for nil.
func float(r *big.Rat) *float64 {
	if r == nil {
		return nil
	}
	v, _ := r.Float64()
	return &v
}

// orNil is nil for NaN.
func orNil(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}
