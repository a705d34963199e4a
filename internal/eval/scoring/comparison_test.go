package scoring

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/schema"
)

// countedSystem is a system with the given counts (correct, predicted, gold)
// of one plain metric, one row an article.
func countedSystem(name string, counts [][3]int64) System {
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	s := eval.NewScorer(l.Metrics(), nil, nil, nil, "")
	for _, a := range evaltest.CountedArticles(l, counts) {
		s.Add(a)
	}
	return System{Name: name, Scorer: s, Result: &Result{
		Version: ResultVersion, Signature: Signature{Dataset: "d@1.0.0", Metrics: []string{"m"}},
		Articles: len(counts), Metrics: eval.Figures(s.Total(), nil), Warnings: []string{},
	}}
}

func compareCounts(t *testing.T, opt CompareOptions, systems ...System) *Comparison {
	t.Helper()
	opt.Comparing = stats.DefaultComparing
	c, err := CompareSystems(t.Context(), systems, opt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompareSystemsAgainstTheFirst(t *testing.T) {
	// Six articles with one gold item each. B finds all that A misses: swapping
	// all or none of the six is as extreme as what is seen, p = 2/64. C is A.
	a := countedSystem("a", [][3]int64{{0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}})
	b := countedSystem("b", [][3]int64{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}})
	again := countedSystem("c", [][3]int64{{0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}})
	c := compareCounts(t, CompareOptions{Articles: true}, a, b, again)
	if len(c.Figures) != 1 || len(c.Figures[0].Systems) != 3 || c.Figures[0].Systems[0].Versus != nil {
		t.Fatalf("%+v", c.Figures)
	}
	f1 := c.Figures[0].Systems[1].Versus.F1
	if *f1.Difference != 1 || *f1.P != 2.0/64 {
		t.Errorf("b: difference %v, p %v; expected 1 and 2/64", *f1.Difference, *f1.P)
	}
	// Two comparisons, p 1/32 and 1: Holm 2·1/32 and 1, Benjamini-Hochberg the same.
	if c.Comparisons != 2 || *f1.PHolm != 2.0/32 || *f1.PBenjaminiHochberg != 2.0/32 {
		t.Errorf("corrected for %d: Holm %v, Benjamini-Hochberg %v", c.Comparisons, *f1.PHolm, *f1.PBenjaminiHochberg)
	}
	if v := c.Figures[0].Systems[2].Versus; *v.F1.P != 1 || *v.F1.PHolm != 1 || v.Articles.Equal != 6 {
		t.Errorf("c: %+v", v)
	}
	if got := c.Figures[0].Systems[1].Versus.Articles; got.Better != 6 || got.Worse != 0 || got.Each[0].Change != "better" {
		t.Errorf("articles %+v", got)
	}
	if len(c.Warnings) != 0 {
		t.Errorf("six articles allow p = 0.03125, found warnings %q", c.Warnings)
	}
}

func TestFiveArticlesAllowNoSmallP(t *testing.T) {
	five := [][3]int64{{0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}}
	c := compareCounts(t, CompareOptions{}, countedSystem("a", five), countedSystem("b", five))
	if len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0], "5 articles allow no p below 2/32 = 0.0625") {
		t.Errorf("%q", c.Warnings)
	}
	// 2/2ⁿ by hand; beyond 63 articles only the exponent is written.
	for n, want := range map[int]string{0: "2/1", 1: "2/2", 5: "2/32", 70: "2/2^70"} {
		if got := SmallestPFraction(n); got != want {
			t.Errorf("%d articles: %s, expected %s", n, got, want)
		}
	}
	if stats.SmallestP(0) != 1 || stats.SmallestP(1) != 1 || stats.SmallestP(5) != 0.0625 {
		t.Error(stats.SmallestP(0), stats.SmallestP(1), stats.SmallestP(5))
	}
}

func TestArticleChangesRankUndefinedAsRight(t *testing.T) {
	// No gold item: predicting nothing is undefined, predicting one is F1 0.
	empty, noisy := [3]int64{0, 0, 0}, [3]int64{0, 1, 0}
	a := countedSystem("a", [][3]int64{empty, noisy, empty, {1, 2, 2}})
	b := countedSystem("b", [][3]int64{noisy, empty, empty, {2, 2, 2}})
	got := articleChanges("m", a.Scorer, b.Scorer, true)
	var changes []string
	for _, e := range got.Each {
		changes = append(changes, e.Change)
	}
	if strings.Join(changes, " ") != "worse better equal better" || got.Better != 2 || got.Worse != 1 || got.Equal != 1 {
		t.Errorf("%v %+v", changes, got)
	}
	if got.Each[0].First != nil || *got.Each[0].This != 0 {
		t.Errorf("undefined is nil: %+v", got.Each[0])
	}
}

func TestDifferentSignaturesAreRefusedOrMarked(t *testing.T) {
	counts := [][3]int64{{1, 1, 1}, {1, 2, 2}}
	a, b := countedSystem("a", counts), countedSystem("b", counts)
	b.Result.Signature.ContentHash = "beef"
	_, err := CompareSystems(t.Context(), []System{a, b}, CompareOptions{Comparing: stats.DefaultComparing})
	var differ *SignatureError
	if !errors.As(err, &differ) || len(differ.Differences) != 1 || !strings.Contains(err.Error(), "content hash: , beef") {
		t.Errorf("error %v", err)
	}
	c := compareCounts(t, CompareOptions{Mismatch: true}, a, b)
	if !strings.Contains(strings.Join(c.Warnings, "\n"), "were not computed alike") || len(c.Systems[1].SignatureDifferences) != 1 {
		t.Errorf("%q %+v", c.Warnings, c.Systems)
	}
	// A seed changes the intervals, not the counts: compared and said.
	b.Result.Signature = a.Result.Signature
	b.Result.Signature.Seed = 7
	c = compareCounts(t, CompareOptions{}, a, b)
	if !strings.Contains(strings.Join(c.Warnings, "\n"), "not drawn alike: seed: 0, 7") {
		t.Errorf("%q", c.Warnings)
	}
}

func TestStoredResultsHaveFiguresWithoutTests(t *testing.T) {
	a := countedSystem("a", [][3]int64{{1, 2, 2}, {1, 2, 2}})
	b := countedSystem("b", [][3]int64{{2, 2, 2}, {1, 2, 2}})
	b.Scorer = nil
	c := compareCounts(t, CompareOptions{}, a, b)
	v := c.Figures[0].Systems[1].Versus
	if math.Abs(*v.F1.Difference-0.25) > 1e-15 || v.F1.P != nil || v.F1.Interval != nil || v.Articles != nil || c.Comparisons != 0 {
		t.Errorf("%+v", v)
	}
	if !strings.Contains(strings.Join(c.Warnings, "\n"), "b is a stored result") {
		t.Errorf("%q", c.Warnings)
	}
}

// doubled repeats an article's mentions, so that several items share one place.
func doubled(a *schema.Annotation, times int) *schema.Annotation {
	out := &schema.Annotation{DocID: a.DocID, Events: a.Events}
	for range times {
		out.Mentions = append(out.Mentions, a.Mentions...)
	}
	return out
}

// TestItemChangesAddUpToTheCounts holds the changes against the metrics' own
// counts, which are made by another way of matching.
func TestItemChangesAddUpToTheCounts(t *testing.T) {
	opt := Options{Metrics: []string{"mentions.strict", "events.trigger.classified"}}
	rapid.Check(t, func(t *rapid.T) {
		gold := doubled(evaltest.DrawAnnotation(t, "gold", "d1"), rapid.IntRange(1, 2).Draw(t, "gold times"))
		var systems [2]System
		for i := range systems {
			pred := evaltest.DrawAnnotation(t, "pred", "d1")
			if rapid.Bool().Draw(t, "some right") {
				pred.Mentions = append(pred.Mentions, gold.Mentions...)
				pred.Events = append(pred.Events, gold.Events...)
			}
			pred = doubled(pred, rapid.IntRange(0, 2).Draw(t, "times"))
			items, err := NewItems(schema.PLOVER(), opt, true)
			if err != nil {
				t.Fatal(err)
			}
			stream := func(yield func(*eval.Pair, error) bool) { yield(evaltest.LawPair(gold, pred), nil) }
			ev, err := Evaluate(t.Context(), items.Watch(stream), evaltest.LawSettings(), Signature{}, &JoinReport{}, opt)
			if err != nil {
				t.Fatal(err)
			}
			systems[i] = System{"s", ev.Result, ev.Scorer, items}
		}
		there, back := systems[1].Items.Since(systems[0].Items, true), systems[0].Items.Since(systems[1].Items, false)
		for i, c := range there {
			a, b := systems[0].Result.Find(c.Metric, c.Class), systems[1].Result.Find(c.Metric, c.Class)
			count := func(f *eval.Figure) (correct, predicted, gold int) {
				if f == nil {
					return 0, 0, 0
				}
				return int(f.Correct.Precision), int(f.Predicted), int(f.Gold)
			}
			rightA, predictedA, goldA := count(a)
			rightB, predictedB, _ := count(b)
			switch {
			case c.Found+c.Broken != rightA, c.Found+c.Fixed != rightB:
				t.Fatalf("%+v: %d and %d are right", c, rightA, rightB)
			case a != nil && c.Fixed+c.Broken+c.Found+c.Missed != goldA:
				t.Fatalf("%+v: %d gold items", c, goldA)
			case c.Gone+c.Stayed != predictedA-rightA, c.Added+c.Stayed != predictedB-rightB:
				t.Fatalf("%+v: %d and %d are wrong", c, predictedA-rightA, predictedB-rightB)
			case back[i].Fixed != c.Broken || back[i].Gone != c.Added || back[i].Found != c.Found:
				t.Fatalf("%+v turned round is %+v", c, back[i])
			case c.Class == "" && len(c.Items) != c.Fixed+c.Broken+c.Gone+c.Added:
				t.Fatalf("%+v: %d items listed", c, len(c.Items))
			}
		}
	})
}

func TestItemsObeyFilters(t *testing.T) {
	gold := &schema.Annotation{DocID: "d", Mentions: []schema.Mention{
		{ID: "m1", Span: schema.Span{Start: 0, End: 2}, Type: "PER", Level: "NAM"},
		{ID: "m2", Span: schema.Span{Start: 3, End: 5}, Type: "ORG", Level: "NOM"},
	}}
	items, err := NewItems(schema.PLOVER(), Options{Metrics: []string{"mentions.strict"}, Where: []string{"level=NAM"}}, true)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // watching anew forgets
		for range items.Watch(func(yield func(*eval.Pair, error) bool) { yield(evaltest.LawPair(gold, gold), nil) }) {
		}
	}
	c := items.Since(items, false)
	if len(c) != 2 || c[0].Found != 1 || c[1].Class != "PER" {
		t.Errorf("%+v", c)
	}
	if _, err := NewItems(schema.PLOVER(), Options{Where: []string{"colour=red"}}, true); err == nil {
		t.Error("an unknown column was accepted")
	}
}

func TestComparisonOfSlicesAndClasses(t *testing.T) {
	gold := []*schema.Annotation{
		{DocID: "d1", Mentions: []schema.Mention{{ID: "m1", Span: schema.Span{Start: 0, End: 2}, Type: "PER", Level: "NAM"}}},
		{DocID: "d2", Mentions: []schema.Mention{{ID: "m1", Span: schema.Span{Start: 0, End: 2}, Type: "ORG", Level: "NOM"}}},
	}
	opt := Options{Metrics: []string{"mentions.strict"}, By: []string{"level"}}
	system := func(name string, preds ...*schema.Annotation) System {
		ev, err := Evaluate(t.Context(), func(yield func(*eval.Pair, error) bool) {
			for i, g := range gold {
				if !yield(evaltest.LawPair(g, preds[i]), nil) {
					return
				}
			}
		}, evaltest.LawSettings(), Signature{}, &JoinReport{}, opt)
		if err != nil {
			t.Fatal(err)
		}
		return System{Name: name, Result: ev.Result, Scorer: ev.Scorer}
	}
	// B alone predicts a GPE, of a level that gold does not have.
	other := &schema.Annotation{DocID: "d2", Mentions: []schema.Mention{{ID: "m1", Span: schema.Span{Start: 8, End: 9}, Type: "GPE", Level: "PRO"}}}
	c := compareCounts(t, CompareOptions{Classes: true}, system("a", gold[0], gold[1]), system("b", gold[0], other))
	var names []string
	for _, f := range c.Figures {
		names = append(names, f.Class+f.Average+"/"+f.Slice["level"])
	}
	want := "/ GPE/ ORG/ PER/ macro/ weighted/ /NAM PER/NAM /NOM ORG/NOM"
	if got := strings.Join(names, " "); !strings.HasPrefix(got, want) {
		t.Errorf("figures %q, expected %q first", got, want)
	}
	for _, f := range c.Figures {
		if f.Class == "GPE" && len(f.Slice) == 0 {
			if f.Systems[0].F1 != nil || *f.Systems[1].Precision != 0 || f.Systems[1].Versus.F1.P != nil {
				t.Errorf("%+v", f)
			}
		}
	}
}

func TestCompareSystemsChecksItsSettings(t *testing.T) {
	a := countedSystem("a", [][3]int64{{1, 1, 1}})
	opt := CompareOptions{Comparing: stats.DefaultComparing}
	opt.Resampling.Resamples = 0
	var bad *eval.OptionError
	if _, err := CompareSystems(t.Context(), []System{a, a}, opt); !errors.As(err, &bad) {
		t.Errorf("error %v", err)
	}
	opt.Comparing = stats.DefaultComparing
	b := countedSystem("b", [][3]int64{{1, 1, 1}, {1, 1, 1}})
	if _, err := CompareSystems(t.Context(), []System{a, b}, opt); !errors.Is(err, stats.ErrArticles) {
		t.Errorf("error %v", err)
	}
	var out bytes.Buffer
	if err := compareCounts(t, CompareOptions{}, a, a).WriteJSON(&out); err != nil || !strings.HasPrefix(out.String(), "{\n  \"comparison_version\": 1,") {
		t.Errorf("%v %.60s", err, out.String())
	}
}
