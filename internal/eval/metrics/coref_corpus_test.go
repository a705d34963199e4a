package metrics

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

type corpusMention struct {
	doc  string
	span schema.Span
}

// clustersOf groups mentions by actor across the articles, without the metric
// families: of mentions with one span that with the least actor is kept.
func clustersOf(pairs []*eval.Pair, side func(*eval.Pair) *schema.Annotation) [][]corpusMention {
	least := map[corpusMention]string{}
	var order []corpusMention
	for _, p := range pairs {
		for _, m := range side(p).Mentions {
			key := corpusMention{p.DocID, m.Span}
			old, met := least[key]
			if !met {
				order = append(order, key)
			}
			if !met || old == "" || m.ActorID != "" && m.ActorID < old {
				least[key] = m.ActorID
			}
		}
	}
	index := map[string]int{}
	var clusters [][]corpusMention
	for _, key := range order {
		id := least[key]
		at, met := index[id]
		if id == "" || !met {
			at = len(clusters)
			clusters = append(clusters, nil)
			index[id] = at
		}
		clusters[at] = append(clusters[at], key)
	}
	return clusters
}

// TestCorefFamilies holds the four families against [evaltest.ScoreCoref]: within an
// article the counts of its clusters, across articles shares that add up to
// the counts of the corpus's clusters exactly.
func TestCorefFamilies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := evaltest.DrawPairs(t)
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
		"actors.coref.muc": {0, 1, 0, 1}, "actors.coref.ceafm": {0, 2, 0, 2}, "actors.coref_corpus.ceafm": {0, 2, 0, 2},
		"actors.link.strong_all_match": {0, 2, 0, 2}, "actors.link.entity_match": {1, 1, 1, 1}, "actors.link_corpus.mention_ceaf_plus": {0, 2, 0, 2},
	} {
		if got := tallies[0].Get(layout.Find(name), ""); !slices.Equal(got, want) {
			t.Errorf("%s: counters %v, expected %v", name, got, want)
		}
	}
}
