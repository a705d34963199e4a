package ingest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/warc"
	"github.com/mizan-corpus/mizan/schema"
)

const warcDir = "testdata/warc"

// warcPages lists the pages of a file as "number URI media type, body's bytes",
// the errors, and the note on the other records.
func warcPages(t testing.TB, r io.Reader, o Options) (pages []*warcPage, errs []string, note string) {
	t.Helper()
	f := File{Name: "a.warc", ID: "a", Note: func(n document.Note) { note = n.Text }}
	w := warc.NewReader(r)
	others := kinds{}
	for {
		p, err := nextPage(w, f, o, others)
		var bad *warc.RecordError
		switch {
		case errors.As(err, &bad):
			errs = append(errs, err.Error())
		case err != nil:
			others.note(f)
			if err != io.EOF {
				errs = append(errs, "end: "+err.Error())
			}
			return pages, errs, note
		default:
			pages = append(pages, p)
		}
	}
}

func openWARC(t *testing.T, name string) io.Reader {
	t.Helper()
	b, err := os.ReadFile(warcDir + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	r, _, free, err := inflated(bytes.NewReader(b), name, int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(free)
	return r
}

// TestWARCOfTools reads what warcio and wget wrote; interop/python/make_warc.py
// says what is in the files.
func TestWARCOfTools(t *testing.T) {
	for _, c := range []struct {
		name, pages, note string
	}{
		{"warcio.warc", "3 4 5 6 7 11 12 13", "6 records are no pages: 1 image/png, 1 metadata, 1 of status 404, 1 request, 1 revisit, 1 warcinfo"},
		{"wget.warc", "3 5 7 9", "11 records are no pages: 6 request, 1 image/png, 1 metadata, 1 of status 404, 1 resource, 1 warcinfo"},
	} {
		for _, ext := range []string{"", ".gz"} {
			pages, errs, note := warcPages(t, openWARC(t, c.name+ext), Options{})
			var got []string
			for i, p := range pages {
				got = append(got, fmt.Sprint(p.n))
				body, err := p.http.Body(p.block[p.http.Size:], p.limit)
				if err != nil {
					t.Errorf("%s%s: record %d: %v", c.name, ext, p.n, err)
					continue
				}
				text := string(body)
				begin, end := "<!DOCTYPE html>\n", "</html>\n"
				if p.plain {
					begin, end = "محادثات", "الزعتر.\n"
				}
				if !strings.HasPrefix(text, begin) || !strings.HasSuffix(text, end) || !utf8.ValidString(text) {
					t.Errorf("%s%s: record %d: body is %q", c.name, ext, p.n, text)
				}
				if site := "http://"; !strings.HasPrefix(p.uri, site) || !strings.Contains(p.uri, fmt.Sprint(i+1)) && i < 4 {
					t.Errorf("%s%s: record %d: URI %q", c.name, ext, p.n, p.uri)
				}
			}
			if s := strings.Join(got, " "); s != c.pages || len(errs) != 0 || note != c.note {
				t.Errorf("%s%s: pages %q, errors %q, note %q; want %q, none, %q", c.name, ext, s, errs, note, c.pages, c.note)
			}
		}
	}
}

func TestWARCArticles(t *testing.T) {
	for _, ext := range []string{"", ".gz"} {
		files, err := Find([]string{warcDir + "/warcio.warc" + ext, warcDir + "/wget.warc" + ext})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]*document.Document{}
		notes := 0
		for d, err := range files.Read(Options{Warn: func(document.Note) { notes++ }}) {
			if err != nil {
				t.Errorf("%s: %v", ext, err)
				continue
			}
			checkEitherMap(t, d.Article)
			found[d.Article.DocID] = d
		}
		if notes != 2 {
			t.Errorf("%d notes on the records that are no pages, want one a file", notes)
		}
		for _, n := range []int{11, 13} {
			d := found[numbered("warcio", n)]
			if d == nil {
				t.Fatalf("no article of record %d: %v", n, found)
			}
			a := d.Article
			if a.SourceFile != fmt.Sprintf("warcio.warc%s:%d", ext, n) || !strings.HasPrefix(a.URL, "http://pomegranate.example/") ||
				a.Language != "ar" || a.Published != "" || !strings.HasPrefix(a.Title, "محادثات") {
				t.Errorf("article %+v", a)
			}
		}
		for _, n := range []int{3, 4, 5, 6, 7, 12} {
			if d := found[numbered("warcio", n)]; d == nil || d.Article.URL == "" || d.Article.SourceFile != fmt.Sprintf("warcio.warc%s:%d", ext, n) {
				t.Errorf("record %d gives %+v", n, d)
			}
		}
	}
}

// warcRecord is a record with CRLF, its length counted.
func warcRecord(kind, uri, contentType, block string, more ...string) string {
	s := "WARC/1.0\r\nWARC-Type: " + kind + "\r\n"
	if uri != "" {
		s += "WARC-Target-URI: <" + uri + ">\r\n"
	}
	if contentType != "" {
		s += "Content-Type: " + contentType + "\r\n"
	}
	for _, m := range more {
		s += m + "\r\n"
	}
	return s + fmt.Sprintf("Content-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
}

func plainRecord(block string) string {
	return warcRecord("conversion", "http://a.example/", "text/plain", block)
}

func response(header, body string) string {
	return warcRecord("response", "http://a.example/", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n"+header+"\r\n"+body)
}

func TestWARCGrammar(t *testing.T) {
	one, two := plainRecord("one"), plainRecord("two")
	for _, c := range []struct{ name, in, blocks, errs, note string }{
		{"two records", one + two, "1:one 2:two", "", ""},
		{"LF", strings.ReplaceAll(one+two, "\r\n", "\n"), "1:one 2:two", "", ""},
		{"no end of record", strings.TrimSpace(one) + strings.TrimSpace(two), "1:one 2:two", "", ""},
		{"many blank lines", "\r\n\n" + one + "\r\n \n\n" + two + "\n\n", "1:one 2:two", "", ""},
		{"names in other cases", strings.NewReplacer("WARC-Type", "warc-TYPE", "Content-Length", "content-length").Replace(one), "1:one", "", ""},
		{"folded", strings.Replace(one, "text/plain", "\r\n\ttext/plain;\r\n   charset=utf-8", 1), "1:one", "", ""},
		{"lines that are no fields", strings.Replace(one, "WARC-Type", " folded\r\nno field\r\nWARC-Type", 1), "1:one", "", ""},
		{"version 0.17", strings.Replace(one, "1.0", "0.17", 1), "1:one", "", ""},
		{"version 2.0", strings.Replace(one, "1.0", "2.0", 1) + two, "2:two", `record 1: WARC version "2.0", expected 0.17, 0.18, 1.0 or 1.1`, ""},
		{"no version", "WARC/\n" + two, "2:two", `record 1: another record begins inside its header`, ""},
		{"no version, blank", "WARC/\n\n" + two, "2:two", `record 1: it has no Content-Length`, ""},
		{"garbage between", one + "garbage\nmore\n\n" + two, "1:one 2:two", "after record 1: 13 bytes belong to no record", ""},
		{"garbage before", "garbage\n" + one, "1:one", "before the first record: 8 bytes belong to no record", ""},
		{"garbage behind", one + "garbage", "1:one", "after record 1: 7 bytes belong to no record", ""},
		{"only garbage", "garbage\nWARC\n", "", "end: found no WARC record", ""},
		{"length too short", strings.Replace(one, "Length: 3", "Length: 1", 1) + two, "1:o 2:two", "after record 1: 4 bytes belong to no record", ""},
		{"length of nothing", strings.Replace(one, "Length: 3", "Length:", 1) + two, "2:two", "record 1: it has no Content-Length", ""},
		{"length negative", strings.Replace(one, "Length: 3", "Length: -3", 1) + two, "2:two", `record 1: Content-Length is "-3", expected a number of bytes`, ""},
		{"length with sign", strings.Replace(one, "Length: 3", "Length: +3", 1) + two, "2:two", `record 1: Content-Length is "+3", expected a number of bytes`, ""},
		{"length 2^63", strings.Replace(one, "Length: 3", "Length: 9223372036854775808", 1) + two, "2:two", `record 1: Content-Length is "9223372036854775808", expected a number of bytes`, ""},
		{"length 2^63-1", one + strings.Replace(two, "Length: 3", "Length: 9223372036854775807", 1), "1:one", "record 2: 9223372036854775807 bytes, the limit is 64|record 2: the file ends 9223372036854775800 bytes before the record does", ""},
		{"cut in the block", one + two[:len(two)-5], "1:one", "record 2: the file ends 1 bytes before the record does", ""},
		{"cut in the header", one + two[:40], "1:one", "record 2: the file ends inside its header", ""},
		{"block over the limit", plainRecord(strings.Repeat("x", 65)) + two, "2:two", "record 1: 65 bytes, the limit is 64", ""},
		{"picture over the limit", warcRecord("resource", "http://a.example/", "image/png", strings.Repeat("x", 65)) + two, "2:two", "", "one record is no page: image/png"},
		{"segment", warcRecord("response", "http://a.example/", "text/html", "x", "WARC-Segment-Number: 1"), "", "", "one record is no page: segment"},
		{"log", warcRecord("resource", "metadata://a/", "text/plain", "x"), "", "", "one record is no page: resource"},
		{"no type", "WARC/1.0\nContent-Length: 0\n\n", "", "", "one record is no page: of unknown type"},
	} {
		pages, errs, note := warcPages(t, strings.NewReader(c.in), Options{MaxBytes: 64})
		var blocks []string
		for _, p := range pages {
			blocks = append(blocks, fmt.Sprintf("%d:%s", p.n, p.block))
		}
		if b, e := strings.Join(blocks, " "), strings.Join(errs, "|"); b != c.blocks || e != c.errs || note != c.note {
			t.Errorf("%s: blocks %q, errors %q, note %q; want %q, %q, %q", c.name, b, e, note, c.blocks, c.errs, c.note)
		}
	}
}

func TestWARCKinds(t *testing.T) {
	var in strings.Builder
	for i := range 1000 {
		in.WriteString(warcRecord("resource", "http://a.example/", fmt.Sprintf("image/x-%03d", i), ""))
	}
	in.WriteString(warcRecord("a\x1b[1mb", "", "", "") + warcRecord("request", "", "", "") + warcRecord("request", "", "", ""))
	_, errs, note := warcPages(t, strings.NewReader(in.String()), Options{})
	if want := "1003 records are no pages: 746 of other types, 1 image/x-000"; len(errs) > 0 || !strings.HasPrefix(note, want) || !strings.HasSuffix(note, ", …") {
		t.Errorf("note %q, errors %v", note, errs)
	}
}

// TestWARCEnds: a stream that breaks gives the articles before it.
func TestWARCEnds(t *testing.T) {
	var z bytes.Buffer
	for _, text := range []string{samplePage, samplePage} {
		m := gzip.NewWriter(&z)
		io.WriteString(m, plainRecord(text))
		m.Close()
	}
	whole := z.Bytes()
	flipped := bytes.Clone(whole)
	flipped[len(flipped)-6] ^= 1
	for name, b := range map[string][]byte{"cut": whole[:len(whole)-20], "flipped": flipped, "garbage": append(bytes.Clone(whole), "garbage"...)} {
		items, errs, _ := read(t, fstest.MapFS{"a.warc.gz": {Data: b}, "b.txt": file(samplePage)}, Options{})
		if s := strings.Join(items, " "); !strings.HasPrefix(s, "a-00000001 ") || !strings.HasSuffix(s, "!a.warc.gz b") {
			t.Errorf("%s: items %v", name, items)
		}
		if err := errs["a.warc.gz"]; err == nil || !strings.Contains(err.Error(), "record 2: ") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	for name, want := range map[string]error{"": document.ErrEmpty, "not a WARC file": warc.ErrWARC} {
		_, errs, _ := read(t, fstest.MapFS{"a.warc": file(name)}, Options{})
		if !errors.Is(errs["a.warc"], want) {
			t.Errorf("%q: %v", name, errs)
		}
	}
}

func TestWARCItems(t *testing.T) {
	items, errs, notes := read(t, fstest.MapFS{"a.warc": file(plainRecord(samplePage) + plainRecord("") + plainRecord("\xff") +
		warcRecord("conversion", "http://a.example/\x00\xff", "text/plain", samplePage, "WARC-Truncated: length") + "tail")}, Options{})
	wantItems(t, items, "a-00000001", "!a.warc", "!a.warc", "a-00000004", "!a.warc")
	if len(notes) != 0 {
		t.Errorf("notes %v", notes)
	}
	if err := errs["a.warc"]; err == nil || err.Error() != "a.warc: after record 4: 4 bytes belong to no record" {
		t.Errorf("error %v", err)
	}
}

func FuzzWARC(f *testing.F) {
	for _, name := range []string{"warcio.warc", "wget.warc"} {
		b, err := os.ReadFile(warcDir + "/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(plainRecord(samplePage) + response("Content-Type: text/plain\r\nContent-Encoding: br, gzip\r\n", samplePage)))
	f.Add([]byte(response("Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n", "5\r\nabcde\r\n0\r\n\r\n") + "WARC/\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		in := File{Name: "a.warc", ID: "a", Reader: bytes.NewReader(b), Note: func(document.Note) {}}
		ids := map[string]bool{}
		for item, err := range readWARC(in, Options{MaxBytes: 1 << 16}) {
			if err != nil {
				continue
			}
			d, err := item()
			if err != nil {
				var fe *document.FileError
				if !errors.As(err, &fe) || fe.File != "a.warc" {
					t.Fatalf("untyped error %v", err)
				}
				continue
			}
			validArticle(t, d)
			if a := d.Article; ids[a.DocID] {
				t.Fatalf("doc_id %q twice", a.DocID)
			}
			ids[d.Article.DocID] = true
		}
	})
}

// validArticle checks what every article must keep.
func validArticle(t *testing.T, d *document.Document) {
	t.Helper()
	a := d.Article
	checkEitherMap(t, a)
	for _, s := range []string{a.Title, a.Subtitle, a.Text, a.Outlet, a.Author, a.URL, a.Language, a.PublishedRaw, a.SourceFile, a.Raw} {
		if !utf8.ValidString(s) {
			t.Fatalf("%q is not valid UTF-8", s)
		}
	}
	if !ValidDocID(a.DocID) || a.Text == "" || a.SourceFile == "" {
		t.Fatalf("doc_id %q, source file %q, text %q", a.DocID, a.SourceFile, a.Text)
	}
	if iso, _, err := dates.Parse(a.Published); a.Published != "" && (err != nil || iso != a.Published) {
		t.Fatalf("published %q", a.Published)
	}
}

// checkEitherMap holds an article that may be of a page or of plain text against
// the law of its kind.
func checkEitherMap(t interface{ Fatalf(string, ...any) }, a *schema.Article) {
	if plainMap(a) {
		return
	}
	ingesttest.CheckPageMap(t, a)
}

func plainMap(a *schema.Article) (ok bool) {
	defer func() { ok = recover() == nil }()
	ingesttest.CheckMap(panicking{}, a)
	return true
}

type panicking struct{}

func (panicking) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
