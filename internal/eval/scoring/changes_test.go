package scoring

import (
	"math/big"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// TestArticleF1IsExact holds the fraction of two small numbers against the one
// of any length, which is how F1 is defined.
func TestArticleF1IsExact(t *testing.T) {
	l := eval.NewLayout([]*eval.Metric{evaltest.PlainMetric("m")}, "")
	rapid.Check(t, func(t *rapid.T) {
		var f [2]f1
		var exact [2]*big.Rat
		for i := range f {
			most := rapid.SampledFrom([]int64{3, 1000, 1 << 40}).Draw(t, "most")
			n := rapid.Int64Range(0, most)
			predicted, gold := n.Draw(t, "predicted"), n.Draw(t, "gold")
			correct := rapid.Int64Range(0, min(predicted, gold)).Draw(t, "correct")
			tally := l.NewTally()
			tally.Add(0, eval.Overall, correct, predicted, correct, gold)
			f[i] = articleF1(l.Metrics()[0], tally, 0)
			exact[i] = l.Metrics()[0].ScoreExactly(tally.Exact(0, "")).F1
			if r := f[i].rat(); (r == nil) != (exact[i] == nil) || r != nil && r.Cmp(exact[i]) != 0 {
				t.Fatalf("%d right of %d and %d: %v, expected %v", correct, predicted, gold, r, exact[i])
			}
		}
		if got, want := f[0].compare(f[1]), compareRatios(exact[0], exact[1]); got != want {
			t.Fatalf("%v against %v: %d, expected %d", exact[0], exact[1], got, want)
		}
	})
}

// TestItemsPairWhateverTheOrderOfLabels packs the same two articles after others
// that number the labels the other way round.
func TestItemsPairWhateverTheOrderOfLabels(t *testing.T) {
	pack := func(classes ...string) *Items {
		items := &Items{metrics: []int{0}, packedItems: newPackedItems()}
		for _, class := range classes {
			items.found = items.found[:0]
			it := labelledItem{place.Of(schema.Span{Start: 4, End: 9}, nil), class, "of " + class}
			other := labelledItem{place.Of(schema.Span{Start: 4, End: 9}, []schema.Span{{Start: 4, End: 5}, {Start: 7, End: 9}}), "PER", "in parts"}
			for _, found := range []labelledItem{it, other} {
				items.found = append(items.found, foundItem{packedItem{items.at(0, &found), 1, 1}, found.text})
			}
			items.pack(class, true)
		}
		return items
	}
	first, second := pack("ORG", "LOC"), pack("LOC", "ORG")
	want := []ItemChanges{{Metric: "mentions.strict", Found: 4}}
	for _, class := range []string{"LOC", "ORG", "PER"} {
		want = append(want, ItemChanges{Metric: "mentions.strict", Class: class, Found: 1})
	}
	want[3].Found = 2
	if got := second.Since(first, true); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, expected %+v", got, want)
	}
	alone := pack("ORG")
	got := alone.Since(first, true)
	if len(got) == 0 || got[0].Broken != 2 || got[0].Found != 2 || len(got[0].Items) != 2 || got[0].Items[0].Text != "of LOC" || got[0].Items[1].Text != "in parts" {
		t.Errorf("%+v, expected two found and the two items of LOC broken", got)
	}
}
