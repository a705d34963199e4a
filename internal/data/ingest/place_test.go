package ingest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// folder makes a folder of files and goes there.
func folder(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

// found lists what is read of the arguments: the doc_id of an article, or "!"
// and the error.
func found(t *testing.T, o Options, args ...string) (items []string, notes []string) {
	t.Helper()
	files, err := Find(args)
	if err != nil {
		t.Fatal(err)
	}
	o.Warn = func(n document.Note) { notes = append(notes, n.String()) }
	for d, err := range files.Read(o) {
		var fe *document.FileError
		switch {
		case err == nil:
			checkEitherMap(t, d.Article)
			items = append(items, d.Article.DocID)
		case !errors.As(err, &fe) || d != nil:
			t.Fatalf("untyped error %v", err)
		default:
			items = append(items, "!"+err.Error())
		}
	}
	return items, notes
}

func TestFind(t *testing.T) {
	folder(t, map[string]string{
		"a/one.txt": samplePage, "a/two.txt": samplePage, "a/x.dat": "", "a/deep/three.txt": samplePage, "a/deep/one.txt": samplePage,
		"b[1].txt": samplePage, "c.dat": "", "empty/x": "",
		"taken/story.csv": "", "taken/story.txt": samplePage, "taken/dir.jsonl/x": "", "taken/dir.txt": samplePage,
		"taken/n.csv": "doc_id,text\na,one\n", "taken/n.jsonl": `{"doc_id":"b","text":"two"}`,
		"list":  canonical.ByteOrderMark + "# a comment\n\na/one.txt\n a/deep/t*.txt \n",
		"loop":  "@list\n",
		"wrong": "a/one.txt\nnone.txt\n",
	})
	for _, c := range []struct {
		args string
		ids  DocIDs
		want string
	}{
		{"a", "", "one two"},
		{"a/two.txt", "", "two"},
		{"a/*.txt", "", "one two"},
		{"a/t*", "", "two"},
		{"a/**/t*.txt", "", "three two"},
		{"a/**/*.txt", "", "one three two"}, // the second "one" is an error, below
		{"a/**/*.txt", DocIDsByPath, "deep.one deep.three one two"},
		{"@list", "", "one three"},
		{"a a/deep", DocIDsByPath, "one three two"},
		{"a/{one,two}.txt", "", "one two"},
	} {
		items, _ := found(t, Options{DocIDs: c.ids}, strings.Fields(c.args)...)
		items = slices.DeleteFunc(items, func(s string) bool { return s[0] == '!' })
		if got := strings.Join(items, " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.args, got, c.want)
		}
	}
	// A name that is there is no pattern.
	for args, want := range map[string]string{
		"b[1].txt":   "b-1-e9884b24",
		"c.dat":      "!c.dat: a kind of file that is not read",
		"a/**/o*.*":  `one !a/one.txt: "a/deep/one.txt" and "a/one.txt" give the same doc_id`,
		"a/one.* a/": `one two`, // found twice, read once
		"taken":      `!taken/dir.jsonl: not a regular file: a folder dir a b !taken/story.csv: the file is empty story`,
	} {
		items, _ := found(t, Options{}, strings.Fields(args)...)
		if got := strings.Join(items, " "); got != want {
			t.Errorf("%s: got %q, want %q", args, got, want)
		}
	}
	if err := os.Symlink(".", "a/loop"); err == nil {
		if items, _ := found(t, Options{DocIDs: DocIDsByPath}, "a/**/*.txt"); len(items) != 4 {
			t.Errorf("a loop of links: %q", items)
		}
		if err := os.Remove("a/loop"); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Find([]string{"a/**/three.txt"})
	if err != nil {
		t.Fatal(err)
	}
	for d, err := range files.Read(Options{DocIDs: DocIDsByPath}) {
		if err != nil || d.Article.SourceFile != "deep/three.txt" {
			t.Errorf("source file: %+v, %v", d, err)
		}
	}
	if items, _ := found(t, Options{DocIDs: DocIDsByPath}, "b[1].txt"); len(items) != 1 || !strings.HasPrefix(items[0], "b-1-") || !ValidDocID(items[0]) {
		t.Errorf("an id of other characters: got %q", items)
	}
	if _, notes := found(t, Options{}, "a"); len(notes) != 1 || !strings.Contains(notes[0], "2 other files or folders were not read: a/deep, a/x.dat") {
		t.Errorf("notes: %q", notes)
	}
	for arg, want := range map[string]string{
		"none":     "none: file does not exist",
		"none/*":   "none/*: the pattern fits no file",
		"a/[":      "a/[: found a pattern that is not closed, expected *, ?, [a-z], {a,b} or **",
		"@nolist":  "nolist: open: no such file or directory",
		"@loop":    "loop:1: @list: a list in a list is not read",
		"@wrong":   "wrong:2: none.txt: file does not exist",
		"none.txt": "none.txt: file does not exist",
	} {
		if _, err := Find([]string{arg}); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", arg, err, want)
		}
	}
	if _, err := Find([]string{"none"}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want fs.ErrNotExist", err)
	}
}

func TestDocIDsAreValid(t *testing.T) {
	for in, want := range map[string]string{
		"a": "a", "a.b-c_D9": "a.b-c_D9", "index.html?id=5": "index.html-id-5-",
		"مقال": "", "..": "", "a b": "a-b-", "-x": "x-", "a/": "a-",
	} {
		got := SafeDocID(in)
		if !ValidDocID(got) || !strings.HasPrefix(got, want) || want == in && got != in {
			t.Errorf("%q: got %q", in, got)
		}
	}
	long := SafeDocID(strings.Repeat("é", 300) + strings.Repeat("x", 300))
	if !ValidDocID(long) || len(long) != maxDocID-1 {
		t.Errorf("got %q of %d bytes", long, len(long))
	}
	if SafeDocID("a b") == SafeDocID("a?b") {
		t.Error("two names give one id")
	}
	if n := numbered(strings.Repeat("x", maxDocID), 7); !ValidDocID(n) || !strings.HasSuffix(n, "-00000007") {
		t.Errorf("got %q", n)
	}
}
