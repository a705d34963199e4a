package evaltest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// DrawAnnotation makes a small article full of nested and crossing spans,
// shared actors, hoppers and arguments.
func DrawAnnotation(t *rapid.T, label, docID string) *schema.Annotation {
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
		m.Text = LawText[m.Span.Start:m.Span.End]
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
		e.Text = LawText[e.Span.Start:e.Span.End]
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

const LawText = "abcdefghij klmnop qrstuv wxyz ABCDEFGHIJ KLMNOP"

func LawSettings() *eval.Settings {
	table := map[string]*schema.Actor{}
	for i, country := range []string{"SYR", "RUS", "USA", "RUS"} {
		id := fmt.Sprintf("a%d", i+1)
		table[id] = &schema.Actor{ID: id, Type: "GPE", Country: country, Sector: "GOV"}
	}
	return &eval.Settings{Ontology: ontology.Default(), Actors: table, PredictedActors: table}
}

func LawPair(gold, pred *schema.Annotation) *eval.Pair {
	return &eval.Pair{DocID: gold.DocID, Article: &schema.Article{DocID: gold.DocID, Text: LawText, Published: "2016-07-06"}, Gold: gold, Pred: pred}
}

// CountLaw scores the pairs with every registered metric.
func CountLaw(t *rapid.T, pairs ...*eval.Pair) *eval.Tally {
	s := eval.NewScorer(eval.Metrics(), LawSettings(), nil, nil, "laws")
	err := s.Run(t.Context(), func(yield func(*eval.Pair, error) bool) {
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

// Shuffled is the same annotation with every list in another order.
func Shuffled(a *schema.Annotation, seed uint64) *schema.Annotation {
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
