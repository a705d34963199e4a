package page

import (
	"errors"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/goldtest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
	"github.com/mizan-corpus/mizan/schema"
)

func readPage(t *testing.T, p Page, raw string) *document.Document {
	t.Helper()
	if p.File == "" {
		p.File = "x.html"
	}
	d, err := Read(p, []byte(raw))
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	ingesttest.CheckPageMap(t, d.Article)
	return d
}

func hasNote(d *document.Document, c document.Code, text string) bool {
	return slices.ContainsFunc(d.Notes, func(n document.Note) bool { return n.Code == c && strings.Contains(n.Text, text) })
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
	for _, gold := range goldtest.Articles(t, "../../../../data/articles") {
		page, title, text := goldPage(gold, "\n")
		date := gold.Published
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
			d, err := Read(Page{File: "x.html"}, []byte(s))
			if err != nil {
				t.Errorf("%s, %s: %v", gold.DocID, c.name, err)
				continue
			}
			a := d.Article
			ingesttest.CheckPageMap(t, a)
			if a.Text != text {
				t.Errorf("%s, %s: text\n%s\nwant\n%s", gold.DocID, c.name, a.Text, text)
			}
			if a.Title != title || a.Published != date || a.PublishedRaw != date+"T10:30:00+03:00" || a.Outlet != "صحيفة الميزان" || a.Language != "ar" || a.URL != "https://news.example/a/1" || a.Subtitle != "" {
				t.Errorf("%s, %s: %q %q %q %q %q %q", gold.DocID, c.name, a.Title, a.Published, a.PublishedRaw, a.Outlet, a.Language, a.URL)
			}
			if noted := hasNote(d, document.NoteEncoding, c.note); noted != (c.note != "") && c.note != "" || c.note == "" && hasNote(d, document.NoteEncoding, "") {
				t.Errorf("%s, %s: notes %v", gold.DocID, c.name, d.Notes)
			}
			if !hasNote(d, document.NoteNoAuthor, "") || hasNote(d, document.NoteNoDate, "") || hasNote(d, document.NoteNoTitle, "") {
				t.Errorf("%s, %s: notes %v", gold.DocID, c.name, d.Notes)
			}
		}
	}
}

func FuzzReadHTML(f *testing.F) {
	raw, err := os.ReadFile("../../../../data/articles/000_ced7557e4e70de65.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(strings.NewReplacer("%TITLE%", "عنوان المقال هنا", "%DATE%", "2016-07-05", "%CHARSET%", "<meta charset=utf-8>", "%BODY%", "<p>"+strings.ReplaceAll(string(raw), "\n", "</p><p>")).Replace(newsPage)))
	f.Add([]byte(small(`<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"x"}]}</script>`, "<h1>a&nbsp;b</h1>", paragraphs(para1, para2))))
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00a\x00"))
	f.Add([]byte("<?xml version='1.0' encoding='windows-1256'?><title/><p>\xc7\xe1\xe4\xd5 \xc7\xe1\xe3 <b><table><td></b><svg><p>&ampx;<xmp>&lt;"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := Read(Page{File: "x.html", URL: "https://news.example/"}, raw)
		if err != nil {
			var fe *document.FileError
			if !errors.As(err, &fe) || d != nil {
				t.Fatalf("untyped error %v", err)
			}
		} else {
			ingesttest.CheckPageMap(t, d.Article)
			again, err := Read(Page{File: "x.html", URL: "https://news.example/"}, raw)
			if err != nil || again.Article.Text != d.Article.Text || !slices.Equal(again.Notes, d.Notes) || !slices.Equal(again.Article.RawMap, d.Article.RawMap) {
				t.Fatal("a second reading differs")
			}
		}
		if utf8.Valid(raw) {
			if d, err := ReadFragment(Page{File: "x"}, "عنوان", string(raw)); err == nil {
				ingesttest.CheckPageMap(t, d.Article)
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
		if _, err := Read(Page{File: "x.html"}, page); err != nil {
			b.Fatal(err)
		}
	}
}
