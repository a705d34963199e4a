package ingest

import (
	"fmt"

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
// A file without any article text is an error ([ErrEmpty], [ErrNoText]), as
// are invalid UTF-8 and NUL bytes ([EncodingError]) and more than 262,144 lines
// ([ErrLines]); all in a [FileError].
func ReadText(file string, raw []byte) (*Document, error) {
	if len(raw) == 0 {
		return nil, &FileError{File: file, Err: ErrEmpty}
	}
	if err := checkText(raw); err != nil {
		return nil, &FileError{File: file, Line: err.Line, Err: err, Hint: "convert the file to UTF-8"}
	}
	if n := countBreaks(raw); n > maxLines {
		return nil, &FileError{File: file, Err: fmt.Errorf("%w: %d, at most %d are read", ErrLines, n, maxLines)}
	}
	d := &Document{Article: newArticle(file, raw)}
	a := d.Article
	lines := classify(splitLines(a.Raw))
	markAsides(lines)
	second, of := markRepeats(lines)
	if !markBody(lines) && !markBrief(lines) {
		return nil, &FileError{File: file, Err: ErrNoText}
	}
	h := findHeading(lines, second)
	compose(a, lines, h)
	d.Notes = noteBOM(a.Raw)
	if second >= 0 && of >= 0 {
		d.Notes = append(d.Notes, Note{Line: lines[second].n, Code: NoteRepeated, Text: fmt.Sprintf("repeats the text from line %d; one copy is kept", lines[of].n)})
	}
	if h.title < 0 {
		d.Notes = append(d.Notes, Note{Code: NoteNoTitle, Text: "found no title"})
	}
	if a.Language = languageOf(a.Text); a.Language == "" {
		d.Notes = append(d.Notes, Note{Code: NoteNoLanguage, Text: "the language is not certain, or none that is known here"})
	}
	d.Notes = append(d.Notes, readMetadata(a, lines, h)...)
	for i := range d.Notes {
		d.Notes[i].File = file
	}
	return d, nil
}

// compose fills title, subtitle, text and the map to the raw file.
func compose(a *schema.Article, lines []pageLine, h heading) {
	var parts []rawLine
	headings := map[string]bool{}
	if h.title >= 0 {
		l := lines[h.title].rawLine
		if h.cut < len(l.text) {
			l.text, l.brk = l.text[:h.cut], -1
		}
		a.Title = l.text
		headings[lines[h.title].key] = true
		parts = append(parts, l)
	}
	if h.subtitle >= 0 {
		a.Subtitle = lines[h.subtitle].text
		headings[lines[h.subtitle].key] = true
		parts = append(parts, lines[h.subtitle].rawLine)
	}
	for i := range lines {
		l := &lines[i]
		// A copy of the title or subtitle inside the body's block is not body.
		if l.body = l.body && !headings[l.key]; l.body {
			parts = append(parts, l.rawLine)
		}
	}
	a.Text, a.RawMap = assemble(parts)
	a.TextSHA256 = sum(a.Text)
}
