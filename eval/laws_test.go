package eval

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
	"pgregory.net/rapid"
)

// drawAnnotation makes a small article full of nested and crossing spans,
// shared actors, hoppers and arguments.
func drawAnnotation(t *rapid.T, label, docID string) *schema.Annotation {
	a := &schema.Annotation{DocID: docID}
	actors := []string{"", "a1", "a2", "a3", "a4"}
	seen := map[string]bool{}
	for i := range rapid.IntRange(0, 7).Draw(t, label+" mentions") {
		start := rapid.Int32Range(0, 30).Draw(t, "start")
		m := schema.Mention{
			ID:      fmt.Sprintf("m%d", i),
			Span:    schema.Span{Start: start, End: start + rapid.Int32Range(1, 8).Draw(t, "length")},
			Type:    rapid.SampledFrom([]string{"PER", "GPE", "ORG"}).Draw(t, "type"),
			Level:   rapid.SampledFrom([]string{"NAM", "NOM"}).Draw(t, "level"),
			ActorID: rapid.SampledFrom(actors).Draw(t, "actor"),
		}
		m.Head = schema.Span{Start: m.Span.Start, End: m.Span.Start + 1}
		m.Text = lawText[m.Span.Start:m.Span.End]
		if key := fmt.Sprint(m.Span, m.Type); !seen[key] { // no two of a type in one place
			seen[key] = true
			a.Mentions = append(a.Mentions, m)
		}
	}
	for i := range rapid.IntRange(0, 5).Draw(t, label+" events") {
		start := rapid.Int32Range(0, 30).Draw(t, "trigger")
		e := schema.Event{
			ID:       fmt.Sprintf("e%d", i),
			Span:     schema.Span{Start: start, End: start + rapid.Int32Range(1, 3).Draw(t, "length")},
			Type:     rapid.SampledFrom([]string{"CONSULT", "AGREE", "ASSAULT"}).Draw(t, "type"),
			Realis:   rapid.SampledFrom([]string{"actual", "other"}).Draw(t, "realis"),
			CAMEO:    rapid.SampledFrom([]string{"", "040", "041", "057", "190"}).Draw(t, "cameo"),
			HopperID: rapid.SampledFrom([]string{"h1", "h2", "h3"}).Draw(t, "hopper"),
		}
		e.Text = lawText[e.Span.Start:e.Span.End]
		if e.Type == "CONSULT" {
			e.Modes = rapid.SampledFrom([][]string{nil, {"phone"}, {"visit"}}).Draw(t, "modes")
		}
		for range rapid.IntRange(0, 3).Draw(t, "arguments") {
			if len(a.Mentions) > 0 {
				m := rapid.IntRange(0, len(a.Mentions)-1).Draw(t, "filler")
				arg := schema.Argument{Role: rapid.SampledFrom([]string{"ACTOR", "RECIPIENT", "TOPIC"}).Draw(t, "role"), MentionID: a.Mentions[m].ID}
				if !slices.Contains(e.Arguments, arg) {
					e.Arguments = append(e.Arguments, arg)
				}
			}
		}
		if key := fmt.Sprint("e", e.Span, e.Type); !seen[key] {
			seen[key] = true
			a.Events = append(a.Events, e)
		}
	}
	return a
}

const lawText = "abcdefghij klmnop qrstuv wxyz ABCDEFGHIJ KLMNOP"

func lawSettings() *Settings {
	table := map[string]*schema.Actor{}
	for i, country := range []string{"SYR", "RUS", "USA", "RUS"} {
		id := fmt.Sprintf("a%d", i+1)
		table[id] = &schema.Actor{ID: id, Type: "GPE", Country: country, Sector: "GOV"}
	}
	return &Settings{Ontology: schema.PLOVER(), Actors: table, PredictedActors: table}
}

func lawPair(gold, pred *schema.Annotation) *Pair {
	return &Pair{DocID: gold.DocID, Article: &schema.Article{DocID: gold.DocID, Text: lawText, Published: "2016-07-06"}, Gold: gold, Pred: pred}
}

// countLaw scores the pairs with every registered metric.
func countLaw(t *rapid.T, pairs ...*Pair) *Tally {
	s := NewScorer(Metrics(), lawSettings(), nil, nil, "laws")
	err := s.Run(t.Context(), func(yield func(*Pair, error) bool) {
		for _, p := range pairs {
			if !yield(p, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.Total()
}

func obeys(m *Metric, law Law) bool { return m.Breaks[law] == "" }

func near(a, b Ratio) bool {
	return a.Defined == b.Defined && math.Abs(a.Value-b.Value) < 1e-9
}

func TestLawIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold := drawAnnotation(t, "gold", "d1")
		total := countLaw(t, lawPair(gold, gold))
		for i, m := range total.Layout().Metrics() {
			if !obeys(m, LawIdentity) {
				continue
			}
			for _, class := range total.Classes() {
				s := m.Score(total.Get(i, class))
				for _, r := range []Ratio{s.Precision, s.Recall, s.F1} {
					if r.Defined && math.Abs(r.Value-1) > 1e-9 {
						t.Fatalf("%s [%s]: gold against itself gives %+v", m.Name, class, s)
					}
				}
			}
		}
	})
}

// shuffled is the same annotation with every list in another order.
func shuffled(a *schema.Annotation, seed uint64) *schema.Annotation {
	rng := rand.New(rand.NewPCG(seed, 1))
	b := &schema.Annotation{DocID: a.DocID, Mentions: slices.Clone(a.Mentions), Events: slices.Clone(a.Events)}
	rng.Shuffle(len(b.Mentions), func(i, j int) { b.Mentions[i], b.Mentions[j] = b.Mentions[j], b.Mentions[i] })
	rng.Shuffle(len(b.Events), func(i, j int) { b.Events[i], b.Events[j] = b.Events[j], b.Events[i] })
	for i := range b.Events {
		args := slices.Clone(b.Events[i].Arguments)
		rng.Shuffle(len(args), func(i, j int) { args[i], args[j] = args[j], args[i] })
		b.Events[i].Arguments = args
	}
	return b
}

func TestLawOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := drawAnnotation(t, "gold", "d1"), drawAnnotation(t, "pred", "d1")
		seed := rapid.Uint64().Draw(t, "seed")
		a := countLaw(t, lawPair(gold, pred))
		b := countLaw(t, lawPair(shuffled(gold, seed), shuffled(pred, seed+1)))
		for i, m := range a.Layout().Metrics() {
			for _, class := range a.Classes() {
				if x, y := a.Get(i, class), b.Get(i, class); obeys(m, LawOrder) && !slices.Equal(x, y) {
					t.Fatalf("%s [%s]: %v in one order, %v in another", m.Name, class, x, y)
				}
			}
		}
	})
}

func TestLawSwap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := drawAnnotation(t, "gold", "d1"), drawAnnotation(t, "pred", "d1")
		a, b := countLaw(t, lawPair(gold, pred)), countLaw(t, lawPair(pred, gold))
		for i, m := range a.Layout().Metrics() {
			if !obeys(m, LawSwap) {
				continue
			}
			s, r := m.Score(a.Get(i, "")), m.Score(b.Get(i, ""))
			if !near(s.Precision, r.Recall) || !near(s.Recall, r.Precision) || !near(s.F1, r.F1) {
				t.Fatalf("%s: %+v, swapped %+v", m.Name, s, r)
			}
		}
	})
}

// TestLawSum: the tallies of any shards, merged in any order, have the bytes
// of the whole, and so has what is read back from their canonical form.
func TestLawSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var pairs []*Pair
		for i := range rapid.IntRange(1, 5).Draw(t, "articles") {
			id := fmt.Sprintf("d%d", i)
			pairs = append(pairs, lawPair(drawAnnotation(t, "gold", id), drawAnnotation(t, "pred", id)))
		}
		s := NewScorer(perArticle(), lawSettings(), nil, nil, "laws")
		whole := sumOf(t, s.Layout(), pairs)
		order := rapid.Permutation(pairs).Draw(t, "order")
		cut := rapid.IntRange(0, len(order)).Draw(t, "cut")
		merged := s.Layout().NewTally()
		for _, shard := range [][]*Pair{order[cut:], order[:cut]} {
			data, err := sumOf(t, s.Layout(), shard).AppendBinary(nil)
			if err != nil {
				t.Fatal(err)
			}
			part, err := ReadTally(s.Layout(), data)
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
func perArticle() []*Metric {
	var out []*Metric
	for _, f := range Families() {
		if f.New != nil {
			for i := range f.Metrics {
				out = append(out, &f.Metrics[i])
			}
		}
	}
	return out
}

func sumOf(t *rapid.T, l *Layout, pairs []*Pair) *Tally {
	s := NewScorer(l.Metrics(), lawSettings(), nil, nil, "laws")
	for _, p := range pairs {
		if err := s.Run(t.Context(), func(yield func(*Pair, error) bool) { yield(p, nil) }); err != nil {
			t.Fatal(err)
		}
	}
	return s.Total()
}

func TestLawSpurious(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := drawAnnotation(t, "gold", "d1"), drawAnnotation(t, "pred", "d1")
		worse := &schema.Annotation{DocID: "d1", Mentions: slices.Clone(pred.Mentions), Events: slices.Clone(pred.Events)}
		far := schema.Span{Start: 42, End: 45} // past every drawn span
		worse.Mentions = append(worse.Mentions, schema.Mention{ID: "extra", Span: far, Text: lawText[42:45], Head: far, Type: "PER", Level: "NAM", ActorID: "nobody"})
		worse.Events = append(worse.Events, schema.Event{ID: "extra", Span: far, Text: lawText[42:45], Type: "CONSULT", Realis: "actual", HopperID: "nothing",
			Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "extra"}}})
		a, b := countLaw(t, lawPair(gold, pred)), countLaw(t, lawPair(gold, worse))
		for i, m := range a.Layout().Metrics() {
			if !obeys(m, LawSpurious) {
				continue
			}
			before, after := m.Score(a.Get(i, "")).Precision, m.Score(b.Get(i, "")).Precision
			if before.Defined && after.Defined && after.Value > before.Value+1e-9 {
				t.Fatalf("%s: precision rose from %v to %v", m.Name, before.Value, after.Value)
			}
		}
	})
}

// TestSchemesAreOrdered: strict ≤ exact, strict ≤ type, exact ≤ partial.
func TestSchemesAreOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := countLaw(t, lawPair(drawAnnotation(t, "gold", "d1"), drawAnnotation(t, "pred", "d1")))
		score := func(name string) Score {
			i := total.Layout().Find(name)
			return total.Layout().Metrics()[i].Score(total.Get(i, ""))
		}
		strict, exact, partial, typ := score("mentions.strict"), score("mentions.exact"), score("mentions.partial"), score("mentions.type")
		for _, c := range []struct {
			name string
			a, b Score
		}{{"strict ≤ exact", strict, exact}, {"strict ≤ type", strict, typ}, {"exact ≤ partial", exact, partial}} {
			if c.a.Precision.Value > c.b.Precision.Value || c.a.Recall.Value > c.b.Recall.Value || c.a.F1.Value > c.b.F1.Value {
				t.Fatalf("%s does not hold: %+v, %+v", c.name, c.a, c.b)
			}
		}
	})
}
