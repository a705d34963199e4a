package scoring

import (
	"context"
	"fmt"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
)

// test lets pass what a paired test cannot tell from chance. Where even the
// smallest p that this many articles allow would not reach alpha after
// correction, no drop could ever fail; a drop beyond its limit is then
// not evaluated rather than held.
func (g *Gate) test(ctx context.Context, current System, baseline *System, opt GateOptions) error {
	if current.Scorer == nil || baseline.Scorer == nil {
		return &eval.OptionError{Err: fmt.Errorf("a drop is tested on counts by article, which a stored result does not have: give the baseline's predictions")}
	}
	m, err := stats.NewPairedMatrix(current.Scorer.Layout(), baseline.Scorer.Articles(), current.Scorer.Articles())
	if err != nil {
		return err
	}
	tests, err := stats.Permute(ctx, m, opt.Permuting)
	if err != nil {
		return err
	}
	var tested []*Verdict
	var p []float64
	for i := range g.Conditions {
		v := &g.Conditions[i]
		if v.Kind != KindMaxDrop || v.Outcome == NotEvaluated {
			continue
		}
		if v.P = pOf(m, tests, v.Condition); v.P != nil {
			tested, p = append(tested, v), append(p, *v.P)
		}
	}
	holm := stats.Holm(p)
	least := leastP(opt.Permuting, g.Articles)
	hopeless := float64(len(p))*least > opt.Alpha
	if hopeless {
		g.Warnings = append(g.Warnings, fmt.Sprintf("%d articles allow no p below %.4g after correction for %d: no drop can be told from chance at %g",
			g.Articles, min(1, float64(len(p))*least), len(p), opt.Alpha))
	}
	for i, v := range tested {
		v.PHolm = &holm[i]
		switch {
		case v.Outcome != Failed:
		case holm[i] <= opt.Alpha:
			v.Reason = fmt.Sprintf("the drop is beyond the limit, and not by chance: p = %.4g", holm[i])
		case hopeless:
			v.Outcome = NotEvaluated
			v.Reason = "the drop is beyond the limit, and there are too few articles to tell a drop from chance"
		default:
			v.Outcome = Passed
			v.Reason = fmt.Sprintf("the drop is beyond the limit, but it may be chance: p = %.4g", holm[i])
		}
	}
	return nil
}

// leastP is the least p that a test over n articles can give.
func leastP(s stats.Permuting, n int) float64 {
	enumerated := 0
	for enumerated < min(n, 24) && 2<<enumerated <= s.MaxExact {
		enumerated++
	}
	least := stats.SmallestP(enumerated)
	if n > enumerated {
		least = min(least, 1/float64(s.Samples+1))
	}
	return least
}

func pOf(m *stats.PairedMatrix, tests [][3]stats.Test, c Condition) *float64 {
	for i, key := range m.Keys() {
		if key == (eval.FigureKey{Name: c.Metric, Class: c.Class, Average: c.Average}) {
			for k, name := range Ratios {
				if name == c.Ratio {
					return tests[i][k].P
				}
			}
		}
	}
	return nil
}
