package page

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
	"github.com/mizan-corpus/mizan/schema"
)

// The two paragraphs that the small pages have.
const (
	para1 = "قال وزير الخارجية في مؤتمر صحفي عقده في العاصمة إن المحادثات تستمر أسبوعا آخر، وإن الأطراف كلها أبدت استعدادها للحوار."
	para2 = "وأضاف الوزير أن اللقاء المقبل يبحث وقف إطلاق النار وإيصال المساعدات الإنسانية إلى المناطق المحاصرة قبل نهاية الشهر الجاري."
)

func small(head, before, body string) string {
	return "<html><head>" + head + "</head><body>" + before + "<div>" + body + "</div></body></html>"
}

func paragraphs(p ...string) string { return "<p>" + strings.Join(p, "</p><p>") + "</p>" }

// TestPageLines fixes how a page becomes lines.
func TestPageLines(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a  b\n\tc", "a b c"},
		{" <p> a </p> ", "a"},
		{"<p>a<p>b", "a|b"},
		{"a<br>b<br/>c</br>d", "a|b|c|d"},
		{"a<div>b<span>c</span> d</div>e", "a|bc d|e"},
		{"<b>a</b> <i> b</i>", "a b"},
		{"<ul><li>a<li>b</ul>c", "a|b|c"},
		{"<table><tr><td>a<td>b<tr><td>c</table>d", "a|b|c|d"},
		{"<dl><dt>a<dd>b<dt>c</dl>", "a|b|c"},
		{"<pre>a\nb  c\r\nd</pre>", "a|b c|d"},
		{"a<script>b</script><style>c</style><template>d</template><noscript>e</noscript>f", "af"},
		{"a<textarea>b</textarea><select><option>c</select><svg><title>d</title><text>e</text></svg>f", "af"},
		{"<svg><g><p>a</p>", "a"},
		{"a&nbsp;b&#1600;&amp;&lt;c", "a\u00a0bـ&<c"},
		{"&nbsp;a&nbsp;", "a"},
		{"&ampa &notit; &semi; &#x41 &#0; & &;", "&a ¬it; ; A \uFFFD & &;"},
		{"a&#10;&#32;&#13;b", "a b"},
		{"😀 &amp; محادثات", "😀 & محادثات"},
		{"<b><p>a</b>b</p>", "ab"},
		{"<a href=x>a<a href=y>b</a>c", "abc"},
		{"<div>a</p></span></div></div>b", "a|b"},
		{"<h1>a<h2>b</h2></h1>c", "a|b|c"},
		{"a<!-- b --><![CDATA[c]]><?d?>e", "ae"},
		{"a<!-- b", "a"},
		{"a < b <3 c", "a < b <3 c"},
		{"a<wbr>b<img src=x>c", "abc"},
		{"<p>a\u200f\u00a0</p>", "a\u200f"},
		{"<frameset><frame></frameset>a", "a"},
		{"\uFEFFa", "a"},
		{"<xmp><b>&amp;</xmp>", "<b>&amp;"},
		{"<body><p>a</body></html>b", "ab"},
		{"<title>x</title>a<title>y</title>", "a"},
		{"<form>a<form>b</form>c</form>d", "ab|cd"},
	} {
		tree, err := parsePage(c.in, 0)
		if err != nil {
			t.Fatal(err)
		}
		f := tree.flow()
		var got []string
		for _, l := range f.lines {
			got = append(got, l.text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q: lines %q, want %q", c.in, s, c.want)
		}
		a := &schema.Article{Raw: c.in}
		a.Text, a.RawMap = assembleFlow(f.lines)
		a.RawSHA256, a.TextSHA256 = canonical.Sum(a.Raw), canonical.Sum(a.Text)
		ingesttest.CheckPageMap(t, a)
	}
}

// TestPageMap fixes which characters lead back to the page.
func TestPageMap(t *testing.T) {
	for _, c := range []struct{ in, unmapped string }{
		{"<p>ab c</p>", ""},
		{"<p>a  b\nc d</p>", "  "},
		{"<p>a <b> b</b></p>", " "},
		{"<p>&amp;&#1600;a&nbsp;ب</p>", "&ـ\u00a0"},
		{"<p>&ampa;b</p>", "&"},
		{"<p>a</p><p>b</p>", "\n"},
		{"<p>a&#32;b</p>", " "},
		{"<xmp>&amp;</xmp>", ""},
	} {
		tree, err := parsePage(c.in, 0)
		if err != nil {
			t.Fatal(err)
		}
		a := &schema.Article{}
		a.Text, a.RawMap = assembleFlow(tree.flow().lines)
		var got strings.Builder
		i := int32(0)
		for _, r := range a.Text {
			if _, ok := a.RawOffset(i); !ok {
				got.WriteRune(r)
			}
			i++
		}
		if got.String() != c.unmapped {
			t.Errorf("%q: %q is in no segment, want %q", c.in, got.String(), c.unmapped)
		}
	}
}

func TestPageTitle(t *testing.T) {
	const title = "الوزير يعلن استمرار المحادثات أسبوعا آخر"
	body := paragraphs(para1, para2)
	for _, c := range []struct{ name, page, want, at string }{
		{"h1 and title", small("<title>"+title+" - الميزان</title>", "<h1>الميزان</h1>", "<h1>"+title+"</h1>"+body), title, "<h1>" + title},
		{"h1 over two lines", small("<title>"+title+" - الميزان</title>", "", "<h1>الوزير يعلن<br>استمرار المحادثات <span>أسبوعا آخر</span></h1>"+body), title, "<h1>الوزير"},
		{"h1 with a mark", small(`<meta property="og:title" content="`+title+`">`, "", "<h1>«"+title+"»</h1>"+body), "«" + title + "»", "<h1>«"},
		{"h2 as og:title has it", small(`<meta property="og:title" content="`+title+`">`, "<h1>الميزان</h1>", "<h2>"+title+"</h2>"+body), title, "<h2>" + title},
		{"only h1", small("", "", "<h1>"+title+"</h1>"+body), title, "<h1>" + title},
		{"title alone", small("<title>"+title+" | صحيفة الميزان</title>", "", body), title, "<title>" + title},
		{"title after the site", small(`<meta property="og:site_name" content="الميزان"><title>الميزان: أخبار | `+title+"</title>", "", body), title, "| " + title},
		{"og:title alone", small(`<meta content='`+title+`' property=og:title>`, "", body), title, "content='" + title},
		{"JSON-LD alone", small(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"`+title+`"}</script>`, "", body), title, `"headline":"` + title},
		{"printed headline", small("", "", "<div>"+title+"</div>"+body), title, "<div>" + title},
	} {
		d := readPage(t, Page{}, c.page)
		a := d.Article
		if a.Title != c.want || a.Text != c.want+"\n"+para1+"\n"+para2 {
			t.Errorf("%s: title %q\n%s", c.name, a.Title, a.Text)
		}
		want := len([]rune(c.page[:strings.Index(c.page, c.at)])) + strings.IndexFunc(c.at, func(r rune) bool { return r == 'ا' || r == '«' })
		if strings.HasPrefix(c.at, "<div>") || want >= 0 {
			if p, ok := a.RawOffset(0); !ok || !strings.HasPrefix(string([]rune(c.page)[p:]), strings.Fields(c.want)[0]) {
				t.Errorf("%s: title stands at %d", c.name, p)
			} else if i := len([]rune(c.page[:strings.Index(c.page, c.at)])); int(p) < i || int(p) > i+len([]rune(c.at)) {
				t.Errorf("%s: title stands at %d, want after %d", c.name, p, i)
			}
		}
	}
	d := readPage(t, Page{}, small("", "", "<p>"+para1+"</p><p>"+para2+"</p>"))
	if d.Article.Title != "" || !hasNote(d, document.NoteNoTitle, "") {
		t.Errorf("no title: %q %v", d.Article.Title, d.Notes)
	}
}

func TestPageMetadata(t *testing.T) {
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	body := paragraphs(para1, para2)
	for _, c := range []struct {
		name, head, before string
		url                string
		want               schema.Article
		note               document.Code
	}{
		{"meta", `<meta name=author content="سمر خليل"><meta property="article:published_time" content="2016-07-05T23:10:00+03:00"><meta property="og:site_name" content="الميزان"><link rel=canonical href="/a/1">`, "", "https://news.example/b?x=1",
			schema.Article{Author: "سمر خليل", Published: "2016-07-05", PublishedRaw: "2016-07-05T23:10:00+03:00", Outlet: "الميزان", URL: "https://news.example/a/1"}, ""},
		{"article:author is an address", `<meta property="article:author" content="https://facebook.example/x">` + ld(`{"@context":"https://schema.org","@type":"NewsArticle","author":[{"@type":"Person","name":"سمر خليل"},{"name":"علي حسن"}],"datePublished":"2016-07-05","publisher":{"name":"الميزان"}}`), "", "",
			schema.Article{Author: "سمر خليل, علي حسن", Published: "2016-07-05", PublishedRaw: "2016-07-05", Outlet: "الميزان"}, ""},
		{"JSON-LD graph", ld(`{"@graph":[{"@type":"Organization","@id":"#o","name":"الميزان"},{"@type":["NewsArticle"],"author":"سمر خليل","datePublished":"2016-07-05T01:00:00Z","publisher":{"@id":"#o"}}]}`), "", "",
			schema.Article{Author: "سمر خليل", Published: "2016-07-05", PublishedRaw: "2016-07-05T01:00:00Z", Outlet: "الميزان"}, ""},
		{"broken JSON-LD", ld(`{"@type":"NewsArticle",`) + ld(`[{"@type":"Article","author":{"name":"سمر خليل"}}]`), "", "", schema.Article{Author: "سمر خليل"}, document.NoteNoDate},
		{"strange JSON-LD", ld(`[1,null,"x",{"@type":7,"@graph":{"@type":"Article","author":[[1]],"datePublished":5,"publisher":[],"headline":{}}}]`), "", "", schema.Article{}, document.NoteNoDate},
		{"microdata", `<meta itemprop="datePublished" content="2016-07-05">`, `<div itemprop="author" itemscope><span itemprop="name">سمر خليل</span> محررة</div>`, "",
			schema.Article{Author: "سمر خليل", Published: "2016-07-05", PublishedRaw: "2016-07-05"}, ""},
		{"rel and time", "", `<header><time datetime="2020-01-01">اليوم</time></header><a rel="author" href="/x">سمر خليل</a> <time datetime="2016-07-05 09:00">أمس</time>`, "",
			schema.Article{Author: "سمر خليل", Published: "2016-07-05", PublishedRaw: "2016-07-05 09:00"}, ""},
		{"escaped stamp", `<meta name="date" content="2016-07-05T09:00:00&#43;03:00">`, "", "", schema.Article{Published: "2016-07-05", PublishedRaw: "2016-07-05T09:00:00&#43;03:00"}, ""},
		{"RFC 1123", `<meta name="pubdate" content="Tue, 05 Jul 2016 23:10:00 +0300">`, "", "", schema.Article{Published: "2016-07-05", PublishedRaw: "Tue, 05 Jul 2016 23:10:00 +0300"}, ""},
		{"ambiguous", `<meta name="date" content="05/07/2016">`, "", "", schema.Article{}, document.NoteAmbiguousDate},
		{"ambiguous, then clear", `<meta name="date" content="05/07/2016"><meta name="dc.date" content="x"><meta name="dcterms.created" content="2016-07-05">`, "", "", schema.Article{Published: "2016-07-05", PublishedRaw: "2016-07-05"}, ""},
		{"printed", "", "<div>تاريخ النشر: 5 تموز\n 2016</div><div>المصدر: الميزان</div>", "", schema.Article{Published: "2016-07-05", PublishedRaw: "5 تموز\n 2016", Outlet: "الميزان"}, ""},
		{"printed, and today's", "", "<nav><p>الجمعة 1 كانون الثاني 2021</p></nav><div>5 تموز 2016</div>", "", schema.Article{Published: "2016-07-05", PublishedRaw: "5 تموز 2016"}, document.NoteNoOutlet},
		{"in the URL", "", "", "https://news.example/2016/07/05/x", schema.Article{URL: "https://news.example/2016/07/05/x", PublishedInferred: "2016-07-05", PublishedEvidence: "the date in the page's URL"}, document.NoteGuess},
		{"URL and stamp", `<meta name="date" content="2016-07-06">`, "", "https://news.example/2016/07/05/x", schema.Article{URL: "https://news.example/2016/07/05/x", Published: "2016-07-06", PublishedRaw: "2016-07-06"}, ""},
		{"og:url", `<link rel="canonical" href="/x"><meta property="og:url" content="https://news.example/y">`, "", "", schema.Article{URL: "https://news.example/y"}, ""},
		{"no address of the web", `<link rel="canonical" href="javascript:x"><meta property="og:url" content="//">`, "", "file:///x", schema.Article{}, ""},
		{"system's author", `<meta name="author" content="admin"><meta name="application-name" content="الميزان">`, "", "", schema.Article{Outlet: "الميزان"}, document.NoteNoAuthor},
	} {
		d := readPage(t, Page{URL: c.url}, small(c.head, c.before, body))
		a, w := d.Article, c.want
		for _, f := range []struct{ name, got, want string }{
			{"author", a.Author, w.Author}, {"outlet", a.Outlet, w.Outlet}, {"url", a.URL, w.URL}, {"published", a.Published, w.Published}, {"published_raw", a.PublishedRaw, w.PublishedRaw},
			{"inferred", a.PublishedInferred, w.PublishedInferred}, {"evidence", a.PublishedEvidence, w.PublishedEvidence}, {"text", a.Text, para1 + "\n" + para2},
		} {
			if f.got != f.want {
				t.Errorf("%s: %s %q, want %q; %v", c.name, f.name, f.got, f.want, d.Notes)
			}
		}
		if c.note != "" && !hasNote(d, c.note, "") {
			t.Errorf("%s: notes %v, want %s", c.name, d.Notes, c.note)
		}
	}
	const polish = "<p>Minister powiedział wczoraj, że rozmowy będą trwały w stolicy jeszcze przez tydzień, jak podano w opublikowanym komunikacie.</p><p>Dodał, że następne spotkanie dotyczyć będzie zawieszenia broni oraz pomocy humanitarnej w oblężonych regionach kraju.</p>"
	if d := readPage(t, Page{}, `<html lang="pl-PL"><body>`+polish); d.Article.Language != "pl" {
		t.Errorf("language %q", d.Article.Language)
	}
	if d := readPage(t, Page{}, `<html lang="en"><body>`+body); d.Article.Language != "ar" {
		t.Errorf("the text's language: %q", d.Article.Language)
	}
	if d := readPage(t, Page{}, `<html><body>`+polish); d.Article.Language != "" || !hasNote(d, document.NoteNoLanguage, "") {
		t.Errorf("language %q", d.Article.Language)
	}
}
