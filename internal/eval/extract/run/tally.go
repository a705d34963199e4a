package run

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
)

// Tally counts what became of the articles of a run. The zero value is empty.
type Tally struct {
	Articles int
	Failed   int
	Retried  int                  // articles that were asked more than once
	ByKind   map[extract.Kind]int // failures by kind
}

// Add counts one result.
func (t *Tally) Add(r Result) {
	t.Articles++
	if r.Attempts > 1 {
		t.Retried++
	}
	if r.Err != nil {
		t.Failed++
		if t.ByKind == nil {
			t.ByKind = map[extract.Kind]int{}
		}
		t.ByKind[r.Err.Kind]++
	}
}

// String is for example "5 articles, 2 failed (1 crash, 1 timeout), 1 asked
// again", the most frequent kind first.
func (t Tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles", t.Articles)
	if t.Articles == 1 {
		b.Reset()
		b.WriteString("1 article")
	}
	fmt.Fprintf(&b, ", %d failed", t.Failed)
	if t.Failed > 0 {
		kinds := make([]extract.Kind, 0, len(t.ByKind))
		for k := range t.ByKind {
			kinds = append(kinds, k)
		}
		slices.SortFunc(kinds, func(a, b extract.Kind) int {
			return cmp.Or(cmp.Compare(t.ByKind[b], t.ByKind[a]), cmp.Compare(a, b))
		})
		parts := make([]string, len(kinds))
		for i, k := range kinds {
			parts[i] = fmt.Sprintf("%d %s", t.ByKind[k], k)
		}
		fmt.Fprintf(&b, " (%s)", strings.Join(parts, ", "))
	}
	if t.Retried > 0 {
		fmt.Fprintf(&b, ", %d asked again", t.Retried)
	}
	return b.String()
}
