package page

import (
	"html"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/goldtest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

// tablePage is a page as sites made them before style sheets: tables for the
// layout, upper case, attributes without quotes, nothing closed, line breaks for
// paragraphs.
const tablePage = `<HTML DIR=RTL><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1256">
<TITLE>صحيفة الميزان - %TITLE%</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF><TABLE WIDTH=100%><TR><TD COLSPAN=3><A HREF=/><IMG SRC=logo.gif></A>
<TR><TD WIDTH=150 VALIGN=TOP><FONT SIZE=2><A HREF=1>الرئيسية</A><BR><A HREF=2>أخبار سورية</A><BR><A HREF=3>أخبار العالم</A><BR><A HREF=4>اقتصاد</A><BR><A HREF=5>رياضة</A></FONT>
<TD VALIGN=TOP><CENTER><H1><FONT COLOR=NAVY>%TITLE%</FONT></H1></CENTER>
<FONT SIZE=2>%DATE%</FONT><HR>
<DIV ALIGN=JUSTIFY><FONT SIZE=4>%BODY%</FONT></DIV>
<A HREF=print><FONT SIZE=1>طباعة</FONT></A> <A HREF=send><FONT SIZE=1>أرسل لصديق</FONT></A>
<TD WIDTH=150 VALIGN=TOP><B>آخر الأخبار</B><BR><A HREF=6>مجلس الأمن يعقد جلسة طارئة لبحث الأوضاع</A><BR><A HREF=7>أسعار النفط ترتفع بعد قرار خفض الإنتاج</A>
<TR><TD COLSPAN=3><CENTER><FONT SIZE=1>جميع الحقوق محفوظة © 2016</FONT></CENTER></TABLE></BODY></HTML>`

// divPage is a page as scripts make them now: blocks only, classes that say
// nothing, lists of other articles between the paragraphs.
const divPage = `<!doctype html><html lang=ar-SY><head><meta charset=utf-8><meta property="og:title" content="%TITLE%">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"%TITLE%","datePublished":"%DATE%"}]}</script>
<title>%TITLE%</title></head><body><div id="app"><div class="x1"><a href="/">الميزان</a><span><a href="/a">سياسة</a></span><span><a href="/b">اقتصاد</a></span></div>
<div class="x2"><div class="x3"><div class="x4"><a href="/a">سياسة</a></div><div class="x5">%TITLE%</div><div class="x6">%DATE%</div></div>
<div class="x7">%BODY%</div></div>
<div class="x8"><div class="x9"><a href="/2">مجلس الأمن يعقد جلسة طارئة لبحث الأوضاع</a></div><div class="x9"><a href="/3">أسعار النفط ترتفع بعد قرار خفض الإنتاج</a></div></div>
<div class="x10">جميع الحقوق محفوظة © 2016 الميزان</div></div></body></html>`

// TestReadHTMLLayouts makes pages of other layouts of the hand-verified
// articles.
func TestReadHTMLLayouts(t *testing.T) {
	related := `<div class="x9">اقرأ أيضا: <a href="/2">مجلس الأمن يعقد جلسة طارئة</a></div>`
	for _, c := range []struct {
		name, page string
		body       func(lines []string) string
	}{
		{"tables, line breaks", tablePage, func(l []string) string { return strings.Join(l, "<BR><BR>\n") }},
		{"tables, open paragraphs", tablePage, func(l []string) string { return "<P>" + strings.Join(l, "\n<P>") }},
		{"tables, wrapped lines", tablePage, func(l []string) string { return strings.ReplaceAll(strings.Join(l, "<br>"), " ", "\r\n") }},
		{"blocks", divPage, func(l []string) string {
			return "<div>" + l[0] + "</div>" + related + "<div>" + strings.Join(l[1:], "</div><div>") + "</div>"
		}},
		{"spans", divPage, func(l []string) string {
			return "<p><span>" + strings.Join(l, "</span></p><p>&nbsp;</p><p><span>") + "</span></p>"
		}},
	} {
		for _, gold := range goldtest.Articles(t, "../../../../data/articles") {
			want, title := gold.Text, gold.Title
			if title == "" {
				title = "عنوان هذا المقال من الاختبار"
				want = title + "\n" + want
			}
			date := "2016-07-05"
			var lines []string
			for _, l := range strings.Split(want, "\n")[1:] {
				lines = append(lines, html.EscapeString(l))
			}
			s := strings.NewReplacer("%TITLE%", html.EscapeString(title), "%DATE%", date, "%BODY%", c.body(lines)).Replace(c.page)
			if strings.Contains(c.page, "windows-1256") {
				s = encodePage(t, "windows-1256", s)
			}
			d, err := Read(Page{File: "x.html"}, []byte(s))
			if err != nil {
				t.Errorf("%s, %s: %v", gold.DocID, c.name, err)
				continue
			}
			ingesttest.CheckPageMap(t, d.Article)
			if d.Article.Text != want || d.Article.Title != title || d.Article.Published != date {
				t.Errorf("%s, %s: title %q, date %q, text\n%s\nwant\n%s", gold.DocID, c.name, d.Article.Title, d.Article.Published, d.Article.Text, want)
			}
		}
	}
}

// A page that is hidden until its scripts have run is read all the same; what is
// hidden on a page that shows its article is not.
func TestHiddenPage(t *testing.T) {
	const hidden = `<div style="display: none">`
	if d := readPage(t, Page{}, `<html><body>`+hidden+"<p>"+para1+"</p><p>"+para2+"</p>"+`</div></body></html>`); !strings.HasSuffix(d.Article.Text, para1+"\n"+para2) {
		t.Errorf("got %q", d.Article.Text)
	}
	d := readPage(t, Page{}, `<html><body><p>`+para1+"</p><p>"+para2+"</p>"+hidden+`<p>قال الموقع إن على القراء أن يشتركوا فيه الآن ليقرأوا بقية الأخبار في أي وقت.</p></div></body></html>`)
	if strings.Contains(d.Article.Text, "يشتركوا") {
		t.Errorf("got %q", d.Article.Text)
	}
}

// An empty title inside a picture does not swallow the page.
func TestForeignTitle(t *testing.T) {
	for _, svg := range []string{`<svg><title/><path d="M0,0"/></svg>`, `<svg><title>صورة</title></svg>`, `<svg><style/><script/></svg>`, `<math><title/></math>`} {
		d := readPage(t, Page{}, `<html><head><title>عنوان الخبر الأول اليوم</title></head><body>`+svg+`<h1>عنوان الخبر الأول اليوم</h1><p>`+para1+`</p><p>`+para2+`</p></body></html>`)
		if want := "عنوان الخبر الأول اليوم\n" + para1 + "\n" + para2; d.Article.Text != want {
			t.Errorf("%s: got %q", svg, d.Article.Text)
		}
	}
}
