package join

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func finderOf(articles ...*schema.Article) *Finder {
	ds := corpus.New(dataset.Meta{Name: "own"}, func() iter.Seq2[*schema.Article, error] {
		return func(yield func(*schema.Article, error) bool) {
			for _, a := range articles {
				if !yield(a, nil) {
					return
				}
			}
		}
	}, labels.Source{})
	return NewFinder(NewCursor(ds))
}

func TestFind(t *testing.T) {
	f := finderOf(
		&schema.Article{DocID: "a", Text: "Anna is here.", SourceFile: "x/first.txt"},
		&schema.Article{DocID: "b", Text: "Berta is here.", SourceFile: "train.jsonl"},
		&schema.Article{DocID: "c", Text: "Clara is here.", SourceFile: "train.jsonl"},
		&schema.Article{DocID: "d", Text: "Dora “is”\nhere.", SourceFile: "d.txt"},
		&schema.Article{DocID: "e", Text: "Twice.", SourceFile: "e.txt"},
		&schema.Article{DocID: "f", Text: "Twice.", SourceFile: "f.txt"},
		&schema.Article{DocID: "g-h-76b20100", Text: "Greta.", SourceFile: "g.txt"}, // SHA-256 of "g/h" begins 76b20100
	)
	for _, c := range []struct {
		name string
		clue labels.Clue
		want string
	}{
		{"id as a file name", labels.Clue{DocID: "g/h"}, "g-h-76b20100"},
		{"name of the article's file", labels.Clue{DocID: "first.txt", Text: "Another."}, "a"},
		{"its stem, and the text", labels.Clue{DocID: "first", Text: "Anna is here."}, "a"},
		{"id with a folder and an ending", labels.Clue{DocID: "in/d.ann", Text: "Dora \"is\" here."}, "d"},
		{"stem, but another text", labels.Clue{DocID: "7", File: "first.ann", Text: "Another."}, ""},
		{"name of the labels' file", labels.Clue{DocID: "7", File: "out/first.ann"}, "a"},
		{"a file of several articles", labels.Clue{DocID: "7", File: "train.jsonl", Text: "Clara is here."}, "c"},
		{"name goes before hash", labels.Clue{DocID: "first.txt", Text: "Berta is here."}, "a"},
		{"hash", labels.Clue{DocID: "7", Text: "Berta is here."}, "b"},
		{"spelling and spaces", labels.Clue{DocID: "7", Text: "Dora \"is\" here ."}, "d"},
		{"text of two", labels.Clue{DocID: "7", Text: "Twice."}, ""},
		{"nothing", labels.Clue{DocID: "7"}, ""},
	} {
		if got := f.Find(c.clue); got != c.want {
			t.Errorf("%s: found %q, expected %q", c.name, got, c.want)
		}
	}
	if want := "5 by the name of their file, 2 by the hash of their text, 1 by their text"; f.String() != want {
		t.Errorf("%s, expected %s", f, want)
	}
}

// A text that is one article's alone finds it, however it is spaced, and in
// whatever order the articles come.
func TestFindLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfNDistinct(rapid.StringMatching(`[ab]{1,3}( [ab]{1,3}){0,2}`), 1, 6,
			func(s string) string { return strings.ReplaceAll(s, " ", "") }).Draw(t, "texts")
		var articles []*schema.Article
		for i, text := range texts {
			articles = append(articles, &schema.Article{DocID: fmt.Sprint("id", i), Text: text, SourceFile: "all.txt"})
		}
		f := finderOf(rapid.Permutation(articles).Draw(t, "order")...)
		i := rapid.IntRange(0, len(texts)-1).Draw(t, "which")
		spaced := strings.Join(slices.Collect(strings.SplitSeq(texts[i], "")), " ")
		for _, text := range []string{texts[i], spaced} {
			if got := f.Find(labels.Clue{DocID: "other", Text: text}); got != articles[i].DocID {
				t.Fatalf("%q: found %q, expected %q", text, got, articles[i].DocID)
			}
		}
	})
}
