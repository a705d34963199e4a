package eval

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
	"pgregory.net/rapid"
)

// countFamilies counts the pairs under every metric of the families whose
// metrics begin with the prefix, each article with a tally of its own.
func countFamilies(prefix string, settings *Settings, pairs []*Pair) (*Layout, []*Tally) {
	var metrics []*Metric
	for _, m := range Metrics() {
		if strings.HasPrefix(m.Name, prefix) {
			metrics = append(metrics, m)
		}
	}
	layout := NewLayout(metrics, "")
	tallies := make([]*Tally, len(pairs))
	byID := map[string]*Tally{}
	for i, p := range pairs {
		tallies[i] = layout.NewTally()
		byID[p.DocID] = tallies[i]
	}
	for _, f := range Families() {
		if !slices.ContainsFunc(f.Metrics, func(m Metric) bool { return layout.Find(m.Name) >= 0 }) {
			continue
		}
		if f.New != nil {
			c := f.New(settings)
			for i, p := range pairs {
				c.Count(p, tallies[i])
			}
			continue
		}
		c := f.NewCorpus(settings)
		for _, p := range pairs {
			c.Observe(p)
		}
		c.CountAll(func(id string) *Tally { return byID[id] })
	}
	return layout, tallies
}

func sumTallies(t interface{ Fatal(...any) }, l *Layout, tallies []*Tally) *Tally {
	total := l.NewTally()
	for _, u := range tallies {
		if err := total.Merge(u); err != nil {
			t.Fatal(err)
		}
	}
	return total
}

func drawMentions(t *rapid.T, label string) []schema.Mention {
	ids := []string{"", "a", "b", "c", "NIL1"}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) schema.Mention {
		start := rapid.Int32Range(0, 5).Draw(t, "start")
		return schema.Mention{
			Span:    schema.Span{Start: start, End: start + rapid.Int32Range(1, 2).Draw(t, "length")},
			Type:    rapid.SampledFrom([]string{"PER", "ORG"}).Draw(t, "type"),
			ActorID: rapid.SampledFrom(ids).Draw(t, "actor"),
		}
	}), 0, 7).Draw(t, label)
}

// drawPairs draws articles whose events stand where their mentions do.
func drawPairs(t *rapid.T) []*Pair {
	var pairs []*Pair
	for i := range rapid.IntRange(1, 4).Draw(t, "articles") {
		p := &Pair{DocID: fmt.Sprintf("d%d", i), Gold: &schema.Annotation{}, Pred: &schema.Annotation{}}
		for _, a := range []*schema.Annotation{p.Gold, p.Pred} {
			a.Mentions = drawMentions(t, "mentions")
			for _, m := range a.Mentions {
				a.Events = append(a.Events, schema.Event{Span: m.Span, Type: m.Type, HopperID: m.ActorID})
			}
		}
		pairs = append(pairs, p)
	}
	return pairs
}

type corpusMention struct {
	doc  string
	span schema.Span
}

// clustersOf groups mentions by actor across the articles, without the metric
// families: of mentions with one span that with the least actor is kept.
func clustersOf(pairs []*Pair, side func(*Pair) *schema.Annotation) [][]corpusMention {
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

func goldSide(p *Pair) *schema.Annotation { return p.Gold }
func predSide(p *Pair) *schema.Annotation { return p.Pred }

// TestCorefFamilies holds the four families against [ScoreCoref]: within an
// article the counts of its clusters, across articles shares that add up to
// the counts of the corpus's clusters exactly.
func TestCorefFamilies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := drawPairs(t)
		want := &CorefCounts{}
		for _, p := range pairs {
			one := []*Pair{p}
			want.Add(ScoreCoref(clustersOf(one, goldSide), clustersOf(one, predSide)))
		}
		corpus := ScoreCoref(clustersOf(pairs, goldSide), clustersOf(pairs, predSide))
		for _, s := range corefSubjects {
			layout, tallies := countFamilies(s.prefix+".", &Settings{}, pairs)
			total := sumTallies(t, layout, tallies)
			for _, m := range corefMetrics {
				expected := want.counters(m.parts)
				if s.corpus {
					expected = corpus.counters(m.parts)
					for i := range expected {
						part := corefPartTable[m.parts[i/4]]
						expected[i] *= part.corpusUnit / part.unit
					}
				}
				if got := total.Get(layout.Find(s.prefix+"."+m.name), ""); !slices.Equal(got, expected) {
					t.Fatalf("%s.%s: counters %v, expected %v", s.prefix, m.name, got, expected)
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
	layout, tallies := countFamilies("actors.coref_corpus.", &Settings{}, []*Pair{
		{DocID: "d1", Gold: three, Pred: three}, {DocID: "d2", Gold: one, Pred: one},
	})
	for _, c := range []struct {
		metric string
		want   [2]int64 // of each article: all four counters are the same
	}{
		{"muc", [2]int64{9 * FixedPoint / 4, 3 * FixedPoint / 4}}, // 3 links over 4 mentions
		{"b3", [2]int64{3 * FixedPoint, FixedPoint}},
		{"ceafm", [2]int64{3, 1}},
		{"ceafe", [2]int64{3 * FixedPoint / 4, FixedPoint / 4}}, // 1 cluster over 4 mentions
		{"lea", [2]int64{3 * FixedPoint, FixedPoint}},
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
		settings := &Settings{Actors: map[string]*schema.Actor{
			"a": {ID: "a", Country: "FRA", Sector: "GOV", Wikidata: "Q1"}, "b": {ID: "b", Country: "RUS"}, "c": {ID: "c", Wikidata: "Q1"},
		}}
		pairs := drawPairs(t)
		var shuffled []*Pair
		for _, p := range pairs {
			q := &Pair{DocID: p.DocID, Gold: &schema.Annotation{}, Pred: &schema.Annotation{}}
			for _, s := range []func(*Pair) *schema.Annotation{goldSide, predSide} {
				s(q).Mentions = rapid.Permutation(s(p).Mentions).Draw(t, "mentions")
				s(q).Events = rapid.Permutation(s(p).Events).Draw(t, "events")
			}
			shuffled = append(shuffled, q)
		}
		for _, prefix := range []string{"actors.", "events.coref"} {
			_, a := countFamilies(prefix, settings, pairs)
			_, b := countFamilies(prefix, settings, shuffled)
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
		settings := &Settings{Actors: map[string]*schema.Actor{"a": {ID: "a", Country: "FRA"}, "b": {ID: "b", Sector: "GOV"}}}
		pairs := drawPairs(t)
		for _, p := range pairs {
			p.Pred = p.Gold
		}
		for _, prefix := range []string{"actors.", "events.coref"} {
			layout, tallies := countFamilies(prefix, settings, pairs)
			total := sumTallies(t, layout, tallies)
			for i, m := range layout.Metrics() {
				for _, class := range total.Classes() {
					s := m.Score(total.Get(i, class))
					for _, r := range []Ratio{s.Precision, s.Recall, s.F1} {
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
	layout, tallies := countFamilies("actors.", &Settings{}, []*Pair{{DocID: "d", Gold: a, Pred: a}})
	for name, want := range map[string][]int64{
		"actors.coref.muc": {0, 1, 0, 1}, "actors.coref.ceafm": {0, 2, 0, 2}, "actors.coref_corpus.ceafm": {0, 2, 0, 2},
		"actors.link.strong_all_match": {0, 2, 0, 2}, "actors.link.entity_match": {1, 1, 1, 1}, "actors.link_corpus.mention_ceaf_plus": {0, 2, 0, 2},
	} {
		if got := tallies[0].Get(layout.Find(name), ""); !slices.Equal(got, want) {
			t.Errorf("%s: counters %v, expected %v", name, got, want)
		}
	}
}
