package stats

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// Compare compares two systems in every figure of the matrix: difference with
// a paired interval, permutation test, effect, and what the articles at hand
// can show. The interval is v ± t·se of the linearised difference, or by a
// bootstrap of both systems' counts of the same resampled articles.
// The result has the order of m.Keys.
func Compare(ctx context.Context, m *PairedMatrix, s Comparing) ([]Difference, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	out := make([]Difference, len(m.a.keys))
	if err := m.fillDifferences(ctx, out, s); err != nil {
		return nil, err
	}
	tested, err := Permute(ctx, m, s.Permuting)
	if err != nil {
		return nil, err
	}
	for i := range out {
		d := &out[i]
		d.FigureKey = m.a.keys[i]
		d.Precision.Test, d.Recall.Test, d.F1.Test = tested[i][0], tested[i][1], tested[i][2]
		for _, r := range ratiosOf(d) {
			warnExact(r, 1-s.Resampling.Level)
		}
	}
	return out, nil
}

func ratiosOf(d *Difference) [3]*RatioDifference {
	return [3]*RatioDifference{&d.Precision, &d.Recall, &d.F1}
}

// fillDifferences sets values, intervals, and what follows from the errors.
func (m *PairedMatrix) fillDifferences(ctx context.Context, out []Difference, s Comparing) error {
	a, b := m.a.exactRatios(), m.b.exactRatios()
	for at := range out {
		for k, r := range ratiosOf(&out[at]) {
			r.A, r.B = float(a[at][k]), float(b[at][k])
			if a[at][k] != nil && b[at][k] != nil {
				r.Difference = float(new(big.Rat).Sub(b[at][k], a[at][k]))
			}
		}
	}
	if s.Resampling.Method == MethodLogit {
		m.linearDifferences(out, s)
		return ctx.Err()
	}
	for _, block := range m.a.blocks(blockNumbers / (3 * s.Resampling.Resamples)) {
		rs := m.resampler(block)
		samples, err := rs.bootstrap(ctx, s.Resampling)
		if err != nil {
			return err
		}
		for i := range samples {
			r := ratiosOf(&out[block[0].key+i/3])[i%3]
			r.Interval = samples[i].interval(ratioNames[i%3], s.Resampling, &r.Warnings)
			plan(r, JackknifeError(samples[i].jackknife), m.Articles(), s)
		}
	}
	return nil
}

// linearDifferences sets the intervals of the linearised differences. The two
// systems' counters are rows of one article.
func (m *PairedMatrix) linearDifferences(out []Difference, s Comparing) {
	for i := range m.a.metrics {
		metric := &m.a.metrics[i]
		p := m.products(metric)
		a, b := m.a.linearFigures(metric, "a "), m.b.linearFigures(metric, "b ")
		for j := range a {
			d := &out[metric.key+j]
			for k, r := range ratiosOf(d) {
				l := linearDifference(a[j].ratios[k], b[j].ratios[k])
				if l == nil {
					continue
				}
				spread, ok := spreadOf(l, p, metric.metric.Unit)
				if !ok {
					r.Warnings = append(r.Warnings, ratioNames[k]+": "+tooFewHaveAny)
					continue
				}
				r.Interval = l.interval(spread, s.Resampling.Level)
				plan(r, spread.standardError(), m.Articles(), s)
			}
		}
	}
}

// products are the sums of products of both systems' counters of a metric.
func (m *PairedMatrix) products(b *matrixMetric) *eval.Products {
	width, k := b.metric.InQuadruples(), len(b.metric.Counters)
	p := eval.NewProducts(width)
	va, all := m.a.block([]matrixMetric{*b})
	vb, _ := m.b.block([]matrixMetric{*b})
	for r := range m.Articles() {
		var names []string
		var rows [][]int64
		for j, class := range b.classes {
			for _, side := range []struct {
				prefix string
				values []int64
			}{{"a ", va}, {"b ", vb}} {
				row := side.values[r*all+j*k:][:width]
				if slices.ContainsFunc(row, func(v int64) bool { return v != 0 }) {
					names, rows = append(names, side.prefix+class), append(rows, row)
				}
			}
			if j == 0 {
				p.Add(names, rows)
				names, rows = names[:0], rows[:0]
			}
		}
		p.Add(names, rows)
	}
	return p
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

// plan sets what follows from the standard error of a difference.
func plan(r *RatioDifference, e eval.Ratio, articles int, set Comparing) {
	if !e.Defined || r.Difference == nil {
		return
	}
	r.StandardError = &e.Value
	if e.Value == 0 {
		return
	}
	level := set.Resampling.Level
	r.Effect = orNil(*r.Difference / float64(e.Value*math.Sqrt(float64(articles))))
	if articles < LeastArticles(level) {
		return // no difference, however great, can be told from chance
	}
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
