package ingest

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

const samplePage = "A headline of a few words\nThe first sentence of the article is this one.\n"

// A page and the record that somebody has prepared of it.
const (
	preparedPage = "A headline\n5 July 2016\nOne.\n\nTwo.\n"
	recordOfIt   = "lines:\n  title: 1\n  body: [3-5]\ntitle: A headline\npublished: 2016-07-05\npublished_raw: 5 July 2016\n"
)

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

// read lists what Dir gives: "id" of an article, "id*" of a prepared one, or
// the error, and the folder's notes.
func read(t *testing.T, fsys fs.FS, o Options) (items []string, errs map[string]error, notes []document.Note) {
	t.Helper()
	errs = map[string]error{}
	o.Warn = func(n document.Note) { notes = append(notes, n) }
	for d, err := range Dir(fsys, o) {
		if err != nil {
			var fe *document.FileError
			if !errors.As(err, &fe) || d != nil {
				t.Fatalf("untyped error %v", err)
			}
			items = append(items, "!"+fe.File)
			errs[fe.File] = err
			continue
		}
		ingesttest.CheckMap(t, d.Article)
		mark := ""
		if d.Prepared {
			mark = "*"
		}
		items = append(items, d.Article.DocID+mark)
	}
	return items, errs, notes
}

func wantItems(t *testing.T, got []string, want ...string) {
	t.Helper()
	if g, w := strings.Join(got, " "), strings.Join(want, " "); g != w {
		t.Errorf("items are %q, want %q", g, w)
	}
}

func TestDirOrderAndRecords(t *testing.T) {
	items, errs, notes := read(t, fstest.MapFS{
		"a.txt":   file(samplePage),
		"a-b.txt": file(samplePage), // "-" sorts before "." in file names, after it in doc_ids
		"B.TXT":   file(samplePage), // the extension's case does not matter
		"c.txt":   file(preparedPage),
		"c.yaml":  file(recordOfIt),
		"d.txt":   file("broken \xff"), "e.txt": file(samplePage),
		"README.md": file("x"), "f.yml": file("x"), ".hidden.txt": file("x"), "sub/g.txt": file(samplePage),
	}, Options{})
	wantItems(t, items, "B", "a", "a-b", "c*", "!d.txt", "e")
	if len(errs) != 1 {
		t.Errorf("errors: %v", errs)
	}
	if len(notes) != 2 || !strings.Contains(notes[0].String(), "f.yml: not read") || !strings.Contains(notes[1].Text, "4 other files or folders were not read: .hidden.txt, README.md, f.yml, sub") {
		t.Errorf("notes: %v", notes)
	}
}

func TestDirStops(t *testing.T) {
	n := 0
	for range Dir(fstest.MapFS{"a.txt": file(samplePage), "b.txt": file(""), "c.txt": file(samplePage)}, Options{}) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d items", n)
	}
}

func TestDirBadFiles(t *testing.T) {
	items, errs, _ := read(t, fstest.MapFS{
		"A.txt":      file(samplePage),
		"a.txt":      file(samplePage),
		"bom.txt":    file(canonical.ByteOrderMark + samplePage),
		"crlf.txt":   file(strings.ReplaceAll(samplePage, "\n", "\r\n")),
		"dir.txt/x":  file(samplePage),
		"empty.txt":  file(""),
		"empty2.txt": file(preparedPage), "empty2.yaml": file(""),
		"latin.txt":   file("fine\nfa\xe7ade\n"),
		"nul.txt":     file("fine\n\x00\n"),
		"orphan.yaml": file(recordOfIt), "Crlf.yaml": file(recordOfIt),
		"space.txt": file(" \n\u00a0\n"),
		"مقال.txt":  file(samplePage), "a b.txt": file(samplePage), "-x.txt": file(samplePage), "x..txt": file(samplePage), strings.Repeat("y", 129) + ".txt": file(samplePage),
		"yy.txt": file(samplePage),
	}, Options{})
	// Names that are no doc_ids give one: what may not stand in it is "-", and a
	// hash follows (docs/articles.md).
	wantItems(t, items, "A", "!Crlf.yaml", "!a.txt", "a-b-c8687a08", "bom", "crlf", "!dir.txt", "eac128b0", "!empty.txt", "!empty2.yaml",
		"!latin.txt", "!nul.txt", "!orphan.yaml", "!space.txt", "x-a4209624", "x.-c92f00b1", "yy", SafeDocID(strings.Repeat("y", 129)))
	for _, c := range []struct {
		file string
		is   error
		text string
	}{
		{"a.txt", nil, `a.txt: "A.txt" and "a.txt" give doc_ids that are equal but for case`},
		{"dir.txt", document.ErrNotRegular, "dir.txt: not a regular file: a folder"},
		{"empty.txt", document.ErrEmpty, "empty.txt: the file is empty"},
		{"empty2.yaml", document.ErrRecord, ""},
		{"latin.txt", nil, "latin.txt:2: byte 0xE7 at byte offset 7 is not valid UTF-8"},
		{"nul.txt", nil, "nul.txt:2: NUL byte at byte offset 5, expected text"},
		{"orphan.yaml", document.ErrNoSource, ""},
		{"Crlf.yaml", document.ErrNoSource, ""},
		{"space.txt", document.ErrNoText, ""},
	} {
		err := errs[c.file]
		if err == nil || c.is != nil && !errors.Is(err, c.is) || c.text != "" && err.Error() != c.text {
			t.Errorf("%s: %v, want %v %q", c.file, err, c.is, c.text)
		}
	}
	var ce *CollisionError
	if !errors.As(errs["a.txt"], &ce) || ce.First != "A.txt" || ce.Second != "a.txt" {
		t.Errorf("collision: %v", errs["a.txt"])
	}
	var fe *document.FileError
	if errors.As(errs["Crlf.yaml"], &fe); !strings.Contains(fe.Hint, `"crlf.yaml"`) {
		t.Errorf("hint %q", fe.Hint)
	}
}

// The same id in two extensions, and three spellings of one, collide.
func TestDirCollisions(t *testing.T) {
	items, _, _ := read(t, fstest.MapFS{"a.TXT": file(samplePage), "a.txt": file(samplePage), "Ab.txt": file(samplePage), "aB.txt": file(samplePage), "ab.txt": file(samplePage)}, Options{})
	wantItems(t, items, "Ab", "a", "!a.txt", "!aB.txt", "!ab.txt")
}

// sizedFS gives files of any size, whose reading is counted, or fails.
type sizedFS struct {
	fstest.MapFS
	size int64 // what Stat says
	real int64 // what can be read
	read *int64
	err  error
}

type sizedFile struct {
	fs.File
	fs *sizedFS
	at int64
}

type sizedInfo struct {
	fs.FileInfo
	size int64
}

func (i sizedInfo) Size() int64 { return i.size }

func (s *sizedFS) Stat(name string) (fs.FileInfo, error) {
	i, err := s.MapFS.Stat(name)
	return sizedInfo{i, s.size}, err
}

func (s *sizedFS) Open(name string) (fs.File, error) {
	f, err := s.MapFS.Open(name)
	if name == "." || err != nil {
		return f, err
	}
	return &sizedFile{File: f, fs: s}, nil
}

func (f *sizedFile) Read(p []byte) (int, error) {
	if f.fs.err != nil {
		return 0, &fs.PathError{Op: "read", Path: "x.txt", Err: f.fs.err}
	}
	n := min(int64(len(p)), f.fs.real-f.at)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range n {
		p[i] = 'a'
	}
	f.at += n
	*f.fs.read += n
	return int(n), nil
}

func TestDirSizeLimit(t *testing.T) {
	for _, c := range []struct {
		name             string
		size, real, most int64
		limit            int64
		wantSize         int64
	}{
		{"known too large is not read", 50 << 20, 50 << 20, 0, 0, 50 << 20},
		{"own limit", 101, 101, 0, 100, 101},
		{"grows while it is read", 10, 1 << 40, 101, 100, 101},
	} {
		var n int64
		_, errs, _ := read(t, &sizedFS{MapFS: fstest.MapFS{"x.txt": file("")}, size: c.size, real: c.real, read: &n}, Options{MaxBytes: c.limit})
		var te *document.TooLargeError
		if !errors.As(errs["x.txt"], &te) || te.Size != c.wantSize {
			t.Errorf("%s: %v", c.name, errs["x.txt"])
			continue
		}
		if want := (Options{MaxBytes: c.limit}).maxBytes(); te.Limit != want || n > c.most {
			t.Errorf("%s: limit %d, want %d; read %d bytes, at most %d", c.name, te.Limit, want, n, c.most)
		}
	}
}

func TestDirUnreadable(t *testing.T) {
	var n int64
	_, errs, _ := read(t, &sizedFS{MapFS: fstest.MapFS{"x.txt": file("")}, read: &n, err: fs.ErrPermission}, Options{})
	err := errs["x.txt"]
	if !errors.Is(err, fs.ErrPermission) || err.Error() != "x.txt: read: permission denied" {
		t.Errorf("got %v", err)
	}
	_, errs, _ = read(t, os.DirFS(filepath.Join(t.TempDir(), "none")), Options{})
	if !errors.Is(errs["."], fs.ErrNotExist) {
		t.Errorf("missing folder: %v", errs)
	}
}

// TestDirOnDisk needs a real file system: links and a named pipe, on which
// opening would wait for ever.
func TestDirOnDisk(t *testing.T) {
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Skipf("the file system cannot do this: %v", err)
		}
	}
	must(os.WriteFile(filepath.Join(dir, "a.txt"), []byte(samplePage), 0o644))
	must(os.Symlink("a.txt", filepath.Join(dir, "link.txt")))
	must(os.Symlink("loop.txt", filepath.Join(dir, "loop.txt")))
	must(os.Symlink("gone.txt", filepath.Join(dir, "dangling.txt")))
	must(os.Mkdir(filepath.Join(dir, "folder.txt"), 0o755))
	must(makePipe(filepath.Join(dir, "pipe.txt")))
	items, errs, _ := read(t, os.DirFS(dir), Options{})
	wantItems(t, items, "a", "!dangling.txt", "!folder.txt", "link", "!loop.txt", "!pipe.txt")
	for name, want := range map[string]error{"dangling.txt": fs.ErrNotExist, "folder.txt": document.ErrNotRegular, "loop.txt": syscall.ELOOP, "pipe.txt": document.ErrNotRegular} {
		if !errors.Is(errs[name], want) {
			t.Errorf("%s: %v, want %v", name, errs[name], want)
		}
	}
}

func TestCorpusFolder(t *testing.T) {
	items, errs, _ := read(t, os.DirFS("../../../data/articles"), Options{})
	if len(errs) > 0 {
		t.Errorf("errors: %v", errs)
	}
	for _, i := range items {
		if !strings.HasSuffix(i, "*") {
			t.Errorf("%s has no record", i)
		}
	}
}

func TestSources(t *testing.T) {
	list := Sources()
	if len(list) == 0 {
		t.Fatal("no sources")
	}
	for i := 1; i < len(list); i++ {
		if list[i-1].Name >= list[i].Name {
			t.Errorf("%s before %s", list[i-1].Name, list[i].Name)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a second source for .txt was accepted")
		}
	}()
	register(Source{Name: "other", Extensions: []string{".txt"}})
}

func TestValidDocID(t *testing.T) {
	for id, want := range map[string]bool{
		"000_ced7557e4e70de65": true, "a": true, "A.b-c_9": true, strings.Repeat("a", 128): true, "_a": true,
		"": false, ".a": false, "-a": false, "a.": false, "a b": false, "a/b": false, "é": false, "مقال": false, "a\n": false, strings.Repeat("a", 129): false,
	} {
		if ValidDocID(id) != want {
			t.Errorf("ValidDocID(%q) = %v", id, !want)
		}
	}
}
