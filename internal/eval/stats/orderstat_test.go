package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestOrderStatisticIsThatOfTheSortedSample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0.1, 0.25, 0.5, 0.5, 0.75, 1}), 1, 40).Draw(t, "values")
		sorted := slices.Sorted(slices.Values(values))
		k := rapid.IntRange(0, len(values)-1).Draw(t, "k")
		if got := orderStatistic(values, k); got != sorted[k] {
			t.Fatalf("number %d of %v is %v", k, sorted, got)
		}
		if !slices.Equal(slices.Sorted(slices.Values(values)), sorted) {
			t.Fatalf("the values changed: %v", values)
		}
		for i := range k {
			if values[i] > values[k] {
				t.Fatalf("%v before %v", values[i], values[k])
			}
		}
		for _, v := range values[k:] {
			if v < values[k] {
				t.Fatalf("%v behind %v", v, values[k])
			}
		}
	})
}

// Quantiles of 10, 20, 40, 80 by type 7, as R's quantile() defines it: position
// 3p from 0.
func TestQuantile(t *testing.T) {
	for _, c := range []struct{ p, want float64 }{{0, 10}, {0.25, 17.5}, {0.5, 30}, {0.9, 68}, {1, 80}} {
		if got := quantile([]float64{80, 10, 40, 20}, c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("the %g-quantile is %v, expected %v", c.p, got, c.want)
		}
	}
	if got := quantile([]float64{7}, 0.3); got != 7 {
		t.Errorf("the quantile of one value 7 is %v", got)
	}
}
