package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The first numbers of xoshiro256** from the state {1, 2, 3, 4}, as its
// authors' C code prints them (also the reference vector of Rust's
// rand_xoshiro).
func TestRandomIsXoshiro256StarStar(t *testing.T) {
	r := Random{[4]uint64{1, 2, 3, 4}}
	for i, want := range []uint64{
		11520, 0, 1509978240, 1215971899390074240, 1216172134540287360,
		607988272756665600, 16172922978634559625, 8476171486693032832,
		10595114339597558777, 2904607092377533576,
	} {
		if got := r.Uint64(); got != want {
			t.Fatalf("number %d is %d, expected %d", i, got, want)
		}
	}
}

// The first numbers of SplitMix64 from seed 1234567, from its authors' C code.
func TestMixIsSplitMix64(t *testing.T) {
	state := uint64(1234567)
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		state += golden
		if got := mix64(state); got != want {
			t.Fatalf("number %d is %d, expected %d", i, got, want)
		}
	}
}

// The numbers of a stream are part of the contract: results would change with
// them. The expected ones are from a second implementation of the same
// definition, in Python.
func TestStreamsNeverChange(t *testing.T) {
	for _, c := range []struct {
		seed  uint64
		name  string
		index uint64
		want  [2]uint64
	}{
		{1, "bootstrap", 0, [2]uint64{15821759149513769248, 14777265972419793280}},
		{1, "bootstrap", 1, [2]uint64{15055662960124082263, 6553778518136754545}},
		{42, "", 7, [2]uint64{647090786396391257, 8974462210091081192}},
	} {
		r := NewRandom(c.seed, c.name, c.index)
		if got := [2]uint64{r.Uint64(), r.Uint64()}; got != c.want {
			t.Errorf("stream (%d, %q, %d) begins %d, expected %d", c.seed, c.name, c.index, got, c.want)
		}
	}
}

func TestBelowIsUniform(t *testing.T) {
	r := NewRandom(1, "below", 0)
	const draws = 600_000
	for _, n := range []uint64{1, 2, 3, 6, 7} {
		counts := make([]int, n)
		for range draws {
			counts[r.Below(n)]++
		}
		for v, k := range counts {
			want := float64(draws) / float64(n)
			if math.Abs(float64(k)-want) > 5*math.Sqrt(want) {
				t.Errorf("below %d: %d came %d times, expected about %.0f", n, v, k, want)
			}
		}
	}
	if r.Below(0) != 0 {
		t.Error("below 0 is not 0")
	}
	// Close to 2⁶⁴ half of the raw numbers must be rejected.
	for range 1000 {
		if v := r.Below(1<<63 + 1); v > 1<<63 {
			t.Fatalf("%d is not below 2⁶³+1", v)
		}
	}
}

func TestResampleCountsDrawsEveryArticleAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 50).Draw(t, "n")
		r := NewRandom(rapid.Uint64().Draw(t, "seed"), "x", 0)
		counts := make([]uint32, n)
		r.resampleCounts(counts)
		sum := 0
		for _, c := range counts {
			sum += int(c)
		}
		if sum != n {
			t.Fatalf("%d draws of %d", sum, n)
		}
	})
	const n, replicates = 7, 100_000
	total, counts := make([]int, n), make([]uint32, n)
	for i := range replicates {
		r := NewRandom(3, "bootstrap", uint64(i))
		r.resampleCounts(counts)
		for j, c := range counts {
			total[j] += int(c)
		}
	}
	for j, k := range total {
		// Each total is binomial over 700,000 draws with mean 100,000.
		if math.Abs(float64(k)-replicates) > 5*math.Sqrt(replicates*6.0/7) {
			t.Errorf("article %d was drawn %d times, expected about %d", j, k, replicates)
		}
	}
}
