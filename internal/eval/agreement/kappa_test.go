package agreement

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
)

func TestKappa(t *testing.T) {
	for _, c := range []struct {
		name               string
		table              [][]int64 // first coder × second coder
		kappa, po, pe      float64
		defined, hasCounts bool
	}{
		// Cohen 1960, table 1 as frequencies of 200: κ = (.70 − .41)/(1 − .41) = .492.
		{"Cohen 1960", [][]int64{{88, 10, 2}, {14, 40, 6}, {18, 10, 12}}, 0.29 / 0.59, 0.70, 0.41, true, true},
		// 50 proposals, yes/no: p_o = 35/50, p_e = .5·.6 + .5·.4 = .5.
		{"two by two", [][]int64{{20, 5}, {10, 15}}, 0.4, 0.7, 0.5, true, true},
		{"perfect", [][]int64{{3, 0}, {0, 4}}, 1, 1, 25.0 / 49, true, true},
		{"always apart", [][]int64{{0, 5}, {5, 0}}, -1, 0, 0.5, true, true},
		{"one label only", [][]int64{{7, 0}, {0, 0}}, 0, 1, 1, false, true},
		{"nothing", [][]int64{{0, 0}, {0, 0}}, 0, 0, 0, false, false},
	} {
		var m analysis.Confusion
		for i, row := range c.table {
			for j, n := range row {
				if n > 0 {
					m.Add(string(rune('a'+i)), string(rune('a'+j)), n)
				}
			}
		}
		k := kappaOf(&m)
		if (k.Kappa != nil) != c.defined || (k.Observed != nil) != c.hasCounts {
			t.Errorf("%s: %+v", c.name, k)
			continue
		}
		if c.defined && math.Abs(*k.Kappa-c.kappa) > 1e-12 {
			t.Errorf("%s: kappa %v, expected %v", c.name, *k.Kappa, c.kappa)
		}
		if c.hasCounts && (math.Abs(*k.Observed-c.po) > 1e-12 || math.Abs(*k.Expected-c.pe) > 1e-12) {
			t.Errorf("%s: observed %v, expected agreement %v; want %v, %v", c.name, *k.Observed, *k.Expected, c.po, c.pe)
		}
	}
}

func TestKappaLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m, swapped, x, y analysis.Confusion
		for range rapid.IntRange(1, 20).Draw(t, "items") {
			a, b := rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "a"), rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "b")
			m.Add(a, b, 1)
			swapped.Add(b, a, 1)
			if rapid.Bool().Draw(t, "part") {
				x.Add(a, b, 1)
			} else {
				y.Add(a, b, 1)
			}
		}
		x.Merge(&y)
		k := kappaOf(&m)
		for name, other := range map[string]*analysis.Confusion{"the coders' order": &swapped, "how items are grouped": &x} {
			o := kappaOf(other)
			if (k.Kappa == nil) != (o.Kappa == nil) || k.Kappa != nil && *k.Kappa != *o.Kappa {
				t.Fatalf("%s matters: %+v, %+v", name, k, o)
			}
		}
		if k.Kappa != nil && (*k.Kappa > 1 || *k.Kappa < -1) {
			t.Fatalf("kappa %v", *k.Kappa)
		}
	})
}

// TestConfusionAlpha: the same table by the general coefficient.
func TestConfusionAlpha(t *testing.T) {
	var m analysis.Confusion
	ratings := [][]float64{{}, {}}
	for i, row := range [][]int64{{5, 2, 0}, {1, 3, 1}, {0, 0, 4}} {
		for j, n := range row {
			m.Add(string(rune('a'+i)), string(rune('a'+j)), n)
			for range n {
				ratings[0], ratings[1] = append(ratings[0], float64(i)), append(ratings[1], float64(j))
			}
		}
	}
	got, err := nominalAlpha(&m)
	want, _ := alphaOf(ratings, Nominal)
	if err != nil || math.Abs(got-want) > 1e-15 {
		t.Errorf("%v, %v, expected %v", got, err, want)
	}
}
