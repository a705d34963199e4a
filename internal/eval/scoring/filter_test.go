package scoring

import (
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// evaluated scores one article under the options.
func evaluated(t *testing.T, gold, pred *schema.Annotation, opt Options) *Result {
	t.Helper()
	pairs := func(yield func(*eval.Pair, error) bool) { yield(evaltest.LawPair(gold, pred), nil) }
	ev, err := Evaluate(t.Context(), pairs, evaltest.LawSettings(), Signature{}, nil, opt)
	if err != nil {
		t.Fatal(err)
	}
	return ev.Result
}

// TestWhatDoesNotSayIsUnknown: of two predictions without a level one stands in
// the place of a gold name, which it is judged with; the other is judged as
// unknown, in a slice that is shown. By hand.
func TestWhatDoesNotSayIsUnknown(t *testing.T) {
	gold := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 PER", "10-15 PER")}
	gold.Mentions[0].Level, gold.Mentions[1].Level = "NAM", "NOM"
	pred := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 PER", "20-25 PER")}
	by := evaluated(t, gold, pred, Options{Metrics: []string{"mentions.strict"}, By: []string{"level"}})
	for value, want := range map[string][3]float64{"NAM": {1, 1, 1}, "NOM": {0, 0, 1}, "unknown": {0, 1, 0}} { // correct, predicted, gold
		where := evaluated(t, gold, pred, Options{Metrics: []string{"mentions.strict"}, Where: []string{"level=" + value}})
		i := slices.IndexFunc(by.Metrics, func(f eval.Figure) bool { return f.Class == "" && f.Average == "" && f.Slice["level"] == value })
		for _, f := range []eval.Figure{by.Metrics[i], where.Metrics[0]} {
			if got := [3]float64{f.Correct.Precision, f.Predicted, f.Gold}; got != want {
				t.Errorf("level %s: %v, expected %v", value, got, want)
			}
		}
	}
}

// TestFilterThatKeepsAllChangesNothing, not even for an argument that gives
// both a mention and a span of its own.
func TestFilterThatKeepsAllChangesNothing(t *testing.T) {
	at := func(a, b int32) schema.Span { return schema.Span{Start: a, End: b} }
	gold := &schema.Annotation{DocID: "d", Mentions: []schema.Mention{{ID: "m", Span: at(0, 4), Type: "PER"}},
		Events: []schema.Event{{ID: "e", Span: at(6, 9), Type: "AGREE", Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "m"}}}}}
	pred := &schema.Annotation{DocID: "d", Mentions: gold.Mentions,
		Events: []schema.Event{{ID: "e", Span: at(6, 9), Type: "AGREE", Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "m", Span: at(0, 6)}}}}}
	opt := Options{Metrics: []string{"events.argument.classified"}}
	plain := evaluated(t, gold, pred, opt)
	opt.Where = []string{"quad!=4"}
	filtered := evaluated(t, gold, pred, opt)
	if a, b := plain.Metrics[0].Correct, filtered.Metrics[0].Correct; a != b {
		t.Errorf("%v without the filter, %v with it", a, b)
	}
}

func TestFilterThatKeepsNothingIsAnError(t *testing.T) {
	gold := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 PER", "6-9 GPE")}
	pairs := func(yield func(*eval.Pair, error) bool) { yield(evaltest.LawPair(gold, gold), nil) }
	_, err := Evaluate(t.Context(), pairs, evaltest.LawSettings(), Signature{}, nil, Options{Where: []string{"type=PERS"}})
	if err == nil || !strings.Contains(err.Error(), "the values are GPE, PER") {
		t.Errorf("found %v", err)
	}
}

// TestCorpusMetricsAreSlicedByArticle: an article's slice of a metric over the
// whole corpus is its own share, and the shares add up to the whole.
func TestCorpusMetricsAreSlicedByArticle(t *testing.T) {
	a := &schema.Annotation{DocID: "a", Mentions: evaltest.SpanList(t, "0-5 PER", "6-9 GPE")}
	b := &schema.Annotation{DocID: "b", Mentions: evaltest.SpanList(t, "0-5 PER")}
	for _, x := range []*schema.Annotation{a, b} {
		for i := range x.Mentions {
			x.Mentions[i].ActorID = "a1"
		}
	}
	pairs := func(yield func(*eval.Pair, error) bool) {
		_ = yield(evaltest.LawPair(a, a), nil) && yield(evaltest.LawPair(b, b), nil)
	}
	opt := Options{Metrics: []string{"actors.coref_corpus.b3"}, By: []string{"article"}}
	ev, err := Evaluate(t.Context(), pairs, evaltest.LawSettings(), Signature{}, nil, opt)
	if err != nil {
		t.Fatal(err)
	}
	var whole, parts float64
	for _, f := range ev.Result.Metrics {
		if len(f.Slice) == 0 {
			whole = f.Gold
		} else {
			parts += f.Gold
		}
	}
	if whole != 3 || parts != 3 {
		t.Errorf("gold is %v over all and %v over the articles, expected 3 and 3", whole, parts)
	}
}

// TestSumsCountTheSame as keeping every article.
func TestSumsCountTheSame(t *testing.T) {
	var results []*Result
	for _, only := range []bool{false, true} {
		pairs := func(yield func(*eval.Pair, error) bool) {
			for _, p := range evaltest.SpanWorkload(200, 10) {
				if !yield(p, nil) {
					return
				}
			}
		}
		ev, err := Evaluate(t.Context(), pairs, evaltest.LawSettings(), Signature{}, nil, Options{Metrics: []string{"mentions"}, Untested: only})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(ev.Scorer.Articles()); only != (n == 0) {
			t.Errorf("total only %v keeps %d articles", only, n)
		}
		results = append(results, ev.Result)
	}
	for i, f := range results[0].Metrics {
		if g := results[1].Metrics[i]; f.Name != g.Name || f.Correct != g.Correct || f.Gold != g.Gold || f.Predicted != g.Predicted {
			t.Errorf("%+v, total only %+v", f, g)
		}
	}
}
