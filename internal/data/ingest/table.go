package ingest

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/language"
	"github.com/mizan-corpus/mizan/internal/data/ingest/page"
	"github.com/mizan-corpus/mizan/schema"
)

// row is one article of a table: what its columns say, by field.
type row map[string]string

// tableDoc makes the article of a row. Its raw text is the title, subtitle and
// text as the columns have them, each on lines of its own, or the page of a
// column with HTML. fallback is the doc_id where no column gives one; at names
// the row's place, "corpus.jsonl:17".
func tableDoc(r row, at, fallback string) (*document.Document, error) {
	id := fallback
	if own := strings.TrimSpace(r[fieldDocID]); own != "" {
		if !ValidDocID(own) {
			return nil, &hinted{fmt.Errorf("%q is no valid doc_id", canonical.Clip(own)), "ids are ASCII letters, digits, _, - and .; --columns doc_id= numbers the articles instead"}
		}
		id = own
	}
	for _, field := range columnFields {
		if strings.IndexByte(r[field], 0) >= 0 {
			return nil, fmt.Errorf("%s: found a NUL character, expected text", field)
		}
	}
	var d *document.Document
	var err error
	if r[fieldText] == "" && r[fieldHTML] != "" {
		d, err = page.Read(page.Page{File: at, DocID: id, URL: r[fieldURL], ContentType: "text/html; charset=utf-8"}, []byte(r[fieldHTML]))
	} else if r[fieldSubtitle] == "" && hasMarkup(r[fieldText]) {
		d, err = page.ReadFragment(page.Page{File: at, DocID: id, URL: r[fieldURL]}, r[fieldTitle], r[fieldText])
		if err == nil {
			d.Notes = append(d.Notes, document.Note{Code: document.NoteMarkup, Text: "the text is HTML and was read as such; --columns html=COLUMN reads a whole page"})
		}
	} else {
		d, err = plainDoc(r, at, id)
	}
	if err != nil {
		return nil, err
	}
	r.fill(d)
	for i := range d.Notes {
		d.Notes[i].File = at
	}
	return d, nil
}

// textTags are the tags that texts in HTML are made of.
var textTags = regexp.MustCompile(`(?i)</?(?:p|br|div|span|a|strong|em|b|i|u|h[1-6]|ul|ol|li|table|tr|td|img|figure|blockquote)(?:\s[^<>]*)?/?>`)

// hasMarkup reports whether a text is HTML: it has two tags that such texts are
// made of, or begins with one.
func hasMarkup(text string) bool {
	if strings.IndexByte(text, '<') < 0 {
		return false
	}
	found := textTags.FindAllStringIndex(text, 2)
	return len(found) > 1 || len(found) == 1 && strings.TrimSpace(text[:found[0][0]]) == ""
}

// plainDoc is the article of a row with text: every line of it is kept, blank
// ones aside, and a title that the text begins with stands once.
func plainDoc(r row, at, id string) (*document.Document, error) {
	heads := []string{canonical.OneLine(r[fieldTitle]), canonical.OneLine(r[fieldSubtitle])}
	var raw strings.Builder
	raw.Grow(len(heads[0]) + len(heads[1]) + 2 + len(r[fieldText]))
	for _, h := range heads {
		if h != "" {
			raw.WriteString(h)
			raw.WriteByte('\n')
		}
	}
	raw.WriteString(r[fieldText])
	lines := canonical.SplitLines(raw.String())
	d := &document.Document{}
	parts := make([]canonical.Line, 0, len(lines))
	n := 0 // headings
	for _, h := range heads {
		if h != "" {
			n++
		}
	}
	body := false
	for i, l := range lines {
		if l.Text == "" {
			continue
		}
		if i >= n && !body && repeatsHeading(l.Text, heads) {
			d.Drop(i+1-n, document.RuleTitle, l.Text)
			continue
		}
		body = body || i >= n
		parts = append(parts, l)
	}
	if !body {
		return nil, document.ErrNoText
	}
	a := &schema.Article{DocID: id, Title: heads[0], Subtitle: heads[1], SourceFile: canonical.BaseOf(at), Raw: raw.String()}
	a.RawSHA256 = canonical.Sum(a.Raw)
	a.Text, a.RawMap = canonical.AssembleAll(a.Raw, parts)
	if a.TextSHA256 = a.RawSHA256; a.Text != a.Raw {
		a.TextSHA256 = canonical.Sum(a.Text)
	}
	a.Language = language.Of(a.Text)
	d.Article = a
	d.Letters += document.CountLetters(a.Text)
	return d, nil
}

// fill takes what the columns say of the article; it holds against what was
// found in the text.
func (r row) fill(d *document.Document) {
	a := d.Article
	for _, f := range []struct {
		to   *string
		name string
	}{{&a.URL, fieldURL}, {&a.Outlet, fieldOutlet}, {&a.Author, fieldAuthor}} {
		if v := canonical.OneLine(r[f.name]); v != "" {
			*f.to = v
		}
	}
	if l := strings.ToLower(strings.TrimSpace(r[fieldLanguage])); l != "" {
		l, _, _ = strings.Cut(strings.ReplaceAll(l, "_", "-"), "-")
		if language.IsCode(l) {
			a.Language = l
		} else {
			d.Notes = append(d.Notes, document.Note{Code: document.NoteNoLanguage, Text: fmt.Sprintf("language %q: expected a code of ISO 639-1", canonical.Clip(r[fieldLanguage]))})
		}
	}
	if p := strings.TrimSpace(r[fieldPublished]); p != "" {
		iso, err := dates.Stamped(p)
		if err != nil {
			d.Notes = append(d.Notes, document.Note{Code: document.NoteNoDate, Text: "no date of publication: " + err.Error()})
		}
		a.Published, a.PublishedRaw = iso, canonical.OneLine(p)
	}
}

func repeatsHeading(line string, heads []string) bool {
	for _, h := range heads {
		if h != "" && fold.Key(h) == fold.Key(line) {
			return true
		}
	}
	return false
}

// A hinted error knows the next step.
type hinted struct {
	error
	hint string
}

func (e *hinted) Unwrap() error { return e.error }

// rowError is err as an error at a line of a file.
func rowError(file string, line int, err error) *document.FileError {
	e := &document.FileError{File: file, Line: line, Err: err}
	var own *document.FileError
	if errors.As(err, &own) {
		e.Err, e.Hint = own.Err, own.Hint
	}
	var h *hinted
	if errors.As(err, &h) {
		e.Err, e.Hint = h.error, h.hint
	}
	var c *ColumnsError
	if errors.As(err, &c) {
		e.Hint = c.hint()
	}
	return e
}

// numbered is the doc_id of an article of a file that has many: the file's and
// the article's number in eight digits, so that ids ascend as the file does.
func numbered(id string, n int) string {
	return fmt.Sprintf("%s-%08d", id[:min(len(id), maxDocID-9)], n)
}
