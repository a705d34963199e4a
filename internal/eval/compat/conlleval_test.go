package compat

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestMentionTags: worked out by hand. "ab cd" is the outer mention; the one
// inside it is dropped, and so is the one that crosses its end.
func TestMentionTags(t *testing.T) {
	tokens := wordTokens("ab cd, e\u0651f 12.")
	want := []schema.Span{{Start: 0, End: 2}, {Start: 3, End: 5}, {Start: 5, End: 6}, {Start: 7, End: 10}, {Start: 11, End: 13}, {Start: 13, End: 14}}
	if !slices.Equal(tokens, want) {
		t.Fatalf("tokens %v, expected %v", tokens, want)
	}
	mention := func(start, end int32, typ string) schema.Mention {
		return schema.Mention{Span: schema.Span{Start: start, End: end}, Type: typ}
	}
	tags := mentionTags(tokens, []schema.Mention{
		mention(3, 5, "GPE"), mention(0, 5, "PER"), mention(4, 10, "ORG"), mention(8, 10, "LOC"), mention(11, 12, "ORG"), mention(6, 7, "ORG"), {Span: schema.NoSpan, Type: "PER"},
	})
	if got := strings.Join(tags, " "); got != "B-PER I-PER O B-LOC B-ORG O" {
		t.Errorf("tags %s", got)
	}
}

// TestConllevalMetrics: of two gold phrases one is right, one has a wrong
// type; of six tokens one has a wrong tag (worked out by hand).
func TestConllevalMetrics(t *testing.T) {
	gold := &schema.Annotation{DocID: "d", Mentions: []schema.Mention{
		{ID: "1", Span: schema.Span{Start: 0, End: 10}, Type: "PER"}, {ID: "2", Span: schema.Span{Start: 18, End: 24}, Type: "GPE"}}}
	pred := &schema.Annotation{DocID: "d", Mentions: []schema.Mention{
		{ID: "1", Span: schema.Span{Start: 0, End: 10}, Type: "PER"}, {ID: "2", Span: schema.Span{Start: 18, End: 24}, Type: "ORG"}}}
	s := eval.NewScorer(evaltest.MustSelect(t, "conlleval.phrases", "conlleval.accuracy"), evaltest.LawSettings(), nil, nil, "")
	if err := s.Run(t.Context(), func(yield func(*eval.Pair, error) bool) { yield(evaltest.LawPair(gold, pred), nil) }); err != nil {
		t.Fatal(err)
	}
	total := s.Total()
	for name, want := range map[string][]int64{"conlleval.phrases": {1, 2, 1, 2}, "conlleval.accuracy": {5, 6, 5, 6}} {
		if got := total.Get(total.Layout().Find(name), ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}

// TestPhrasesAreThoseOfTheTags: counted item by item, phrases are what conlleval
// finds in the tags.
func TestPhrasesAreThoseOfTheTags(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := evaltest.DrawAnnotation(t, "gold", "d"), evaltest.DrawAnnotation(t, "pred", "d")
		total := evaltest.CountLaw(t, evaltest.LawPair(gold, pred))
		tokens := wordTokens(evaltest.LawText)
		r := scoreTags([][]string{mentionTags(tokens, gold.Mentions)}, [][]string{mentionTags(tokens, pred.Mentions)})
		at := total.Layout().Find("conlleval.phrases")
		if got, w := total.Get(at, ""), r.total(); !slices.Equal(got, []int64{w.correct, w.predicted, w.correct, w.gold}) {
			t.Fatalf("%v, in the tags %+v", got, w)
		}
		for _, w := range r.types {
			if got := total.Get(at, w.typ); w.typ != "" && !slices.Equal(got, []int64{w.correct, w.predicted, w.correct, w.gold}) {
				t.Fatalf("%s: %v, in the tags %+v", w.typ, got, w)
			}
		}
	})
}
