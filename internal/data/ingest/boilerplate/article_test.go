package boilerplate

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// A text that is an article and nothing else is its text, whatever its lines look
// like; the title is its first line where that stands apart.
func TestArticleIsKeptWhole(t *testing.T) {
	long := "The harbour office said on Tuesday that the ferry to the islands would run again from the first of the month, weather allowing."
	for _, c := range []struct{ name, text, title string }{
		{"two words", "Ferry returns\n\n" + long + "\nIt rained.", "Ferry returns"},
		{"short sentences", long + "\nNobody was hurt.\nMore later.", ""},
		{"no full stop anywhere", "Ferry returns\n\nThe ferry is back\nTickets are sold at the harbour\nPrices stay", "Ferry returns"},
		{"one line", long, ""},
		{"a title above its date", "Ferry returns to the islands\n3 May 2014\n" + long, "Ferry returns to the islands"},
		{"a title above sentences", "Ferry returns to the islands\n" + long + "\nNobody was hurt.", "Ferry returns to the islands"},
		{"a line that a page would have", "Comments\n\n" + long + "\nNobody was hurt.", "Comments"},
		{"a disclaimer that is news", long + "\nA spokesman said the letter did not necessarily reflect the views of the council.\nThe mayor was not there.", ""},
		{"telegram", long + "\nThe captain wrote on Telegram that all were safe.\n" + long + "y", ""},
		{"a refrain", long + "\nWho pays for it?\nThe council.\nWho pays for it?\nNobody knows.", ""},
		{"verse", "The sea is wide\nThe sea is deep\nAnd miles to go\nBefore I sleep", ""},
		{"numbers", "Results\n\nNorth\n12\nSouth\n7\n" + long, "Results"},
		{"credit", long + "\n© The Harbour Post\n" + long + "z", ""},
		{"arabic", "عودة العبارة\n\nأعلن مكتب المرفأ أن العبارة ستعود إلى العمل مطلع الشهر المقبل إذا سمح الطقس بذلك.\nلم يصب أحد.\nالتعليقات", "عودة العبارة"},
		{"chinese", "渡轮恢复\n\n港务局周二表示,如果天气允许,开往各岛的渡轮将从下月一日起恢复运行。\n无人受伤。", "渡轮恢复"},
	} {
		d, err := ReadText("x.txt", []byte(c.text), document.TextAuto)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var want []string
		for l := range strings.SplitSeq(c.text, "\n") {
			if l != "" {
				want = append(want, l)
			}
		}
		if got := d.Article.Text; got != strings.Join(want, "\n") || d.Article.Title != c.title || len(d.Dropped) > 0 {
			t.Errorf("%s: title %q, text\n%s\ndropped %v", c.name, d.Article.Title, got, d.Dropped)
		}
	}
}

// A repeated title stands once, and the line that is left out is listed.
func TestRepeatedTitle(t *testing.T) {
	d, err := ReadText("x.txt", []byte("Ferry returns\nFerry returns\nThe ferry came back to the islands on Tuesday, the harbour office said.\n"), document.TextAuto)
	if err != nil {
		t.Fatal(err)
	}
	if a := d.Article; a.Title != "Ferry returns" || a.Text != "Ferry returns\nThe ferry came back to the islands on Tuesday, the harbour office said." ||
		len(d.Dropped) != 1 || d.Dropped[0] != (document.Dropped{Line: 2, Rule: document.RuleTitle, Text: "Ferry returns"}) {
		t.Errorf("%+v, dropped %v", a, d.Dropped)
	}
}

// The metadata of an article are read from its edges and stay in it; a date among
// its paragraphs is none of it.
func TestArticleMetadata(t *testing.T) {
	text := "Ferry returns\n\nBy Ann Lee\n3 May 2014\n\nThe ferry came back to the islands on Tuesday, the harbour office said.\n\n5 June 2011\n\nIt had been laid up since the storm that took the pier with it."
	d, err := ReadText("x.txt", []byte(text), document.TextAuto)
	if err != nil {
		t.Fatal(err)
	}
	if a := d.Article; a.Author != "Ann Lee" || a.Published != "2014-05-03" || !strings.Contains(a.Text, "\nBy Ann Lee\n3 May 2014\n") || !strings.Contains(a.Text, "\n5 June 2011\n") {
		t.Errorf("%+v", a)
	}
}

// What may be the dump of a page is told by more than a word, and either reader
// can be asked for.
func TestTextReaders(t *testing.T) {
	page := "Home\nFerry returns\nThe ferry came back to the islands on Tuesday, the harbour office said.\nIt had been laid up since the storm that took the pier with it.\nShare on Facebook\nRelated articles\nPier to be rebuilt\nLeave a comment\nYour email address will not be published"
	for as, lines := range map[document.TextReader]int{document.TextAuto: 3, document.TextPage: 3, document.TextArticle: 9, "": 3} {
		d, err := ReadText("x.txt", []byte(page), as)
		if err != nil {
			t.Fatal(err)
		}
		if n := 1 + strings.Count(d.Article.Text, "\n"); n != lines {
			t.Errorf("%q: %d lines:\n%s", as, n, d.Article.Text)
		}
	}
	for s, ok := range map[string]bool{"": true, "auto": true, "article": true, "page": true, "html": false} {
		if _, err := document.ParseTextReader(s); (err == nil) != ok {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// Letters in are letters kept or listed, whatever the lines.
func TestNoLetterIsLost(t *testing.T) {
	line := rapid.OneOf(
		rapid.SampledFrom([]string{"", "Home", "Share", "التعليقات", "Related articles", "© 2016 X", "3 May 2014", "By Ann Lee", "12", "* * *", "اقرأ أيضا: خبر", "Photo: X", "Ferry returns"}),
		rapid.StringMatching(`[A-Za-z0-9 ,؟.!أ-ي]{0,80}`),
		rapid.Just("The ferry came back to the islands on Tuesday, the harbour office said."),
	)
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(line, 1, 40).Draw(t, "lines"), "\n")
		as := rapid.SampledFrom(document.AllTextReaders()).Draw(t, "as")
		d, err := ReadText("x.txt", []byte(raw), as)
		if err != nil {
			return
		}
		all, kept := document.CountLetters(raw), document.CountLetters(d.Article.Text)
		if d.Letters != all || kept+d.DroppedLetters() != all {
			t.Fatalf("%d letters, %d said; %d kept, %d listed: %v", all, d.Letters, kept, d.DroppedLetters(), d.Dropped)
		}
		for _, x := range d.Dropped {
			if l := strings.Split(raw, "\n")[x.Line-1]; x.Rule == "" || !strings.Contains(l, x.Text) {
				t.Fatalf("%+v is not in line %q", x, l)
			}
		}
	})
}

// No month's name is a word of a list of furniture: the line of a date would be
// thrown out with it.
func TestMonthsAreNoFurniture(t *testing.T) {
	for _, month := range dates.MonthNames() {
		for _, line := range []string{"15 " + month + " 2016", month + " 2016", "١٥ " + month + " ٢٠١٦", "15-" + month + "-2016"} {
			lines := Classify([]canonical.Line{{Text: line}})
			if c := lines[0].Class; c != ClassMeta && c != ClassText {
				t.Errorf("%q is of class %d", line, c)
			}
		}
	}
}
