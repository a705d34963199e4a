package stats

import (
	"math"
	"reflect"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
)

func pairedMatrix(t interface{ Fatal(...any) }, a, b [][3]int64) *PairedMatrix {
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	m, err := NewPairedMatrix(l, evaltest.CountedArticles(l, a), evaltest.CountedArticles(l, b))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPermutationMatchesScipy(t *testing.T) {
	c := readStatistics(t).Paired
	got, err := Permute(t.Context(), pairedMatrix(t, c.A, c.B), DefaultPermuting)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{c.PrecisionP, c.RecallP, c.F1P} {
		x := got[0][i]
		if x.Method != "exact" || x.Articles != 6 || x.Smallest != 2.0/64 || math.Abs(*x.P-want) > 1e-12 {
			t.Errorf("ratio %d: p %v by %s over %d articles, expected %v", i, *x.P, x.Method, x.Articles, want)
		}
	}
	// The sampled test estimates the same p: 20,000 samples have a standard
	// error below 0.0035.
	sampled, err := Permute(t.Context(), pairedMatrix(t, c.A, c.B), Permuting{Seed: 1, Samples: 20_000})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{c.PrecisionP, c.RecallP, c.F1P} {
		if x := sampled[0][i]; x.Method != "sampled" || math.Abs(*x.P-want) > 0.014 {
			t.Errorf("ratio %d: p %v by %s, expected about %v", i, *x.P, x.Method, want)
		}
	}
}

// TestExactPermutationIsTheDefinition holds the enumeration against a plain
// loop over all 2ⁿ swaps.
func TestExactPermutationIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "articles")
		draw := func() [][3]int64 {
			out := make([][3]int64, n)
			for i := range out {
				pred, gold := rapid.Int64Range(0, 4).Draw(t, "predicted"), rapid.Int64Range(0, 4).Draw(t, "gold")
				out[i] = [3]int64{rapid.Int64Range(0, min(pred, gold)).Draw(t, "correct"), pred, gold}
			}
			return out
		}
		a, b := draw(), draw()
		f1 := func(swaps int, second bool) eval.Ratio {
			var c [4]int64
			for i := range a {
				x := a[i]
				if (swaps>>i&1 == 1) != second {
					x = b[i]
				}
				c[0], c[1], c[2], c[3] = c[0]+x[0], c[1]+x[1], c[2]+x[0], c[3]+x[2]
			}
			return eval.PRF(c[:]).F1
		}
		observed, hits := f1(0, false).Value-f1(0, true).Value, 0
		for swaps := range 1 << n {
			x, y := f1(swaps, false), f1(swaps, true)
			if !x.Defined || !y.Defined || math.Abs(x.Value-y.Value) >= math.Abs(observed)-1e-12 {
				hits++
			}
		}
		got, err := Permute(t.Context(), pairedMatrix(t, a, b), DefaultPermuting)
		if err != nil {
			t.Fatal(err)
		}
		if !f1(0, false).Defined || !f1(0, true).Defined {
			if got[0][2].P != nil {
				t.Fatalf("p is %v where F1 is undefined", *got[0][2].P)
			}
			return
		}
		want := float64(hits) / float64(int(1)<<n)
		if math.Abs(*got[0][2].P-want) > 1e-12 {
			t.Fatalf("p is %v, expected %v", *got[0][2].P, want)
		}
	})
}

func TestPermutationDoesNotDependOnProcessors(t *testing.T) {
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("a"), evaltest.PlainMetric("b")}, "")
	m, err := NewPairedMatrix(l, randomArticles(l, 40, 1), randomArticles(l, 40, 2))
	if err != nil {
		t.Fatal(err)
	}
	set := Permuting{Seed: 3, Samples: 300, MaxExact: 64}
	want, err := Permute(t.Context(), m, set)
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, n := range []int{1, 3} {
		runtime.GOMAXPROCS(n)
		if got, _ := Permute(t.Context(), m, set); !reflect.DeepEqual(got, want) {
			t.Fatalf("%d processors give other p-values", n)
		}
	}
	methods := map[string]int{}
	for i := range want {
		methods[want[i][2].Method]++
	}
	if methods["sampled"] == 0 {
		t.Errorf("no test was sampled: %v", methods)
	}
}

// TestPermutationHoldsItsLevel: of two systems that do not differ, about five
// in a hundred tests give p ≤ 0.05, and never clearly more.
func TestPermutationHoldsItsLevel(t *testing.T) {
	const tests = 400
	below := 0
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	for i := range uint64(tests) {
		m, err := NewPairedMatrix(l, randomArticles(l, 12, 2*i), randomArticles(l, 12, 2*i+1))
		if err != nil {
			t.Fatal(err)
		}
		got, err := Permute(t.Context(), m, Permuting{Seed: i, Samples: 199})
		if err != nil {
			t.Fatal(err)
		}
		if *got[0][2].P <= 0.05 {
			below++
		}
	}
	// Binomial(400, 0.05): mean 20, standard deviation 4.4.
	if below > 20+4*5 || below < 20-4*5+1 {
		t.Errorf("%d of %d tests are significant at 0.05, expected about 20", below, tests)
	}
}

func TestPairingRefusesOtherArticles(t *testing.T) {
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	a := evaltest.CountedArticles(l, [][3]int64{{1, 1, 1}, {1, 1, 1}})
	b := evaltest.CountedArticles(l, [][3]int64{{1, 1, 1}, {1, 1, 1}})
	b[1].DocID = "other"
	if _, err := NewPairedMatrix(l, a, b); err == nil {
		t.Error("articles of different ids were paired")
	}
	if _, err := NewPairedMatrix(l, a, b[:1]); err == nil {
		t.Error("two and one article were paired")
	}
	other := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("n")}, "")
	if _, err := NewPairedMatrix(l, a, evaltest.CountedArticles(other, [][3]int64{{}, {}})); err == nil {
		t.Error("different metrics were paired")
	}
}
