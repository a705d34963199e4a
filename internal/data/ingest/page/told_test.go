package page

import (
	"strings"
	"testing"
)

// TestTold fixes what a paragraph between others tells the reader, whatever words
// of furniture, names and days it has: it stays, and is no author or date.
func TestTold(t *testing.T) {
	for _, line := range []string{
		"<p>Subscribe to our newsletter, the note told the islanders; it was a joke.</p>",
		"<p>The office uses cookies to feed the gulls, the captain said.</p>",
		"<p>قال الربان انقر على الرابط للانضمام إلى الرحلة فلم يجد أحدا.</p>",
		"<p>Next.</p>",
		"<p>By Friday the pier had gone</p>",
		"<p>By Tuesday evening</p>",
		"<p>By Dawn the Pier Was Gone</p>",
		"<p>By Land and Sea</p>",
		"<p>Von Krieg und Frieden</p>",
		"<p>كتب محمود درويش قصيدته</p>",
		"<p>المصدر: وكالات</p>",
		"<p>كتب البحارة على الجدران</p>",
		"<p>المصدر: أهالي الجزيرة</p>",
		"<p>Law of 12 June 2001</p>",
		`<p><time datetime="1999-05-05">5 May 1999</time>: the first pier is built.</p>`,
		"<blockquote><p>No ferry today</p>— Harbour (@harbour) May 5, 2019</blockquote>",
	} {
		d := readPage(t, Page{}, storyPage("<main><article><h1>Ferry returns to islands</h1>"+pOf(par1)+line+pOf(par2)+pOf(par3)+"</article></main>"))
		a := d.Article
		said := strings.NewReplacer("<p>", "", "</p>—", "\n—", "</p>", "", "<blockquote>", "", "</blockquote>", "", `<time datetime="1999-05-05">`, "", "</time>", "").Replace(line)
		if want := strings.Join([]string{"Ferry returns to islands", par1, said, par2, par3}, "\n"); a.Text != want || a.Author != "" || a.Outlet != "" || a.Published != "" {
			t.Errorf("%s: author %q, outlet %q, published %q\n%s\ndropped %v", line, a.Author, a.Outlet, a.Published, a.Text, d.Dropped)
		}
	}
}

// TestOnlyHeading fixes the title of pages whose <title> says something else.
func TestOnlyHeading(t *testing.T) {
	for _, c := range []struct{ title, h1, want string }{
		{"Islands", "Islands wait for a new pier", "Islands wait for a new pier"},
		{"Harbour Post: all the news", "Islands wait for a new pier", "Islands wait for a new pier"},
		{"Ferry returns to the islands | Post", "Post", "Ferry returns to the islands"},
	} {
		page := "<html><head><title>" + c.title + "</title></head><body><main><article><h1>" + c.h1 + "</h1>" + paragraphs(par1, par2, par3) + "</article></main></body></html>"
		d := readPage(t, Page{}, page)
		if d.Article.Title != c.want || !strings.HasPrefix(d.Article.Text, c.want+"\n"+par1) {
			t.Errorf("<title>%s</title><h1>%s</h1>: %q\n%s", c.title, c.h1, d.Article.Title, d.Article.Text)
		}
	}
}

// The only heading counts without an <article>, too, where it goes on from <title>.
func TestLongerHeading(t *testing.T) {
	for _, c := range []struct{ title, h1, want string }{
		{"Islands", "Islands wait for a new pier", "Islands wait for a new pier"},
		{"الجزر", "الجزر تنتظر رصيفا جديدا", "الجزر تنتظر رصيفا جديدا"},
		{"Ferry returns", "The Harbour Post", "Ferry returns"},
	} {
		d := readPage(t, Page{}, "<html><head><title>"+c.title+"</title></head><body><h1>"+c.h1+"</h1>"+paragraphs(par1, par2, par3)+"</body></html>")
		if d.Article.Title != c.want {
			t.Errorf("<title>%s</title><h1>%s</h1>: %q", c.title, c.h1, d.Article.Title)
		}
	}
}

// TestDateLines fixes which date of a line is that of publication.
func TestDateLines(t *testing.T) {
	for _, line := range []string{
		"Güncelleme: 5 Şubat 2023, 14:20 · Yayınlanma: 4 Şubat 2023, 11:00",
		"Aktualisiert: 5. Februar 2023, 14:20 Uhr | Veröffentlicht: 4. Februar 2023",
		"Actualizado el 5 de febrero de 2023 Publicado el 4 de febrero de 2023",
		"Обновлено 5 февраля 2023 г. Опубликовано 4 февраля 2023 г.",
		"4 февраля 2023 года",
		"Updated 5 February 2023, published 4 February 2023",
		"Pubblicato il 4 febbraio 2023, aggiornato il 5 febbraio 2023",
		"Ultimo aggiornamento: 5 febbraio 2023 - Pubblicazione: 4 febbraio 2023",
		"Última atualização: 5 de fevereiro de 2023. Publicado em 4 de fevereiro de 2023",
		"Atualizada em 5 de fevereiro de 2023 | Publicada em 4 de fevereiro de 2023 às 10h30",
		"Actualizado a 5 de febrero de 2023 - Publicado a 4 de febrero de 2023",
		"Bijgewerkt op 5 februari 2023, gepubliceerd op 4 februari 2023",
		"Mis à jour le 5 février 2023 à 10h – Publié le 4 février 2023",
		"آخرین به\u200cروزرسانی: ۱۶ بهمن ۱۴۰۱ - تاریخ انتشار: ۱۵ بهمن ۱۴۰۱", // 4 February 2023: 15 Bahman 1401
		"زمان انتشار: ۱۵ بهمن ۱۴۰۱ ساعت ۱۰:۳۰",
		"עודכן לאחרונה ב-5 בפברואר 2023, פורסם ב-4 בפברואר 2023",
		"תאריך: 04.02.2023",
		"السبت 13 رجب 1444 هـ الموافق 4 فبراير 2023 م", // both printed side by side
		"نشر في: 13 رجب 1444هـ - 4 فبراير 2023م",
	} {
		d := readPage(t, Page{}, storyPage("<main><article><h1>Ferry returns to islands</h1>"+pOf(line)+paragraphs(par1, par2, par3)+"</article></main>"))
		if a := d.Article; a.Published != "2023-02-04" || a.Author != "" || strings.Contains(a.Text, "2023") {
			t.Errorf("%s: published %q, author %q\n%s", line, a.Published, a.Author, a.Text)
		}
	}
}

// TestNoAuthor fixes links to other texts of an author that name none.
func TestNoAuthor(t *testing.T) {
	for _, rel := range []string{"View all posts", "About the editor"} {
		d := readPage(t, Page{}, storyPage("<main><article><h1>Ferry returns to islands</h1>"+paragraphs(par1, par2, par3)+`<a rel="author" href="/a">`+rel+"</a></article></main>"))
		if d.Article.Author != "" {
			t.Errorf("%s: author %q", rel, d.Article.Author)
		}
	}
}

// TestHeadAndTail fixes that text in divs at the edges of an article stays.
func TestHeadAndTail(t *testing.T) {
	for _, edge := range []string{"<div>" + par1 + "</div>", "<div><div>" + par1 + "</div></div>", "<div><p>" + par1 + "</p></div>", "<div>The ferry is back at last.</div>"} {
		for _, body := range []string{edge + paragraphs(par2, par3), paragraphs(par2, par3) + edge} {
			d := readPage(t, Page{}, storyPage("<main><article><h1>Ferry returns to islands</h1>"+body+"</article></main>"))
			if !strings.Contains(d.Article.Text, "ferry") {
				t.Errorf("%s\n%s\ndropped %v", body, d.Article.Text, d.Dropped)
			}
		}
	}
}

// TestBylines fixes what a byline gives, before the first paragraph and behind it.
func TestBylines(t *testing.T) {
	for _, c := range []struct{ line, author string }{
		{"By Laura Kent", "Laura Kent"},
		{"By Laura Kent and Sam Okoye, Lagos", "Laura Kent and Sam Okoye"},
		{"Words by Laura Kent", "Laura Kent"},
		{"Von Karla Brandt und Uwe Lang, Kiel", "Karla Brandt und Uwe Lang"},
		{"Par Claire Dubois", "Claire Dubois"},
		{"Por Ana Ruiz", "Ana Ruiz"},
		{"بقلم: سمير عبد الله", "سمير عبد الله"},
	} {
		for i, body := range []string{pOf(c.line) + paragraphs(par1, par2, par3), pOf(par1) + pOf(c.line) + paragraphs(par2, par3)} {
			d := readPage(t, Page{}, storyPage("<main><article><h1>Ferry returns to islands</h1>"+body+"</article></main>"))
			if a := d.Article; a.Author != c.author || a.Text != strings.Join([]string{"Ferry returns to islands", par1, par2, par3}, "\n") {
				t.Errorf("%s, %d: author %q\n%s", c.line, i, a.Author, a.Text)
			}
		}
	}
}
