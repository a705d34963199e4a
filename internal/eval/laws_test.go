package eval_test

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

func obeys(m *eval.Metric, law eval.Law) bool { return m.Breaks[law] == "" }

// same holds for two exact values; nil is undefined.
func same(a, b *big.Rat) bool { return a == nil && b == nil || a != nil && b != nil && a.Cmp(b) == 0 }

func TestLawIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold := evaltest.DrawAnnotation(t, "gold", "d1")
		total := evaltest.CountLaw(t, evaltest.LawPair(gold, gold))
		for i, m := range total.Layout().Metrics() {
			if !obeys(m, eval.LawIdentity) {
				continue
			}
			for _, class := range total.Classes() {
				s := m.ScoreExactly(total.Exact(i, class))
				for _, r := range s.Ratios() {
					if r != nil && r.Cmp(big.NewRat(1, 1)) != 0 {
						t.Fatalf("%s [%s]: gold against itself gives %+v", m.Name, class, s)
					}
				}
			}
		}
	})
}

func TestLawOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := evaltest.DrawAnnotation(t, "gold", "d1"), evaltest.DrawAnnotation(t, "pred", "d1")
		seed := rapid.Uint64().Draw(t, "seed")
		a := evaltest.CountLaw(t, evaltest.LawPair(gold, pred))
		b := evaltest.CountLaw(t, evaltest.LawPair(evaltest.Shuffled(gold, seed), evaltest.Shuffled(pred, seed+1)))
		for i, m := range a.Layout().Metrics() {
			for _, class := range a.Classes() {
				if x, y := a.Exact(i, class), b.Exact(i, class); obeys(m, eval.LawOrder) && !slices.EqualFunc(x, y, same) {
					t.Fatalf("%s [%s]: %v in one order, %v in another", m.Name, class, x, y)
				}
			}
		}
	})
}

func TestLawSwap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := evaltest.DrawAnnotation(t, "gold", "d1"), evaltest.DrawAnnotation(t, "pred", "d1")
		a, b := evaltest.CountLaw(t, evaltest.LawPair(gold, pred)), evaltest.CountLaw(t, evaltest.LawPair(pred, gold))
		for i, m := range a.Layout().Metrics() {
			if !obeys(m, eval.LawSwap) {
				continue
			}
			s, r := m.ScoreExactly(a.Exact(i, "")), m.ScoreExactly(b.Exact(i, ""))
			if !same(s.Precision, r.Recall) || !same(s.Recall, r.Precision) || !same(s.F1, r.F1) {
				t.Fatalf("%s: %+v, swapped %+v", m.Name, s, r)
			}
		}
	})
}

// TestLawSum: the tallies of any shards, merged in any order, have the bytes
// of the whole, and so has what is read back from their canonical form.
func TestLawSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var pairs []*eval.Pair
		for i := range rapid.IntRange(1, 5).Draw(t, "articles") {
			id := fmt.Sprintf("d%d", i)
			pairs = append(pairs, evaltest.LawPair(evaltest.DrawAnnotation(t, "gold", id), evaltest.DrawAnnotation(t, "pred", id)))
		}
		s := eval.NewScorer(perArticle(), evaltest.LawSettings(), nil, nil, "laws")
		whole := sumOf(t, s.Layout(), pairs)
		order := rapid.Permutation(pairs).Draw(t, "order")
		cut := rapid.IntRange(0, len(order)).Draw(t, "cut")
		merged := s.Layout().NewTally()
		for _, shard := range [][]*eval.Pair{order[cut:], order[:cut]} {
			data, err := sumOf(t, s.Layout(), shard).AppendBinary(nil)
			if err != nil {
				t.Fatal(err)
			}
			part, err := eval.ReadTally(s.Layout(), data)
			if err != nil {
				t.Fatal(err)
			}
			if err := merged.Merge(part); err != nil {
				t.Fatal(err)
			}
		}
		a, _ := whole.AppendBinary(nil)
		b, _ := merged.AppendBinary(nil)
		if !bytes.Equal(a, b) {
			t.Fatalf("the whole and the sum of its parts differ:\n%x\n%x", a, b)
		}
	})
}

// perArticle lists the metrics that look at one article at a time.
func perArticle() []*eval.Metric {
	var out []*eval.Metric
	for _, f := range eval.Families() {
		if f.New != nil {
			for i := range f.Metrics {
				out = append(out, &f.Metrics[i])
			}
		}
	}
	return out
}

func sumOf(t *rapid.T, l *eval.Layout, pairs []*eval.Pair) *eval.Tally {
	s := eval.NewScorer(l.Metrics(), evaltest.LawSettings(), nil, nil, "laws")
	for _, p := range pairs {
		if err := s.Run(t.Context(), func(yield func(*eval.Pair, error) bool) { yield(p, nil) }); err != nil {
			t.Fatal(err)
		}
	}
	return s.Total()
}

func TestLawSpurious(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := evaltest.DrawAnnotation(t, "gold", "d1"), evaltest.DrawAnnotation(t, "pred", "d1")
		worse := &schema.Annotation{DocID: "d1", Mentions: slices.Clone(pred.Mentions), Events: slices.Clone(pred.Events)}
		far := schema.Span{Start: 42, End: 45} // past every drawn span
		worse.Mentions = append(worse.Mentions, schema.Mention{ID: "extra", Span: far, Text: evaltest.LawText[42:45], Head: far, Type: "PER", Level: "NAM", ActorID: "nobody"})
		worse.Events = append(worse.Events, schema.Event{ID: "extra", Span: far, Text: evaltest.LawText[42:45], Type: "CONSULT", Realis: "actual", HopperID: "nothing",
			Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "extra"}}})
		a, b := evaltest.CountLaw(t, evaltest.LawPair(gold, pred)), evaltest.CountLaw(t, evaltest.LawPair(gold, worse))
		for i, m := range a.Layout().Metrics() {
			if !obeys(m, eval.LawSpurious) {
				continue
			}
			before, after := m.ScoreExactly(a.Exact(i, "")).Precision, m.ScoreExactly(b.Exact(i, "")).Precision
			if before != nil && after != nil && after.Cmp(before) > 0 {
				t.Fatalf("%s: precision rose from %v to %v", m.Name, before, after)
			}
		}
	})
}

// TestSchemesAreOrdered: strict ≤ exact, strict ≤ type, exact ≤ partial.
func TestSchemesAreOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := evaltest.CountLaw(t, evaltest.LawPair(evaltest.DrawAnnotation(t, "gold", "d1"), evaltest.DrawAnnotation(t, "pred", "d1")))
		score := func(name string) eval.Score {
			i := total.Layout().Find(name)
			return total.Layout().Metrics()[i].Score(total.Get(i, ""))
		}
		strict, exact, partial, typ := score("mentions.strict"), score("mentions.exact"), score("mentions.partial"), score("mentions.type")
		for _, c := range []struct {
			name string
			a, b eval.Score
		}{{"strict ≤ exact", strict, exact}, {"strict ≤ type", strict, typ}, {"exact ≤ partial", exact, partial}} {
			if c.a.Precision.Value > c.b.Precision.Value || c.a.Recall.Value > c.b.Recall.Value || c.a.F1.Value > c.b.F1.Value {
				t.Fatalf("%s does not hold: %+v, %+v", c.name, c.a, c.b)
			}
		}
	})
}
