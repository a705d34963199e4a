package eval

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"
)

// momentsLayout has a metric of whole counts and one of exact fractions.
func momentsLayout(settings string) *Layout {
	return NewLayout([]*Metric{{Name: "plain", Counters: StandardCounters, Unit: 1}, {Name: "exact", Counters: StandardCounters, Unit: FixedPoint}}, settings)
}

func drawnMoments(l *Layout, rng *rand.Rand, articles int) *Moments {
	m := l.NewMoments()
	for range articles {
		t := l.NewTally()
		for range rng.IntN(4) {
			it := Item{Class: t.Class(string(rune('A' + rng.IntN(3)))), Of: -1}
			t.AddGold(0, it, int64(rng.IntN(2)), 1)
			t.AddPredicted(1, it, int64(rng.IntN(3)), 3)
		}
		m.Add(t)
	}
	return m
}

// TestMomentsReadBack: what shards wrote and a merge read adds up to the bytes
// of the whole, whichever shard comes first.
func TestMomentsReadBack(t *testing.T) {
	l := momentsLayout("s")
	for seed := range uint64(50) {
		rng := rand.New(rand.NewPCG(seed, 1))
		a, b := drawnMoments(l, rng, rng.IntN(5)), drawnMoments(l, rng, rng.IntN(5))
		whole := l.NewMoments()
		for _, part := range []*Moments{a, b} {
			if err := whole.Merge(part); err != nil {
				t.Fatal(err)
			}
		}
		merged := l.NewMoments()
		for _, part := range []*Moments{b, a} {
			data := part.AppendBinary(nil)
			back, err := ReadMoments(l, data)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(back.AppendBinary(nil), data) {
				t.Fatalf("seed %d: read back, and written as other bytes", seed)
			}
			if err := merged.Merge(back); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(whole.AppendBinary(nil), merged.AppendBinary(nil)) {
			t.Fatalf("seed %d: the parts do not add up to the whole", seed)
		}
	}
}

func TestMomentsReaderRefuses(t *testing.T) {
	l := momentsLayout("s")
	data := drawnMoments(l, rand.New(rand.NewPCG(7, 1)), 6).AppendBinary(nil)
	for cut := range data {
		if _, err := ReadMoments(l, data[:cut]); err == nil {
			t.Fatalf("moments cut after %d bytes were read", cut)
		}
	}
	if _, err := ReadMoments(l, append(bytes.Clone(data), 0)); err == nil {
		t.Error("moments with a byte after their end were read")
	}
	for _, other := range []*Layout{momentsLayout("t"), NewLayout(l.metrics[:1], "s"), NewLayout([]*Metric{l.metrics[1], l.metrics[0]}, "s")} {
		if _, err := ReadMoments(other, data); !errors.Is(err, ErrLayout) {
			t.Errorf("read under another layout: %v", err)
		}
	}
}

// FuzzReadMoments: whatever is read is written back the same.
func FuzzReadMoments(f *testing.F) {
	l := momentsLayout("s")
	for seed := range uint64(3) {
		f.Add(drawnMoments(l, rand.New(rand.NewPCG(seed, 2)), 3).AppendBinary(nil))
	}
	f.Add([]byte(momentsMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := ReadMoments(l, data)
		if err == nil && !bytes.Equal(m.AppendBinary(nil), data) {
			t.Fatal("reading and writing changed the bytes")
		}
	})
}
