package boilerplate

import (
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// A headline of two words is the title of a dump, whatever is printed between it
// and the body, unless it may be the author.
func TestShortTitleOfADump(t *testing.T) {
	const body = "The harbour office said on Tuesday that the ferry to the outer islands would run again from the first of the month.\n" +
		"It had been laid up since the winter storm that took the old pier with it, and two hundred islanders had to be flown out.\n"
	for _, c := range []struct{ head, title, author string }{
		{"Ferry returns\n", "Ferry returns", ""},
		{"Ferry returns\nBy Laura Kent\n3 March 2020\nShare on Facebook\nTweet\n", "Ferry returns", "Laura Kent"},
		{"عودة العبارة\nكتبت سلمى نصر\n3 آب 2015\nشارك\nتويتر\n", "عودة العبارة", "سلمى نصر"},
		{"Laura Kent\n3 March 2020\n", "", "Laura Kent"},
	} {
		page := "Home\nWorld\nContact us\n" + c.head + body + "Related stories\nPier falls\nLeave a comment\nEmail\n© 2020 Harbour Post\n"
		d, err := ReadText("x.txt", []byte(page), document.TextPage)
		if err != nil {
			t.Fatal(err)
		}
		if a := d.Article; a.Title != c.title || a.Author != c.author {
			t.Errorf("%q: title %q, author %q", c.head, a.Title, a.Author)
		}
	}
}

// A byline directly behind the first paragraph of a plain article gives the author
// and stays.
func TestBylineInsideAnArticle(t *testing.T) {
	const text = "Ferry returns\n\nThe ferry to the outer islands would run again from the first of the month, the office said.\nBy Laura Kent, Port\nThe old pier was lost in the storm, it said.\n"
	d, err := ReadText("x.txt", []byte(text), document.TextAuto)
	if err != nil {
		t.Fatal(err)
	}
	if a := d.Article; a.Author != "Laura Kent" || document.CountLetters(a.Text) != document.CountLetters(text) {
		t.Errorf("author %q\n%s", a.Author, a.Text)
	}
}
