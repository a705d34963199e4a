package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/zstd"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

// packed is a file of an archive, in its order.
type packed struct{ name, content string }

var news = []packed{
	{"a.txt", samplePage}, {"deep/b.html", "<article><h1>Ferry returns</h1><p>The first sentence of the article is this one, and it goes on for a while. The second is much like it, and stands in the same paragraph as the first.</p></article>"},
	{"rows.jsonl", `{"doc_id":"r1","text":"It came at noon, the office said."}` + "\n"},
	{"خبر أول.txt", samplePage}, {"b.pdf", "x"}, {".hidden.txt", samplePage}, {"inner.zip", "PK"}, {"empty.txt", ""},
}

func zipOf(t testing.TB, list []packed) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range list {
		w, err := z.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, m.content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarOf(t testing.TB, list []packed) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	w.WriteHeader(&tar.Header{Name: "deep/", Typeflag: tar.TypeDir, Mode: 0o755})
	w.WriteHeader(&tar.Header{Name: "link.txt", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"})
	for _, m := range list {
		if err := w.WriteHeader(&tar.Header{Name: m.name, Size: int64(len(m.content)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, m.content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipOf(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, s)
	z.Close()
	return b.String()
}

func zstdOf(t testing.TB, s string) string {
	t.Helper()
	e, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(e.EncodeAll([]byte(s), nil))
}

// The members of an archive are read as files of a folder are, by the rule that
// makes doc_ids of paths; what is no article is counted.
func TestArchives(t *testing.T) {
	want := "a deep.b r1 " + SafeDocID("خبر أول") + " !x/empty.txt"
	for name, content := range map[string]string{
		"x.zip": zipOf(t, news), "x.tar": tarOf(t, news), "x.tgz": gzipOf(tarOf(t, news)), "x.tar.gz": gzipOf(tarOf(t, news)), "x.tar.zst": zstdOf(t, tarOf(t, news)),
		"x.zip.gz": gzipOf(zipOf(t, news)), // held in memory
	} {
		items, errs, notes := read(t, fstest.MapFS{name: file(content)}, Options{})
		got := strings.ReplaceAll(strings.Join(items, " "), name, "x")
		if got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
		if !errors.Is(errs[name+"/empty.txt"], document.ErrEmpty) {
			t.Errorf("%s: %v", name, errs)
		}
		others := "3 other members were not read: b.pdf, .hidden.txt, inner.zip"
		if strings.Contains(name, "tar") || strings.Contains(name, "tgz") {
			others = "4 other members were not read: link.txt, b.pdf, .hidden.txt, inner.zip"
		}
		found := false
		for _, n := range notes {
			found = found || n.Text == others
		}
		if !found {
			t.Errorf("%s: notes %v", name, notes)
		}
	}
}

// Files compressed in each way are read, and bad ones are errors of theirs.
func TestCompressed(t *testing.T) {
	text := "Ferry late\n\nIt came at noon.\n"
	// printf 'Ferry late\n\nIt came at noon.\n' | bzip2 | base64, and with xz
	bz2 := unbase64(t, "QlpoOTFBWSZTWZXOFSwAAARVgAAQQAEBICoHlCAgADFMAAETaTTRhqQwGFb2kxSvcteBfUTxB8XckU4UJCVzhUsA")
	xz := unbase64(t, "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAcRmVycnkgbGF0ZQoKSXQgY2FtZSBhdCBub29uLgoAAAAAuiaFKNAhxwYAATUdRBux4R+2830BAAAAAARZWg==")
	for name, content := range map[string]string{"x.txt.gz": gzipOf(text), "x.txt.zst": zstdOf(t, text), "x.txt.bz2": bz2, "x.txt.xz": xz, "x.TXT.XZ": xz} {
		articles, errs, _ := inFile(t, name, content, Options{})
		if len(errs) > 0 || len(articles) != 1 || articles[0].DocID != "x" || articles[0].Text != "Ferry late\nIt came at noon." {
			t.Errorf("%s: %v, %v", name, articles, errs)
		}
	}
	// A block that asks for a dictionary of 4 GiB: the fourth byte of its header
	// is 40 (the .xz file format 1.2.1, 5.3.1).
	if _, errs, _ := inFile(t, "x.txt.xz", strings.Replace(xz, "\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3", "\x21\x01\x28\x00\x00\x00\xe6\xa0\x11\xb3", 1), Options{}); len(errs) != 1 || !errors.Is(errs[0], ErrBomb) {
		t.Errorf("dictionary: %v", errs)
	}
	for name, want := range map[string]string{
		"x.txt.gz": "gzip: invalid header", "x.txt.bz2": "bzip2 data invalid: bad magic value", "x.txt.xz": "format not recognized", "x.txt.zst": "magic number mismatch",
		"x.zip": "zip: not a valid zip file", "x.tar": "unexpected EOF",
	} {
		if _, errs, _ := inFile(t, name, "this is none", Options{}); len(errs) != 1 || !strings.Contains(errs[0].Error(), want) {
			t.Errorf("%s: %v, want %s", name, errs, want)
		}
		if _, errs, _ := inFile(t, name, "", Options{}); len(errs) != 1 || !errors.Is(errs[0], document.ErrEmpty) {
			t.Errorf("%s, empty: %v", name, errs)
		}
	}
}

func unbase64(t testing.TB, s string) string {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What inflates out of all proportion ends with an error before it has taken much
// memory, in an archive too.
func TestBombs(t *testing.T) {
	const size = 200 << 20
	zeros := func(w io.Writer) { io.Copy(w, io.LimitReader(zeroReader{}, size)) }
	var gz, zst, zipped bytes.Buffer
	g := gzip.NewWriter(&gz)
	zeros(g)
	g.Close()
	e, _ := zstd.NewWriter(&zst)
	zeros(e)
	e.Close()
	z := zip.NewWriter(&zipped)
	w, _ := z.Create("x.jsonl")
	zeros(w)
	z.Close()
	// head -c 209715200 /dev/zero | bzip2 -9 | base64
	bz2 := unbase64(t, "QlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZDgni3wFfjkAAwAAACCAAMIBNRkKgJakKgJcxQVkmU1kOCeLfAV+OQADAAAAIIAAwgE1GQqAlqQqAlzFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZ8TGEcADIDEBAwAAAQAAIIAAwzAUpphQCLYigEXi7kinChIIup43Q")
	for name, content := range map[string]string{"x.jsonl.bz2": bz2, "x.jsonl.gz": gz.String(), "x.jsonl.zst": zst.String(), "x.zip": zipped.String(), "y.zip": zipOf(t, []packed{{"x.jsonl.gz", gz.String()}})} {
		var errs []error
		took := ingesttest.Allocated(func() { _, errs, _ = inFile(t, name, content, Options{}) })
		if len(errs) == 0 || !errors.Is(errs[len(errs)-1], ErrBomb) {
			t.Errorf("%s: %v", name, errs)
		}
		if took > 256<<20 {
			t.Errorf("%s: %d bytes were taken", name, took)
		}
	}
	// A frame that asks for a window of 3.75 TiB (RFC 8878, 3.1.1.1.2).
	if _, errs, _ := inFile(t, "x.txt.zst", "\x28\xb5\x2f\xfd\x00\xff\x01\x00\x00", Options{}); len(errs) != 1 || !errors.Is(errs[0], ErrBomb) {
		t.Errorf("window: %v", errs)
	}
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func FuzzArchive(f *testing.F) {
	f.Add("x.zip", []byte(zipOf(f, news)))
	f.Add("x.tar", []byte(tarOf(f, news)))
	f.Add("x.tgz", []byte(gzipOf(tarOf(f, news))))
	f.Add("x.txt.zst", []byte(zstdOf(f, samplePage)))
	f.Add("x.txt.bz2", []byte("BZh91AY&SY"))
	f.Add("x.txt.xz", []byte("\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		inFile(t, "x"+name, string(content), Options{MaxBytes: 1 << 16})
	})
}
