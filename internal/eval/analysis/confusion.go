package analysis

import (
	"iter"
	"maps"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// Confusion counts the pairs of labels that two coders gave to the same items.
// The zero value is ready to use.
type Confusion struct {
	counts map[[2]string]int64
}

// Add counts n items that the first coder labelled a, the second b.
func (c *Confusion) Add(a, b string, n int64) {
	if c.counts == nil {
		c.counts = map[[2]string]int64{}
	}
	c.counts[[2]string{a, b}] += n
}

// Merge adds the counts of d.
func (c *Confusion) Merge(d *Confusion) {
	for k, n := range d.counts {
		c.Add(k[0], k[1], n)
	}
}

// Labels are the labels that either coder gave, sorted.
func (c *Confusion) Labels() []string {
	var out []string
	for k := range c.counts {
		out = append(out, k[0], k[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Count is the number of items that the coders labelled a and b.
func (c *Confusion) Count(a, b string) int64 { return c.counts[[2]string{a, b}] }

// All are the pairs of labels that were given, with their numbers, in no order.
func (c *Confusion) All() iter.Seq2[[2]string, int64] { return maps.All(c.counts) }

// The row of predictions without gold and the column of gold without
// predictions in a confusion of types.
const (
	ConfusionSpurious = "*spurious*"
	ConfusionMissed   = "*missed*"
)

// TypeConfusion counts the aligned labels of a pair by gold type (first) and
// predicted type (second), as [ErrorSummary] counts them; for arguments by role.
// Left-over gold is in the column [ConfusionMissed], left-over predictions,
// duplicates among them, in the row [ConfusionSpurious]. Boundary errors and
// arguments on the wrong event are on the diagonal.
func TypeConfusion(p *eval.Pair, layer ErrorLayer) *Confusion {
	c := &Confusion{}
	for _, a := range alignLayer(p, layer) {
		gold, pred := ConfusionSpurious, ConfusionMissed
		if a.gold != nil {
			gold = a.gold.Class
		}
		if a.pred != nil {
			pred = a.pred.Class
		}
		c.Add(gold, pred, 1)
	}
	return c
}

// ConfusionTable is a confusion laid out: Counts[i][j] is the number of items
// of row class Rows[i] and column class Columns[j].
type ConfusionTable struct {
	Rows    []string  `json:"rows"`
	Columns []string  `json:"columns"`
	Counts  [][]int64 `json:"counts"`
}

// Table lays the counts out, classes sorted, the row of the spurious and the
// column of the missed last.
func (c *Confusion) Table() ConfusionTable {
	rows, columns := map[string]bool{}, map[string]bool{}
	for k := range c.counts {
		rows[k[0]], columns[k[1]] = true, true
	}
	t := ConfusionTable{lastOf(rows, ConfusionSpurious), lastOf(columns, ConfusionMissed), [][]int64{}}
	for _, r := range t.Rows {
		counts := make([]int64, len(t.Columns))
		for j, column := range t.Columns {
			counts[j] = c.Count(r, column)
		}
		t.Counts = append(t.Counts, counts)
	}
	return t
}

func lastOf(names map[string]bool, last string) []string {
	out := make([]string, 0, len(names))
	for _, n := range slices.Sorted(maps.Keys(names)) {
		if n != last {
			out = append(out, n)
		}
	}
	if names[last] {
		out = append(out, last)
	}
	return out
}
