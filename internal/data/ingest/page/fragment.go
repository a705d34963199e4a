package page

import (
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/language"
	"github.com/mizan-corpus/mizan/schema"
)

// markup is what makes a text HTML.
var markup = regexp.MustCompile(`<[A-Za-z!/?]`)

// ReadFragment reads the HTML of an item of a feed, or a plain text: all of it
// is the article, scripts and the like aside. Title becomes the article's
// title, "" for none; a line that repeats it at the beginning is dropped. The raw text
// is the title on a line of its own, then the fragment.
func ReadFragment(p Page, title, fragment string) (*document.Document, error) {
	title = canonical.OneLine(title)
	page := fragment
	if title != "" {
		page = title + "\n" + fragment
	}
	fail := func(err error) (*document.Document, error) { return nil, &document.FileError{File: p.File, Err: err} }
	if err := canonical.CheckText([]byte(page)); err != nil {
		return fail(err)
	}
	from := len(page) - len(fragment)
	t, err := parsePage(page, from)
	if err != nil {
		return fail(err)
	}
	d := &document.Document{Article: p.article(page)}
	f := t.flow()
	if !markup.MatchString(fragment) {
		f = t.plainFlow(from)
	}
	if len(f.lines) > canonical.MaxLines {
		return fail(fmt.Errorf("%w: %d, at most %d are read", document.ErrLines, len(f.lines), canonical.MaxLines))
	}
	parts := make([]flowLine, 0, len(f.lines)+1)
	if title != "" {
		parts = append(parts, titleLine(title, []schema.RawSegment{{Length: int32(utf8.RuneCountInString(title))}}))
	}
	for _, l := range f.lines {
		switch {
		case l.region&inHidden != 0:
			d.Drop(l.row, document.RuleHidden, l.text)
		case len(parts) == 1 && title != "" && fold.Key(l.text) == fold.Key(title):
			d.Drop(l.row, document.RuleTitle, l.text)
		default:
			parts = append(parts, l)
		}
	}
	if len(parts) == 0 || len(parts) == 1 && title != "" {
		return fail(document.ErrNoText)
	}
	a := d.Article
	a.Title, a.URL = title, absoluteURL(p.URL, "")
	a.Text, a.RawMap = assembleFlow(parts)
	a.TextSHA256 = canonical.Sum(a.Text)
	d.Letters += document.CountLetters(a.Text)
	if title == "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoTitle, Text: "found no title"})
	}
	if a.Language = language.Of(a.Text); a.Language == "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoLanguage, Text: "the language cannot be told from the text"})
	}
	for i := range d.Notes {
		d.Notes[i].File = p.File
	}
	return d, nil
}

// plainFlow is the page's text from a byte on as lines that end where it ends
// them.
func (t *pageTree) plainFlow(from int) *flow {
	w := walk{t: t, block: -1}
	p := piece{from, len(t.page), int32(utf8.RuneCountInString(t.page[:from]))}
	w.cur.piece(t.page, p, true, w.breakLine)
	w.breakLine()
	return &w.flow
}
