package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func closeAll(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 1e-12 })
}

// The second list is that of Benjamini and Hochberg 1995, table 1; the
// expected numbers are statsmodels'.
func TestAdjustedPValues(t *testing.T) {
	for _, c := range readStatistics(t).Adjusted {
		if got := Holm(c.P); !closeAll(got, c.Holm) {
			t.Errorf("Holm of %v is %v, expected %v", c.P, got, c.Holm)
		}
		if got := BenjaminiHochberg(c.P); !closeAll(got, c.BH) {
			t.Errorf("Benjamini–Hochberg of %v is %v, expected %v", c.P, got, c.BH)
		}
	}
	if len(Holm(nil)) != 0 || len(BenjaminiHochberg(nil)) != 0 {
		t.Error("no p-values give some")
	}
}

func TestAdjustmentLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 8).Draw(t, "p")
		for _, adjust := range []func([]float64) []float64{Holm, BenjaminiHochberg} {
			got := adjust(p)
			for i := range p {
				if got[i] < p[i]-1e-15 || got[i] > 1 {
					t.Fatalf("%v became %v", p[i], got[i])
				}
				for j := range p {
					if p[i] < p[j] && got[i] > got[j] {
						t.Fatalf("the order of %v and %v is lost: %v", p[i], p[j], got)
					}
				}
			}
			reversed := slices.Clone(p)
			slices.Reverse(reversed)
			back := adjust(reversed)
			slices.Reverse(back)
			if !closeAll(got, back) {
				t.Fatalf("the order of the input matters: %v, %v", got, back)
			}
		}
		holm, bh := Holm(p), BenjaminiHochberg(p)
		for i := range p {
			if bh[i] > holm[i]+1e-15 {
				t.Fatalf("Benjamini–Hochberg %v is above Holm %v", bh[i], holm[i])
			}
		}
	})
}

func TestAdjustedTestsSkipUndefined(t *testing.T) {
	p := []float64{0.01, 0.04}
	tests := []*RatioDifference{{Test: Test{P: &p[0]}}, {}, {Test: Test{P: &p[1]}}}
	AdjustedTests(tests)
	if *tests[0].PHolm != 0.02 || tests[1].PHolm != nil || *tests[2].PBenjaminiHochberg != 0.04 {
		t.Errorf("%v %v %v", *tests[0].PHolm, tests[1].PHolm, *tests[2].PBenjaminiHochberg)
	}
}
