package boilerplate

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/language"
)

// ReadText reads a plain text that nobody has prepared: UTF-8, one paragraph a
// line. Its doc_id is the base name of file without extension.
//
// An article is kept whole: every line, in its order, is the text. Its first line
// is the title where it has no full stop and stands alone above a blank line or
// a line with date or author, or all other lines end as sentences do, or it is
// repeated; a title that is repeated stands once. Outlet, author and date are taken from the lines before the first
// paragraph and behind the last, which stay in the text.
//
// Of the dump of a page, which has what stands around an article on it, the body
// is found by the form of its lines; navigation, sharing bars, counts, captions,
// lists of other articles, comments and second copies of the text are dropped,
// and title and subtitle chosen among the headlines left. Outlet, author and
// date are taken from what is printed. [document.Document.Dropped] lists what was left
// out.
//
// What is not found stays "" and is noted, as are guesses; nothing is inferred.
// A file without any article text is an error ([document.ErrEmpty], [document.ErrNoText]), as
// are invalid UTF-8 and NUL bytes ([document.EncodingError]) and more than 262,144 lines
// ([document.ErrLines]); all in a [document.FileError].
func ReadText(file string, raw []byte, as document.TextReader) (*document.Document, error) {
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
	d.Notes = canonical.NoteBOM(a.Raw)
	lines := Classify(canonical.SplitLines(a.Raw))
	why := ""
	if as != document.TextArticle {
		why = dumpOf(lines)
	}
	var notes []document.Note // of the metadata
	ok := false
	if as == document.TextPage || why != "" {
		notes, ok = readDump(d, lines, why)
	} else {
		notes, ok = readPlain(d, lines)
	}
	if !ok {
		return nil, &document.FileError{File: file, Err: document.ErrNoText}
	}
	if a.Title == "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoTitle, Text: "found no title"})
	}
	if a.Language = language.Of(a.Text); a.Language == "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoLanguage, Text: "the language is not certain, or none that is known here"})
	}
	d.Notes = append(d.Notes, notes...)
	for i := range d.Notes {
		d.Notes[i].File = file
	}
	return d, nil
}

// readDump finds the article in the dump of a page; why says how it was told.
func readDump(d *document.Document, lines []Line, why string) (notes []document.Note, ok bool) {
	MarkAsides(lines)
	second, of := MarkRepeats(lines)
	if !MarkBody(lines) && !MarkBrief(lines) {
		return nil, false
	}
	h := FindHeading(lines, second)
	compose(d, lines, h)
	text := "read as the dump of a page"
	if why != "" {
		text += " (" + why + ")"
	}
	d.Notes = append(d.Notes, document.Note{Code: document.NoteDump, Text: text})
	if second >= 0 && of >= 0 {
		d.Notes = append(d.Notes, document.Note{Line: lines[second].N, Code: document.NoteRepeated, Text: fmt.Sprintf("repeats the text from line %d; one copy is kept", lines[of].N)})
	}
	first, _ := BodyBounds(lines)
	return readMetadata(d.Article, lines, h, first), true
}

// readPlain takes a text that is an article and nothing else.
func readPlain(d *document.Document, lines []Line) (notes []document.Note, ok bool) {
	h := Heading{Title: -1, Subtitle: -1, SiteLine: -1, whole: true}
	first, second := nextLine(lines, 0), -1
	if first < 0 {
		return nil, false
	}
	if second = nextLine(lines, first+1); second >= 0 && lines[first].isPlainTitle() {
		again := lines[first].Key == lines[second].Key
		if again || second > first+1 || lines[second].Class == ClassMeta || sentencesFrom(lines, second) {
			h.Title, h.Cut = first, len(lines[first].Text)
		}
		if again {
			lines[second].Why = document.RuleTitle
		}
	}
	// The metadata stand before the first paragraph and behind the last; a byline
	// directly behind the first, too.
	from, to := -1, len(lines)
	for i := range lines {
		if l := &lines[i]; l.Strong && l.Class != ClassMeta {
			if from < 0 {
				from = i
			}
			to = i
		}
	}
	for i := range lines {
		l := &lines[i]
		inside := from >= 0 && from <= i && i <= to && !(i == nextLine(lines, from+1) && l.NamesAuthor())
		l.Body = i != h.Title && l.Why == "" && (l.Class != ClassMeta || inside)
	}
	notes = readMetadata(d.Article, lines, h, from)
	for i := range lines {
		lines[i].Body = lines[i].Class != classBlank && i != h.Title && lines[i].Why == ""
	}
	compose(d, lines, h)
	return notes, true
}

// isPlainTitle reports whether a line can be a title: no paragraph, no sentence.
func (l *Line) isPlainTitle() bool {
	return !l.Strong && !l.Stop && l.Words >= 1 && l.Words <= MaxTitle
}

// sentencesFrom reports whether each line from i on is a sentence or ends one.
func sentencesFrom(lines []Line, i int) bool {
	for ; i < len(lines); i++ {
		if l := &lines[i]; l.Class != classBlank && !l.Stop && !strings.ContainsRune("?!؟\"”»", lastRune(l.Text)) {
			return false
		}
	}
	return true
}

// nextLine is the first line from i on that is not blank, or -1.
func nextLine(lines []Line, i int) int {
	for ; i < len(lines); i++ {
		if lines[i].Class != classBlank {
			return i
		}
	}
	return -1
}

// compose fills title, subtitle, text and the map to the raw file, and lists
// what is left out.
func compose(d *document.Document, lines []Line, h Heading) {
	a := d.Article
	var parts []canonical.Line
	headings := map[string]bool{}
	rest := "" // of the title's line
	if h.Title >= 0 {
		l := lines[h.Title].Line
		if h.Cut < len(l.Text) {
			rest = l.Text[h.Cut:]
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
		switch {
		case i == h.Title:
			d.Drop(l.N, document.RuleTitle, rest)
		case i == h.Subtitle || l.Class == classBlank:
		case l.Body && (h.whole || !headings[l.Key]):
			parts = append(parts, l.Line)
		case l.Body: // a copy of the title or subtitle inside the body's block
			l.Body = false
			d.Drop(l.N, document.RuleTitle, l.Text)
		case headings[l.Key]:
			d.Drop(l.N, document.RuleTitle, l.Text)
		default:
			d.Drop(l.N, l.Rule(), l.Text)
		}
	}
	a.Text, a.RawMap = canonical.Assemble(parts)
	a.TextSHA256 = canonical.Sum(a.Text)
	d.Letters += document.CountLetters(a.Text)
}
