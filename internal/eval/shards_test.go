package eval_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestShardsGiveTheSameBytes scores the same articles in 1, 2, 7 and 32
// shards, merged in any order, and compares the canonical bytes.
func TestShardsGiveTheSameBytes(t *testing.T) {
	layout := eval.NewLayout(perArticle(), "shards")
	pairs := evaltest.SpanWorkload(64, 10)
	for _, p := range pairs {
		addEvents(p.Gold)
		addEvents(p.Pred)
	}
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var want []byte
		for _, shards := range []int{1, 2, 7, 32} {
			rng.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
			parts := make([]*eval.Tally, shards)
			for i := range parts {
				parts[i] = layout.NewTally()
			}
			var countings []eval.Counting
			for _, f := range eval.Families() {
				if f.New != nil {
					countings = append(countings, f.New(evaltest.LawSettings()))
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

// addEvents gives every mention an id and an actor, and makes every third one
// the ACTOR of an event whose trigger is the mention after it.
func addEvents(a *schema.Annotation) {
	for i := range a.Mentions {
		m := &a.Mentions[i]
		m.ID, m.ActorID, m.Head = fmt.Sprintf("m%d", i), fmt.Sprintf("a%d", m.Span.Start%4), m.Span
		if i%3 == 2 {
			before := &a.Mentions[i-1]
			a.Events = append(a.Events, schema.Event{
				ID: fmt.Sprintf("e%d", i), Span: m.Span, Realis: "actual", HopperID: fmt.Sprintf("h%d", m.Span.Start%5),
				Type:      []string{"CONSULT", "AGREE", "ASSAULT"}[m.Span.Start%3],
				Arguments: []schema.Argument{{Role: "ACTOR", MentionID: before.ID}, {Role: "RECIPIENT", MentionID: m.ID}},
			})
		}
	}
}

func TestMergeRefusesOtherSettings(t *testing.T) {
	a, b := eval.NewLayout(eval.Metrics(), "seed 1").NewTally(), eval.NewLayout(eval.Metrics(), "seed 2").NewTally()
	if err := a.Merge(b); err == nil {
		t.Error("tallies of different settings were merged")
	}
	data, err := b.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := eval.ReadTally(a.Layout(), data); err == nil {
		t.Error("a tally of other settings was read")
	}
	for cut := range data {
		if _, err := eval.ReadTally(b.Layout(), data[:cut]); err == nil {
			t.Fatalf("a tally cut after %d bytes was read", cut)
		}
	}
}

// TestEveryMetricIsReadBack stores what the metrics count on random articles, reads
// it back and compares the bytes: no metric counts fractions that its unit does not
// declare.
func TestEveryMetricIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := []*eval.Pair{
			evaltest.LawPair(evaltest.DrawAnnotation(t, "gold", "d1"), evaltest.DrawAnnotation(t, "pred", "d1")),
			evaltest.LawPair(evaltest.DrawAnnotation(t, "gold 2", "d2"), evaltest.DrawAnnotation(t, "pred 2", "d2")),
		}
		layout, tallies := evaltest.CountFamilies("", evaltest.LawSettings(), pairs)
		for _, tally := range tallies {
			stored, err := tally.AppendBinary(nil)
			if err != nil {
				t.Fatal(err)
			}
			read, err := eval.ReadTally(layout, stored)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := read.AppendBinary(nil); err != nil || !bytes.Equal(stored, again) {
				t.Fatalf("stored again it has other bytes, %v", err)
			}
		}
	})
}
