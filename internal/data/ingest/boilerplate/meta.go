package boilerplate

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/schema"
)

// Metadata collects what the lines outside the body say about the article.
type Metadata struct {
	Lines []Line
	H     Heading
	First int // first line of the body
	Notes []document.Note

	Outlet, Author string
	Date           dates.Date
	DateLine       int // -1 for none
	dateRank       int
}

// readMetadata fills the article's outlet, author and date from what is
// printed, and notes what was guessed and what is missing. First is the line of
// the first paragraph.
func readMetadata(a *schema.Article, lines []Line, h Heading, first int) []document.Note {
	m := &Metadata{Lines: lines, H: h, First: first, DateLine: -1}
	m.ReadLabels()
	m.ReadDates()
	m.ReadBylines()
	m.ReadNames()
	m.ReadDateline()
	m.ReadSite()
	a.Outlet, a.Author = m.Outlet, m.Author
	if m.DateLine >= 0 {
		a.Published, a.PublishedRaw = m.Date.ISO, m.Date.Raw
	}
	m.missing(a)
	return m.Notes
}

func (m *Metadata) note(i int, code document.Code, format string, args ...any) {
	n := document.Note{Code: code, Text: fmt.Sprintf(format, args...)}
	if i >= 0 {
		n.Line = m.Lines[i].N
	}
	m.Notes = append(m.Notes, n)
}

// outside reports whether line i is no part of the article's text.
func (m *Metadata) outside(i int) bool {
	l := &m.Lines[i]
	return !l.Body && !l.aside && !l.Repeat && i != m.H.Title && i != m.H.Subtitle && l.Class != classBlank
}

// ReadLabels takes "source: …" and "author: …". The first of each holds.
func (m *Metadata) ReadLabels() {
	for i := range m.Lines {
		if m.Lines[i].Class != ClassMeta || !m.outside(i) {
			continue
		}
		for _, f := range Labels(m.Lines[i].Text) {
			value := m.nameIn(i, f.Value)
			switch {
			case value == "":
			case f.Kind == labelSource && m.Outlet == "" && !genericBylines[fold.Phrase(value)]:
				m.Outlet = value
			case f.Kind == LabelAuthor && m.Author == "":
				m.Author = withoutPlace(value)
			}
		}
	}
}

// nameIn is the name at the start of a field's value: up to a date or a "|".
// An empty value is continued by the next line, when that is short.
func (m *Metadata) nameIn(i int, value string) string {
	if d, ok := dates.Find(value); ok {
		value = value[:d.Start]
	}
	value, _, _ = strings.Cut(value, "|")
	value = trimValue(value)
	if value == "" && i+1 < len(m.Lines) && m.outside(i+1) && m.Lines[i+1].Class == ClassText && m.Lines[i+1].Words <= 5 && strings.HasSuffix(m.Lines[i].Text, ":") {
		value = trimValue(m.Lines[i+1].Text)
	}
	if len(strings.Fields(value)) > MaxName {
		return ""
	}
	return value
}

// ReadDates takes the first date outside the body, one that is labelled as
// the date of publication before any other, one labelled as that of a change
// last.
func (m *Metadata) ReadDates() {
	var others []string
	for i := range m.Lines {
		l := &m.Lines[i]
		if !m.outside(i) || l.Class != ClassMeta && !(l.Class == ClassText && l.Words <= maxOpenerLine && l.Folded != "") {
			continue
		}
		d, rank, ok := dateOf(l.Text)
		if !ok || rank == plainDate && ofDate(l.Text) {
			continue
		}
		if d.ISO != "" {
			others = append(others, d.ISO)
		}
		if m.DateLine < 0 || rank > m.dateRank {
			m.Date, m.DateLine, m.dateRank = d, i, rank
		}
	}
	for _, o := range others {
		if o != m.Date.ISO {
			m.note(m.DateLine, document.NoteSeveralDates, "the page prints several dates; %q was taken, another is %s", m.Date.Raw, o)
			return
		}
	}
}

// ReadBylines takes lines between the heading and the body such as
// "Outlet - (agencies)", where one side is a byline that names no person.
func (m *Metadata) ReadBylines() {
	if m.Outlet != "" {
		return
	}
	for i := 0; i < m.First; i++ {
		l := &m.Lines[i]
		if !m.outside(i) || l.Words > MaxName || l.Class != ClassText && l.Class != ClassMeta || len(Labels(l.Text)) > 0 {
			continue
		}
		at := strings.IndexFunc(l.Text, func(r rune) bool { return strings.ContainsRune("-–—|:", r) })
		if at < 0 || hasDate(l.Text) {
			continue
		}
		left, right := trimValue(l.Text[:at]), trimValue(l.Text[at:])
		if genericBylines[fold.Phrase(left)] {
			if l.Text[at] == ':' {
				continue // "report: …": whose name follows is not said
			}
			left, right = right, left
		}
		if !genericBylines[fold.Phrase(right)] || left == "" {
			continue
		}
		m.Outlet = left
		if m.Author == "" {
			m.Author = right
		}
		m.note(i, document.NoteGuess, "outlet %q is read from a byline", left)
		return
	}
}

// ReadNames takes an author from the line of the date, after it, or from the
// line before or after it in the same block.
func (m *Metadata) ReadNames() {
	if m.Author != "" || m.DateLine < 0 {
		return
	}
	l := &m.Lines[m.DateLine]
	if at := strings.Index(l.Text, m.Date.Raw); at >= 0 && len(Labels(l.Text)) == 0 {
		rest := trimValue(l.Text[at+len(m.Date.Raw):])
		if f := Labels(rest); len(f) > 0 && f[0].Kind == LabelAuthor {
			rest = f[0].Value
		}
		if rest = withoutPlace(rest); m.name(rest) {
			m.Author = rest
			m.note(m.DateLine, document.NoteGuess, "author %q is read from beside the date", rest)
			return
		}
	}
	for _, i := range []int{m.DateLine - 1, m.DateLine + 1} {
		if i < 0 || i >= len(m.Lines) || !m.outside(i) || m.Lines[i].Class != ClassText {
			continue
		}
		if value := trimValue(m.Lines[i].Text); m.name(value) && m.Lines[i].Words > 1 {
			m.Author = value
			m.note(i, document.NoteGuess, "author %q is read from the line beside the date", value)
			return
		}
	}
}

// name reports whether s has the form of a person's or a desk's name: at most
// five words, no digits, no section of a site and no time.
func (m *Metadata) name(s string) bool {
	folded := fold.Phrase(s)
	words := strings.Fields(folded)
	if len(words) == 0 || len(words) > 5 || strings.IndexFunc(s, unicode.IsDigit) >= 0 || strings.ContainsAny(s, "؟?!>›»:") || EndsStop(s) && len(words) > 3 {
		return false
	}
	about := 0
	for _, w := range words {
		if dateWords[w] || chromeWords[w] {
			about++
		}
	}
	_, phrase := wholeLine[folded]
	return about == 0 && !phrase && (!sectionWords[words[0]] || genericBylines[folded])
}

// ReadDateline takes a date from the dateline that opens the body, such as
// "WASHINGTON, July 5, 2016 (AFP) —", when the page has no other.
func (m *Metadata) ReadDateline() {
	if m.DateLine >= 0 || m.First < 0 {
		return
	}
	text := m.Lines[m.First].Text
	const most = 160 // bytes
	for at, r := range text {
		if at > most {
			return
		}
		if r != '—' && r != '–' && (r != '-' || !strings.HasPrefix(text[at:], "- ")) {
			continue
		}
		if d, ok := dayIn(text[:at]); ok {
			m.Date, m.DateLine = d, m.First
			m.note(m.First, document.NoteGuess, "date %q is read from the dateline", d.Raw)
			return
		}
	}
}

// ReadSite takes the site's name from beside the title or from the copyright
// line, when nothing better gave the outlet.
func (m *Metadata) ReadSite() {
	if m.Outlet != "" {
		return
	}
	if m.H.Site != "" {
		m.Outlet = m.H.Site
		m.note(m.H.SiteLine, document.NoteGuess, "outlet %q is read from beside the title", m.Outlet)
		return
	}
	_, last := BodyBounds(m.Lines)
	for i := range m.Lines {
		l := &m.Lines[i]
		if i < last || l.Class != ClassNotice || !strings.Contains(l.Text, "©") && !strings.HasPrefix(l.Folded, "copyright") && !strings.HasPrefix(l.Folded, "جميع الحقوق محفوظه") {
			continue
		}
		if name := copyrightHolder(l.Text); name != "" {
			m.Outlet = name
			m.note(i, document.NoteGuess, "outlet %q is read from the copyright line", name)
			return
		}
	}
}

// copyrightHolder is the name in "© 2016 Name. All rights reserved", or "".
func copyrightHolder(s string) string {
	var words []string
	for w := range strings.FieldsSeq(s) {
		switch f := fold.Phrase(w); {
		case f == "" || strings.IndexFunc(f, unicode.IsDigit) >= 0 || f == "copyright" || f == "c" && w != "C":
		case f == "جميع" || f == "الحقوق" || f == "محفوظه" || f == "حقوق" || f == "النشر" || f == "ل" || f == "لموقع" || f == "لصحيفه":
		case f == "all" || f == "rights" || f == "reserved" || f == "by":
		default:
			words = append(words, strings.Trim(w, ".,;،|-–©"))
		}
	}
	if len(words) == 0 || len(words) > 5 {
		return ""
	}
	return strings.Join(words, " ")
}

// missing notes each field that stays empty.
func (m *Metadata) missing(a *schema.Article) {
	switch {
	case m.DateLine < 0:
		m.note(-1, document.NoteNoDate, "found no date of publication")
	case m.Date.Ambiguous:
		m.note(m.DateLine, document.NoteAmbiguousDate, "date %q: day and month cannot be told apart", m.Date.Raw)
	case m.Date.Hijri:
		m.note(m.DateLine, document.NoteAmbiguousDate, "date %q: the day of a Hijri date is not certain", m.Date.Raw)
	}
	if a.Outlet == "" {
		m.note(-1, document.NoteNoOutlet, "found no outlet")
	}
	if a.Author == "" {
		m.note(-1, document.NoteNoAuthor, "found no author")
	}
}
