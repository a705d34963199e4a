package stats

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
)

// statisticsCases are expected numbers made with other software; see the
// "about" field of the file.
type statisticsCases struct {
	Enumerated []intervalCase `json:"enumerated"`
	Sampled    intervalCase   `json:"sampled"`
	Paired     struct {
		A, B         [][3]int64
		PrecisionP   float64    `json:"precision_p"`
		RecallP      float64    `json:"recall_p"`
		F1P          float64    `json:"f1_p"`
		PrecisionBCa [2]float64 `json:"precision_bca"`
		RecallBCa    [2]float64 `json:"recall_bca"`
		F1BCa        [2]float64 `json:"f1_bca"`
		PrecisionSE  float64    `json:"precision_se"`
		RecallSE     float64    `json:"recall_se"`
		F1SE         float64    `json:"f1_se"`
	} `json:"paired"`
	Adjusted []struct{ P, Holm, BH []float64 } `json:"adjusted"`
}

type intervalCase struct {
	Name         string
	Level        float64
	Counts       [][3]int64 // correct, predicted, gold by article
	PrecisionBCa [2]float64 `json:"precision_bca"`
	RecallBCa    [2]float64 `json:"recall_bca"`
	F1BCa        [2]float64 `json:"f1_bca"`
	PrecisionPct [2]float64 `json:"precision_percentile"`
	RecallPct    [2]float64 `json:"recall_percentile"`
	F1Pct        [2]float64 `json:"f1_percentile"`
}

func readStatistics(t *testing.T) *statisticsCases {
	t.Helper()
	data, err := os.ReadFile("testdata/statistics/scipy.json")
	if err != nil {
		t.Fatal(err)
	}
	c := &statisticsCases{}
	if err := json.Unmarshal(data, c); err != nil {
		t.Fatal(err)
	}
	return c
}

// randomArticles makes articles with counts of every metric, overall and in
// three classes of which some are rare.
func randomArticles(l *eval.Layout, n int, seed uint64) []eval.ArticleCounts {
	r := NewRandom(seed, "articles", 0)
	out := make([]eval.ArticleCounts, n)
	for i := range out {
		out[i] = eval.ArticleCounts{DocID: fmt.Sprintf("d%06d", i), Tally: l.NewTally()}
		for m := range l.Metrics() {
			for j, class := range []string{"ORG", "PER", "RARE"} {
				if class == "RARE" && r.Below(10) > 0 {
					continue
				}
				gold, pred := int64(r.Below(30)), int64(r.Below(uint64(20+10*j)))
				correct := int64(r.Below(uint64(min(gold, pred) + 1)))
				out[i].Tally.Add(m, eval.Overall, correct, pred, correct, gold)
				out[i].Tally.Add(m, out[i].Tally.Class(class), correct, pred, correct, gold)
			}
		}
	}
	return out
}

// TestIntervalsMatchScipyOnAllResamples enumerates all nⁿ resamples, so that
// the expected intervals hold exactly.
func TestIntervalsMatchScipyOnAllResamples(t *testing.T) {
	for _, c := range readStatistics(t).Enumerated {
		l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
		m := NewCountMatrix(l, evaltest.CountedArticles(l, c.Counts))
		stats, score := scoreBlock(m.metrics)
		values, width := m.block(m.metrics)
		samples := enumerated(&resampler{values, len(c.Counts), width, stats, score})
		for i, want := range []struct{ bca, pct [2]float64 }{{c.PrecisionBCa, c.PrecisionPct}, {c.RecallBCa, c.RecallPct}, {c.F1BCa, c.F1Pct}} {
			for method, want := range map[string][2]float64{MethodBCa: want.bca, MethodPercentile: want.pct} {
				var warnings []string
				got := samples[i].interval("x", Resampling{Level: c.Level, Method: method}, &warnings)
				if got == nil || len(warnings) > 0 || math.Abs(got[0]-want[0]) > 1e-12 || math.Abs(got[1]-want[1]) > 1e-12 {
					t.Errorf("%s, ratio %d, %s at %g: %v %v, expected %v", c.Name, i, method, c.Level, got, warnings, want)
				}
			}
		}
	}
}

// enumerated fills the samples with every one of the nⁿ resamples.
func enumerated(rs *resampler) []sample {
	out := make([]sample, rs.stats)
	jackknife := rs.jackknife(columnSums(rs.values, rs.width))
	estimate := make([]float64, rs.stats)
	rs.score(columnSums(rs.values, rs.width), estimate)
	pick := make([]int, rs.rows)
	for {
		sums, scores := make([]int64, rs.width), make([]float64, rs.stats)
		for _, r := range pick {
			for c := range sums {
				sums[c] += rs.values[r*rs.width+c]
			}
		}
		rs.score(sums, scores)
		for i := range out {
			out[i].replicates = append(out[i].replicates, scores[i])
		}
		at := 0
		for at < len(pick) && pick[at] == rs.rows-1 {
			pick[at] = 0
			at++
		}
		if at == len(pick) {
			break
		}
		pick[at]++
	}
	for i := range out {
		out[i].estimate, out[i].jackknife = estimate[i], jackknife[i]
	}
	return out
}

// TestBootstrapMatchesScipy compares sampled intervals; both have sampling
// error, of about a hundredth of the interval's width here.
func TestBootstrapMatchesScipy(t *testing.T) {
	c := readStatistics(t).Sampled
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	got, err := Bootstrap(t.Context(), NewCountMatrix(l, evaltest.CountedArticles(l, c.Counts)), Resampling{Seed: 1, Resamples: 50_000, Level: c.Level, Method: MethodBCa})
	if err != nil {
		t.Fatal(err)
	}
	iv := got[0].Interval
	for i, pair := range []struct {
		got  *[2]float64
		want [2]float64
	}{{iv.Precision, c.PrecisionBCa}, {iv.Recall, c.RecallBCa}, {iv.F1, c.F1BCa}} {
		tolerance := (pair.want[1] - pair.want[0]) / 40
		if math.Abs(pair.got[0]-pair.want[0]) > tolerance || math.Abs(pair.got[1]-pair.want[1]) > tolerance {
			t.Errorf("ratio %d: %v, expected %v", i, *pair.got, pair.want)
		}
	}
}

func TestBootstrapDoesNotDependOnProcessorsOrNeighbours(t *testing.T) {
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("a"), evaltest.PlainMetric("b"), evaltest.PlainMetric("c")}, "")
	articles := randomArticles(l, 60, 5)
	set := Resampling{Seed: 9, Resamples: 500, Level: 0.95, Method: MethodBCa}
	run := func(m *CountMatrix) []Bounds {
		b, err := Bootstrap(t.Context(), m, set)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	whole := run(NewCountMatrix(l, articles))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, n := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(n)
		if got := run(NewCountMatrix(l, articles)); !reflect.DeepEqual(got, whole) {
			t.Fatalf("%d processors give other intervals", n)
		}
	}
	one := eval.NewLayout([]*eval.Metric{l.Metrics()[1]}, "")
	alone := make([]eval.ArticleCounts, len(articles))
	for i, a := range articles {
		alone[i] = eval.ArticleCounts{DocID: a.DocID, Tally: one.NewTally()}
		for _, class := range a.Tally.Classes() {
			v := a.Tally.Get(1, class)
			alone[i].Tally.Add(0, alone[i].Tally.Class(class), v[0], v[1], v[2], v[3])
		}
	}
	got := run(NewCountMatrix(one, alone))
	if from := len(got); !reflect.DeepEqual(got, whole[from:2*from]) {
		t.Fatal("a metric alone has other intervals than beside others")
	}
}

// TestMatrixHasTheFiguresOfTheResult: same keys, the same exact values, means
// included, and estimates of the resampler that are theirs but for rounding.
func TestMatrixHasTheFiguresOfTheResult(t *testing.T) {
	for _, leaveOut := range []bool{false, true} {
		l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("a"), evaltest.PlainMetric("b")}, "")
		if leaveOut {
			l.LeaveOutUndefined()
		}
		articles := randomArticles(l, 20, 3)
		articles[0].Tally.Add(0, articles[0].Tally.Class("missed"), 0, 0, 0, 4)
		articles[1].Tally.Add(0, articles[1].Tally.Class("spurious"), 0, 3, 0, 0)
		matrixHasTheFigures(t, l, articles)
	}
}

func matrixHasTheFigures(t *testing.T, l *eval.Layout, articles []eval.ArticleCounts) {
	t.Helper()
	m := NewCountMatrix(l, articles)
	figures := eval.Figures(eval.Sum(l, articles), nil)
	if len(figures) != len(m.Keys()) {
		t.Fatalf("%d figures, the matrix has %d", len(figures), len(m.Keys()))
	}
	stats, score := scoreBlock(m.metrics)
	got := make([]float64, stats)
	score(columnSums(m.block(m.metrics)), got)
	exact := m.exactRatios()
	for i, f := range figures {
		if k := m.Keys()[i]; k != (eval.FigureKey{Name: f.Name, Class: f.Class, Average: f.Average}) {
			t.Errorf("figure %d is %v, expected %s %s %s", i, k, f.Name, f.Class, f.Average)
		}
		for j, v := range []*float64{f.Precision, f.Recall, f.F1} {
			if v == nil != math.IsNaN(got[3*i+j]) || v != nil && math.Abs(*v-got[3*i+j]) > 1e-14 {
				t.Errorf("figure %d, ratio %d is %v, expected %v", i, j, got[3*i+j], v)
			}
			if r := float(exact[i][j]); v == nil != (r == nil) || v != nil && *v != *r {
				t.Errorf("figure %d, ratio %d is exactly %v, expected %v", i, j, exact[i][j], v)
			}
		}
	}
}

func TestBootstrapDegenerateCases(t *testing.T) {
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	for _, c := range []struct {
		name    string
		counts  [][3]int64
		f1      *[2]float64 // nil for none
		warning string      // part of a warning about f1; "" for none
	}{
		{"no article", nil, nil, ""},
		{"nothing to count", [][3]int64{{0, 0, 0}, {0, 0, 0}}, nil, ""},
		{"one article", [][3]int64{{3, 5, 6}}, nil, "one article"},
		{"counts in one of many articles", [][3]int64{{3, 5, 6}, {}, {}, {}}, nil, "a single article decides"},
		{"all right", [][3]int64{{3, 3, 3}, {5, 5, 5}, {2, 2, 2}}, &[2]float64{1, 1}, "same value"},
		{"all wrong", [][3]int64{{0, 3, 3}, {0, 5, 5}, {0, 2, 2}}, &[2]float64{0, 0}, "same value"},
		{"counts in few of many articles", append(make([][3]int64, 100), [3]int64{3, 3, 6}, [3]int64{4, 6, 6}), &[2]float64{0.5, 2.0 / 3}, "which are left out"},
	} {
		for _, method := range []string{MethodBCa, MethodPercentile} {
			got, err := Bootstrap(t.Context(), NewCountMatrix(l, evaltest.CountedArticles(l, c.counts)), Resampling{Seed: 2, Resamples: 1000, Level: 0.9, Method: method})
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			f1 := got[0].Interval.F1
			if (f1 == nil) != (c.f1 == nil) || f1 != nil && (f1[0] < c.f1[0]-1e-12 || f1[1] > c.f1[1]+1e-12) {
				t.Errorf("%s, %s: interval %v, expected inside %v", c.name, method, f1, c.f1)
			}
			about := slices.ContainsFunc(got[0].Warnings, func(w string) bool {
				return strings.HasPrefix(w, "f1: ") && strings.Contains(w, c.warning)
			})
			if c.warning != "" && !about || c.warning == "" && len(got[0].Warnings) > 0 {
				t.Errorf("%s, %s: warnings %q, expected %q", c.name, method, got[0].Warnings, c.warning)
			}
			if data, err := json.Marshal(got); err != nil {
				t.Errorf("%s: %v", c.name, err)
			} else if strings.Contains(string(data), "NaN") {
				t.Errorf("%s: %s", c.name, data)
			}
		}
	}
}

func TestBCaFallsBackWhereItDoesNotExist(t *testing.T) {
	s := sample{estimate: 1, replicates: []float64{0.1, 0.2, 0.3}, jackknife: []float64{0.5, 0.6, 1}}
	var warnings []string
	got := s.interval("recall", Resampling{Level: 0.5, Method: MethodBCa}, &warnings)
	if got == nil || math.Abs(got[0]-0.15) > 1e-15 || math.Abs(got[1]-0.25) > 1e-15 || len(warnings) != 1 || !strings.Contains(warnings[0], "percentile interval instead") {
		t.Errorf("%v %q, expected [0.15 0.25] and a warning", got, warnings)
	}
}

func TestResamplingSettingsAreChecked(t *testing.T) {
	for _, s := range []Resampling{
		{Resamples: 10, Level: 0.95, Method: MethodBCa},
		{Resamples: 1000, Level: 1, Method: MethodBCa},
		{Resamples: 1000, Level: math.NaN(), Method: MethodBCa},
		{Resamples: 1000, Level: 0.95, Method: "basic"},
	} {
		if _, err := Bootstrap(t.Context(), &CountMatrix{}, s); err == nil {
			t.Errorf("%+v was accepted", s)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	if _, err := Bootstrap(ctx, NewCountMatrix(l, randomArticles(l, 5, 1)), DefaultResampling); err != context.Canceled {
		t.Errorf("a cancelled bootstrap returned %v", err)
	}
}

// BenchmarkBootstrap is 10,000 resamples of 1,000 articles with 60 counters in
// 15 figures, BCa intervals included.
func BenchmarkBootstrap(b *testing.B) {
	var metrics []*eval.Metric
	for i := range 15 {
		metrics = append(metrics, evaltest.PlainMetric(fmt.Sprintf("m%d", i)))
	}
	l := eval.NewLayout(metrics, "")
	r := NewRandom(1, "bench", 0)
	articles := make([]eval.ArticleCounts, 1000)
	for i := range articles {
		articles[i] = eval.ArticleCounts{DocID: fmt.Sprintf("d%06d", i), Tally: l.NewTally()}
		for m := range metrics {
			gold, pred := int64(r.Below(120)), int64(r.Below(120))
			correct := int64(r.Below(uint64(min(gold, pred) + 1)))
			articles[i].Tally.Add(m, eval.Overall, correct, pred, correct, gold)
		}
	}
	m := NewCountMatrix(l, articles)
	for b.Loop() {
		if _, err := Bootstrap(b.Context(), m, DefaultResampling); err != nil {
			b.Fatal(err)
		}
	}
}
