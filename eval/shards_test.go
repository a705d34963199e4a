package eval

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestShardsGiveTheSameBytes scores the same articles in 1, 2, 7 and 32
// shards, merged in any order, and compares the canonical bytes.
func TestShardsGiveTheSameBytes(t *testing.T) {
	layout := NewLayout(perArticle(), "shards")
	pairs := spanWorkload(64, 10)
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var want []byte
		for _, shards := range []int{1, 2, 7, 32} {
			rng.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
			parts := make([]*Tally, shards)
			for i := range parts {
				parts[i] = layout.NewTally()
			}
			var countings []Counting
			for _, f := range families {
				if f.New != nil {
					countings = append(countings, f.New(lawSettings()))
				}
			}
			for i, p := range pairs {
				for _, c := range countings {
					c.Count(p, parts[i%shards])
				}
			}
			rng.Shuffle(shards, func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
			total := layout.NewTally()
			for _, part := range parts {
				if err := total.Merge(part); err != nil {
					t.Fatal(err)
				}
			}
			got, err := total.AppendBinary(nil)
			if err != nil {
				t.Fatal(err)
			}
			if want == nil {
				want = got
			} else if !bytes.Equal(got, want) {
				t.Fatalf("seed %d: %d shards give other bytes than one", seed, shards)
			}
		}
	}
}

func TestMergeRefusesOtherSettings(t *testing.T) {
	a, b := NewLayout(Metrics(), "seed 1").NewTally(), NewLayout(Metrics(), "seed 2").NewTally()
	if err := a.Merge(b); err == nil {
		t.Error("tallies of different settings were merged")
	}
	data, err := b.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadTally(a.Layout(), data); err == nil {
		t.Error("a tally of other settings was read")
	}
	for cut := range data {
		if _, err := ReadTally(b.Layout(), data[:cut]); err == nil {
			t.Fatalf("a tally cut after %d bytes was read", cut)
		}
	}
}
