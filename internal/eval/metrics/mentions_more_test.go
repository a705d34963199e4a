package metrics

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// scoreOf counts one pair under one metric: correct, predicted, correct, gold.
func scoreOf(t interface{ Fatal(...any) }, name string, p *eval.Pair, settings *eval.Settings) []int64 {
	metrics, err := eval.SelectMetrics([]string{name})
	if err != nil {
		t.Fatal(err)
	}
	tally := countOne(metrics, p, settings)
	return tally.Get(0, "")
}

func countOne(metrics []*eval.Metric, p *eval.Pair, settings *eval.Settings) *eval.Tally {
	tally := eval.NewLayout(metrics, "").NewTally()
	for _, f := range eval.Families() {
		for i := range f.Metrics {
			if f.New != nil && slices.Contains(metrics, &f.Metrics[i]) {
				f.New(settings).Count(p, tally)
				break
			}
		}
	}
	return tally
}

func mentionPair(text string, gold, pred []schema.Mention) *eval.Pair {
	p := &eval.Pair{DocID: "d", Gold: &schema.Annotation{Mentions: gold}, Pred: &schema.Annotation{Mentions: pred}}
	if text != "" {
		p.Article = &schema.Article{DocID: "d", Text: text}
	}
	return p
}

// The expected counts are worked out by hand in the case's name.
func TestMentionFamilies(t *testing.T) {
	for _, c := range []struct {
		name, metric string
		iou          int
		text         string
		gold, pred   []schema.Mention
		want         []int64
	}{
		{
			"same head in other extents; an extent stands for its absent head; another type",
			"mentions.head", 0, "",
			[]schema.Mention{evaltest.Mention("PER", 0, 20, 10, 15), evaltest.Mention("ORG", 30, 34), evaltest.Mention("GPE", 40, 45)},
			[]schema.Mention{evaltest.Mention("PER", 8, 15, 10, 15), evaltest.Mention("ORG", 28, 34, 30, 34), evaltest.Mention("LOC", 40, 45)},
			[]int64{2, 3, 2, 3},
		},
		{
			"two gold mentions share a head, one prediction finds one of them",
			"mentions.head", 0, "",
			[]schema.Mention{evaltest.Mention("PER", 0, 20, 10, 15), evaltest.Mention("PER", 5, 20, 10, 15)},
			[]schema.Mention{evaltest.Mention("PER", 10, 15)},
			[]int64{1, 1, 1, 2},
		},
		{
			"5 of 10 common: 50 per cent is reached",
			"mentions.overlap", 50, "",
			[]schema.Mention{evaltest.Mention("PER", 0, 10)}, []schema.Mention{evaltest.Mention("ORG", 5, 10)},
			[]int64{1, 1, 1, 1},
		},
		{
			"5 of 10 common: 51 per cent is not",
			"mentions.overlap", 51, "",
			[]schema.Mention{evaltest.Mention("PER", 0, 10)}, []schema.Mention{evaltest.Mention("ORG", 5, 10)},
			[]int64{0, 1, 0, 1},
		},
		{
			"any overlap, one to one: both are matched although the first overlaps both",
			"mentions.overlap", 0, "",
			[]schema.Mention{evaltest.Mention("PER", 0, 10), evaltest.Mention("PER", 8, 12)},
			[]schema.Mention{evaltest.Mention("PER", 9, 11), evaltest.Mention("PER", 2, 4)},
			[]int64{2, 2, 2, 2},
		},
		{
			"touching spans have nothing in common",
			"mentions.overlap", 0, "",
			[]schema.Mention{evaltest.Mention("PER", 0, 5)}, []schema.Mention{evaltest.Mention("PER", 5, 9)},
			[]int64{0, 1, 0, 1},
		},
		{
			"gold PER 0–10 with 2–4 inside it, ORG 2–4; predicted PER 5–12, ORG 0–4: PER 5 of 7 and 10, ORG 2 of 4 and 2",
			"mentions.characters", 0, "",
			[]schema.Mention{evaltest.Mention("PER", 0, 10), evaltest.Mention("PER", 2, 4), evaltest.Mention("ORG", 2, 4)},
			[]schema.Mention{evaltest.Mention("PER", 5, 12), evaltest.Mention("ORG", 0, 4)},
			[]int64{7, 11, 7, 12},
		},
		{
			"words: gold الرئيس الروسي, predicted رئيس only of the first: its word is covered, the other is not",
			"mentions.tokens", 0, "قال الرئيس الروسي، أمس",
			[]schema.Mention{evaltest.Mention("PER", 4, 17)}, []schema.Mention{evaltest.Mention("PER", 6, 10)},
			[]int64{1, 1, 1, 2},
		},
		{
			"words need a text",
			"mentions.tokens", 0, "",
			[]schema.Mention{evaltest.Mention("PER", 4, 17)}, []schema.Mention{evaltest.Mention("PER", 6, 10)},
			[]int64{0, 0, 0, 0},
		},
		{
			"و before ماكرون: the same but for the conjunction",
			"mentions.clitic", 0, "بوتين وماكرون",
			[]schema.Mention{evaltest.Mention("PER", 7, 13)}, []schema.Mention{evaltest.Mention("PER", 6, 13)},
			[]int64{1, 1, 1, 1},
		},
		{
			"the same with another type",
			"mentions.clitic", 0, "بوتين وماكرون",
			[]schema.Mention{evaltest.Mention("PER", 7, 13)}, []schema.Mention{evaltest.Mention("ORG", 6, 13)},
			[]int64{0, 1, 0, 1},
		},
		{
			"without the text it is strict",
			"mentions.clitic", 0, "",
			[]schema.Mention{evaltest.Mention("PER", 7, 13)}, []schema.Mention{evaltest.Mention("PER", 6, 13)},
			[]int64{0, 1, 0, 1},
		},
		{
			"وبالرئيس: from the article, from the stem and from ب are the same three times over",
			"mentions.clitic", 0, "وبالرئيس",
			[]schema.Mention{evaltest.Mention("PER", 2, 8), evaltest.Mention("PER", 4, 8)}, []schema.Mention{evaltest.Mention("PER", 1, 8), evaltest.Mention("PER", 0, 8)},
			[]int64{2, 2, 2, 2},
		},
		{
			"للكرملين: from the second ل and from the stem",
			"mentions.clitic", 0, "للكرملين",
			[]schema.Mention{evaltest.Mention("ORG", 1, 8)}, []schema.Mention{evaltest.Mention("ORG", 2, 8)},
			[]int64{1, 1, 1, 1},
		},
		{
			"the alif alone is no particle",
			"mentions.clitic", 0, "الرئيس",
			[]schema.Mention{evaltest.Mention("PER", 0, 6)}, []schema.Mention{evaltest.Mention("PER", 1, 6)},
			[]int64{0, 1, 0, 1},
		},
		{
			"another word before it is no particle",
			"mentions.clitic", 0, "نائب الرئيس",
			[]schema.Mention{evaltest.Mention("PER", 5, 11)}, []schema.Mention{evaltest.Mention("PER", 0, 11)},
			[]int64{0, 1, 0, 1},
		},
		{
			"diacritics and tatweel between do not count: وَبـالرئيس",
			"mentions.clitic", 0, "وَبـالرئيس",
			[]schema.Mention{evaltest.Mention("PER", 0, 10)}, []schema.Mention{evaltest.Mention("PER", 4, 10)},
			[]int64{1, 1, 1, 1},
		},
		{
			"other ends are other spans",
			"mentions.clitic", 0, "والرئيس الروسي",
			[]schema.Mention{evaltest.Mention("PER", 1, 7)}, []schema.Mention{evaltest.Mention("PER", 0, 14)},
			[]int64{0, 1, 0, 1},
		},
		{
			"a span past the text's end is left as it is",
			"mentions.clitic", 0, "و",
			[]schema.Mention{evaltest.Mention("PER", 40, 44)}, []schema.Mention{evaltest.Mention("PER", 40, 44)},
			[]int64{1, 1, 1, 1},
		},
	} {
		got := scoreOf(t, c.metric, mentionPair(c.text, c.gold, c.pred), &eval.Settings{Ontology: schema.PLOVER(), IoU: c.iou})
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %s gives %v, expected %v", c.name, c.metric, got, c.want)
		}
	}
}

func TestFragmentsCoverOnlyThemselves(t *testing.T) {
	split := evaltest.Mention("PER", 0, 10)
	split.Fragments = []schema.Span{{Start: 0, End: 3}, {Start: 8, End: 10}}
	got := scoreOf(t, "mentions.characters", mentionPair("", []schema.Mention{split}, []schema.Mention{evaltest.Mention("PER", 0, 10)}), evaltest.LawSettings())
	if want := []int64{5, 10, 5, 5}; !slices.Equal(got, want) {
		t.Errorf("%v, expected %v", got, want)
	}
}

// TestRelaxedFamiliesAreOrdered: what strict accepts, head (with whole extents
// as heads), clitic and overlap accept too; a lower threshold accepts no less.
func TestRelaxedFamiliesAreOrdered(t *testing.T) {
	letters := []rune("وفبلكسال ربح")
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(letters), 40, 40).Draw(t, "text"))
		gold, pred := evaltest.DrawAnnotation(t, "gold", "d"), evaltest.DrawAnnotation(t, "pred", "d")
		p := mentionPair(text, gold.Mentions, pred.Mentions)
		correct := func(name string, iou int) int64 {
			return scoreOf(t, name, p, &eval.Settings{IoU: iou})[0]
		}
		strict, exact := correct("mentions.strict", 0), correct("mentions.exact", 0)
		if clitic := correct("mentions.clitic", 0); clitic < strict {
			t.Fatalf("clitic %d, strict %d", clitic, strict)
		}
		last := exact
		for _, iou := range []int{100, 75, 50, 1, 0} {
			now := correct("mentions.overlap", iou)
			if now < last {
				t.Fatalf("overlap at %d finds %d, before %d", iou, now, last)
			}
			last = now
		}
		if full := correct("mentions.overlap", 100); full != exact {
			t.Fatalf("overlap at 100 finds %d, exact %d", full, exact)
		}
	})
}

// TestCharactersIsTheDefinition counts sets of (type, code point) by hand.
func TestCharactersIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := evaltest.DrawAnnotation(t, "gold", "d"), evaltest.DrawAnnotation(t, "pred", "d")
		type point struct {
			typ string
			at  int32
		}
		set := func(a *schema.Annotation) map[point]bool {
			out := map[point]bool{}
			for _, m := range a.Mentions {
				for i := m.Span.Start; i < m.Span.End; i++ {
					out[point{m.Type, i}] = true
				}
			}
			return out
		}
		g, p := set(gold), set(pred)
		var both int64
		for x := range g {
			if p[x] {
				both++
			}
		}
		want := []int64{both, int64(len(p)), both, int64(len(g))}
		if got := scoreOf(t, "mentions.characters", mentionPair("", gold.Mentions, pred.Mentions), evaltest.LawSettings()); !slices.Equal(got, want) {
			t.Fatalf("%v, expected %v", got, want)
		}
	})
}
