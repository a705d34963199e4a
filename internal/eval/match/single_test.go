package match

import (
	"fmt"
	"maps"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// A cluster with one item on one side is matched, and read, as by the search for
// any cluster.
func TestSingle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		class := rapid.Map(rapid.IntRange(1, 3), func(n int) eval.Class { return eval.Class(n) })
		gold, pred := rapid.SliceOfN(class, 1, 1).Draw(t, "gold"), rapid.SliceOfN(class, 1, 5).Draw(t, "pred")
		if rapid.Bool().Draw(t, "turned") {
			gold, pred = pred, gold
		}
		var edges []Edge
		for i := range gold {
			for j := range pred {
				if w := rapid.Int64Range(0, 3).Draw(t, "weight"); w > 0 {
					w *= 2 // and of equals those of one class weigh more, as in a cluster of spans
					if gold[i] == pred[j] {
						w++
					}
					edges = append(edges, Edge{int32(i), int32(j), w})
				}
			}
		}
		var m ClassMatcher
		got, want := map[string]int32{}, map[string]int32{}
		note := func(to map[string]int32) Read {
			return func(r Reading) {
				of := make([]int32, len(pred))
				for j := range of {
					of[j] = -1
				}
				put := func(side string, at int, rows eval.Rows, partner int32) {
					for _, row := range []eval.Rows{eval.PooledRow, eval.ClassRow} {
						if rows&row != 0 {
							to[fmt.Sprint(side, at, row)] = partner
						}
					}
				}
				for i, j := range r.ColOf {
					if put("gold", i, r.GoldRows(gold[i]), j); j >= 0 {
						of[j] = int32(i)
					}
				}
				for j, i := range of {
					put("pred", j, r.PredRows(pred[j]), i)
				}
			}
		}
		m.single(gold, pred, edges, note(got))
		m.solve(gold, pred, edges, note(want))
		if !maps.Equal(got, want) {
			t.Fatalf("%v %v %v: got %v, expected %v", gold, pred, edges, got, want)
		}
	})
}
