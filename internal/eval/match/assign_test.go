package match

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// bruteForce tries every one-to-one matching and returns the greatest weight.
func bruteForce(row, rows int, weight map[[2]int32]int64, cols int, taken uint) int64 {
	if row == rows {
		return 0
	}
	best := bruteForce(row+1, rows, weight, cols, taken)
	for c := range cols {
		if w, ok := weight[[2]int32{int32(row), int32(c)}]; ok && taken&(1<<c) == 0 {
			best = max(best, w+bruteForce(row+1, rows, weight, cols, taken|1<<c))
		}
	}
	return best
}

// weightOf adds up a matching and fails where it is none.
func weightOf(t interface{ Fatalf(string, ...any) }, edges []Edge, colOf []int32) int64 {
	weight := map[[2]int32]int64{}
	for _, e := range edges {
		weight[[2]int32{e.Row, e.Col}] = e.Weight
	}
	var total int64
	used := map[int32]bool{}
	for r, c := range colOf {
		if c < 0 {
			continue
		}
		w, ok := weight[[2]int32{int32(r), c}]
		if !ok || used[c] {
			t.Fatalf("row %d matched to column %d: no such edge, or the column is taken", r, c)
		}
		used[c] = true
		total += w
	}
	return total
}

func TestAssignerFindsTheOptimum(t *testing.T) {
	var a Assigner
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(0, 6).Draw(t, "rows"), rapid.IntRange(0, 6).Draw(t, "cols")
		top := rapid.SampledFrom([]int64{1, 3, 1 << 42}).Draw(t, "top")
		weight := map[[2]int32]int64{}
		var edges []Edge
		for r := range rows {
			for c := range cols {
				if rapid.Bool().Draw(t, "edge") {
					w := rapid.Int64Range(1, top).Draw(t, "weight")
					weight[[2]int32{int32(r), int32(c)}] = w
					edges = append(edges, Edge{int32(r), int32(c), w})
				}
			}
		}
		want := bruteForce(0, rows, weight, cols, 0)
		if got := weightOf(t, edges, a.Match(rows, cols, edges)); got != want {
			t.Fatalf("weight %d, the best is %d; edges %v", got, want, edges)
		}
		colOf, ok := auction(rows, cols, edges)
		if !ok {
			t.Fatalf("the auction gave up on %v", edges)
		}
		if got := weightOf(t, edges, colOf); got != want {
			t.Fatalf("the auction's weight is %d, the best is %d; edges %v", got, want, edges)
		}
	})
}

// TestAuctionIsAsGoodAsSearches holds the two ways against each other where
// brute force cannot follow.
func TestAuctionIsAsGoodAsSearches(t *testing.T) {
	var a Assigner
	rapid.Check(t, func(t *rapid.T) {
		clusters := rapid.IntRange(1, 120).Draw(t, "clusters")
		mentions := clusters * rapid.IntRange(1, 12).Draw(t, "mentions a cluster")
		edges := clusterings(rapid.Uint64().Draw(t, "seed"), clusters, mentions, rapid.Bool().Draw(t, "dice"))
		colOf, ok := auction(clusters, clusters, edges)
		if !ok {
			t.Fatalf("the auction gave up")
		}
		want := weightOf(t, edges, a.Match(clusters, clusters, edges))
		if got := weightOf(t, edges, colOf); got != want {
			t.Fatalf("the auction's weight is %d, that of searches %d", got, want)
		}
	})
}

// TestAuctionRefusesWhatDoesNotFit: with 2⁶⁰ a product with the number of
// bidders would not fit an int64, and searches go on.
func TestAuctionRefusesWhatDoesNotFit(t *testing.T) {
	edges := []Edge{{0, 0, 1 << 60}, {1, 0, 1<<60 + 1}}
	if _, ok := auction(2, 1, edges); ok {
		t.Error("the auction took weights of 2⁶⁰")
	}
	var a Assigner
	if got := a.Match(2, 1, edges); !slices.Equal(got, []int32{-1, 0}) {
		t.Errorf("matched %v, expected the second row", got)
	}
}

// clusterings are the overlaps of two random clusterings of mentions with the
// weights of mention-based (shared mentions) or entity-based CEAF (Dice).
func clusterings(seed uint64, clusters, mentions int, dice bool) []Edge {
	rng := rand.New(rand.NewPCG(seed, 30))
	shared := map[[2]int32]int64{}
	rows, cols := make([]int64, clusters), make([]int64, clusters)
	for range mentions {
		r, c := rng.Int32N(int32(clusters)), rng.Int32N(int32(clusters))
		shared[[2]int32{r, c}]++
		rows[r]++
		cols[c]++
	}
	edges := make([]Edge, 0, len(shared))
	for cell, n := range shared {
		if r, c := cell[0], cell[1]; dice {
			n = n << 33 / (rows[r] + cols[c])
		}
		edges = append(edges, Edge{cell[0], cell[1], n})
	}
	slices.SortFunc(edges, func(a, b Edge) int {
		if a.Row != b.Row {
			return int(a.Row) - int(b.Row)
		}
		return int(a.Col) - int(b.Col)
	})
	return edges
}

// BenchmarkAssign aligns random clusterings of 30,000 clusters a side, whose
// weights are mostly ties, as CEAF does.
func BenchmarkAssign(b *testing.B) {
	const clusters = 30_000
	for _, c := range []struct {
		name     string
		mentions int
		dice     bool
	}{
		{"ceafm/4", 4, false}, {"ceafm/16", 16, false}, {"ceafe/4", 4, true}, {"ceafe/8", 8, true}, {"ceafe/32", 32, true},
	} {
		edges := clusterings(11, clusters, c.mentions*clusters, c.dice)
		b.Run(c.name, func(b *testing.B) {
			var a Assigner
			for b.Loop() {
				a.Match(clusters, clusters, edges)
			}
		})
	}
}
