package corpus

import (
	"errors"
	"iter"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/diff"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// What is asked of a corpus that keeps its first reading (its identity, a
// comparison, a release) reads the source once; without that each reads anew.
func TestReadOnce(t *testing.T) {
	bad := &document.FileError{File: "b.txt", Err: errors.New("broken")}
	for _, once := range []bool{true, false} {
		readings := 0
		articles := func() iter.Seq2[*schema.Article, error] {
			readings++
			return func(yield func(*schema.Article, error) bool) {
				for _, id := range []string{"b", "a"} {
					if !yield(&schema.Article{DocID: id, Text: "نص " + id}, nil) {
						return
					}
				}
			}
		}
		c := New(dataset.Meta{Name: "x"}, articles, labels.Source{})
		if once {
			c.ReadOnce()
		}
		id, err := c.Identity()
		if err != nil {
			t.Fatal(err)
		}
		if changes, err := diff.Diff(c, c); err != nil || changes.Bump != "none" {
			t.Fatalf("%+v, %v", changes, err)
		}
		built, err := release.Open(datatest.Built(t, release.Build, c, release.BuildOptions{}))
		if err != nil || built.Manifest().ContentSHA256 != id.ContentSHA256 {
			t.Errorf("the release has other content: %v", err)
		}
		// Identity, both sides of the comparison, the release.
		if want := map[bool]int{true: 1, false: 4}[once]; readings != want {
			t.Errorf("once %t: the source was read %d times, expected %d", once, readings, want)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}

	// What gave no article is told at every reading.
	c := New(dataset.Meta{Name: "x"}, func() iter.Seq2[*schema.Article, error] {
		return func(yield func(*schema.Article, error) bool) {
			_ = yield(&schema.Article{DocID: "a", Text: "x"}, nil) && yield(nil, bad)
		}
	}, labels.Source{})
	c.ReadOnce()
	defer c.Close()
	for range 2 {
		var got []error
		for a, err := range c.Articles() {
			if err != nil {
				got = append(got, err)
			} else {
				a.Title = "changed by the reader"
			}
		}
		if len(got) != 1 || !errors.Is(got[0], bad) {
			t.Errorf("errors %v, expected %v", got, bad)
		}
	}
	for a, err := range c.Articles() {
		if err == nil && a.Title != "" {
			t.Error("an article is shared by two readings")
		}
	}
}
