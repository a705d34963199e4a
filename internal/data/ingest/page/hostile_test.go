package page

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

func TestReadHTMLRefuses(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     error
	}{
		{"empty", "", document.ErrEmpty},
		{"nothing", "<html><body></body></html>", document.ErrNoText},
		{"furniture", "<nav><a href=/>الرئيسية</a></nav><footer>جميع الحقوق محفوظة</footer>", document.ErrNoText},
		{"deep", strings.Repeat("<div>", 600) + para1, ErrDepth},
		{"ten megabytes of <div>", strings.Repeat("<div>", 2<<20), ErrDepth},
		{"many elements", strings.Repeat("<br>", maxElements+1), ErrElements},
		{"many texts", strings.Repeat("a<!-- -->", maxTexts+1), ErrElements},
		{"binary", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06", document.ErrNotReadable},
	} {
		d, err := Read(Page{File: "x.html"}, []byte(c.in))
		var fe *document.FileError
		if !errors.Is(err, c.want) || !errors.As(err, &fe) || fe.File != "x.html" || d != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	d := readPage(t, Page{}, "<p>"+para1[:20]+"\x00"+para1[20:]+"</p><p>"+para2+"</p>")
	if d.Article.Text != para1+"\n"+para2 || !hasNote(d, document.NoteEncoding, "1 NUL characters were left out") {
		t.Errorf("NUL: %q %v", d.Article.Text, d.Notes)
	}
	d = readPage(t, Page{}, "<meta charset=utf-8><p>"+para1+"\xff</p><p>"+para2+"</p>")
	if !hasNote(d, document.NoteEncoding, "1 bytes are not valid") {
		t.Errorf("one bad byte: %q %v", d.Article.Text, d.Notes)
	}
}

// TestReadHTMLHostile reads large pages that are made to be slow. It says how
// long each took; no time is demanded.
func TestReadHTMLHostile(t *testing.T) {
	const size = 4 << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for _, c := range []struct{ name, in string }{
		{"attributes", "<p " + fill(`a="b" `) + ">" + para1},
		{"distinct attributes", "<p " + fill(`class="b" style=c `) + ">" + para1},
		{"open comment", para1 + "<!--" + fill("<p>a")},
		{"script", "<script>" + fill("<p>a</p>") + "</script>" + paragraphs(para1, para2)},
		{"open script", paragraphs(para1, para2) + "<script>" + fill("<p>a</p>")},
		{"references", "<p>" + fill("&amp&#x1;&notit;&") + para1},
		{"references without end", "<p>" + fill("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") + para1},
		{"angle brackets", "<p>" + fill("<") + para1},
		{"stray end tags", strings.Repeat("<b>", 400) + "<table><td>" + fill("</b>") + para1},
		{"formatting", strings.Repeat("<b><i><u>", 150) + fill("<p>a")},
		{"paragraphs", fill("<p>" + para1 + "</p>")},
		{"short paragraphs", strings.Repeat("<p>نص قصير", 200000)},
		{"breaks", strings.Repeat(para1+"<br><br>", 8000)},
		{"nested lists", strings.Repeat("<ul><li>", 200) + strings.Repeat("<li>"+para1, 8000)},
		{"deep text", strings.Repeat("<div>", 500) + strings.Repeat("<p>"+para1, 8000)},
		{"links", strings.Repeat("<a href=x>"+para1[:40]+"</a> ", 40000)},
		{"one line", "<p>" + fill(para1+" ")},
		{"headings", strings.Repeat("<h1>"+para1[:60]+"</h1>", 20000)},
		{"JSON-LD", `<script type="application/ld+json">` + fill("[") + "</script>" + paragraphs(para1, para2)},
		{"wide JSON-LD", `<script type="application/ld+json">[` + fill(`{"@graph":[]},`) + `1]</script>` + paragraphs(para1, para2)},
		{"metas", fill(`<meta name=date content=x>`) + paragraphs(para1, para2)},
		{"times", strings.Repeat(`<time datetime=x>`, 400) + strings.Repeat(`<time datetime=x></time>`, 50000) + paragraphs(para1, para2)},
		{"long title", `<meta property="og:title" content="` + strings.Repeat("word ", 12000) + `">` + strings.Repeat("<p>نص قصير", 20000) + paragraphs(para1, para2)},
		{"stamps", strings.Repeat(`<meta name=date content="2016&#45;07-04">`, 4000) + paragraphs(para1, para2) + fill("x ")},
		{"white space", strings.Repeat("<span itemprop=datePublished>", 200) + fill(" ") + "</span>" + paragraphs(para1, para2)},
		{"tables", strings.Repeat("<table><tr><td>", 160) + strings.Repeat("<tr><td>"+para1, 8000)},
	} {
		start := time.Now()
		d, err := Read(Page{File: "x.html"}, []byte(c.in))
		var fe *document.FileError
		switch {
		case err != nil && !errors.As(err, &fe):
			t.Errorf("%s: untyped error %v", c.name, err)
		case err == nil:
			ingesttest.CheckPageMap(t, d.Article)
		}
		t.Logf("%-24s %5.1f MB %8v  %v", c.name, float64(len(c.in))/(1<<20), time.Since(start).Round(time.Millisecond), err)
	}
}
