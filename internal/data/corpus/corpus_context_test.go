package corpus

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/duplicates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/schema"
)

// A corpus ends with its context while articles are given, too, when all files
// have been read long since.
func TestContextEndsCorpus(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte(strings.Repeat(`{"text":"some words that make a text of six words and more"}`+"\n", 5)), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, near := range []float64{0, 0.8} {
		ctx, cancel := context.WithCancel(t.Context())
		c, err := Open(dataset.Meta{Name: "a"}, Files{Articles: []string{path}, Context: ctx, NearDuplicates: near})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, err = range c.Articles() {
			if err != nil {
				break
			}
			n++
			cancel()
		}
		if n != 1 || !errors.Is(err, context.Canceled) {
			t.Errorf("%d articles, error %v", n, err)
		}
		cancel()
	}
}

func TestNearDuplicatesEndWithContext(t *testing.T) {
	s := newSpool(1 << 20)
	defer s.close()
	for _, id := range []string{"a", "b"} {
		if err := s.add(sketched(id, "some words that make a text of six words and more")); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.markDuplicates(0.8, func() error { return context.Canceled }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// The table of actors is not the labels of an article of that name.
func TestArticleNamedActors(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"texts/actors.txt": "A title\nA sentence with some words in it, that ends here.\n", "labels/actors.json": "[]", "labels/x.json": `{"doc_id":"x"}`} {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Open(dataset.Meta{Name: "a"}, Files{Articles: []string{filepath.Join(dir, "texts")}, Labels: filepath.Join(dir, "labels")})
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range c.Articles() {
		if err != nil || a.Labelled {
			t.Errorf("got %+v, %v, want an article without labels", a, err)
		}
	}
}

func sketched(id, text string) *document.Document {
	return &document.Document{Article: &schema.Article{DocID: id, Text: text}, Sketch: duplicates.NewSketch(text)}
}
