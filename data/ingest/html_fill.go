package ingest

import (
	"fmt"
	"strings"
)

// fill makes the article of the lines marked as body and of the metadata, and
// notes what was guessed and what is missing.
func (h *htmlPage) fill(d *Document, title pageTitle) {
	a := d.Article
	head := heading{title: -1, subtitle: -1, siteLine: -1, site: title.site}
	if title.text == "" {
		// Nothing calls the page by a name: its headlines are left.
		if found := h.headline(); found.title >= 0 {
			l := &h.flow.lines[found.title]
			head.title, head.site, head.siteLine = found.title, found.site, found.siteLine
			title.text, title.segs = l.text[:found.cut], cutSegments(l.segs, l.text, 0, found.cut)
			d.Notes = append(d.Notes, Note{Line: l.row, Code: NoteGuess, Text: fmt.Sprintf("title %q is chosen among the headlines of the page", clip(title.text))})
		}
	}
	h.dropTitle(title.text, &head)
	var parts []flowLine
	if title.text != "" {
		parts = append(parts, titleLine(title.text, title.segs))
	} else {
		d.Notes = append(d.Notes, Note{Code: NoteNoTitle, Text: "found no title"})
	}
	for i := range h.page {
		if h.page[i].body {
			parts = append(parts, h.flow.lines[i])
		}
	}
	a.Title = title.text
	a.Text, a.RawMap = assembleFlow(parts)
	a.TextSHA256 = sum(a.Text)
	h.fillLanguage(d)
	h.fillMeta(d, head)
}

// headline chooses a title among the headlines of the page, those before the
// first paragraph of the body too.
func (h *htmlPage) headline() heading {
	first, last := bodyBounds(h.page)
	var lead []int
	for i := first; i <= last && !h.page[i].strong; i++ {
		if h.page[i].body {
			lead = append(lead, i)
		}
	}
	if len(lead) > 0 && lead[len(lead)-1] == last {
		lead = nil // there is no paragraph
	}
	for _, i := range lead {
		h.page[i].body = false
	}
	found := findHeading(h.page, -1)
	for _, i := range lead {
		h.page[i].body = i != found.title
	}
	return found
}

// dropBylines makes metadata of lines that are the author's name and a few
// words.
func (h *htmlPage) dropBylines() {
	name := foldPhrase(h.meta.author)
	if name == "" {
		return
	}
	const besides = 4 // words
	for i := range h.page {
		l := &h.page[i]
		if !l.strong && l.class == classText && l.words <= len(strings.Fields(name))+besides && strings.Contains(" "+l.folded+" ", " "+name+" ") {
			l.body, l.class = false, classMeta
		}
	}
}

// dropTitle takes copies of the title, and the lines of the <h1> that it comes
// from, out of the body, unless nothing would be left.
func (h *htmlPage) dropTitle(title string, head *heading) {
	if title == "" {
		return
	}
	key, phrase, left := foldKey(title), " "+foldPhrase(title)+" ", 0
	same := func(i int) bool {
		return foldKey(h.page[i].text) == key || h.flow.lines[i].region&inH1 != 0 && strings.Contains(phrase, " "+foldPhrase(h.page[i].text)+" ")
	}
	for i := range h.page {
		if h.page[i].body && !same(i) {
			left++
		}
	}
	for i := range h.page {
		if !same(i) {
			continue
		}
		if head.title < 0 {
			head.title = i
		}
		if h.page[i].body = h.page[i].body && left == 0; !h.page[i].body {
			h.page[i].class = classChrome // it says nothing of author or date
		}
	}
}

func (h *htmlPage) fillLanguage(d *Document) {
	a := d.Article
	a.Language = languageOf(a.Text)
	for _, l := range h.meta.languages {
		if a.Language != "" {
			return
		}
		l, _, _ = strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(l)), "_", "-"), "-")
		if isLanguage(l) {
			a.Language = l
			return
		}
	}
	if a.Language == "" {
		d.Notes = append(d.Notes, Note{Code: NoteNoLanguage, Text: "the language cannot be told from the text, and the page does not say it"})
	}
}

// fillMeta takes author, outlet, address and date from the page's metadata, and
// what these lack from what the page prints.
func (h *htmlPage) fillMeta(d *Document, head heading) {
	a := d.Article
	a.URL = h.meta.url
	for i := range h.page {
		// Headers print today's date, and lists the dates of other articles.
		if l := &h.page[i]; !l.body && h.flow.lines[i].region&(inFurniture|inHidden) != 0 && (l.class == classText || l.class == classMeta) {
			l.class = classChrome
		}
	}
	first, _ := bodyBounds(h.page)
	m := &metadata{lines: h.page, h: head, first: first, dateLine: -1, author: h.meta.author, outlet: h.meta.site}
	ambiguous := h.stampedDate(a)
	m.readLabels()
	m.readDates()
	if a.Published != "" {
		m.notes = nil // the printed dates do not matter
	}
	m.readBylines()
	m.readNames()
	if a.Published == "" {
		m.readDateline()
	}
	m.readSite()
	a.Outlet, a.Author = m.outlet, m.author
	if a.Published == "" && m.dateLine >= 0 && m.date.ISO != "" {
		if raw := h.printed(m.dateLine, m.date.Raw); raw != "" {
			a.Published, a.PublishedRaw = m.date.ISO, raw
		}
	}
	d.Notes = append(d.Notes, m.notes...)
	h.missing(d, m, ambiguous)
}

// missing notes what the article lacks.
func (h *htmlPage) missing(d *Document, m *metadata, ambiguous string) {
	a := d.Article
	note := func(line int, code Code, format string, args ...any) {
		d.Notes = append(d.Notes, Note{Line: line, Code: code, Text: fmt.Sprintf(format, args...)})
	}
	if a.Published == "" {
		if day := dateInURL(a.URL); day != "" {
			a.PublishedInferred, a.PublishedEvidence = day, "the date in the page's URL"
		}
		switch {
		case ambiguous != "":
			note(0, NoteAmbiguousDate, "date %q: day and month cannot be told apart", clip(ambiguous))
		case m.dateLine >= 0 && m.date.Ambiguous:
			note(h.page[m.dateLine].n, NoteAmbiguousDate, "date %q: day and month cannot be told apart", m.date.Raw)
		case a.PublishedInferred == "":
			note(0, NoteNoDate, "found no date of publication")
		default:
			note(0, NoteGuess, "date %s is read from the page's URL", a.PublishedInferred)
		}
	}
	if a.Outlet == "" {
		note(0, NoteNoOutlet, "found no outlet")
	}
	if a.Author == "" {
		note(0, NoteNoAuthor, "found no author")
	}
}
