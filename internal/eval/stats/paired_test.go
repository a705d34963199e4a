package stats

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// TestPairedIntervalMatchesScipy enumerates all resamples, as for one system.
func TestPairedIntervalMatchesScipy(t *testing.T) {
	c := readStatistics(t).Paired
	m := pairedMatrix(t, c.A, c.B)
	rs := m.resampler(m.a.metrics)
	samples := enumerated(rs)
	for i, want := range [][2]float64{c.PrecisionBCa, c.RecallBCa, c.F1BCa} {
		var warnings []string
		got := samples[i].interval("x", Resampling{Level: 0.95, Method: MethodBCa}, &warnings)
		if got == nil || len(warnings) > 0 || math.Abs(got[0]-want[0]) > 1e-6 || math.Abs(got[1]-want[1]) > 1e-6 {
			t.Errorf("ratio %d: %v %v, expected %v", i, got, warnings, want)
		}
	}
	for i, want := range []float64{c.PrecisionSE, c.RecallSE, c.F1SE} {
		if got := JackknifeError(samples[i].jackknife); !got.Defined || math.Abs(got.Value-want) > 1e-12 {
			t.Errorf("ratio %d: standard error %v, expected %v", i, got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	c := readStatistics(t).Paired
	got, err := Compare(t.Context(), pairedMatrix(t, c.A, c.B), DefaultComparing)
	if err != nil {
		t.Fatal(err)
	}
	f1 := got[0].F1
	// A: 25 correct of 41 predicted, 42 gold: F1 50/83. B: 29 of 40 and 42: 58/82.
	if math.Abs(*f1.A-50.0/83) > 1e-15 || math.Abs(*f1.B-58.0/82) > 1e-15 || math.Abs(*f1.Difference-(58.0/82-50.0/83)) > 1e-15 {
		t.Errorf("F1 %v and %v, difference %v", *f1.A, *f1.B, *f1.Difference)
	}
	if math.Abs(*f1.P-c.F1P) > 1e-12 || *f1.StandardError <= 0 || *f1.ArticlesNeeded <= 6 {
		t.Errorf("p %v, standard error %v, articles needed %v", *f1.P, *f1.StandardError, *f1.ArticlesNeeded)
	}
	// What can be found with n articles is found with n articles.
	if need := ArticlesNeeded(6, *f1.StandardError, *f1.MinimalDifference, 0.95, 0.8); need != 6 {
		t.Errorf("%d articles are needed for the minimal difference of 6", need)
	}
}

func TestCompareASystemWithItself(t *testing.T) {
	counts := [][3]int64{{3, 5, 6}, {2, 3, 4}, {1, 1, 5}}
	got, err := Compare(t.Context(), pairedMatrix(t, counts, counts), DefaultComparing)
	if err != nil {
		t.Fatal(err)
	}
	f1 := got[0].F1
	if *f1.Difference != 0 || *f1.P != 1 || f1.Interval[0] != -f1.Interval[1] || f1.Interval[1] <= 0 || f1.Effect != nil {
		t.Errorf("%+v", f1)
	}
	if !strings.Contains(strings.Join(f1.Warnings, "\n"), "same in every article") {
		t.Errorf("warnings %q", f1.Warnings)
	}
}

func TestCompareFewArticlesSaysSo(t *testing.T) {
	a := [][3]int64{{1, 5, 6}, {1, 3, 4}, {1, 4, 5}, {0, 3, 3}, {2, 6, 6}}
	b := [][3]int64{{5, 5, 6}, {3, 3, 4}, {4, 4, 5}, {3, 3, 3}, {6, 6, 6}}
	got, err := Compare(t.Context(), pairedMatrix(t, a, b), DefaultComparing)
	if err != nil {
		t.Fatal(err)
	}
	// Five articles: 2/2⁵ = 0.0625 is the least p there is.
	if f1 := got[0].F1; *f1.P != 0.0625 || !strings.Contains(strings.Join(f1.Warnings, "\n"), "5 articles differ and allow no p below 0.0625") {
		t.Errorf("p %v, warnings %q", *f1.P, f1.Warnings)
	}
}

func TestCompareUndefinedIsNull(t *testing.T) {
	got, err := Compare(t.Context(), pairedMatrix(t, [][3]int64{{0, 0, 3}, {0, 0, 2}}, [][3]int64{{1, 2, 3}, {0, 1, 2}}), DefaultComparing)
	if err != nil {
		t.Fatal(err)
	}
	p := got[0].Precision
	if p.A != nil || p.B == nil || p.Difference != nil || p.P != nil || p.Interval != nil {
		t.Errorf("%+v", p)
	}
	if _, err := json.Marshal(got); err != nil {
		t.Error(err)
	}
}

// TestPower: z(0.975) + z(0.8) = 1.959964 + 0.841621 = 2.801585, as in any
// table; 2.801585² = 7.84888.
func TestPower(t *testing.T) {
	if got := MinimalDifference(0.01, 0.95, 0.8); math.Abs(got-0.02801585) > 1e-8 {
		t.Errorf("minimal difference %v, expected 0.02801585", got)
	}
	for _, c := range []struct {
		n         int
		se, delta float64
		want      int
	}{
		{100, 0.01, 0.028016, 100}, // 100 · (2.801585/2.8016)² = 99.999
		{5, 0.05, 0.05, 40},        // 5 · 7.84888 = 39.2
		{10, 0.02, 0.01, 314},      // 10 · 4 · 7.84888 = 313.96
		{10, 0, 0.01, 6},           // five articles allow no p below 2/32
		{10, 0.02, 0, 0},
	} {
		if got := ArticlesNeeded(c.n, c.se, c.delta, 0.95, 0.8); got != c.want {
			t.Errorf("%d articles, error %g: %d needed for %g, expected %d", c.n, c.se, got, c.delta, c.want)
		}
	}
	want := "5 articles: the interval is wide; 40 would be needed to see a difference of 5 points between unpaired systems"
	if got := SampleSizeWarning(5, 0.05/math.Sqrt2, 5, 0.95, 0.8); got != want {
		t.Errorf("%q, expected %q", got, want)
	}
	if got := SampleSizeWarning(500, 0.001, 5, 0.95, 0.8); got != "" {
		t.Errorf("%q, expected nothing", got)
	}
	// The jackknife error of a mean is s/√n: of 1, 2, 3, 4 it is √(5/3)/2. The
	// means without each are 3, 8/3, 7/3, 2.
	if got := JackknifeError([]float64{3, 8.0 / 3, 7.0 / 3, 2}); math.Abs(got.Value-math.Sqrt(5.0/3)/2) > 1e-15 {
		t.Errorf("jackknife error %v", got)
	}
}
