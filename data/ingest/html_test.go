package ingest

import (
	"errors"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"testing"
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

// encodePage encodes a page; what the encoding lacks becomes a reference.
func encodePage(t *testing.T, name, s string) string {
	t.Helper()
	e, _ := charset.Lookup(name)
	if e == nil {
		t.Fatalf("no encoding %s", name)
	}
	b, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestReadHTMLCorpus makes pages of the hand-verified articles, in five
// encodings, and demands the canonical text.
func TestReadHTMLCorpus(t *testing.T) {
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
				s = "\xff\xfe" + encodePage(t, c.encoding, s)
			} else if c.encoding != "" {
				s = encodePage(t, c.encoding, s)
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
