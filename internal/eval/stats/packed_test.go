package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPackedSumsAreExact holds the packed sums against plain ones, with
// negative, huge, constant and repeated columns.
func TestPackedSumsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, width := rapid.IntRange(0, 8).Draw(t, "rows"), rapid.IntRange(0, 9).Draw(t, "width")
		values := make([]int64, rows*width)
		for c := range width {
			top := rapid.SampledFrom([]int64{0, 1, 5, 200, 1 << 20, 1 << 40, math.MaxInt64 / 16}).Draw(t, "top")
			twin := rapid.IntRange(-2, c-1).Draw(t, "twin")
			for r := range rows {
				if twin >= 0 {
					values[r*width+c] = values[r*width+twin]
				} else {
					values[r*width+c] = rapid.Int64Range(-top, top).Draw(t, "value")
				}
			}
		}
		weights := make([]uint32, rows)
		g := NewRandom(rapid.Uint64().Draw(t, "seed"), "weights", 0)
		if rapid.Bool().Draw(t, "coins") {
			g.coins(weights)
		} else {
			g.resampleCounts(weights)
		}
		want := make([]int64, width)
		var total int64
		for r, w := range weights {
			total += int64(w)
			for c := range width {
				want[c] += int64(w) * values[r*width+c]
			}
		}
		p := packColumns(values, rows, width, uint64(rows))
		got := make([]int64, width)
		p.sum(weights, total, make([]uint64, p.words), got)
		if !slices.Equal(got, want) {
			t.Fatalf("packed sums %v, expected %v", got, want)
		}
	})
}

func TestEqualColumnsArePackedOnce(t *testing.T) {
	values := []int64{
		1, 1, 7, 0,
		2, 2, 7, 0,
		9, 9, 7, 0,
	}
	if p := packColumns(values, 3, 4, 3); p.words != 1 {
		t.Errorf("%d words, expected 1: two equal columns and two constant ones", p.words)
	}
}
