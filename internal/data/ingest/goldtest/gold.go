package goldtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/prepared"
	"github.com/mizan-corpus/mizan/schema"
)

// Articles are the hand-verified articles of a folder: its text files, each
// with its record.
func Articles(t *testing.T, dir string) []*schema.Article {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages in %s: %v", dir, err)
	}
	var out []*schema.Article
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		yaml := strings.TrimSuffix(f, ".txt") + ".yaml"
		data, err := os.ReadFile(yaml)
		if err != nil {
			t.Fatal(err)
		}
		r, err := prepared.Read(filepath.Base(yaml), data)
		if err != nil {
			t.Fatal(err)
		}
		gold, err := r.Article(filepath.Base(f), raw)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, gold)
	}
	return out
}
