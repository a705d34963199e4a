package stats

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
)

func TestPoissonThresholds(t *testing.T) {
	// P(X ≤ k) = e⁻¹ Σ 1/j!, in floating point: 53 of the 64 bits.
	sum, factorial := 0.0, 1.0
	for k, v := range poissonBelow {
		if k > 0 {
			factorial *= float64(k)
		}
		sum += math.Exp(-1) / factorial
		if got := math.Ldexp(float64(v), -64); math.Abs(got-sum) > 1e-15 {
			t.Errorf("P(X ≤ %d) is %v, expected %v", k, got, sum)
		}
	}
}

func TestPoissonWeightsAreDistributedAsPoisson(t *testing.T) {
	const articles, replicates = 2000, 500
	counts := make([]int, 12)
	var lag float64 // Σ (w−1)(w'−1) of neighbouring replicates: 0 when independent
	for a := range articles {
		id, last := fmt.Sprintf("doc%d", a), 1
		for r := range replicates {
			w := PoissonWeight(7, id, r)
			counts[min(w, len(counts)-1)]++
			lag += float64((w - 1) * (last - 1))
			last = w
		}
	}
	const n = articles * replicates
	chi, p := 0.0, math.Exp(-1)
	for k := range 9 {
		want := n * p
		chi += (float64(counts[k]) - want) * (float64(counts[k]) - want) / want
		p /= float64(k + 1)
	}
	// The 0.999 quantile of χ² with 8 degrees of freedom is 26.1.
	if chi > 26.1 {
		t.Errorf("χ² is %.1f, expected below 26.1; counts %v", chi, counts)
	}
	if math.Abs(lag) > 4*math.Sqrt(n) {
		t.Errorf("neighbouring replicates are correlated: Σ is %.0f, expected below %.0f", lag, 4*math.Sqrt(n))
	}
}

func TestPoissonSumsDoNotDependOnShards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 5).Draw(t, "width")
		rows := map[string][]int64{}
		var ids []string
		for i := range rapid.IntRange(1, 10).Draw(t, "articles") {
			id := fmt.Sprintf("doc%d", i)
			rows[id] = rapid.SliceOfN(rapid.Int64Range(0, 50), width, width).Draw(t, "row")
			ids = append(ids, id)
		}
		const replicates = 20
		seed := rapid.Uint64().Draw(t, "seed")
		sum := func(ids []string) *PoissonSums {
			p := NewPoissonSums(seed, replicates, width)
			for _, id := range ids {
				p.Add(id, rows[id])
			}
			return p
		}
		whole, _ := sum(ids).AppendBinary(nil)
		order := rapid.Permutation(ids).Draw(t, "order")
		cut := rapid.IntRange(0, len(ids)).Draw(t, "cut")
		part, _ := sum(order[:cut]).AppendBinary(nil)
		read, err := ReadPoissonSums(part)
		if err != nil {
			t.Fatal(err)
		}
		merged := sum(order[cut:])
		if err := merged.Merge(read); err != nil {
			t.Fatal(err)
		}
		if got, _ := merged.AppendBinary(nil); !bytes.Equal(got, whole) {
			t.Fatal("the sums of the shards differ from the sums of the whole")
		}
		// Against the definition.
		for r := range replicates {
			want := make([]int64, width)
			for _, id := range ids {
				for c, v := range rows[id] {
					want[c] += int64(PoissonWeight(seed, id, r)) * v
				}
			}
			if !slices.Equal(want, merged.Replicate(r)) {
				t.Fatalf("replicate %d is %v, expected %v", r, merged.Replicate(r), want)
			}
		}
	})
}

func TestPoissonSumsOfDifferentShapesDoNotMerge(t *testing.T) {
	p := NewPoissonSums(1, 10, 4)
	for _, q := range []*PoissonSums{NewPoissonSums(2, 10, 4), NewPoissonSums(1, 11, 4), NewPoissonSums(1, 10, 5)} {
		if err := p.Merge(q); err != ErrPoisson {
			t.Errorf("merging %d, %d × %d: %v", q.seed, q.replicates, q.width, err)
		}
	}
}

// TestPoissonIntervalIsCloseToTheBootstrap: over many articles the Poisson and
// the multinomial bootstrap estimate the same distribution (Chamandy et al.
// 2012).
func TestPoissonIntervalIsCloseToTheBootstrap(t *testing.T) {
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	articles := randomArticles(l, 300, 11)
	b, err := Bootstrap(t.Context(), NewCountMatrix(l, articles), Resampling{Seed: 1, Resamples: 4000, Level: 0.9, Method: MethodPercentile})
	if err != nil {
		t.Fatal(err)
	}
	p := NewPoissonSums(1, 4000, 4)
	for _, a := range articles {
		p.Add(a.DocID, a.Tally.Get(0, ""))
	}
	got, want := p.Interval(evaltest.PlainMetric("m"), 0, 0.9).Interval.F1, b[0].Interval.F1
	width := want[1] - want[0]
	if math.Abs(got[0]-want[0]) > width/10 || math.Abs(got[1]-want[1]) > width/10 {
		t.Errorf("poisson %v, multinomial %v", *got, *want)
	}
}

func FuzzReadPoissonSums(f *testing.F) {
	p := NewPoissonSums(3, 2, 3)
	p.Add("a", []int64{1, -2, 3})
	seed, _ := p.AppendBinary(nil)
	f.Add(seed)
	f.Add([]byte(poissonMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ReadPoissonSums(data)
		if err != nil {
			return
		}
		b, _ := p.AppendBinary(nil)
		q, err := ReadPoissonSums(b)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if c, _ := q.AppendBinary(nil); !bytes.Equal(b, c) {
			t.Fatal("reading and writing changed the bytes")
		}
	})
}
