package ingest

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/page"
)

// Of every text that tests of this room or the default corpus read, as article, as
// page and as whichever it is taken for, letters in are letters kept or listed; and so
// they are of its lines as paragraphs of a page.
func TestNoLetterOfAFixtureIsLost(t *testing.T) {
	files := 0
	for _, dir := range []string{".", "../../../data/articles", "../../../examples"} {
		err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(name) != ".txt" {
				return err
			}
			raw, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			files++
			for _, as := range document.AllTextReaders() {
				d, err := boilerplate.ReadText(name, raw, as)
				checkLetters(t, name+" as "+string(as), string(raw), d, err)
			}
			marked := "<html><body><article><p>" + strings.Join(strings.Split(escapeHTML(string(raw)), "\n"), "</p>\n<p>") + "</p></article></body></html>"
			d, err := page.Read(page.Page{File: name + ".html"}, []byte(marked))
			checkLetters(t, name+" in paragraphs", string(raw), d, err)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 20 {
		t.Errorf("%d texts were found", files)
	}
}

func checkLetters(t *testing.T, what, raw string, d *document.Document, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	all, kept, listed := document.CountLetters(raw), document.CountLetters(d.Article.Text), d.DroppedLetters()
	if d.Letters != all || kept+listed != all {
		t.Errorf("%s: %d letters, said to be %d; %d kept, %d listed", what, all, d.Letters, kept, listed)
	}
}

func escapeHTML(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
