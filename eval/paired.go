package eval

import (
	"context"
	"fmt"
	"math"
)

// Comparing says how two systems are compared.
type Comparing struct {
	Resampling Resampling
	Permuting  Permuting
	Power      float64 // of the planning figures, e.g. 0.8
	Delta      float64 // the difference to plan for, e.g. 0.05 for five points
}

// DefaultComparing plans for a difference of five points at 80 % power.
var DefaultComparing = Comparing{DefaultResampling, DefaultPermuting, 0.8, 0.05}

// Check returns an error that says which setting is out of range.
func (s Comparing) Check() error {
	if err := s.Resampling.Check(); err != nil {
		return err
	}
	if err := s.Permuting.Check(); err != nil {
		return err
	}
	if !(s.Power > 0 && s.Power < 1) {
		return fmt.Errorf("power %g: expected a number between 0 and 1", s.Power)
	}
	if !(s.Delta > 0 && s.Delta <= 1) {
		return fmt.Errorf("difference to plan for %g: expected a number above 0, at most 1", s.Delta)
	}
	return nil
}

// Difference compares two systems, A and B, in one figure.
type Difference struct {
	FigureKey
	Precision RatioDifference `json:"precision"`
	Recall    RatioDifference `json:"recall"`
	F1        RatioDifference `json:"f1"`
}

// RatioDifference compares two systems in one ratio. A nil pointer is an
// undefined value.
type RatioDifference struct {
	A          *float64    `json:"a"`
	B          *float64    `json:"b"`
	Difference *float64    `json:"difference"` // B − A
	Interval   *[2]float64 `json:"interval"`   // of the difference, by paired bootstrap
	Test                   // p-value by paired permutation
	// PHolm and PBenjaminiHochberg are set by [AdjustedTests].
	PHolm              *float64 `json:"p_holm,omitempty"`
	PBenjaminiHochberg *float64 `json:"p_benjamini_hochberg,omitempty"`
	// StandardError of the difference, by the paired jackknife.
	StandardError *float64 `json:"standard_error"`
	// Effect is the difference in standard deviations of an article's
	// influence: difference / (error · √n), Cohen's d for paired data on
	// jackknife pseudo-values.
	Effect *float64 `json:"effect"`
	// MinimalDifference could be found with the articles at hand.
	MinimalDifference *float64 `json:"minimal_difference"`
	// ArticlesNeeded to find a difference of Comparing.Delta.
	ArticlesNeeded *int     `json:"articles_needed"`
	Warnings       []string `json:"warnings,omitempty"`
}

// Compare compares two systems in every figure of the matrix: difference with
// a paired bootstrap interval (both systems' counts of the same resampled
// articles), permutation test, effect, and what the articles at hand can show.
// The result has the order of m.Keys.
func Compare(ctx context.Context, m *PairedMatrix, s Comparing) ([]Difference, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	out := make([]Difference, len(m.a.keys))
	for _, block := range m.a.blocks(blockNumbers / (3 * s.Resampling.Resamples)) {
		rs, a, b := m.resampler(block)
		samples, err := rs.bootstrap(ctx, s.Resampling)
		if err != nil {
			return nil, err
		}
		for i := range samples {
			d := &out[block[0].key+i/3]
			name := [3]string{"precision", "recall", "f1"}[i%3]
			r := [3]*RatioDifference{&d.Precision, &d.Recall, &d.F1}[i%3]
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
		for _, r := range [3]*RatioDifference{&d.Precision, &d.Recall, &d.F1} {
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

func fillDifference(r *RatioDifference, name string, a, b float64, s *sample, articles int, set Comparing) {
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

// orNil is nil for NaN.
func orNil(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}
