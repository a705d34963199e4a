package match

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

func drawItems(t *rapid.T, label string, most int) []Item {
	n := rapid.IntRange(0, most).Draw(t, label)
	items := make([]Item, n)
	for i := range items {
		start := rapid.Int32Range(0, 12).Draw(t, "start")
		items[i] = Item{
			Place: place.Place{Span: schema.Span{Start: start, End: start + rapid.Int32Range(1, 6).Draw(t, "length")}},
			Class: eval.Class(rapid.IntRange(1, 2).Draw(t, "class")),
			Ref:   int32(i),
		}
	}
	SortItems(items)
	return items
}

// testWeights order the grades for up to a thousand pairs.
var testWeights = [4]int64{Incorrect: 1, Partial: 1 << 10, Correct: 1 << 20}

// TestMatchIsOptimalAndCountsEveryItem holds each of the four schemes against
// exhaustive search over all matchings of the whole article, clusters or not.
func TestMatchIsOptimalAndCountsEveryItem(t *testing.T) {
	var m Matcher
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := drawItems(t, "gold", 6), drawItems(t, "pred", 6)
		got := make([]int64, len(SpanSchemes))
		goldSeen, predSeen := make([]int, len(SpanSchemes)), make([]int, len(SpanSchemes))
		m.Match(gold, pred, SpanSchemes, func(f Found) {
			s, g, p, c := f.Scheme, f.Gold, f.Pred, f.Grade
			if f.GoldRows&eval.PooledRow == 0 {
				g = nil
			}
			if f.PredRows&eval.PooledRow == 0 {
				p = nil
			}
			if g != nil {
				goldSeen[s]++
			}
			if p != nil {
				predSeen[s]++
			}
			if g != nil && p != nil {
				got[s] += testWeights[c]
			}
		})
		for s, grade := range SpanSchemes {
			weight := map[[2]int32]int64{}
			for i := range gold {
				for j := range pred {
					if c := overlapGrade(grade, &gold[i], &pred[j]); c != NoMatch {
						weight[[2]int32{int32(i), int32(j)}] = testWeights[c]
					}
				}
			}
			if want := bruteForce(0, len(gold), weight, len(pred), 0); got[s] != want {
				t.Fatalf("scheme %d: weight %d, the best is %d", s, got[s], want)
			}
			if goldSeen[s] != len(gold) || predSeen[s] != len(pred) {
				t.Fatalf("scheme %d: visited %d gold and %d predicted of %d and %d", s, goldSeen[s], predSeen[s], len(gold), len(pred))
			}
		}
	})
}
