package eval_test

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// drawPair draws one article with what the laws of slices look at: discontinuous
// mentions, several labels in one place, predictions that leave fields out.
func drawPair(t *rapid.T, id string) *eval.Pair {
	gold, pred := evaltest.DrawAnnotation(t, "gold", id), evaltest.DrawAnnotation(t, "pred", id)
	for _, a := range []*schema.Annotation{gold, pred} {
		for i := range a.Mentions {
			if m := &a.Mentions[i]; m.Span.Len() > 2 && rapid.IntRange(0, 3).Draw(t, "split") == 0 {
				m.Fragments = []schema.Span{{Start: m.Span.Start, End: m.Span.Start + 1}, {Start: m.Span.End - 1, End: m.Span.End}}
			}
		}
	}
	for i := range pred.Mentions {
		if rapid.IntRange(0, 3).Draw(t, "silent") == 0 {
			pred.Mentions[i].Level = ""
		}
	}
	return evaltest.LawPair(gold, pred)
}

// scored counts pairs with every metric, filtered and sliced.
func scored(t *rapid.T, pairs []*eval.Pair, where []string, by ...string) *eval.Scorer {
	filters, err := eval.ParseFilters(where)
	if err != nil {
		t.Fatal(err)
	}
	var columns []*eval.Column
	for _, name := range by {
		c, err := eval.LookupColumn(name)
		if err != nil {
			t.Fatal(err)
		}
		columns = append(columns, c)
	}
	s := eval.NewScorer(eval.Metrics(), evaltest.LawSettings(), filters, columns, "laws")
	err = s.Run(t.Context(), func(yield func(*eval.Pair, error) bool) {
		for _, p := range pairs {
			if !yield(p, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func drawColumn(t *rapid.T) *eval.Column {
	return rapid.SampledFrom(eval.Columns()).Draw(t, "column")
}

func drawPairs(t *rapid.T) []*eval.Pair {
	var pairs []*eval.Pair
	for i := range rapid.IntRange(1, 3).Draw(t, "articles") {
		pairs = append(pairs, drawPair(t, fmt.Sprintf("d%d", i)))
	}
	return pairs
}

// TestLawSliceIsFilter: the slice --by c at v is what --where c=v keeps, for
// every metric that has the slice, pooled and per class.
func TestLawSliceIsFilter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs, c := drawPairs(t), drawColumn(t)
		by := scored(t, pairs, nil, c.Name)
		for _, slice := range by.Parts()[1:] {
			sum := slice.Total
			where := scored(t, pairs, []string{c.Name + "=" + slice.Values[0]}).Total()
			for i, m := range by.Layout().Metrics() {
				if !m.SlicedBy([]*eval.Column{c}) {
					continue
				}
				for _, class := range slices.Concat(sum.Classes(), where.Classes()) {
					if x, y := sum.Get(i, class), where.Get(i, class); !slices.Equal(x, y) {
						t.Fatalf("%s [%s]: %v in the slice %s=%s, %v under the filter", m.Name, class, x, c.Name, slice.Values[0], y)
					}
				}
			}
		}
	})
}

// TestLawIdentityInSlices: gold against itself is 1 in every slice too.
func TestLawIdentityInSlices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawPair(t, "d1"), drawColumn(t)
		by := scored(t, []*eval.Pair{evaltest.LawPair(p.Gold, p.Gold)}, nil, c.Name)
		for _, slice := range by.Parts()[1:] {
			for i, m := range by.Layout().Metrics() {
				if !m.SlicedBy([]*eval.Column{c}) || !obeys(m, eval.LawIdentity) {
					continue
				}
				for _, class := range slice.Total.Classes() {
					score := m.ScoreExactly(slice.Total.Exact(i, class))
					for _, r := range score.Ratios() {
						if r != nil && r.Cmp(big.NewRat(1, 1)) != 0 {
							t.Fatalf("%s [%s] in %s=%s: gold against itself gives %+v", m.Name, class, c.Name, slice.Values[0], score)
						}
					}
				}
			}
		}
	})
}

// TestLawSlices: what is correct in the slices of a column adds up to the whole,
// and so do predicted and gold items.
func TestLawSlices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs, c := drawPairs(t), drawColumn(t)
		by := scored(t, pairs, nil, c.Name)
		whole := by.Total()
		parts := by.Layout().NewTally()
		for _, slice := range by.Parts()[1:] {
			if err := parts.Merge(slice.Total); err != nil {
				t.Fatal(err)
			}
		}
		for i, m := range by.Layout().Metrics() {
			if !m.SlicedBy([]*eval.Column{c}) {
				continue
			}
			if c.Article == nil && !obeys(m, eval.LawSlices) {
				continue
			}
			for _, class := range whole.Classes() {
				if x, y := whole.Get(i, class), parts.Get(i, class); !slices.Equal(x, y) {
					t.Fatalf("%s [%s] by %s: %v in all, %v in the slices", m.Name, class, c.Name, x, y)
				}
			}
		}
	})
}

// TestSumsAreThoseOfArticles: a scorer that forgets the articles has the same
// parts as one that keeps them.
func TestSumsAreThoseOfArticles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs, c := drawPairs(t), drawColumn(t)
		run := func(sums bool) *eval.Scorer {
			s := eval.NewScorer(perArticle(), evaltest.LawSettings(), nil, []*eval.Column{c}, "laws")
			if sums {
				s.KeepSums()
			}
			if err := s.Run(t.Context(), func(yield func(*eval.Pair, error) bool) {
				for _, p := range pairs {
					if !yield(p, nil) {
						return
					}
				}
			}); err != nil {
				t.Fatal(err)
			}
			return s
		}
		kept, summed := run(false).Parts(), run(true).Parts()
		if len(kept) != len(summed) {
			t.Fatalf("%d parts of kept articles, %d of sums", len(kept), len(summed))
		}
		for i := range kept {
			a, _ := kept[i].Total.AppendBinary(nil)
			b, _ := summed[i].Total.AppendBinary(nil)
			if !slices.Equal(kept[i].Values, summed[i].Values) || kept[i].Articles != summed[i].Articles || !bytes.Equal(a, b) {
				t.Fatalf("%s=%v: %d articles kept, %d summed, or other counts", c.Name, kept[i].Values, kept[i].Articles, summed[i].Articles)
			}
		}
	})
}

// TestLawFilters: a filter never adds items, several are a set whose order never
// matters, and what they leave out of a slice was in it.
func TestLawFilters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := drawPairs(t)
		var where []string
		for range rapid.IntRange(1, 3).Draw(t, "filters") {
			where = append(where, rapid.SampledFrom([]string{
				"level=NAM", "level!=NOM", "level=unknown", "type=PER,CONSULT", "type!=GPE", "nesting=outermost", "nesting=nested", "realis=actual", "length=1-5", "quad=1", "article=d0", "article!=d1",
			}).Draw(t, "filter"))
		}
		all, kept, other := scored(t, pairs, nil).Total(), scored(t, pairs, where).Total(), scored(t, pairs, rapid.Permutation(where).Draw(t, "order")).Total()
		for i, m := range all.Layout().Metrics() {
			for _, class := range slices.Concat(all.Classes(), kept.Classes(), other.Classes()) {
				x, y, z := all.Get(i, class), kept.Get(i, class), other.Get(i, class)
				if !slices.Equal(y, z) {
					t.Fatalf("%s [%s]: %v under %v, %v in another order", m.Name, class, y, where, z)
				}
				before, after := all.Exact(i, class), kept.Exact(i, class)
				for at := range eval.StandardCounters {
					if at%2 == 0 && !obeys(m, eval.LawSlices) {
						continue // a tag of what is left out is right where both sides have none
					}
					if after[at].Cmp(before[at]) > 0 {
						t.Fatalf("%s [%s]: %s is %v under %v, %v without", m.Name, class, m.Counters[at], y, where, x)
					}
				}
			}
		}
	})
}

// TestLawOrderInSlices: the order of the input never matters, in no class and in
// no slice.
func TestLawOrderInSlices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawPair(t, "d1"), drawColumn(t)
		seed := rapid.Uint64().Draw(t, "seed")
		q := evaltest.LawPair(evaltest.Shuffled(p.Gold, seed), evaltest.Shuffled(p.Pred, seed+1))
		sameSlices(t, eval.LawOrder, scored(t, []*eval.Pair{p}, nil, c.Name), scored(t, []*eval.Pair{q}, nil, c.Name), func(s string) string { return s })
	})
}

// sameSlices holds two scores against each other, pooled, per class and per
// slice; renamed is what the other calls a class or a value.
func sameSlices(t *rapid.T, law eval.Law, a, b *eval.Scorer, renamed func(string) string) {
	type part struct {
		values string
		tally  *eval.Tally
	}
	parts := func(s *eval.Scorer, renamed func(string) string) []part {
		out := []part{{"", s.Total()}}
		for _, slice := range s.Parts()[1:] {
			out = append(out, part{renamed(slice.Values[0]), slice.Total})
		}
		slices.SortFunc(out[1:], func(x, y part) int { return strings.Compare(x.values, y.values) })
		return out
	}
	left, right := parts(a, renamed), parts(b, func(s string) string { return s })
	if !slices.EqualFunc(left, right, func(x, y part) bool { return x.values == y.values }) {
		t.Fatalf("slices differ: %v, %v", left, right)
	}
	for k := range left {
		for i, m := range a.Layout().Metrics() {
			if !obeys(m, law) {
				continue
			}
			for _, class := range left[k].tally.Classes() {
				if x, y := left[k].tally.Get(i, class), right[k].tally.Get(i, renamed(class)); !slices.Equal(x, y) {
					t.Fatalf("%s [%s] in %q: %v, %v", m.Name, class, left[k].values, x, y)
				}
			}
		}
	}
}

// TestLawTypes: renaming types renames classes and nothing else.
func TestLawTypes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPair(t, "d1")
		c := rapid.SampledFrom([]string{"article", "level", "length", "nesting", "realis"}).Draw(t, "column")
		names := map[string]string{}
		for _, list := range [][]string{{"PER", "GPE", "ORG"}, {"AGREE", "ASSAULT"}} { // CONSULT is read as mutual, by its name
			for i, n := range rapid.Permutation(list).Draw(t, "names") {
				names[list[i]] = n
			}
		}
		renamed := func(s string) string {
			if n, ok := names[s]; ok {
				return n
			}
			return s
		}
		rename := func(a *schema.Annotation) *schema.Annotation {
			b := &schema.Annotation{DocID: a.DocID, Mentions: slices.Clone(a.Mentions), Events: slices.Clone(a.Events)}
			for i := range b.Mentions {
				b.Mentions[i].Type = renamed(b.Mentions[i].Type)
			}
			for i := range b.Events {
				b.Events[i].Type = renamed(b.Events[i].Type)
			}
			return b
		}
		q := evaltest.LawPair(rename(p.Gold), rename(p.Pred))
		left, right := scored(t, []*eval.Pair{p}, nil, c), scored(t, []*eval.Pair{q}, nil, c)
		for i, m := range left.Layout().Metrics() {
			if strings.HasPrefix(m.Name, "records.") || !obeys(m, eval.LawTypes) { // records read types by their names
				continue
			}
			a, b := left.Total(), right.Total()
			for _, class := range a.Classes() {
				if x, y := a.Get(i, class), b.Get(i, renamed(class)); !slices.Equal(x, y) {
					t.Fatalf("%s [%s]: %v, renamed to %s %v", m.Name, class, x, renamed(class), y)
				}
			}
		}
	})
}

// TestLawSwapPerClass: swapping gold and prediction swaps precision and recall of
// every class.
func TestLawSwapPerClass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPair(t, "d1")
		a, b := scored(t, []*eval.Pair{p}, nil).Total(), scored(t, []*eval.Pair{evaltest.LawPair(p.Pred, p.Gold)}, nil).Total()
		for i, m := range a.Layout().Metrics() {
			if !obeys(m, eval.LawSwap) {
				continue
			}
			for _, class := range slices.Concat(a.Classes(), b.Classes()) {
				s, r := m.ScoreExactly(a.Exact(i, class)), m.ScoreExactly(b.Exact(i, class))
				if !same(s.Precision, r.Recall) || !same(s.Recall, r.Precision) || !same(s.F1, r.F1) {
					t.Fatalf("%s [%s]: %+v, swapped %+v", m.Name, class, s, r)
				}
			}
		}
	})
}

// TestLawNames: what ids are called never matters, on either side.
func TestLawNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs, c := drawPairs(t), drawColumn(t)
		var other []*eval.Pair
		rename := renaming(t)
		for _, p := range pairs {
			other = append(other, evaltest.LawPair(p.Gold, rename(p.Pred)))
		}
		sameSlices(t, eval.LawNames, scored(t, pairs, nil, c.Name), scored(t, other, nil, c.Name), func(s string) string { return s })
	})
}

// TestLawNamesOfActors: nor does it matter for coreference what actors are called.
func TestLawNamesOfActors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs, c := drawPairs(t), drawColumn(t)
		names := rapid.Permutation([]string{"a1", "a2", "a3", "z"}).Draw(t, "names")
		var other []*eval.Pair
		for _, p := range pairs {
			b := &schema.Annotation{DocID: p.DocID, Mentions: slices.Clone(p.Pred.Mentions), Events: p.Pred.Events}
			for i := range b.Mentions {
				if n := slices.Index([]string{"a1", "a2", "a3", "a4"}, b.Mentions[i].ActorID); n >= 0 {
					b.Mentions[i].ActorID = names[n]
				}
			}
			other = append(other, evaltest.LawPair(p.Gold, b))
		}
		x, y := scored(t, pairs, nil, c.Name), scored(t, other, nil, c.Name)
		for i, m := range x.Layout().Metrics() {
			if !strings.HasPrefix(m.Name, "actors.coref") && !strings.HasPrefix(m.Name, "conll.") {
				continue
			}
			if a, b := x.Total().Get(i, ""), y.Total().Get(i, ""); !slices.Equal(a, b) {
				t.Fatalf("%s: %v, with other names %v", m.Name, a, b)
			}
		}
	})
}

// renaming draws other names for mentions, events and hoppers; actors are named
// by the table, which both sides share.
func renaming(t *rapid.T) func(*schema.Annotation) *schema.Annotation {
	hoppers := map[string]string{}
	old := []string{"h1", "h2", "h3"}
	for i, n := range rapid.Permutation([]string{"h1", "h2", "x"}).Draw(t, "hoppers") {
		hoppers[old[i]] = n
	}
	flip := rapid.Bool().Draw(t, "flip")
	name := func(id string) string {
		if id == "" || !flip {
			return id
		}
		n := 0
		_, _ = fmt.Sscanf(id[1:], "%d", &n)
		return fmt.Sprintf("%c%d", id[0], 99-n)
	}
	return func(a *schema.Annotation) *schema.Annotation {
		b := &schema.Annotation{DocID: a.DocID, Mentions: slices.Clone(a.Mentions), Events: slices.Clone(a.Events)}
		for i := range b.Mentions {
			b.Mentions[i].ID = name(b.Mentions[i].ID)
		}
		for i := range b.Events {
			e := &b.Events[i]
			e.ID, e.HopperID = name(e.ID), hoppers[e.HopperID]
			e.Arguments = slices.Clone(e.Arguments)
			for j := range e.Arguments {
				e.Arguments[j].MentionID, e.Arguments[j].TargetEventID = name(e.Arguments[j].MentionID), name(e.Arguments[j].TargetEventID)
			}
		}
		return b
	}
}

// TestLawSpuriousInSlices: a wrong prediction never raises precision, in no class
// and in no slice.
func TestLawSpuriousInSlices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, c := drawPair(t, "d1"), drawColumn(t)
		far := schema.Span{Start: 42, End: 45} // past every drawn span
		worse := &schema.Annotation{DocID: "d1", Mentions: slices.Clone(p.Pred.Mentions), Events: slices.Clone(p.Pred.Events)}
		worse.Mentions = append(worse.Mentions, schema.Mention{ID: "extra", Span: far, Text: evaltest.LawText[42:45], Head: far, Type: "PER", Level: "NAM", ActorID: "nobody"})
		worse.Events = append(worse.Events, schema.Event{ID: "extra", Span: far, Text: evaltest.LawText[42:45], Type: "CONSULT", Realis: "actual", HopperID: "nothing",
			Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "extra"}}})
		before, after := scored(t, []*eval.Pair{p}, nil, c.Name), scored(t, []*eval.Pair{evaltest.LawPair(p.Gold, worse)}, nil, c.Name)
		was := map[string]*eval.Tally{}
		for _, s := range before.Parts()[1:] {
			was[s.Values[0]] = s.Total
		}
		for _, s := range after.Parts()[1:] {
			now, old := s.Total, was[s.Values[0]]
			for i, m := range after.Layout().Metrics() {
				if old == nil || !obeys(m, eval.LawSpurious) {
					continue
				}
				for _, class := range slices.Sorted(maps.Keys(map[string]bool{"": true, "PER": true, "CONSULT": true})) {
					x, y := m.Score(old.Get(i, class)).Precision, m.Score(now.Get(i, class)).Precision
					if x.Defined && y.Defined && y.Value > x.Value+1e-9 && !math.IsNaN(y.Value) {
						t.Fatalf("%s [%s] in %s: precision rose from %v to %v", m.Name, class, s.Values[0], x.Value, y.Value)
					}
				}
			}
		}
	})
}
