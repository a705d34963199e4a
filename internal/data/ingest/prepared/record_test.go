package prepared

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

const goodRecord = `lines:
  title: 1
  body: [3-5]
title: A headline
published: 2016-07-05
published_raw: 5 July 2016
`

const goodPage = "A headline\n5 July 2016\nOne.\n\nTwo.\n"

func TestReadRecord(t *testing.T) {
	r, err := Read("x.yaml", []byte(goodRecord))
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.Article("x.txt", []byte(goodPage))
	if err != nil {
		t.Fatal(err)
	}
	if a.Text != "A headline\nOne.\nTwo." || a.DocID != "x" || a.Published != "2016-07-05" {
		t.Errorf("got %+v", a)
	}
	ingesttest.CheckMap(t, a)
}

// TestReadRecordRefuses gives each mistake with the line it is reported at and
// a part of the message.
func TestReadRecordRefuses(t *testing.T) {
	for _, c := range []struct {
		name, yaml string
		line       int
		want       string
	}{
		{"empty", "", 1, "found nothing, expected keys"},
		{"only a comment", "# x\n", 1, "found nothing, expected keys"},
		{"a list", "- 1\n", 1, "no keys"},
		{"no YAML", "a: [\n", 1, "not YAML: did not find"},
		{"unknown key", "titel: x\n", 1, `unknown key "titel"`},
		{"unknown nested key", "lines:\n  bdy: [1]\n", 2, `unknown key "lines.bdy"`},
		{"duplicate key", "title: a\ntitle: b\n", 2, "given in line 1 already"},
		{"second document", "title: a\n---\ntitle: b\n", 3, "second document"},
		{"anchor", "title: &x a\n", 1, "expected text"},
		{"list for text", "\ntitle: [a]\n", 2, "expected text"},
		{"scalar for list", "lines:\n  body: 3\n", 2, "expected a list"},
		{"scalar for lines", "lines: 3\n", 1, "expected title, subtitle and body"},
		{"bad line", "lines:\n  title: 0\n", 2, "expected a line number"},
		{"hexadecimal line", "lines:\n  title: 0x1\n", 2, "expected a line number"},
		{"bad range", "lines:\n  body: [3-]\n", 2, "expected a line such as"},
		{"backward range", "lines:\n  body: [5-3]\n", 2, "ascending"},
		{"overlap", "lines:\n  body: [1-3, 3]\n", 2, "ascending"},
		{"no body", "lines:\n  title: 1\ntitle: a\n", 1, "lines.body is missing"},
		{"title without line", "lines:\n  body: [1]\ntitle: a\n", 3, "expected both or none"},
		{"no date", "lines:\n  body: [1]\npublished: 5 July\npublished_raw: x\n", 3, "is no date"},
		{"no such day", "lines:\n  body: [1]\npublished: 2016-02-30\npublished_raw: x\n", 3, "is no date"},
		{"date without raw", "lines:\n  body: [1]\npublished: 2016-02-03\n", 3, "expected both or none"},
		{"raw says other", "lines:\n  body: [1]\npublished: 2016-07-06\npublished_raw: 5 July 2016\n", 3, "reads as 2016-07-05"},
		{"no evidence", "lines:\n  body: [1]\npublished_inferred: 2016-02-03\n", 3, "expected both or none"},
		{"language", "lines:\n  body: [1]\nlanguage: Arabic\n", 3, "a code of ISO 639-1"},
		{"hash", "lines:\n  body: [1]\nraw_sha256: abc\n", 3, "64 lower-case"},
		{"UTF-8", "title: a\nauthor: \xff\n", 2, "not valid UTF-8"},
	} {
		_, err := Read("x.yaml", []byte(c.yaml))
		var fe *document.FileError
		if !errors.As(err, &fe) {
			t.Errorf("%s: got %v, want a FileError", c.name, err)
			continue
		}
		if fe.File != "x.yaml" || fe.Line != c.line || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %q (line %d), want line %d and %q", c.name, err, fe.Line, c.line, c.want)
		}
	}
}

func TestUnknownKeyHint(t *testing.T) {
	for _, c := range []struct{ yaml, hint string }{
		{"titel: x\n", `did you mean "title"?`},
		{"publishd_raw: x\n", `did you mean "published_raw"?`},
		{"lines:\n  bdy: [1]\n", `did you mean "lines.body"?`},
	} {
		_, err := Read("x.yaml", []byte(c.yaml))
		var fe *document.FileError
		if !errors.As(err, &fe) || fe.Hint != c.hint {
			t.Errorf("%q: got %+v, want hint %q", c.yaml, fe, c.hint)
		}
	}
}

// TestStaleRecord: a record that does not fit its page says so at its own line.
func TestStaleRecord(t *testing.T) {
	for _, c := range []struct {
		name, record, page string
		line               int
		want               string
	}{
		{"too few lines", goodRecord, "A headline\n5 July 2016\n", 3, "has 2 lines"},
		{"blank end", goodRecord, "A headline\n5 July 2016\nOne.\nTwo.\n \nThree.\n", 3, "is blank"},
		{"other title", goodRecord, strings.Replace(goodPage, "A headline", "A heading", 1), 4, `line 1 of x.txt is "A heading"`},
		{"other date", goodRecord, strings.Replace(goodPage, "5 July", "6 July", 1), 6, "does not contain published_raw"},
		{"other file", goodRecord + "raw_sha256: " + strings.Repeat("0", 64) + "\n", goodPage, 7, "the record was made for 0000"},
		{"title in body", "lines:\n  title: 3\n  body: [3-5]\ntitle: One.\n", goodPage, 3, "line 3 is already lines.title"},
	} {
		r, err := Read("x.yaml", []byte(c.record))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		_, err = r.Article("x.txt", []byte(c.page))
		var fe *document.FileError
		if !errors.As(err, &fe) || fe.File != "x.yaml" || fe.Line != c.line || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want line %d and %q", c.name, err, c.line, c.want)
		}
	}
}

func FuzzRecord(f *testing.F) {
	for _, dir := range []string{"../../../../data/articles", "../boilerplate/testdata/pages"} {
		files, _ := filepath.Glob(filepath.Join(dir, "*.yaml"))
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
	f.Add([]byte(goodRecord))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read("x.yaml", data)
		if err != nil {
			var fe *document.FileError
			if !errors.As(err, &fe) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		a, err := r.Article("x.txt", []byte(goodPage))
		if err == nil {
			ingesttest.CheckMap(t, a)
		}
	})
}
