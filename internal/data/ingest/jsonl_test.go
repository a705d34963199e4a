package ingest

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
	"github.com/mizan-corpus/mizan/schema"
)

// inFile reads a file of that name and content.
func inFile(t testing.TB, name, content string, o Options) (articles []*schema.Article, errs []error, notes []document.Note) {
	t.Helper()
	o.Warn = func(n document.Note) { notes = append(notes, n) }
	for d, err := range Dir(fstest.MapFS{name: file(content)}, o) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		checkEitherMap(t, d.Article)
		articles = append(articles, d.Article)
		notes = append(notes, d.Notes...)
	}
	return articles, errs, notes
}

func texts(errs []error) string {
	var list []string
	for _, e := range errs {
		list = append(list, e.Error())
	}
	return strings.Join(list, "\n")
}

func TestJSONLines(t *testing.T) {
	articles, errs, notes := inFile(t, "news.jsonl", canonical.ByteOrderMark+`{"id":"x1","headline":"عنوان 😀 الخبر","body":"\r\n\n عنوان 😀 الخبر\n  قال الوزير\nثم غادر  ","date":"2016-07-05T23:30:00+03:00","source":"سانا","authors":["أحمد","سارة"],"link":"http://x.example/1","lang":"ar-SY","other":{"a":[1]}}

{"body":["First paragraph.","Second \ud83d\ude00 paragraph."],"title":"A title\n  in two lines","subtitle":"Below","date":"soon","lang":"Arabic"}
{"text":"plain","id":17}
`, Options{})
	if len(errs) > 0 || len(articles) != 3 {
		t.Fatalf("%d articles, errors:\n%s", len(articles), texts(errs))
	}
	a := articles[0]
	if a.DocID != "x1" || a.Title != "عنوان 😀 الخبر" || a.Text != "عنوان 😀 الخبر\nقال الوزير\nثم غادر" ||
		a.Published != "2016-07-05" || a.PublishedRaw != "2016-07-05T23:30:00+03:00" || a.Outlet != "سانا" ||
		a.Author != "أحمد, سارة" || a.URL != "http://x.example/1" || a.Language != "ar" || a.SourceFile != "news.jsonl:1" {
		t.Errorf("got %+v", a)
	}
	if a.Raw != "عنوان 😀 الخبر\n\r\n\n عنوان 😀 الخبر\n  قال الوزير\nثم غادر  " || a.RawSHA256 != canonical.Sum(a.Raw) || a.TextSHA256 != canonical.Sum(a.Text) {
		t.Errorf("raw is %q", a.Raw)
	}
	b := articles[1]
	if b.DocID != "news-00000003" || b.Title != "A title in two lines" || b.Subtitle != "Below" ||
		b.Text != "A title in two lines\nBelow\nFirst paragraph.\nSecond 😀 paragraph." || b.Published != "" || b.SourceFile != "news.jsonl:3" {
		t.Errorf("got %+v", b)
	}
	if c := articles[2]; c.DocID != "17" || c.Text != "plain" || c.Title != "" {
		t.Errorf("got %+v", c)
	}
	var said []string
	for _, n := range notes {
		said = append(said, n.String())
	}
	want := []string{
		"news.jsonl: columns: author=authors,doc_id=id,language=lang,outlet=source,published=date,text=body,title=headline,url=link",
		`news.jsonl:3: language "Arabic": expected a code of ISO 639-1`,
		`news.jsonl:3: no date of publication: "soon": not a date`,
	}
	if strings.Join(said, "\n") != strings.Join(want, "\n") {
		t.Errorf("notes:\n%s", strings.Join(said, "\n"))
	}
}

func TestJSONLinesBadRecords(t *testing.T) {
	articles, errs, _ := inFile(t, "f.jsonl", strings.Join([]string{
		`{"text":"good"}`,
		`{"text":"cut off`,
		`[1]`,
		`null`,
		`{"titel":"x"}`,
		`{"text":{"a":1}}`,
		`{"text":""}`,
		`{"text":"half \ud83d pair"}`,
		`{"text":"whole \ud83d\ude00 pair, \\ud83d no escape"}`,
		"{\"text\":\"bad \xff byte\"}",
		`{"text":"nul \u0000"}`,
		`{"text":"x","doc_id":"../../etc"}`,
		`{"text":"` + strings.Repeat("x", 300) + `"}`,
		`{"text":"last","n":` + strings.Repeat("[", 20000) + `}`,
		`{"text":"good again"}`,
	}, "\n"), Options{MaxBytes: 200})
	if len(articles) != 3 || articles[0].Text != "good" || articles[1].Text != `whole 😀 pair, \ud83d no escape` || articles[2].DocID != "f-00000015" {
		t.Errorf("got %d articles", len(articles))
	}
	want := `f.jsonl:2: not a JSON object: byte 16: unexpected EOF
f.jsonl:3: not a JSON object: found [1]
f.jsonl:4: not a JSON object: found null
f.jsonl:5: no column with the text; found: "titel"
f.jsonl:6: column "text": found {"a":1}, expected text
f.jsonl:7: found no article text: only white space or page furniture
f.jsonl:8: not a JSON object: byte 14: invalid surrogate pair "\\ud83d pair\"" in string
f.jsonl:10: byte 0xFF at byte offset 13 is not valid UTF-8
f.jsonl:11: text: found a NUL character, expected text
f.jsonl:12: "../../etc" is no valid doc_id
f.jsonl:13: the line is too long: over 200 bytes
f.jsonl:14: the line is too long: over 200 bytes`
	if got := texts(errs); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestJSONLinesOfAnotherKind(t *testing.T) {
	for content, want := range map[string]string{
		"[\n{\"text\":\"x\"}\n]": "f.jsonl:1: not a JSON object: found an array over several lines\nf.jsonl:3: not a JSON object: byte 0: invalid character ']' at start of value",
		"\xff\xfe{\x00}\x00":     "f.jsonl:1: the file is in UTF-16",
	} {
		if _, errs, _ := inFile(t, "f.jsonl", content, Options{}); texts(errs) != want {
			t.Errorf("%q: got %s", content, texts(errs))
		}
	}
}

func TestColumns(t *testing.T) {
	line := `{"a":"A body.","b":"A title","text":"not this","source":"S","html":"<p>x"}` + "\n"
	c, err := ParseColumns([]string{"text=a", " title = b", "outlet="})
	if err != nil {
		t.Fatal(err)
	}
	articles, errs, _ := inFile(t, "f.jsonl", line, Options{Columns: c})
	if len(errs) > 0 || articles[0].Text != "A title\nA body." || articles[0].Outlet != "" {
		t.Errorf("got %v, %v", articles, errs)
	}
	_, errs, _ = inFile(t, "f.jsonl", line, Options{Columns: Columns{"text": "c"}})
	if got := texts(errs); got != `f.jsonl:1: no column "c"; found: "a", "b", "html", "source", "text"` {
		t.Errorf("got %s", got)
	}
	for in, want := range map[string]string{
		"text":          `found "text", expected FIELD=COLUMN`,
		"txet=a":        `did you mean text?`,
		"text=a,text=b": `the field "text" is given twice`,
	} {
		if _, err := ParseColumns(strings.Split(in, ",")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", in, err)
		}
	}
}

// Lines of any length are passed over without being held.
func TestLongLineTakesNoMemory(t *testing.T) {
	l := newLineReader(io.MultiReader(&ingesttest.Endless{Text: "x", N: 256 << 20}, strings.NewReader("\nshort\r\n")), 1<<20)
	n := ingesttest.Allocated(func() {
		if _, err := l.next(); err != ErrLongLine {
			t.Errorf("got %v", err)
		}
	})
	if n > 16<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
	if line, err := l.next(); string(line) != "short" || err != nil || l.n != 2 {
		t.Errorf("got %q, %v", line, err)
	}
	if _, err := l.next(); err != io.EOF {
		t.Errorf("got %v", err)
	}
}

func TestGzip(t *testing.T) {
	whole := ingesttest.Compressed(t, "gzip", strings.NewReader(`{"text":"one"}`+"\n")) + ingesttest.Compressed(t, "gzip", strings.NewReader(`{"text":"two"}`+"\n"))
	articles, errs, _ := inFile(t, "f.jsonl.gz", whole, Options{})
	if len(errs) > 0 || len(articles) != 2 || articles[1].DocID != "f-00000002" || articles[1].SourceFile != "f.jsonl.gz:2" {
		t.Errorf("got %v, %v", articles, errs)
	}
	if a, errs, _ := inFile(t, "a.TXT.GZ", ingesttest.Compressed(t, "gzip", strings.NewReader(samplePage)), Options{}); len(a) != 1 || a[0].DocID != "a" {
		t.Errorf("got %v, %v", a, errs)
	}
	for content, want := range map[string]string{
		"":                         "f.jsonl.gz: the file is empty",
		"no gzip at all":           "f.jsonl.gz: gzip: invalid header",
		whole[:len(whole)-12]:      "f.jsonl.gz:3: unexpected EOF",
		whole[:len(whole)-4] + "x": "f.jsonl.gz:3: unexpected EOF",
	} {
		if _, errs, _ := inFile(t, "f.jsonl.gz", content, Options{}); texts(errs) != want {
			t.Errorf("%d bytes: got %s, want %s", len(content), texts(errs), want)
		}
	}
}

// A bomb ends with an error, and the articles before it are there.
func TestGzipBomb(t *testing.T) {
	bomb := ingesttest.Compressed(t, "gzip", io.MultiReader(strings.NewReader(`{"text":"one"}`+"\n"), &ingesttest.Endless{Text: "x", N: 256 << 20}))
	var articles []*schema.Article
	var errs []error
	n := ingesttest.Allocated(func() { articles, errs, _ = inFile(t, "f.jsonl.gz", bomb, Options{}) })
	if len(articles) != 1 || !strings.HasPrefix(texts(errs), "f.jsonl.gz:2: the compressed file inflates out of all proportion: ") {
		t.Errorf("got %v, %v", articles, errs)
	}
	if n > 128<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
	if _, errs, _ = inFile(t, "f.txt.gz", bomb, Options{}); texts(errs) != "f.txt.gz: file has 16777217 bytes, the limit is 16777216" {
		t.Errorf("got %v", errs)
	}
}

func FuzzJSONLines(f *testing.F) {
	f.Add(`{"id":"x1","title":"T","body":"B\nC","date":"2016-07-05"}` + "\n" + `{"text":["a","b"]}`)
	f.Add(`{"text":"\ud83d"}`)
	f.Add("\xef\xbb\xbf{\"text\":\"x\"}\n[")
	f.Fuzz(func(t *testing.T, s string) {
		articles, errs, _ := inFile(t, "f.jsonl", s, Options{MaxBytes: 1 << 10})
		if n := strings.Count(s, "\n") + 1; len(articles)+len(errs) > n {
			t.Errorf("%d articles and %d errors of %d lines", len(articles), len(errs), n)
		}
	})
}

func BenchmarkJSONLines(b *testing.B) {
	var lines strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&lines, `{"id":"a%d","title":"عنوان الخبر","body":"%s"}`+"\n", i, strings.Repeat(`قال الوزير إن المحادثات ستستمر في جنيف يوم الجمعة المقبل.\n`, 30))
	}
	b.SetBytes(int64(lines.Len()))
	for b.Loop() {
		if a, _, _ := inFile(b, "f.jsonl", lines.String(), Options{Sketch: true}); len(a) != 1000 {
			b.Fatal(len(a))
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
