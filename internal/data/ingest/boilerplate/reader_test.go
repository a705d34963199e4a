package boilerplate

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/goldtest"
	"github.com/mizan-corpus/mizan/schema"
)

var update = flag.Bool("update", false, "rewrite golden files in testdata")

// golden compares got with testdata/name, or rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run the test with -update", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; if the change is meant, run the test with -update\ngot:\n%s\nwant:\n%s", file, got, want)
	}
}

// pair is one page with its hand-verified record, and as the reader sees it.
type pair struct {
	gold *schema.Article
	auto *document.Document
}

func readPairs(t *testing.T, dir string) []pair {
	t.Helper()
	var out []pair
	for _, gold := range goldtest.Articles(t, dir) {
		auto, err := ReadText(gold.SourceFile, []byte(gold.Raw), document.TextPage)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, pair{gold, auto})
	}
	return out
}

// bodyLines are the raw lines, by the code point they start at, that an
// article's body is made of.
func bodyLines(a *schema.Article) map[int32]bool {
	head := 0
	for _, s := range []string{a.Title, a.Subtitle} {
		if s != "" {
			head++
		}
	}
	lines := map[int32]bool{}
	at, start := int32(0), true
	n := 0
	for _, r := range a.Text {
		if start && n >= head {
			if raw, ok := a.RawOffset(at); ok {
				lines[raw] = true
			}
		}
		if start = r == '\n'; start {
			n++
		}
		at++
	}
	return lines
}

// TestReaderAgainstRecords holds the reader against hand-verified records: the
// corpus itself, and made-up pages of other shapes. The table is a golden file,
// so that every change of quality is seen. Both sets were at hand while the
// reader was written, so the numbers say what it does on them and are no
// estimate for pages it has not seen; the pages named hard_ are known limits.
func TestReaderAgainstRecords(t *testing.T) {
	var b strings.Builder
	for _, set := range []struct{ name, dir string }{{"corpus", "../../../../data/articles"}, {"made-up pages", "testdata/pages"}} {
		fmt.Fprintf(&b, "%s\n%-24s %5s %5s %5s  %9s %6s  %s\n", set.name, "page", "hit", "found", "gold", "precision", "recall", "fields that differ")
		var hits, found, gold int
		for _, p := range readPairs(t, set.dir) {
			g, f := bodyLines(p.gold), bodyLines(p.auto.Article)
			hit := 0
			for l := range f {
				if g[l] {
					hit++
				}
			}
			hits, found, gold = hits+hit, found+len(f), gold+len(g)
			fmt.Fprintf(&b, "%-24s %5d %5d %5d  %9s %6s  %s\n", p.gold.DocID, hit, len(f), len(g), ratio(hit, len(f)), ratio(hit, len(g)), differing(p))
		}
		fmt.Fprintf(&b, "%-24s %5d %5d %5d  %9s %6s\n\n", "all", hits, found, gold, ratio(hits, found), ratio(hits, gold))
	}
	t.Log("\n" + b.String())
	golden(t, "reader.golden", b.String())
}

func ratio(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(n)/float64(of))
}

func differing(p pair) string {
	g, a := p.gold, p.auto.Article
	var out []string
	for _, f := range []struct{ name, got, want string }{
		{"title", a.Title, g.Title}, {"subtitle", a.Subtitle, g.Subtitle}, {"language", a.Language, g.Language},
		{"outlet", a.Outlet, g.Outlet}, {"author", a.Author, g.Author}, {"published", a.Published, g.Published},
		{"text", a.Text, g.Text},
	} {
		if f.got != f.want {
			out = append(out, f.name)
		}
	}
	if len(out) == 0 {
		return "none"
	}
	return strings.Join(out, " ")
}
