package stats

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// five are correct, predicted and gold of five articles, two the counters of
// a metric with two numerators.
var (
	five = [][]int64{{40, 50, 55}, {12, 30, 20}, {33, 41, 40}, {25, 25, 31}, {50, 66, 70}}
	two  = [][]int64{{266, 350, 287, 385}, {80, 210, 91, 140}, {211, 287, 238, 280}, {175, 175, 168, 217}, {343, 462, 366, 490}}
)

// quadruple is the standard counters of correct, predicted, gold.
func quadruple(c []int64) []int64 {
	if len(c) == 4 {
		return c
	}
	return []int64{c[0], c[1], c[0], c[2]}
}

// logitOf are the bounds of a metric, one row of counters an article, in the
// overall class or, by name, in others.
func logitOf(t *testing.T, m *eval.Metric, level float64, classes map[string][][]int64) []Bounds {
	t.Helper()
	l := eval.NewLayout([]*eval.Metric{m}, "")
	total, moments := l.NewTally(), l.NewMoments()
	for i := range classes[""] {
		a := l.NewTally()
		for name, rows := range classes {
			to := a.Counters(0, a.Class(name))
			for k, v := range rows[i] {
				if m.Unit == eval.FixedPoint {
					part := a.Class(name)
					a.AddFraction(0, part, k, v, 10)
					continue
				}
				to[k] += v
			}
		}
		moments.Add(a)
		if err := total.Merge(a); err != nil {
			t.Fatal(err)
		}
	}
	return Logit(total, moments, level)
}

func plainMetric() *eval.Metric {
	return &eval.Metric{Name: "m", Counters: eval.StandardCounters, Unit: 1}
}

func near(got *[2]float64, lo, hi float64) bool {
	return got != nil && math.Abs(got[0]-lo) <= 2e-9 && math.Abs(got[1]-hi) <= 2e-9
}

func rowsOf(counts [][]int64, each func([]int64) []int64) [][]int64 {
	var out [][]int64
	for _, c := range counts {
		out = append(out, each(c))
	}
	return out
}

// TestLogitInterval's numbers were computed from the articles, not from sums:
// F1 differentiated numerically along each article in 50 digits (mpmath 1.3),
// quantiles from scipy 1.17 (stats.t.ppf, stats.beta.ppf).
func TestLogitInterval(t *testing.T) {
	repeat := func(row []int64, times int) [][]int64 { return slices.Repeat([][]int64{row}, times) }
	for _, c := range []struct {
		name   string
		rows   [][]int64
		level  float64
		lo, hi float64
	}{
		{"five articles", five, .95, 0.594487228872, 0.85690676032},
		{"level .90", five, .90, 0.635642055137, 0.834226242618},
		{"level .99", five, .99, 0.463905272023, 0.910276039155},
		{"articles without items change nothing", append([][]int64{{0, 0, 0}, {0, 0, 0}}, five...), .95, 0.594487228872, 0.85690676032},
		{"two articles", five[:2], .95, 0.00103541221359, 0.999750811137},
		{"one huge article", [][]int64{{400, 500, 550}, {1, 2, 2}, {2, 3, 2}}, .95, 0.614887759726, 0.864066458659},
		{"two numerators", two, .95, 0.6007655619789837, 0.8461361951916595},
		{"one error", [][]int64{{40, 40, 40}, {12, 12, 12}, {33, 33, 33}, {24, 25, 25}, {50, 50, 50}}, .95, 0.849885873465, 0.999776103373},
		// .025^(1/20) = .831566529: Clopper-Pearson for 20 of 20.
		{"perfect, 20 of one size", repeat([]int64{9, 9, 9}, 20), .95, 0.831566529017, 1},
		{"perfect, sizes differ", [][]int64{{40, 40, 40}, {12, 12, 12}, {33, 33, 33}, {25, 25, 25}, {50, 50, 50}}, .95, 0.423784988822, 1},
		{"nothing right", [][]int64{{0, 5, 6}, {0, 2, 9}, {0, 4, 4}}, .95, 0, 0.714701424681},
		{"all articles alike", [][]int64{{1, 2, 2}, {3, 6, 6}, {2, 4, 4}}, .95, 0.0266908635584, 0.973309136442},
	} {
		b := logitOf(t, plainMetric(), c.level, map[string][][]int64{"": rowsOf(c.rows, quadruple)})
		if got := b[0].Interval.F1; !near(got, c.lo, c.hi) {
			t.Errorf("%s: %v, expected %v %v", c.name, got, c.lo, c.hi)
		}
	}
	// Tenths of items as exact fractions have the interval of items.
	tenths := logitOf(t, &eval.Metric{Name: "m", Counters: eval.StandardCounters, Unit: eval.FixedPoint}, .95, map[string][][]int64{"": rowsOf(five, quadruple)})
	if got := tenths[0].Interval.F1; !near(got, 0.594487228872, 0.85690676032) {
		t.Errorf("tenths: %v", got)
	}
}

// TestLogitIntervalOfMeans: numbers as in [TestLogitInterval]. The mean of two
// quadruples is that of two classes, each counting once.
func TestLogitIntervalOfMeans(t *testing.T) {
	average := &eval.Metric{Name: "m", Unit: 1, Counters: slices.Concat(eval.StandardCounters, []string{"b_correct_p", "b_predicted", "b_correct_r", "b_gold"}),
		Formulas: func(func(int) bool) eval.Formula { return eval.Formula{Of: []int{0, 4}} }}
	var eight [][]int64
	for i := range five {
		eight = append(eight, slices.Concat(quadruple(five[i]), two[i]))
	}
	b := logitOf(t, average, .95, map[string][][]int64{"": eight})
	if got := b[0].Interval.F1; !near(got, 0.59813916115919, 0.8513209797884054) {
		t.Errorf("mean of two F1: %v", got)
	}
	classes := map[string][][]int64{"": rowsOf(five, quadruple), "A": rowsOf(five, quadruple), "B": two}
	for _, b := range logitOf(t, plainMetric(), .95, classes) {
		want, ok := map[string][2]float64{"macro": {0.59813916115919, 0.8513209797884054}, "weighted": {0.6002085679610227, 0.8473901637931405}}[b.Average]
		if ok && !near(b.Interval.F1, want[0], want[1]) {
			t.Errorf("%s: %v, expected %v", b.Average, b.Interval.F1, want)
		}
	}
}

func TestLogitIntervalOfTooFew(t *testing.T) {
	b := logitOf(t, plainMetric(), .95, map[string][][]int64{"": {{3, 5, 3, 4}, {0, 0, 0, 0}}})[0]
	if b.Interval.F1 != nil || len(b.Warnings) != 3 {
		t.Errorf("one article: %+v, expected none and a warning a ratio", b)
	}
	b = logitOf(t, plainMetric(), .95, map[string][][]int64{"": {{0, 0, 0, 5}, {0, 0, 0, 2}}})[0]
	if b.Interval.Precision != nil || len(b.Warnings) != 0 || !near(b.Interval.F1, 0, 1-math.Pow(.025, (25.+4)/49)) {
		t.Errorf("nothing predicted: %+v", b)
	}
}

// TestLogitDifference: numbers as in [TestLogitInterval].
func TestLogitDifference(t *testing.T) {
	better := [][]int64{{44, 51, 55}, {14, 28, 20}, {33, 40, 40}, {26, 27, 31}, {55, 64, 70}}
	three := func(rows [][]int64) (out [][3]int64) {
		for _, r := range rows {
			out = append(out, [3]int64(r))
		}
		return out
	}
	for _, c := range []struct {
		name   string
		other  [][]int64
		lo, hi float64
	}{
		{"better", better, 0.00693464092384, 0.112761730451},
		{"itself", five, -0.568332161603, 0.568332161603},
	} {
		got, err := Compare(t.Context(), pairedMatrix(t, three(five), three(c.other)), DefaultComparing)
		if err != nil || !near(got[0].F1.Interval, c.lo, c.hi) {
			t.Errorf("%s: %v %v, expected %v %v", c.name, got[0].F1.Interval, err, c.lo, c.hi)
		}
		back, _ := Compare(t.Context(), pairedMatrix(t, three(c.other), three(five)), DefaultComparing)
		if !near(back[0].F1.Interval, -c.hi, -c.lo) {
			t.Errorf("%s: swapped %v", c.name, back[0].F1.Interval)
		}
	}
}

// TestMomentsOfShardsAddUp: any split and order of articles gives the same
// bytes and the same intervals to the last bit, which hold their figures.
func TestMomentsOfShardsAddUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	l := eval.NewLayout([]*eval.Metric{plainMetric(), {Name: "exact", Counters: eval.StandardCounters, Unit: eval.FixedPoint}}, "")
	for round := range 100 {
		if round == 50 {
			l.LeaveOutUndefined()
		}
		whole, shards := l.NewMoments(), [2]*eval.Moments{l.NewMoments(), l.NewMoments()}
		total := l.NewTally()
		tallies := make([]*eval.Tally, 2+rng.IntN(20))
		for i := range tallies {
			tallies[i] = l.NewTally()
			for range 1 + rng.IntN(4) {
				class := tallies[i].Class(string(rune('A' + rng.IntN(4))))
				gold, pred := 1+rng.Int64N(9), 1+rng.Int64N(9)
				right := rng.Int64N(min(gold, pred) + 1)
				for _, c := range []eval.Class{eval.Overall, class} {
					tallies[i].Add(0, c, right, pred, right, gold)
				}
				tallies[i].AddGold(1, eval.Item{Class: class}, right, gold)
				tallies[i].AddPredicted(1, eval.Item{Class: class, Of: -1}, right, pred)
			}
			if rng.IntN(3) == 0 {
				missed, spurious := tallies[i].Class("missed"), tallies[i].Class("spurious")
				tallies[i].Add(0, missed, 0, 0, 0, 1+rng.Int64N(9))
				tallies[i].Add(0, spurious, 0, 1+rng.Int64N(9), 0, 0)
			}
			whole.Add(tallies[i])
			if err := total.Merge(tallies[i]); err != nil {
				t.Fatal(err)
			}
		}
		for _, i := range rng.Perm(len(tallies)) {
			shards[rng.IntN(2)].Add(tallies[i])
		}
		if err := shards[1].Merge(shards[0]); err != nil {
			t.Fatal(err)
		}
		if a, b := whole.AppendBinary(nil), shards[1].AppendBinary(nil); !slices.Equal(a, b) {
			t.Fatalf("the whole and its shards differ:\n%x\n%x", a, b)
		}
		a, b := Logit(total, whole, .95), Logit(total, shards[1], .95)
		figures := eval.Figures(total, nil)
		sameValues(t, total, figures)
		for i := range a {
			if x, y := fmt.Sprint(ends(a[i])), fmt.Sprint(ends(b[i])); x != y {
				t.Fatalf("%v: %s, of shards %s", a[i].FigureKey, x, y)
			}
			f := figures[i]
			for k, v := range []*float64{f.Precision, f.Recall, f.F1} {
				if e := ends(a[i])[2*k:]; e[0] != -1 && (v == nil || e[0] > *v+1e-12 || e[1] < *v-1e-12 || e[0] < 0 || e[1] > 1) {
					t.Fatalf("%v: interval %v of %v", a[i].FigureKey, e[:2], v)
				}
			}
		}
	}
}

// sameValues holds the linearised figures against the figures themselves, which
// are computed elsewhere, and their gradients against Euler's rule.
func sameValues(t *testing.T, total *eval.Tally, figures []eval.Figure) {
	t.Helper()
	for i, m := range total.Layout().Metrics() {
		for _, f := range linearFigures(m, i, total, "") {
			for k, l := range f.ratios {
				want, _ := figures[0].Exact([]string{"precision", "recall", "f1"}[k])
				if (l == nil) != (want == nil) || l != nil && l.value.Cmp(want) != 0 {
					t.Fatalf("%v ratio %d is %v, expected %v", f.key, k, l, want)
				}
				if l == nil {
					continue
				}
				sum := new(big.Rat)
				for class, row := range l.slope {
					for at, v := range row {
						sum.Add(sum, new(big.Rat).Mul(v, total.Exact(i, class)[at]))
					}
				}
				if sum.Sign() != 0 {
					t.Fatalf("%v ratio %d: the gradient times the totals is %v, expected 0", f.key, k, sum)
				}
			}
			figures = figures[1:]
		}
	}
}

// ends are the ends of the three intervals, −1 for none.
func ends(b Bounds) (out []float64) {
	for _, iv := range []*[2]float64{b.Interval.Precision, b.Interval.Recall, b.Interval.F1} {
		if iv == nil {
			iv = &[2]float64{-1, -1}
		}
		out = append(out, iv[:]...)
	}
	return out
}
