package boilerplate

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/language"
	"github.com/mizan-corpus/mizan/schema"
)

// ReadText reads the plain text of a page that nobody has prepared: UTF-8, one
// paragraph a line, with whatever else the page had. Its doc_id is the base
// name of file without extension.
//
// It finds the body by the form of its lines, drops navigation, sharing bars,
// counts, captions, lists of other articles, comments and second copies of the
// text, and chooses title and subtitle among the headlines left. Outlet,
// author and date are taken from what is printed; nothing is inferred. What it
// does not find stays "" and is noted, as are guesses.
//
// A file without any article text is an error ([document.ErrEmpty], [document.ErrNoText]), as
// are invalid UTF-8 and NUL bytes ([document.EncodingError]) and more than 262,144 lines
// ([document.ErrLines]); all in a [document.FileError].
func ReadText(file string, raw []byte) (*document.Document, error) {
	if len(raw) == 0 {
		return nil, &document.FileError{File: file, Err: document.ErrEmpty}
	}
	if err := canonical.CheckText(raw); err != nil {
		return nil, &document.FileError{File: file, Line: err.Line, Err: err, Hint: "convert the file to UTF-8"}
	}
	if n := canonical.CountBreaks(raw); n > canonical.MaxLines {
		return nil, &document.FileError{File: file, Err: fmt.Errorf("%w: %d, at most %d are read", document.ErrLines, n, canonical.MaxLines)}
	}
	d := &document.Document{Article: canonical.NewArticle(file, raw)}
	a := d.Article
	lines := Classify(canonical.SplitLines(a.Raw))
	MarkAsides(lines)
	second, of := MarkRepeats(lines)
	if !MarkBody(lines) && !MarkBrief(lines) {
		return nil, &document.FileError{File: file, Err: document.ErrNoText}
	}
	h := FindHeading(lines, second)
	compose(a, lines, h)
	d.Notes = canonical.NoteBOM(a.Raw)
	if second >= 0 && of >= 0 {
		d.Notes = append(d.Notes, document.Note{Line: lines[second].N, Code: document.NoteRepeated, Text: fmt.Sprintf("repeats the text from line %d; one copy is kept", lines[of].N)})
	}
	if h.Title < 0 {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoTitle, Text: "found no title"})
	}
	if a.Language = language.Of(a.Text); a.Language == "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoLanguage, Text: "the language is not certain, or none that is known here"})
	}
	d.Notes = append(d.Notes, readMetadata(a, lines, h)...)
	for i := range d.Notes {
		d.Notes[i].File = file
	}
	return d, nil
}

// compose fills title, subtitle, text and the map to the raw file.
func compose(a *schema.Article, lines []Line, h Heading) {
	var parts []canonical.Line
	headings := map[string]bool{}
	if h.Title >= 0 {
		l := lines[h.Title].Line
		if h.Cut < len(l.Text) {
			l.Text, l.Brk = l.Text[:h.Cut], -1
		}
		a.Title = l.Text
		headings[lines[h.Title].Key] = true
		parts = append(parts, l)
	}
	if h.Subtitle >= 0 {
		a.Subtitle = lines[h.Subtitle].Text
		headings[lines[h.Subtitle].Key] = true
		parts = append(parts, lines[h.Subtitle].Line)
	}
	for i := range lines {
		l := &lines[i]
		// A copy of the title or subtitle inside the body's block is not body.
		if l.Body = l.Body && !headings[l.Key]; l.Body {
			parts = append(parts, l.Line)
		}
	}
	a.Text, a.RawMap = canonical.Assemble(parts)
	a.TextSHA256 = canonical.Sum(a.Text)
}
