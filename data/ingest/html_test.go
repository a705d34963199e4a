package ingest

import (
	"errors"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/mizan-corpus/mizan/schema"
)

// checkPageMap verifies the law of the map to a page: segments are ordered,
// apart or not contiguous, and equal to what the page has; what is in no segment
// is a line break, a folded space or written as a character reference.
func checkPageMap(t interface{ Fatalf(string, ...any) }, a *schema.Article) {
	raw, text := []rune(a.Raw), []rune(a.Text)
	in := make([]bool, len(text))
	end, rawEnd := int32(0), int32(-1)
	for _, s := range a.RawMap {
		if s.Start < end || s.Length < 1 || int(s.Start+s.Length) > len(text) || s.RawStart < 0 || int(s.RawStart+s.Length) > len(raw) {
			t.Fatalf("segment %+v is out of order or out of range", s)
		}
		if s.Start == end && s.RawStart == rawEnd {
			t.Fatalf("segment %+v continues the one before", s)
		}
		end, rawEnd = s.Start+s.Length, s.RawStart+s.Length
		for k := range s.Length {
			if in[s.Start+k] = true; text[s.Start+k] != raw[s.RawStart+k] {
				t.Fatalf("code point %d is %q, that of the page %q", s.Start+k, text[s.Start+k], raw[s.RawStart+k])
			}
		}
	}
	references := strings.Contains(a.Raw, "&") || strings.Contains(a.Raw, `\`)
	for i, r := range text {
		if !in[i] && r != '\n' && r != ' ' && !references {
			t.Fatalf("code point %d, %q, is in no segment", i, r)
		}
	}
	for line := range strings.SplitSeq(a.Text, "\n") {
		if line == "" || line != strings.TrimFunc(line, unicode.IsSpace) {
			t.Fatalf("line %q is blank or has white space at its ends", line)
		}
		if strings.ContainsAny(line, "\r\t\f") || strings.Contains(line, "  ") {
			t.Fatalf("line %q has white space that is not folded", line)
		}
	}
	if !utf8.ValidString(a.Raw) || strings.ContainsRune(a.Raw, 0) || !utf8.ValidString(a.Text) {
		t.Fatalf("raw or text is no text")
	}
	if a.Title != "" && a.Text != a.Title && !strings.HasPrefix(a.Text, a.Title+"\n") {
		t.Fatalf("text does not begin with title %q", a.Title)
	}
	if a.TextSHA256 != sum(a.Text) || a.RawSHA256 != sum(a.Raw) {
		t.Fatalf("hashes differ")
	}
	if (a.Published == "") != (a.PublishedRaw == "") || !strings.Contains(a.Raw, a.PublishedRaw) {
		t.Fatalf("published %q, as printed %q", a.Published, a.PublishedRaw)
	}
}

func readPage(t *testing.T, p Page, raw string) *Document {
	t.Helper()
	if p.File == "" {
		p.File = "x.html"
	}
	d, err := ReadHTML(p, []byte(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	checkPageMap(t, d.Article)
	return d
}

func hasNote(d *Document, c Code, text string) bool {
	return slices.ContainsFunc(d.Notes, func(n Note) bool { return n.Code == c && strings.Contains(n.Text, text) })
}

// newsPage is a page of a made-up news site with all that stands around an
// article.
const newsPage = `<!DOCTYPE html>
<html dir="rtl" lang="ar">
<head>
%CHARSET%
<title>%TITLE% | صحيفة الميزان</title>
<meta property="og:site_name" content="صحيفة الميزان">
<meta property="article:published_time" content="%DATE%T10:30:00+03:00">
<link rel="canonical" href="https://news.example/a/1">
<style>p { margin: 0 }</style><script>var a = "<p>ليس نصا.</p>";</script>
</head>
<body class="single post">
<header><div class="logo"><a href="/">صحيفة الميزان</a></div>
<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/politics">سياسة</a></li><li><a href="/economy">اقتصاد</a></li><li><a href="/sport">رياضة</a></li></ul></nav></header>
<div id="content"><div class="main-col"><article>
<div class="breadcrumb"><a href="/">الرئيسية</a> » <a href="/politics">سياسة</a></div>
<h1 class="entry-title">%TITLE%</h1>
<div class="meta"><span class="date">نشر في %DATE%</span> <span>عدد المشاهدات: 1204</span></div>
<ul class="share-buttons"><li><a href="#">فيسبوك</a></li><li><a href="#">تويتر</a></li><li><a href="#">واتساب</a></li></ul>
<figure><img src="a.jpg" alt=""><figcaption>صورة أرشيفية للقاء سابق بين الجانبين في العاصمة (أ ف ب)</figcaption></figure>
<div class="entry-content">
%BODY%
</div>
<div class="tags"><a href="/t/1">روسيا</a> <a href="/t/2">سورية</a></div>
<div class="related"><h3>اقرأ أيضا</h3><ul><li><a href="/2">مجلس الأمن يعقد جلسة طارئة لبحث الأوضاع</a></li><li><a href="/3">أسعار النفط ترتفع بعد قرار خفض الإنتاج</a></li><li><a href="/4">انطلاق معرض الكتاب في دورته الثلاثين</a></li></ul></div>
</article></div>
<aside class="sidebar"><h3>الأكثر قراءة</h3><ul><li><a href="/5">حالة الطقس اليوم وغدا في عموم المناطق</a></li><li><a href="/6">نتائج مباريات الجولة العاشرة من الدوري</a></li></ul>
<div class="widget"><p>اشترك في نشرتنا البريدية ليصلك كل جديد من أخبارنا اليومية والأسبوعية مجانا.</p></div></aside>
<section class="comments" id="comments"><h3>التعليقات (2)</h3><div class="comment"><p>شكرا لكم على هذا التقرير المفيد والشامل، وننتظر المزيد من الأخبار عن هذا الموضوع.</p></div><div class="comment"><p>لا أتفق مع ما جاء في هذا الخبر، وأرى أن الأمر أكثر تعقيدا مما ورد فيه.</p></div>
<form><label>اكتب تعليقا</label><textarea>نص</textarea><button>إرسال</button></form></section>
</div>
<footer><p>جميع الحقوق محفوظة © 2016 صحيفة الميزان. لا يجوز نسخ أي مادة أو إعادة نشرها من دون إذن خطي مسبق من الإدارة.</p></footer>
</body></html>`

// goldPage is an article of the corpus as a page, and its canonical text.
func goldPage(a *schema.Article, lineEnd string) (page, title, text string) {
	lines := strings.Split(a.Text, "\n")
	title = a.Title
	if title == "" {
		title = "عنوان هذا المقال من الاختبار"
		lines = append([]string{title}, lines...)
	}
	var body strings.Builder
	for _, l := range lines[1:] {
		body.WriteString("<p>" + html.EscapeString(l) + "</p>" + lineEnd)
	}
	date := a.Published
	if date == "" {
		date = "2018-04-06"
	}
	page = strings.NewReplacer("%TITLE%", html.EscapeString(title), "%DATE%", date, "%BODY%", body.String()).Replace(newsPage)
	return page, title, strings.Join(lines, "\n")
}

// TestReadHTMLCorpus makes pages of the hand-verified articles, in five
// encodings, and demands the canonical text.
func TestReadHTMLCorpus(t *testing.T) {
	encode := func(name, s string) string {
		e, _ := charset.Lookup(name)
		if e == nil {
			t.Fatalf("no encoding %s", name)
		}
		b, err := e.NewEncoder().String(s) // what it lacks becomes a reference
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, p := range readPairs(t, "../articles") {
		page, title, text := goldPage(p.gold, "\n")
		date := p.gold.Published
		if date == "" {
			date = "2018-04-06"
		}
		for _, c := range []struct{ name, meta, encoding, note string }{
			{"UTF-8", `<meta charset="utf-8">`, "", ""},
			{"undeclared UTF-8", "", "", ""},
			{"windows-1256", `<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">`, "windows-1256", "read as windows-1256, as its <meta> says"},
			{"undeclared windows-1256", "", "windows-1256", "read as windows-1256, found by its bytes; nothing is declared"},
			{"windows-1256 declared as windows-1252", `<meta charset="iso-8859-1">`, "windows-1256", "read as windows-1256, found by its bytes; windows-1252 is declared"},
			{"windows-1256 declared as UTF-8", `<meta charset="utf-8">`, "windows-1256", "read as windows-1256, found by its bytes; utf-8 is declared"},
			{"ISO-8859-6", `<meta charset="iso-8859-6">`, "iso-8859-6", "read as iso-8859-6, as its <meta> says"},
			{"undeclared ISO-8859-6", "", "iso-8859-6", "read as iso-8859-6, found by its bytes; nothing is declared"},
			{"UTF-16LE", "", "utf-16le", "read as utf-16le, as its byte-order mark says"},
			{"UTF-8 declared as windows-1256", `<meta charset="windows-1256">`, "", "read as utf-8, found by its bytes; windows-1256 is declared"},
		} {
			s := strings.Replace(page, "%CHARSET%", c.meta, 1)
			if c.encoding == "utf-16le" {
				s = "\xff\xfe" + encode(c.encoding, s)
			} else if c.encoding != "" {
				s = encode(c.encoding, s)
			}
			d, err := ReadHTML(Page{File: "x.html"}, []byte(s))
			if err != nil {
				t.Errorf("%s, %s: %v", p.gold.DocID, c.name, err)
				continue
			}
			a := d.Article
			checkPageMap(t, a)
			if a.Text != text {
				t.Errorf("%s, %s: text\n%s\nwant\n%s", p.gold.DocID, c.name, a.Text, text)
			}
			if a.Title != title || a.Published != date || a.PublishedRaw != date+"T10:30:00+03:00" || a.Outlet != "صحيفة الميزان" || a.Language != "ar" || a.URL != "https://news.example/a/1" || a.Subtitle != "" {
				t.Errorf("%s, %s: %q %q %q %q %q %q", p.gold.DocID, c.name, a.Title, a.Published, a.PublishedRaw, a.Outlet, a.Language, a.URL)
			}
			if noted := hasNote(d, NoteEncoding, c.note); noted != (c.note != "") && c.note != "" || c.note == "" && hasNote(d, NoteEncoding, "") {
				t.Errorf("%s, %s: notes %v", p.gold.DocID, c.name, d.Notes)
			}
			if !hasNote(d, NoteNoAuthor, "") || hasNote(d, NoteNoDate, "") || hasNote(d, NoteNoTitle, "") {
				t.Errorf("%s, %s: notes %v", p.gold.DocID, c.name, d.Notes)
			}
		}
	}
}

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
		a.RawSHA256, a.TextSHA256 = sum(a.Raw), sum(a.Text)
		checkPageMap(t, a)
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
	if d.Article.Title != "" || !hasNote(d, NoteNoTitle, "") {
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
		note               Code
	}{
		{"meta", `<meta name=author content="سمر خليل"><meta property="article:published_time" content="2016-07-05T23:10:00+03:00"><meta property="og:site_name" content="الميزان"><link rel=canonical href="/a/1">`, "", "https://news.example/b?x=1",
			schema.Article{Author: "سمر خليل", Published: "2016-07-05", PublishedRaw: "2016-07-05T23:10:00+03:00", Outlet: "الميزان", URL: "https://news.example/a/1"}, ""},
		{"article:author is an address", `<meta property="article:author" content="https://facebook.example/x">` + ld(`{"@context":"https://schema.org","@type":"NewsArticle","author":[{"@type":"Person","name":"سمر خليل"},{"name":"علي حسن"}],"datePublished":"2016-07-05","publisher":{"name":"الميزان"}}`), "", "",
			schema.Article{Author: "سمر خليل, علي حسن", Published: "2016-07-05", PublishedRaw: "2016-07-05", Outlet: "الميزان"}, ""},
		{"JSON-LD graph", ld(`{"@graph":[{"@type":"Organization","@id":"#o","name":"الميزان"},{"@type":["NewsArticle"],"author":"سمر خليل","datePublished":"2016-07-05T01:00:00Z","publisher":{"@id":"#o"}}]}`), "", "",
			schema.Article{Author: "سمر خليل", Published: "2016-07-05", PublishedRaw: "2016-07-05T01:00:00Z", Outlet: "الميزان"}, ""},
		{"broken JSON-LD", ld(`{"@type":"NewsArticle",`) + ld(`[{"@type":"Article","author":{"name":"سمر خليل"}}]`), "", "", schema.Article{Author: "سمر خليل"}, NoteNoDate},
		{"strange JSON-LD", ld(`[1,null,"x",{"@type":7,"@graph":{"@type":"Article","author":[[1]],"datePublished":5,"publisher":[],"headline":{}}}]`), "", "", schema.Article{}, NoteNoDate},
		{"microdata", `<meta itemprop="datePublished" content="2016-07-05">`, `<div itemprop="author" itemscope><span itemprop="name">سمر خليل</span> محررة</div>`, "",
			schema.Article{Author: "سمر خليل", Published: "2016-07-05", PublishedRaw: "2016-07-05"}, ""},
		{"rel and time", "", `<header><time datetime="2020-01-01">اليوم</time></header><a rel="author" href="/x">سمر خليل</a> <time datetime="2016-07-05 09:00">أمس</time>`, "",
			schema.Article{Author: "سمر خليل", Published: "2016-07-05", PublishedRaw: "2016-07-05 09:00"}, ""},
		{"escaped stamp", `<meta name="date" content="2016-07-05T09:00:00&#43;03:00">`, "", "", schema.Article{Published: "2016-07-05", PublishedRaw: "2016-07-05T09:00:00&#43;03:00"}, ""},
		{"RFC 1123", `<meta name="pubdate" content="Tue, 05 Jul 2016 23:10:00 +0300">`, "", "", schema.Article{Published: "2016-07-05", PublishedRaw: "Tue, 05 Jul 2016 23:10:00 +0300"}, ""},
		{"ambiguous", `<meta name="date" content="05/07/2016">`, "", "", schema.Article{}, NoteAmbiguousDate},
		{"ambiguous, then clear", `<meta name="date" content="05/07/2016"><meta name="dc.date" content="x"><meta name="dcterms.created" content="2016-07-05">`, "", "", schema.Article{Published: "2016-07-05", PublishedRaw: "2016-07-05"}, ""},
		{"printed", "", "<div>تاريخ النشر: 5 تموز\n 2016</div><div>المصدر: الميزان</div>", "", schema.Article{Published: "2016-07-05", PublishedRaw: "5 تموز\n 2016", Outlet: "الميزان"}, ""},
		{"in the URL", "", "", "https://news.example/2016/07/05/x", schema.Article{URL: "https://news.example/2016/07/05/x", PublishedInferred: "2016-07-05", PublishedEvidence: "the date in the page's URL"}, NoteGuess},
		{"URL and stamp", `<meta name="date" content="2016-07-06">`, "", "https://news.example/2016/07/05/x", schema.Article{URL: "https://news.example/2016/07/05/x", Published: "2016-07-06", PublishedRaw: "2016-07-06"}, ""},
		{"og:url", `<link rel="canonical" href="/x"><meta property="og:url" content="https://news.example/y">`, "", "", schema.Article{URL: "https://news.example/y"}, ""},
		{"no address of the web", `<link rel="canonical" href="javascript:x"><meta property="og:url" content="//">`, "", "file:///x", schema.Article{}, ""},
		{"system's author", `<meta name="author" content="admin"><meta name="application-name" content="الميزان">`, "", "", schema.Article{Outlet: "الميزان"}, NoteNoAuthor},
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
	const french = "<p>Le ministre a déclaré hier que les pourparlers se poursuivront une semaine encore dans la capitale, selon un communiqué publié.</p><p>Il a ajouté que la prochaine réunion portera sur le cessez-le-feu et sur l'aide humanitaire dans les régions assiégées.</p>"
	if d := readPage(t, Page{}, `<html lang="fr-FR"><body>`+french); d.Article.Language != "fr" {
		t.Errorf("language %q", d.Article.Language)
	}
	if d := readPage(t, Page{}, `<html lang="en"><body>`+body); d.Article.Language != "ar" {
		t.Errorf("the text's language: %q", d.Article.Language)
	}
	if d := readPage(t, Page{}, `<html><body>`+french); d.Article.Language != "" || !hasNote(d, NoteNoLanguage, "") {
		t.Errorf("language %q", d.Article.Language)
	}
}

func TestReadHTMLRefuses(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     error
	}{
		{"empty", "", ErrEmpty},
		{"nothing", "<html><body></body></html>", ErrNoText},
		{"furniture", "<nav><a href=/>الرئيسية</a></nav><footer>جميع الحقوق محفوظة</footer>", ErrNoText},
		{"deep", strings.Repeat("<div>", 600) + para1, ErrDepth},
		{"ten megabytes of <div>", strings.Repeat("<div>", 2<<20), ErrDepth},
		{"many elements", strings.Repeat("<br>", maxElements+1), ErrElements},
		{"many texts", strings.Repeat("a<!-- -->", maxTexts+1), ErrElements},
		{"binary", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06", ErrNotReadable},
	} {
		d, err := ReadHTML(Page{File: "x.html"}, []byte(c.in))
		var fe *FileError
		if !errors.Is(err, c.want) || !errors.As(err, &fe) || fe.File != "x.html" || d != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	d := readPage(t, Page{}, "<p>"+para1[:20]+"\x00"+para1[20:]+"</p><p>"+para2+"</p>")
	if d.Article.Text != para1+"\n"+para2 || !hasNote(d, NoteEncoding, "1 NUL characters were left out") {
		t.Errorf("NUL: %q %v", d.Article.Text, d.Notes)
	}
	d = readPage(t, Page{}, "<meta charset=utf-8><p>"+para1+"\xff</p><p>"+para2+"</p>")
	if !hasNote(d, NoteEncoding, "1 bytes are not valid") {
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
		{"tables", strings.Repeat("<table><tr><td>", 160) + strings.Repeat("<tr><td>"+para1, 8000)},
	} {
		start := time.Now()
		d, err := ReadHTML(Page{File: "x.html"}, []byte(c.in))
		var fe *FileError
		switch {
		case err != nil && !errors.As(err, &fe):
			t.Errorf("%s: untyped error %v", c.name, err)
		case err == nil:
			checkPageMap(t, d.Article)
		}
		t.Logf("%-24s %5.1f MB %8v  %v", c.name, float64(len(c.in))/(1<<20), time.Since(start).Round(time.Millisecond), err)
	}
}

func TestReadFragment(t *testing.T) {
	for _, c := range []struct{ title, in, text string }{
		{"عنوان", "<p>" + para1 + "</p><ul><li>اقرأ أيضا</li></ul><script>x</script>", "عنوان\n" + para1 + "\nاقرأ أيضا"},
		{"عنوان", "سطر &amp; آخر\n\nسطر ثان\n", "عنوان\nسطر & آخر\nسطر ثان"},
		{"عنوان", "<h1>عنوان</h1>نص", "عنوان\nنص"},
		{"", "نص 1 < 2", "نص 1 < 2"},
		{" عنوان\nآخر ", "نص<br>ثان", "عنوان آخر\nنص\nثان"},
	} {
		d, err := ReadFragment(Page{File: "f/feed.xml:3", DocID: "feed-3", URL: "https://news.example/3"}, c.title, c.in)
		if err != nil {
			t.Fatal(err)
		}
		a := d.Article
		checkPageMap(t, a)
		if a.Text != c.text || a.DocID != "feed-3" || a.SourceFile != "feed.xml:3" || a.URL != "https://news.example/3" {
			t.Errorf("%q: %q %q %q", c.in, a.Text, a.DocID, a.SourceFile)
		}
	}
	for _, in := range []string{"", " \n", "<script>a</script>", "<p>عنوان</p>"} {
		if _, err := ReadFragment(Page{File: "x"}, "عنوان", in); !errors.Is(err, ErrNoText) {
			t.Errorf("%q: %v", in, err)
		}
	}
	if _, err := ReadFragment(Page{File: "x"}, "", "a\xff"); err == nil {
		t.Error("invalid UTF-8 was read")
	}
}

func FuzzReadHTML(f *testing.F) {
	raw, err := os.ReadFile("../articles/000_ced7557e4e70de65.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(strings.NewReplacer("%TITLE%", "عنوان المقال هنا", "%DATE%", "2016-07-05", "%CHARSET%", "<meta charset=utf-8>", "%BODY%", "<p>"+strings.ReplaceAll(string(raw), "\n", "</p><p>")).Replace(newsPage)))
	f.Add([]byte(small(`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"x"}]}</script>`, "<h1>a&nbsp;b</h1>", paragraphs(para1, para2))))
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00a\x00"))
	f.Add([]byte("<?xml version='1.0' encoding='windows-1256'?><title/><p>\xc7\xe1\xe4\xd5 \xc7\xe1\xe3 <b><table><td></b><svg><p>&ampx;<xmp>&lt;"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := ReadHTML(Page{File: "x.html", URL: "https://news.example/"}, raw)
		if err != nil {
			var fe *FileError
			if !errors.As(err, &fe) || d != nil {
				t.Fatalf("untyped error %v", err)
			}
		} else {
			checkPageMap(t, d.Article)
			again, err := ReadHTML(Page{File: "x.html", URL: "https://news.example/"}, raw)
			if err != nil || again.Article.Text != d.Article.Text || !slices.Equal(again.Notes, d.Notes) || !slices.Equal(again.Article.RawMap, d.Article.RawMap) {
				t.Fatal("a second reading differs")
			}
		}
		if utf8.Valid(raw) {
			if d, err := ReadFragment(Page{File: "x"}, "عنوان", string(raw)); err == nil {
				checkPageMap(t, d.Article)
			}
		}
	})
}

// BenchmarkReadHTML reads pages of the corpus's articles.
func BenchmarkReadHTML(b *testing.B) {
	var p strings.Builder
	for i := range 20 {
		fmt.Fprintf(&p, "<p>%s %d. %s</p>", para1, i, para2)
	}
	page := []byte(strings.NewReplacer("%TITLE%", "عنوان المقال هنا", "%DATE%", "2016-07-05", "%CHARSET%", "<meta charset=utf-8>", "%BODY%", p.String()).Replace(newsPage))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ReadHTML(Page{File: "x.html"}, page); err != nil {
			b.Fatal(err)
		}
	}
}
