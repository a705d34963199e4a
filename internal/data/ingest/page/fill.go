package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/language"
)

// fill makes the article of the lines marked as body and of the metadata, and
// notes what was guessed and what is missing.
func (h *htmlPage) fill(d *document.Document, title pageTitle) {
	a := d.Article
	head := boilerplate.Heading{Title: -1, Subtitle: -1, SiteLine: -1, Site: title.site}
	if title.text == "" {
		// Nothing calls the page by a name: its headlines are left.
		if found := h.headline(); found.Title >= 0 {
			l := &h.flow.lines[found.Title]
			head.Title, head.Site, head.SiteLine = found.Title, found.Site, found.SiteLine
			title.text, title.segs, title.lines = l.text[:found.Cut], cutSegments(l.segs, l.text, 0, found.Cut), []int{found.Title}
			d.Drop(l.row, document.RuleTitle, l.text[found.Cut:])
			d.Letters -= document.CountLetters(l.text[found.Cut:]) // the line of the title counts whole
			d.Notes = append(d.Notes, document.Note{Line: l.row, Code: document.NoteGuess, Text: fmt.Sprintf("title %q is chosen among the headlines of the page", canonical.Clip(title.text))})
		}
	}
	h.dropTitle(title, &head)
	var parts []flowLine
	if title.text != "" {
		parts = append(parts, titleLine(title.text, title.segs))
	} else {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoTitle, Text: "found no title"})
	}
	for i := range h.page {
		if h.page[i].Body {
			parts = append(parts, h.flow.lines[i])
		}
	}
	h.listDropped(d, title.lines)
	a.Title = title.text
	a.Text, a.RawMap = assembleFlow(parts)
	a.TextSHA256 = canonical.Sum(a.Text)
	h.fillLanguage(d)
	h.fillMeta(d, head)
}

// headline chooses a title among the headlines of the page, those before the
// first paragraph of the body too.
func (h *htmlPage) headline() boilerplate.Heading {
	first, last := boilerplate.BodyBounds(h.page)
	var lead []int
	for i := first; i <= last && !h.page[i].Strong; i++ {
		if h.page[i].Body {
			lead = append(lead, i)
		}
	}
	if len(lead) > 0 && lead[len(lead)-1] == last {
		lead = nil // there is no paragraph
	}
	for _, i := range lead {
		h.page[i].Body = false
	}
	found := boilerplate.FindHeading(h.page, -1)
	for _, i := range lead {
		h.page[i].Body = i != found.Title
	}
	return found
}

// listDropped lists the lines that are neither in the body nor the title's.
func (h *htmlPage) listDropped(d *document.Document, title []int) {
	for i := range h.page {
		l := &h.flow.lines[i]
		if h.page[i].Body || slices.Contains(title, i) {
			d.Letters += document.CountLetters(l.text)
			continue
		}
		d.Drop(l.row, h.rule(i), l.text)
	}
}

// rule says why line i is not in the body.
func (h *htmlPage) rule(i int) document.Rule {
	l, p := &h.flow.lines[i], &h.page[i]
	switch {
	case p.Why != "" || p.Repeat:
	case l.region&inHidden != 0:
		return document.RuleHidden
	case l.region&inFurniture != 0:
		return document.RuleElement
	case l.region&(inCaption|inFigure) != 0:
		return document.RuleCaption
	case l.region&inNamed != 0:
		return document.RuleClass
	case l.region&inBox != 0:
		return document.RuleBox
	case p.Class == boilerplate.ClassText && l.isLink():
		return document.RuleLinks
	}
	return p.Rule()
}

// dropBylines makes metadata of lines that are the author's name and a few
// words.
func (h *htmlPage) dropBylines() {
	name := fold.Phrase(h.meta.author)
	if name == "" {
		return
	}
	const besides = 4 // words
	for i := range h.page {
		l := &h.page[i]
		if !l.Strong && l.Class == boilerplate.ClassText && l.Words <= len(strings.Fields(name))+besides && strings.Contains(" "+l.Folded+" ", " "+name+" ") {
			l.Body, l.Class = false, boilerplate.ClassMeta
		}
	}
}

// dropTitle takes copies of the title, and the lines that it comes from, out of
// the body; of copies one stays where nothing else would be left.
func (h *htmlPage) dropTitle(title pageTitle, head *boilerplate.Heading) {
	if title.text == "" {
		return
	}
	key, phrase, left := fold.Key(title.text), " "+fold.Phrase(title.text)+" ", 0
	same := func(i int) bool {
		return fold.Key(h.page[i].Text) == key || h.flow.lines[i].region&inH1 != 0 && strings.Contains(phrase, " "+fold.Phrase(h.page[i].Text)+" ")
	}
	for i := range h.page {
		if h.page[i].Body && !same(i) {
			left++
		}
	}
	for i := range h.page {
		if !same(i) {
			continue
		}
		if head.Title < 0 {
			head.Title = i
		}
		if h.page[i].Body = h.page[i].Body && left == 0 && !slices.Contains(title.lines, i); !h.page[i].Body {
			h.page[i].Class = boilerplate.ClassChrome // it says nothing of author or date
			h.page[i].Why = document.RuleTitle
		}
	}
}

func (h *htmlPage) fillLanguage(d *document.Document) {
	a := d.Article
	a.Language = language.Of(a.Text)
	for _, l := range h.meta.languages {
		if a.Language != "" {
			return
		}
		l, _, _ = strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(l)), "_", "-"), "-")
		if language.IsCode(l) {
			a.Language = l
			return
		}
	}
	if a.Language == "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteNoLanguage, Text: "the language cannot be told from the text, and the page does not say it"})
	}
}

// fillMeta takes author, outlet, address and date from the page's metadata, and
// what these lack from what the page prints.
func (h *htmlPage) fillMeta(d *document.Document, head boilerplate.Heading) {
	a := d.Article
	a.URL = h.meta.url
	first, last := boilerplate.BodyBounds(h.page)
	for i := range h.page {
		// Headers print today's date, lists the dates of other articles, and
		// comments those of readers.
		others := inFurniture | inHidden
		if i > last {
			others |= inNamed | inBox
		}
		if l := &h.page[i]; !l.Body && (h.flow.lines[i].region&others != 0 || h.flow.quoted(i)) && (l.Class == boilerplate.ClassText || l.Class == boilerplate.ClassMeta) {
			l.Class = boilerplate.ClassChrome
		}
	}
	m := &boilerplate.Metadata{Lines: h.page, H: head, First: first, DateLine: -1, Author: h.meta.author, Outlet: h.meta.site}
	ambiguous := h.stampedDate(a)
	m.ReadLabels()
	m.ReadDates()
	if a.Published != "" {
		m.Notes = nil // the printed dates do not matter
	}
	m.ReadBylines()
	m.ReadNames()
	if a.Published == "" {
		m.ReadDateline()
	}
	m.ReadSite()
	a.Outlet, a.Author = m.Outlet, m.Author
	if a.Published == "" && m.DateLine >= 0 && m.Date.ISO != "" {
		if raw := h.printed(m.DateLine, m.Date.Raw); raw != "" {
			a.Published, a.PublishedRaw = m.Date.ISO, raw
		}
	}
	d.Notes = append(d.Notes, m.Notes...)
	h.missing(d, m, ambiguous)
}

// missing notes what the article lacks.
func (h *htmlPage) missing(d *document.Document, m *boilerplate.Metadata, ambiguous string) {
	a := d.Article
	note := func(line int, code document.Code, format string, args ...any) {
		d.Notes = append(d.Notes, document.Note{Line: line, Code: code, Text: fmt.Sprintf(format, args...)})
	}
	if a.Published == "" {
		if day := dateInURL(a.URL); day != "" {
			a.PublishedInferred, a.PublishedEvidence = day, "the date in the page's URL"
		}
		switch {
		case ambiguous != "":
			note(0, document.NoteAmbiguousDate, "date %q: day and month cannot be told apart", canonical.Clip(ambiguous))
		case m.DateLine >= 0 && m.Date.Ambiguous:
			note(h.page[m.DateLine].N, document.NoteAmbiguousDate, "date %q: day and month cannot be told apart", m.Date.Raw)
		case m.DateLine >= 0 && m.Date.Hijri:
			note(h.page[m.DateLine].N, document.NoteAmbiguousDate, "date %q: the day of a Hijri date is not certain", m.Date.Raw)
		case a.PublishedInferred == "":
			note(0, document.NoteNoDate, "found no date of publication")
		default:
			note(0, document.NoteGuess, "date %s is read from the page's URL", a.PublishedInferred)
		}
	}
	if a.Outlet == "" {
		note(0, document.NoteNoOutlet, "found no outlet")
	}
	if a.Author == "" {
		note(0, document.NoteNoAuthor, "found no author")
	}
}
