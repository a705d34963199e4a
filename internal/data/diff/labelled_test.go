package diff

import (
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/version"
	"github.com/mizan-corpus/mizan/schema"
)

// unlabelled lacks the labels of one article.
type unlabelled struct {
	datatest.Synthetic
	docID string
}

func (x unlabelled) Annotations() iter.Seq2[*schema.Annotation, error] {
	return func(yield func(*schema.Annotation, error) bool) {
		for a, err := range x.Synthetic.Annotations() {
			if a.DocID != x.docID && !yield(a, err) {
				return
			}
		}
	}
}

// The labels of an article that had none are counted, and those of one that has
// none any more.
func TestDiffCountsLabelsOfWholeArticles(t *testing.T) {
	base := datatest.Synthetic{Size: 3, Words: 20}
	_, a := base.Article(0)
	arguments := 0
	for i := range a.Events {
		arguments += len(a.Events[i].Arguments)
	}
	less := unlabelled{base, base.DocID(0)}
	for _, tc := range []struct {
		kind string
		diff func() (*Changes, error)
		bump version.Bump
	}{
		{ChangeAdded, func() (*Changes, error) { return Diff(less, base) }, version.BumpMinor},
		{ChangeRemoved, func() (*Changes, error) { return Diff(base, less) }, version.BumpMajor},
	} {
		c, err := tc.diff()
		if err != nil {
			t.Fatal(err)
		}
		var counts []string
		for _, n := range c.Counts {
			counts = append(counts, fmt.Sprintf("%s %s %d", n.Table, n.Kind, n.Count))
		}
		want := fmt.Sprintf("articles changed 1, mentions %[1]s %[2]d, events %[1]s %[3]d, arguments %[1]s %[4]d", tc.kind, len(a.Mentions), len(a.Events), arguments)
		if got := strings.Join(counts, ", "); got != want || c.BumpNeeded() != tc.bump {
			t.Errorf("%s: bump %s, %s; expected %s, %s", tc.kind, c.Bump, got, tc.bump, want)
		}
		var b strings.Builder
		if err := c.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		if line := fmt.Sprintf("labels %s: %d mentions, %d events, %d arguments", tc.kind, len(a.Mentions), len(a.Events), arguments); !strings.Contains(b.String(), line) {
			t.Errorf("no %q in\n%s", line, b.String())
		}
	}
}
