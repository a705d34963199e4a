package ingest

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/schema"
)

// metadata collects what the lines outside the body say about the article.
type metadata struct {
	lines []pageLine
	h     heading
	first int // first line of the body
	notes []Note

	outlet, author string
	date           Date
	dateLine       int // -1 for none
	dateRank       int
}

// readMetadata fills the article's outlet, author and date from what is
// printed, and notes what was guessed and what is missing.
func readMetadata(a *schema.Article, lines []pageLine, h heading) []Note {
	first, _ := bodyBounds(lines)
	m := &metadata{lines: lines, h: h, first: first, dateLine: -1}
	m.readLabels()
	m.readDates()
	m.readBylines()
	m.readNames()
	m.readDateline()
	m.readSite()
	a.Outlet, a.Author = m.outlet, m.author
	if m.dateLine >= 0 {
		a.Published, a.PublishedRaw = m.date.ISO, m.date.Raw
	}
	m.missing(a)
	return m.notes
}

func (m *metadata) note(i int, code Code, format string, args ...any) {
	n := Note{Code: code, Text: fmt.Sprintf(format, args...)}
	if i >= 0 {
		n.Line = m.lines[i].n
	}
	m.notes = append(m.notes, n)
}

// outside reports whether line i is no part of the article's text.
func (m *metadata) outside(i int) bool {
	l := &m.lines[i]
	return !l.body && !l.aside && !l.repeat && i != m.h.title && i != m.h.subtitle && l.class != classBlank
}

// readLabels takes "source: …" and "author: …". The first of each holds.
func (m *metadata) readLabels() {
	for i := range m.lines {
		if m.lines[i].class != classMeta || !m.outside(i) {
			continue
		}
		for _, f := range labels(m.lines[i].text) {
			value := m.nameIn(i, f.value)
			switch {
			case value == "":
			case f.kind == labelSource && m.outlet == "":
				m.outlet = value
			case f.kind == labelAuthor && m.author == "":
				m.author = value
			}
		}
	}
}

// nameIn is the name at the start of a field's value: up to a date or a "|".
// An empty value is continued by the next line, when that is short.
func (m *metadata) nameIn(i int, value string) string {
	if d, ok := FindDate(value); ok {
		value = value[:d.Start]
	}
	value, _, _ = strings.Cut(value, "|")
	value = trimValue(value)
	if value == "" && i+1 < len(m.lines) && m.outside(i+1) && m.lines[i+1].class == classText && m.lines[i+1].words <= 5 && strings.HasSuffix(m.lines[i].text, ":") {
		value = trimValue(m.lines[i+1].text)
	}
	if len(strings.Fields(value)) > maxName {
		return ""
	}
	return value
}

// readDates takes the first date outside the body, one that is labelled as
// the date of publication before any other, one labelled as that of a change
// last.
func (m *metadata) readDates() {
	var others []string
	for i := range m.lines {
		l := &m.lines[i]
		if !m.outside(i) || l.class != classMeta && !(l.class == classText && l.words <= maxOpenerLine && l.folded != "") {
			continue
		}
		d, ok := FindDate(l.text)
		if !ok {
			continue
		}
		rank := 2
		for _, f := range labels(l.text) {
			switch f.kind {
			case labelDate:
				rank = 3
			case labelUpdated:
				rank = min(rank, 1)
			}
		}
		if d.ISO != "" {
			others = append(others, d.ISO)
		}
		if m.dateLine < 0 || rank > m.dateRank {
			m.date, m.dateLine, m.dateRank = d, i, rank
		}
	}
	for _, o := range others {
		if o != m.date.ISO {
			m.note(m.dateLine, NoteSeveralDates, "the page prints several dates; %q was taken, another is %s", m.date.Raw, o)
			return
		}
	}
}

// readBylines takes lines between the heading and the body such as
// "Outlet - (agencies)", where one side is a byline that names no person.
func (m *metadata) readBylines() {
	if m.outlet != "" {
		return
	}
	for i := 0; i < m.first; i++ {
		l := &m.lines[i]
		if !m.outside(i) || l.words > maxName || l.class != classText && l.class != classMeta {
			continue
		}
		at := strings.IndexFunc(l.text, func(r rune) bool { return strings.ContainsRune("-–—|:", r) })
		if at < 0 || hasDate(l.text) {
			continue
		}
		left, right := trimValue(l.text[:at]), trimValue(l.text[at:])
		if genericBylines[foldPhrase(left)] {
			left, right = right, left
		}
		if !genericBylines[foldPhrase(right)] || left == "" {
			continue
		}
		m.outlet = left
		if m.author == "" {
			m.author = right
		}
		m.note(i, NoteGuess, "outlet %q is read from a byline", left)
		return
	}
}

// readNames takes an author from the line of the date, after it, or from the
// line before or after it in the same block.
func (m *metadata) readNames() {
	if m.author != "" || m.dateLine < 0 {
		return
	}
	l := &m.lines[m.dateLine]
	if at := strings.Index(l.text, m.date.Raw); at >= 0 && len(labels(l.text)) == 0 {
		rest := trimValue(l.text[at+len(m.date.Raw):])
		if f := labels(rest); len(f) > 0 && f[0].kind == labelAuthor {
			rest = f[0].value
		}
		if name := m.name(rest); name {
			m.author = rest
			m.note(m.dateLine, NoteGuess, "author %q is read from beside the date", rest)
			return
		}
	}
	for _, i := range []int{m.dateLine - 1, m.dateLine + 1} {
		if i < 0 || i >= len(m.lines) || !m.outside(i) || m.lines[i].class != classText {
			continue
		}
		if value := trimValue(m.lines[i].text); m.name(value) && m.lines[i].words > 1 {
			m.author = value
			m.note(i, NoteGuess, "author %q is read from the line beside the date", value)
			return
		}
	}
}

// name reports whether s has the form of a person's or a desk's name: at most
// five words, no digits, no section of a site and no time.
func (m *metadata) name(s string) bool {
	folded := foldPhrase(s)
	words := strings.Fields(folded)
	if len(words) == 0 || len(words) > 5 || strings.IndexFunc(s, unicode.IsDigit) >= 0 || strings.ContainsAny(s, "؟?!>›»:") || endsStop(s) && len(words) > 3 {
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

// readDateline takes a date from the dateline that opens the body, such as
// "WASHINGTON, July 5, 2016 (AFP) —", when the page has no other.
func (m *metadata) readDateline() {
	if m.dateLine >= 0 || m.first < 0 {
		return
	}
	text := m.lines[m.first].text
	const most = 160 // bytes
	for at, r := range text {
		if at > most {
			return
		}
		if r != '—' && r != '–' && (r != '-' || !strings.HasPrefix(text[at:], "- ")) {
			continue
		}
		if d, ok := FindDate(text[:at]); ok {
			m.date, m.dateLine = d, m.first
			m.note(m.first, NoteGuess, "date %q is read from the dateline", d.Raw)
			return
		}
	}
}

// readSite takes the site's name from beside the title or from the copyright
// line, when nothing better gave the outlet.
func (m *metadata) readSite() {
	if m.outlet != "" {
		return
	}
	if m.h.site != "" {
		m.outlet = m.h.site
		m.note(m.h.siteLine, NoteGuess, "outlet %q is read from beside the title", m.outlet)
		return
	}
	for i := range m.lines {
		l := &m.lines[i]
		if l.class != classEnd || !strings.Contains(l.text, "©") && !strings.HasPrefix(l.folded, "copyright") && !strings.HasPrefix(l.folded, "جميع الحقوق محفوظه") {
			continue
		}
		if name := copyrightHolder(l.text); name != "" {
			m.outlet = name
			m.note(i, NoteGuess, "outlet %q is read from the copyright line", name)
			return
		}
	}
}

// copyrightHolder is the name in "© 2016 Name. All rights reserved", or "".
func copyrightHolder(s string) string {
	var words []string
	for w := range strings.FieldsSeq(s) {
		switch f := foldPhrase(w); {
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
func (m *metadata) missing(a *schema.Article) {
	switch {
	case m.dateLine < 0:
		m.note(-1, NoteNoDate, "found no date of publication")
	case m.date.Ambiguous:
		m.note(m.dateLine, NoteAmbiguousDate, "date %q: day and month cannot be told apart", m.date.Raw)
	}
	if a.Outlet == "" {
		m.note(-1, NoteNoOutlet, "found no outlet")
	}
	if a.Author == "" {
		m.note(-1, NoteNoAuthor, "found no author")
	}
}
