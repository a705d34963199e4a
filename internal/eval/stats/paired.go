package stats

import (
	"context"
	"fmt"
	"math"

	"github.com/mizan-corpus/mizan/eval"
)

// Compare compares two systems in every figure of the matrix: difference with
// a paired bootstrap interval (both systems' counts of the same resampled
// articles), permutation test, effect, and what the articles at hand can show.
// The result has the order of m.Keys.
func Compare(ctx context.Context, m *PairedMatrix, s eval.Comparing) ([]eval.Difference, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	out := make([]eval.Difference, len(m.a.keys))
	for _, block := range m.a.blocks(blockNumbers / (3 * s.Resampling.Resamples)) {
		rs, a, b := m.resampler(block)
		samples, err := rs.bootstrap(ctx, s.Resampling)
		if err != nil {
			return nil, err
		}
		for i := range samples {
			d := &out[block[0].key+i/3]
			name := [3]string{"precision", "recall", "f1"}[i%3]
			r := [3]*eval.RatioDifference{&d.Precision, &d.Recall, &d.F1}[i%3]
			fillDifference(r, name, a[i], b[i], &samples[i], m.Articles(), s)
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
		for _, r := range [3]*eval.RatioDifference{&d.Precision, &d.Recall, &d.F1} {
			warnExact(r, 1-s.Resampling.Level)
		}
	}
	return out, nil
}

// resampler computes the differences B − A of every ratio of a block. a and b
// are the two systems' own ratios.
func (m *PairedMatrix) resampler(block []matrixMetric) (rs *resampler, a, b []float64) {
	va, width := m.a.block(block)
	vb, _ := m.b.block(block)
	values := make([]int64, 0, 2*len(va))
	for r := range m.Articles() {
		values = append(values, va[r*width:(r+1)*width]...)
		values = append(values, vb[r*width:(r+1)*width]...)
	}
	stats, one := scoreBlock(block)
	a, b = make([]float64, stats), make([]float64, stats)
	one(columnSums(va, width), a)
	one(columnSums(vb, width), b)
	return &resampler{values, m.Articles(), 2 * width, stats, func(sums []int64, out []float64) {
		// Called from several goroutines: the first system's ratios need a
		// buffer of their own.
		first := make([]float64, stats)
		one(sums[:width], first)
		one(sums[width:], out)
		for i := range out {
			out[i] -= first[i]
		}
	}}, a, b
}

func fillDifference(r *eval.RatioDifference, name string, a, b float64, s *sample, articles int, set eval.Comparing) {
	r.A, r.B, r.Difference = orNil(a), orNil(b), orNil(s.estimate)
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
	r.Effect = orNil(s.estimate / float64(e.Value*math.Sqrt(float64(articles))))
	r.MinimalDifference = orNil(MinimalDifference(e.Value, level, set.Power))
	need := ArticlesNeeded(articles, e.Value, set.Delta, level, set.Power)
	r.ArticlesNeeded = &need
}

// warnExact says when the articles are too few for any p below alpha.
func warnExact(r *eval.RatioDifference, alpha float64) {
	if r.P == nil || r.Method != "exact" {
		return
	}
	if r.Articles == 0 {
		r.Warnings = append(r.Warnings, "the two systems' counts are the same in every article")
	} else if r.Smallest > alpha {
		r.Warnings = append(r.Warnings, fmt.Sprintf("exact test: %d articles differ and allow no p below %g", r.Articles, r.Smallest))
	}
}

// orNil is nil for NaN.
func orNil(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}
