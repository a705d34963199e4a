package metrics

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

type corpusMention struct {
	doc  string
	span schema.Span
}

// clustersOf groups mentions by actor across the articles, without the metric
// families. No two mentions of a side may stand in one place.
func clustersOf(pairs []*eval.Pair, side func(*eval.Pair) *schema.Annotation) [][]corpusMention {
	index := map[string]int{}
	var clusters [][]corpusMention
	for _, p := range pairs {
		for _, m := range side(p).Mentions {
			at, met := index[m.ActorID]
			if m.ActorID == "" || !met {
				at = len(clusters)
				clusters = append(clusters, nil)
				index[m.ActorID] = at
			}
			clusters[at] = append(clusters[at], corpusMention{p.DocID, m.Span})
		}
	}
	return clusters
}

// withoutTwins leaves one label of those that share a place.
func withoutTwins(pairs []*eval.Pair) []*eval.Pair {
	for _, p := range pairs {
		for _, a := range []*schema.Annotation{p.Gold, p.Pred} {
			seen := map[schema.Span]bool{}
			twin := func(s schema.Span) bool {
				was := seen[s]
				seen[s] = true
				return was
			}
			a.Mentions = slices.DeleteFunc(a.Mentions, func(m schema.Mention) bool { return twin(m.Span) })
			clear(seen)
			a.Events = slices.DeleteFunc(a.Events, func(e schema.Event) bool { return twin(e.Span) })
		}
	}
	return pairs
}

// TestTwinsAreMatchedOptimally: over all ways to match twins with each other, as
// many of one type as possible, that are tried one by one, none lets aligned
// clusters share more (CEAFm) where no types differ.
func TestTwinsAreMatchedOptimally(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := func(label string) (*schema.Annotation, [][2]int) { // and (place, cluster) of each mention
			a := &schema.Annotation{}
			var list [][2]int
			for i := range rapid.IntRange(0, 5).Draw(t, label) {
				at, cluster := rapid.IntRange(0, 1).Draw(t, "place"), rapid.IntRange(1, 3).Draw(t, "cluster")
				list = append(list, [2]int{at, cluster})
				a.Mentions = append(a.Mentions, schema.Mention{ID: fmt.Sprint(i), Span: schema.Span{Start: int32(at), End: int32(at + 1)}, ActorID: fmt.Sprint(cluster)})
			}
			return a, list
		}
		gold, g := side("gold")
		pred, p := side("pred")
		layout, tallies := evaltest.CountFamilies("actors.coref.", &eval.Settings{}, []*eval.Pair{{DocID: "d", Gold: gold, Pred: pred}})
		got := tallies[0].Get(layout.Find("actors.coref.ceafm"), "")
		if want := mostShared(g, p, map[[2]int]int{}, make([]bool, len(p))); got[0] != int64(want) {
			t.Fatalf("%d mentions shared, %d are possible", got[0], want)
		}
	})
}

// mostShared tries every matching of mentions in one place and every alignment of
// the clusters 1 to 3.
func mostShared(gold, pred [][2]int, shared map[[2]int]int, used []bool) int {
	if len(gold) == 0 {
		best := 0
		for _, to := range [][3]int{{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}} {
			best = max(best, shared[[2]int{1, to[0]}]+shared[[2]int{2, to[1]}]+shared[[2]int{3, to[2]}])
		}
		return best
	}
	best := mostShared(gold[1:], pred, shared, used)
	for j, p := range pred {
		if !used[j] && p[0] == gold[0][0] {
			pair := [2]int{gold[0][1], p[1]}
			used[j] = true
			shared[pair]++
			best = max(best, mostShared(gold[1:], pred, shared, used))
			shared[pair]--
			used[j] = false
		}
	}
	return best
}

// TestTwinsOfTwoArticles: two happenings on one trigger are told apart by where
// else each is spoken of, whatever the prediction calls them. By hand: the
// prediction is gold with the names swapped, so B³ is 4 of 4.
func TestTwinsOfTwoArticles(t *testing.T) {
	event := func(typ, hopper string, start int32) schema.Event {
		return schema.Event{Span: schema.Span{Start: start, End: start + 1}, Type: typ, HopperID: hopper}
	}
	article := func(a, b string, second bool) *schema.Annotation {
		if second {
			return &schema.Annotation{Events: []schema.Event{event("CONSULT", a, 4), event("CONSULT", b, 6)}}
		}
		return &schema.Annotation{Events: []schema.Event{event("CONSULT", a, 0), event("CONSULT", b, 0)}}
	}
	for _, names := range [][2]string{{"a", "b"}, {"b", "a"}, {"z", "y"}} {
		layout, tallies := evaltest.CountFamilies("events.coref_corpus.", &eval.Settings{}, []*eval.Pair{
			{DocID: "d1", Gold: article("a", "b", false), Pred: article(names[0], names[1], false)},
			{DocID: "d2", Gold: article("a", "b", true), Pred: article(names[0], names[1], true)},
		})
		total := evaltest.SumTallies(t, layout, tallies)
		if got := total.Get(layout.Find("events.coref_corpus.b3"), ""); !slices.Equal(got, []int64{4 * eval.FixedPoint, 4 * eval.FixedPoint, 4 * eval.FixedPoint, 4 * eval.FixedPoint}) {
			t.Errorf("named %v: B³ counters %v, expected 4 each", names, got)
		}
	}
}

// TestCorefFamilies holds the four families against [evaltest.ScoreCoref]: within an
// article the counts of its clusters, across articles shares that add up to
// the counts of the corpus's clusters exactly.
func TestCorefFamilies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := withoutTwins(evaltest.DrawPairs(t))
		want := &coref.Counts{}
		for _, p := range pairs {
			one := []*eval.Pair{p}
			want.Add(evaltest.ScoreCoref(clustersOf(one, evaltest.GoldSide), clustersOf(one, evaltest.PredSide)))
		}
		corpus := evaltest.ScoreCoref(clustersOf(pairs, evaltest.GoldSide), clustersOf(pairs, evaltest.PredSide))
		for _, s := range corefSubjects {
			layout, tallies := evaltest.CountFamilies(s.Prefix+".", &eval.Settings{}, pairs)
			total := evaltest.SumTallies(t, layout, tallies)
			for _, m := range coref.Metrics {
				expected := want.Counters(m.Parts)
				if s.Corpus {
					expected = corpus.Counters(m.Parts)
				}
				if got := total.Exact(layout.Find(s.Prefix+"."+m.Name), ""); !slices.EqualFunc(got, expected, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 }) {
					t.Fatalf("%s.%s: counters %v, expected %v", s.Prefix, m.Name, got, expected)
				}
			}
		}
	})
}

// TestSharesFollowMentions: two articles of one cluster each hold their part.
func TestSharesFollowMentions(t *testing.T) {
	mention := func(start int32) schema.Mention {
		return schema.Mention{Span: schema.Span{Start: start, End: start + 1}, ActorID: "a"}
	}
	three := &schema.Annotation{Mentions: []schema.Mention{mention(0), mention(1), mention(2)}}
	one := &schema.Annotation{Mentions: []schema.Mention{mention(0)}}
	layout, tallies := evaltest.CountFamilies("actors.coref_corpus.", &eval.Settings{}, []*eval.Pair{
		{DocID: "d1", Gold: three, Pred: three}, {DocID: "d2", Gold: one, Pred: one},
	})
	for _, c := range []struct {
		metric string
		want   [2]int64 // of each article: all four counters are the same
	}{
		{"muc", [2]int64{9 * eval.FixedPoint / 4, 3 * eval.FixedPoint / 4}}, // 3 links over 4 mentions
		{"b3", [2]int64{3 * eval.FixedPoint, eval.FixedPoint}},
		{"ceafm", [2]int64{3, 1}},
		{"ceafe", [2]int64{3 * eval.FixedPoint / 4, eval.FixedPoint / 4}}, // 1 cluster over 4 mentions
		{"lea", [2]int64{3 * eval.FixedPoint, eval.FixedPoint}},
		{"blanc", [2]int64{9, 3}}, // 6 pairs in halves: 3 in d1 and 3 between the two
	} {
		for doc, want := range c.want {
			got := tallies[doc].Get(layout.Find("actors.coref_corpus."+c.metric), "")[:4]
			if !slices.Equal(got, []int64{want, want, want, want}) {
				t.Errorf("%s: article %d has %v, expected %d each", c.metric, doc+1, got, want)
			}
		}
	}
}

// TestActorFamiliesIgnoreOrder shuffles everything that has no meaning.
func TestActorFamiliesIgnoreOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		settings := &eval.Settings{Actors: map[string]*schema.Actor{
			"a": {ID: "a", Country: "FRA", Sector: "GOV", Wikidata: "Q1"}, "b": {ID: "b", Country: "RUS"}, "c": {ID: "c", Wikidata: "Q1"},
		}}
		pairs := evaltest.DrawPairs(t)
		var shuffled []*eval.Pair
		for _, p := range pairs {
			q := &eval.Pair{DocID: p.DocID, Gold: &schema.Annotation{}, Pred: &schema.Annotation{}}
			for _, s := range []func(*eval.Pair) *schema.Annotation{evaltest.GoldSide, evaltest.PredSide} {
				s(q).Mentions = rapid.Permutation(s(p).Mentions).Draw(t, "mentions")
				s(q).Events = rapid.Permutation(s(p).Events).Draw(t, "events")
			}
			shuffled = append(shuffled, q)
		}
		for _, prefix := range []string{"actors.", "events.coref"} {
			_, a := evaltest.CountFamilies(prefix, settings, pairs)
			_, b := evaltest.CountFamilies(prefix, settings, shuffled)
			for i := range a {
				x, _ := a[i].AppendBinary(nil)
				y, _ := b[i].AppendBinary(nil)
				if !slices.Equal(x, y) {
					t.Fatalf("%s: article %d has other counts when its labels are shuffled", prefix, i)
				}
			}
		}
	})
}

// TestActorFamiliesKnowThemselves: gold against itself is 1 wherever it is
// defined, within articles and across them.
func TestActorFamiliesKnowThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		settings := &eval.Settings{Actors: map[string]*schema.Actor{"a": {ID: "a", Country: "FRA"}, "b": {ID: "b", Sector: "GOV"}}}
		pairs := evaltest.DrawPairs(t)
		for _, p := range pairs {
			p.Pred = p.Gold
		}
		for _, prefix := range []string{"actors.", "events.coref"} {
			layout, tallies := evaltest.CountFamilies(prefix, settings, pairs)
			total := evaltest.SumTallies(t, layout, tallies)
			for i, m := range layout.Metrics() {
				for _, class := range total.Classes() {
					s := m.Score(total.Get(i, class))
					for _, r := range []eval.Ratio{s.Precision, s.Recall, s.F1} {
						if r.Defined && r.Value != 1 || r.Defined != s.F1.Defined {
							t.Fatalf("%s, class %q: gold against itself is %v", m.Name, class, s)
						}
					}
				}
			}
		}
	})
}

func TestUnalignedMentionsMatchNothing(t *testing.T) {
	a := &schema.Annotation{Mentions: []schema.Mention{{Span: schema.NoSpan, ActorID: "a"}, {Span: schema.NoSpan, ActorID: "a"}}}
	layout, tallies := evaltest.CountFamilies("actors.", &eval.Settings{}, []*eval.Pair{{DocID: "d", Gold: a, Pred: a}})
	for name, want := range map[string][]int64{
		"actors.coref.muc": {0, eval.FixedPoint, 0, eval.FixedPoint}, "actors.coref.ceafm": {0, 2, 0, 2}, "actors.coref_corpus.ceafm": {0, 2, 0, 2},
		"actors.link.strong_all_match": {0, 2, 0, 2}, "actors.link.entity_match": {1, 1, 1, 1}, "actors.link_corpus.mention_ceaf_plus": {0, 2, 0, 2},
	} {
		if got := tallies[0].Get(layout.Find(name), ""); !slices.Equal(got, want) {
			t.Errorf("%s: counters %v, expected %v", name, got, want)
		}
	}
}
