package metrics

import (
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// TestMentionCategories: the categories worked out by hand from their
// definitions in SemEval-2013 task 9.1.
func TestMentionCategories(t *testing.T) {
	cases := []struct {
		name       string
		gold, pred []string
		// COR, INC, PAR, MIS, SPU under strict, exact, partial, type
		want [4][5]int64
	}{
		{"identical", []string{"0-5 PER"}, []string{"0-5 PER"},
			[4][5]int64{{1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}}},
		{"wrong type", []string{"0-5 PER"}, []string{"0-5 GPE"},
			[4][5]int64{{0, 1, 0, 0, 0}, {1, 0, 0, 0, 0}, {1, 0, 0, 0, 0}, {0, 1, 0, 0, 0}}},
		{"wrong boundary", []string{"0-5 PER"}, []string{"0-4 PER"},
			[4][5]int64{{0, 1, 0, 0, 0}, {0, 1, 0, 0, 0}, {0, 0, 1, 0, 0}, {1, 0, 0, 0, 0}}},
		{"missed and spurious", []string{"0-5 PER"}, []string{"5-9 PER"},
			[4][5]int64{{0, 0, 0, 1, 1}, {0, 0, 0, 1, 1}, {0, 0, 0, 1, 1}, {0, 0, 0, 1, 1}}},
		// Greedy matching in order would give the first prediction to the
		// first gold mention and lose the exact pair.
		{"a better match comes later", []string{"0-9 PER", "0-4 PER"}, []string{"0-4 PER", "1-9 PER"},
			[4][5]int64{{1, 1, 0, 0, 0}, {1, 1, 0, 0, 0}, {1, 0, 1, 0, 0}, {2, 0, 0, 0, 0}}},
		{"two predictions for one gold", []string{"0-9 PER"}, []string{"0-4 PER", "0-9 PER"},
			[4][5]int64{{1, 0, 0, 0, 1}, {1, 0, 0, 0, 1}, {1, 0, 0, 0, 1}, {1, 0, 0, 0, 1}}},
		{"the same prediction twice", []string{"0-9 PER"}, []string{"0-9 PER", "0-9 PER"},
			[4][5]int64{{1, 0, 0, 0, 1}, {1, 0, 0, 0, 1}, {1, 0, 0, 0, 1}, {1, 0, 0, 0, 1}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			gold := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, c.gold...)}
			pred := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, c.pred...)}
			total := evaltest.TallyOf(t, gold, pred, mentionSchemeNames...)
			for i, name := range mentionSchemeNames {
				if got := total.Get(total.Layout().Find(name), "")[4:9]; !slices.Equal(got, c.want[i][:]) {
					t.Errorf("%s: COR INC PAR MIS SPU %v, expected %v", name, got, c.want[i])
				}
			}
		})
	}
}

// TestPartialGivesHalfCredit: one exact and one overlapping mention of three
// predicted and two gold: (1 + 0.5)/3 and (1 + 0.5)/2.
func TestPartialGivesHalfCredit(t *testing.T) {
	gold := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 PER", "10-15 PER")}
	pred := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 PER", "10-14 PER", "20-24 PER")}
	total := evaltest.TallyOf(t, gold, pred, "mentions.partial")
	s := eval.PRF(total.Get(0, ""))
	if s.Precision.Value != 0.5 || s.Recall.Value != 0.75 || s.F1.Value != 0.6 {
		t.Errorf("found %+v, expected precision 0.5, recall 0.75, F1 0.6", s)
	}
}

// TestClassesFollowTheItem: recall counts in the gold mention's class,
// precision in the predicted one's.
func TestClassesFollowTheItem(t *testing.T) {
	gold := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 PER", "10-15 GPE")}
	pred := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "0-5 GPE", "10-15 GPE")}
	total := evaltest.TallyOf(t, gold, pred, "mentions.exact")
	for class, want := range map[string][]int64{"": {2, 2, 2, 2}, "PER": {0, 0, 1, 1}, "GPE": {2, 2, 1, 1}} {
		if got := total.Get(0, class)[:4]; !slices.Equal(got, want) {
			t.Errorf("[%s]: %v, expected %v", class, got, want)
		}
	}
}

// TestManyPredictionsInOnePlace: a flood of predictions is counted, not lost,
// and the one that is right is found.
func TestManyPredictionsInOnePlace(t *testing.T) {
	gold := &schema.Annotation{DocID: "d", Mentions: evaltest.SpanList(t, "10-15 PER", "11-14 GPE")}
	pred := &schema.Annotation{DocID: "d"}
	for start := int32(0); start < 300; start++ {
		for end := start + 1; end <= 300; end++ {
			pred.Mentions = append(pred.Mentions, schema.Mention{Span: schema.Span{Start: start, End: end}, Type: "GPE"})
		}
	}
	total := evaltest.TallyOf(t, gold, pred, "mentions.strict")
	want := []int64{1, 45150, 1, 2} // 300·301/2 spans; only 11-14 has span and type
	if got := total.Get(0, "")[:4]; !slices.Equal(got, want) {
		t.Errorf("%v, expected %v", got, want)
	}
}
