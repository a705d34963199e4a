package boilerplate

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

// TestCanonicalTexts fixes the canonical text of each article of the corpus:
// labels point into it.
func TestCanonicalTexts(t *testing.T) {
	var b strings.Builder
	for _, p := range readPairs(t, "../../../../data/articles") {
		ingesttest.CheckMap(t, p.gold)
		ingesttest.CheckMap(t, p.auto.Article)
		b.WriteString(p.gold.TextSHA256 + "  " + p.gold.DocID + "\n")
	}
	golden(t, "canonical.sha256", b.String())
}

func TestReadTextRefuses(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"", document.ErrEmpty},
		{strings.Repeat("a\n", canonical.MaxLines+1), document.ErrLines},
		{" \n\u00a0\r\n\t", document.ErrNoText},
		{"\ufeff", document.ErrNoText},
		{"الرئيسية\n---\n2016-07-05\n1234\nاكتب تعليق\n", document.ErrNoText},
		{"Share\nTweet\nComments (0)\n", document.ErrNoText},
	} {
		d, err := ReadText("x.txt", []byte(c.in), document.TextAuto)
		var fe *document.FileError
		if !errors.Is(err, c.want) || !errors.As(err, &fe) || fe.File != "x.txt" || d != nil {
			t.Errorf("ReadText(%q) = %v, want %v", canonical.Clip(c.in), err, c.want)
		}
	}
	_, err := ReadText("x.txt", []byte("good\nb\xffd"), document.TextAuto)
	var ee *document.EncodingError
	if !errors.As(err, &ee) || ee.Offset != 6 || !strings.HasPrefix(err.Error(), "x.txt:2: ") {
		t.Errorf("invalid UTF-8: %v", err)
	}
}

// A byte-order mark and line ends change nothing but the raw file.
func TestSameTextFromOtherBytes(t *testing.T) {
	files, _ := filepath.Glob("testdata/pages/*.txt")
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		want, err := ReadText("x.txt", raw, document.TextAuto)
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]string{
			"byte-order mark": canonical.ByteOrderMark + string(raw),
			"CRLF":            strings.ReplaceAll(string(raw), "\n", "\r\n"),
			"CR":              strings.ReplaceAll(string(raw), "\n", "\r"),
			"white space":     "\u00a0" + strings.ReplaceAll(string(raw), "\n", " \t\n\u2003"),
		} {
			got, err := ReadText("x.txt", []byte(s), document.TextAuto)
			if err != nil {
				t.Fatal(err)
			}
			a := got.Article
			ingesttest.CheckMap(t, a)
			if a.Text != want.Article.Text || a.Raw != s || a.Outlet != want.Article.Outlet || a.Published != want.Article.Published {
				t.Errorf("%s with %s: other text or metadata", f, name)
			}
			if bom := got.Notes != nil && got.Notes[0].Code == document.NoteBOM; bom != (name == "byte-order mark") {
				t.Errorf("%s with %s: note of the byte-order mark is %v", f, name, bom)
			}
		}
	}
}

func FuzzReadText(f *testing.F) {
	for _, dir := range []string{"../../../../data/articles", "testdata/pages"} {
		files, _ := filepath.Glob(filepath.Join(dir, "*.txt"))
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(raw)
		}
	}
	f.Add([]byte("\ufeffa - b\r\na\rb | c…\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := ReadText("x.txt", raw, document.TextAuto)
		if err != nil {
			var fe *document.FileError
			if !errors.As(err, &fe) || d != nil {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		a := d.Article
		if a.Text == "" || a.Raw != string(raw) {
			t.Fatal("no text, or the raw file changed")
		}
		ingesttest.CheckMap(t, a)
		again, err := ReadText("x.txt", raw, document.TextAuto)
		if err != nil || again.Article.Text != a.Text || !slices.Equal(again.Notes, d.Notes) {
			t.Fatal("a second reading differs")
		}
	})
}

// BenchmarkReadText reads a page of the corpus's size.
func BenchmarkReadText(b *testing.B) {
	files, err := filepath.Glob("../../../../data/articles/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatal("no articles")
	}
	var pages [][]byte
	size := 0
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, raw)
		size += len(raw)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			if _, err := ReadText("x.txt", p, document.TextAuto); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkReadTextLong reads one file of 1 MB, which must cost no more a byte.
func BenchmarkReadTextLong(b *testing.B) {
	var s strings.Builder
	for i := 0; s.Len() < 1<<20; i++ {
		for range 3 {
			s.WriteString("وقال المتحدث رقم ")
			s.WriteString(strings.Repeat("ا", i%97+1))
			s.WriteString(" إن العمل مستمر كما هو مقرر في الخطة. ")
		}
		s.WriteString("\n")
	}
	raw := []byte(s.String())
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := ReadText("x.txt", raw, document.TextAuto); err != nil {
			b.Fatal(err)
		}
	}
}

func TestNoLanguageIsNoted(t *testing.T) {
	d, err := ReadText("ru.txt", []byte("Переговоры продолжатся\n\n"+strings.Repeat("Все люди рождаются свободными и равными в своем достоинстве и правах. ", 4)+"\n"), document.TextAuto)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range d.Notes {
		if n.Code == document.NoteNoLanguage {
			return
		}
	}
	t.Errorf("language %q without a note", d.Article.Language)
}
