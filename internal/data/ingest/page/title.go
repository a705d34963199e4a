package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/schema"
)

// pageTitle is a page's title and where it stands.
type pageTitle struct {
	text  string
	segs  []schema.RawSegment
	site  string // the site's name beside it in <title>, "" for none
	lines []int  // of the page, that it is made of; none for one of the head
}

// findTitle takes the title from, in this order: an <h1> that agrees with what
// the page is called in its metadata; another line that is exactly that; the
// only <h1> of the page's article, or of a page that is called nothing; <title> without the site's name;
// the metadata themselves. It is empty when there is none of these.
func (h *htmlPage) findTitle() (title pageTitle) {
	site := h.meta.site
	full, fullSegs := h.titleElement()
	stem, cut := stripSite(full, site, h.meta.titles)
	title.site = cut
	names := slices.Clone(h.meta.titles)
	for _, t := range h.meta.titles {
		if short, _ := stripSite(t, site, nil); short != t {
			names = append(names, short)
		}
	}
	if stem != "" {
		names = append(names, stem)
	}
	folded := make([]string, len(names)) // once: names can be long and lines many
	for i, name := range names {
		folded[i] = fold.Phrase(name)
	}
	var h1 []pageTitle
	for _, m := range h.flow.heads {
		if text, segs := h.tree.inner(m.node); text != "" {
			h1 = append(h1, pageTitle{text: text, segs: segs, lines: h.flow.linesOf(m)})
		}
	}
	for _, c := range h1 {
		phrase := fold.Phrase(c.text)
		if slices.ContainsFunc(folded, func(name string) bool { return agree(phrase, name) }) {
			title.text, title.segs, title.lines = c.text, c.segs, c.lines
			return title
		}
	}
	for i := range h.page {
		l := &h.flow.lines[i]
		if h.page[i].Words > boilerplate.MaxTitle || l.region&inHidden != 0 || h.page[i].Folded == "" {
			continue
		}
		if slices.Contains(folded, h.page[i].Folded) {
			title.text, title.segs, title.lines = l.text, l.segs, []int{i}
			return title
		}
	}
	c, ok := h.onlyHeading(h1, site, cut)
	if !ok {
		c, ok = h.longerHeading(h1, stem)
	}
	if ok {
		title.text, title.segs, title.lines = c.text, c.segs, c.lines
		return title
	}
	switch {
	case len(names) == 0 && len(h1) == 1:
		title.text, title.segs, title.lines = h1[0].text, h1[0].segs, h1[0].lines
	case stem != "":
		title.text = stem
		title.segs = cutSegments(fullSegs, full, strings.Index(full, stem), len(stem))
	case len(h.meta.titles) > 0:
		title.text, title.segs = h.meta.titles[0], h.place(h.meta.titles[0])
	}
	return title
}

// onlyHeading is the one <h1> of the page's <article> or <main>, where it has the
// length of a title and is not one of the site's names.
func (h *htmlPage) onlyHeading(h1 []pageTitle, sites ...string) (only pageTitle, ok bool) {
	for _, c := range h1 {
		words, inside := 0, len(c.lines) > 0
		for _, i := range c.lines {
			words += h.page[i].Words
			inside = inside && h.flow.lines[i].region&inArticle != 0 && h.flow.lines[i].region&(inFurniture|inHidden|inNamed) == 0
		}
		if !inside {
			continue
		}
		if ok || words < boilerplate.MinTitle || slices.ContainsFunc(sites, func(s string) bool { return fold.Phrase(s) == fold.Phrase(c.text) }) {
			return pageTitle{}, false
		}
		only, ok = c, true
	}
	return only, ok
}

// longerHeading is the one <h1> of a page, shown and no longer than a title, that
// begins or ends with what <title> has.
func (h *htmlPage) longerHeading(h1 []pageTitle, stem string) (pageTitle, bool) {
	if len(h1) != 1 || stem == "" {
		return pageTitle{}, false
	}
	long, short, words := fold.Phrase(h1[0].text)+" ", fold.Phrase(stem), 0
	for _, i := range h1[0].lines {
		if words += h.page[i].Words; h.flow.lines[i].region&(inFurniture|inHidden|inNamed) != 0 {
			return pageTitle{}, false
		}
	}
	return h1[0], short != "" && words <= boilerplate.MaxTitle && (strings.HasPrefix(long, short+" ") || strings.HasSuffix(" "+long, " "+short+" "))
}

// linesOf are the lines of an element.
func (f *flow) linesOf(m markedNode) (lines []int) {
	for i := range f.lines {
		if p := f.lines[i].parts; len(p) > 0 && m.text <= p[0].text && p[0].text < m.end {
			lines = append(lines, i)
		}
	}
	return lines
}

// titleElement is the text of <title>.
func (h *htmlPage) titleElement() (string, []schema.RawSegment) {
	p := h.tree.title
	if p.to == p.from || p.to-p.from > maxAttribute {
		return "", nil
	}
	var f flowText
	f.piece(h.tree.page, p, true, nil)
	return f.line()
}

// place finds a text of the metadata in the page: as the value of a <meta>,
// or anywhere, as JSON-LD has it.
func (h *htmlPage) place(text string) []schema.RawSegment {
	for _, m := range h.tree.metas {
		if strings.Contains(m.value, "\n") || canonical.OneLine(m.value) != text || m.raw.to <= m.raw.from {
			continue
		}
		var f flowText
		f.piece(h.tree.page, m.raw, true, nil)
		if s, segs := f.line(); s == text {
			return segs
		}
	}
	at := strings.Index(h.tree.page, text)
	if at < 0 {
		return nil
	}
	return []schema.RawSegment{{RawStart: int32(utf8.RuneCountInString(h.tree.page[:at])), Length: int32(utf8.RuneCountInString(text))}}
}

// cutSegments is the map of text[at:at+size].
func cutSegments(segs []schema.RawSegment, text string, at, size int) []schema.RawSegment {
	from := int32(utf8.RuneCountInString(text[:at]))
	return sliceSegments(segs, from, from+int32(utf8.RuneCountInString(text[at:at+size])))
}

// agree reports whether a heading and a page's name, both folded, are the same
// title: equal
// but for punctuation, or one the beginning or end of the other and at least
// half of it, or nearly the same words.
func agree(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if a == b {
		return true
	}
	x, y := strings.Fields(a), strings.Fields(b)
	if 2*min(len(x), len(y)) < max(len(x), len(y)) || min(len(x), len(y)) < 2 {
		return false
	}
	in := map[string]bool{}
	for _, w := range y {
		in[w] = true
	}
	shared := 0
	for _, w := range x {
		if in[w] {
			shared++
		}
	}
	return 10*shared >= 7*min(len(x), len(y))
}

// titleMarks separate a title from the site's name in <title>.
var titleMarks = []string{" | ", " :: ", " » ", " « ", " · ", " • ", " — ", " – ", " - ", " / ", "|", "»"}

// stripSite is a <title> without the site's name before or after it, and that
// name, "" where none is told. Site is the name as the metadata have it; titles
// is what they call the article.
func stripSite(full, site string, titles []string) (stem, cut string) {
	for _, t := range titles {
		if at := strings.Index(full, t); t != "" && t != full && at >= 0 {
			rest := strings.TrimFunc(full[:at]+" "+full[at+len(t):], boilerplate.IsSuffixMark)
			if len(strings.Fields(rest)) <= 6 {
				return t, rest
			}
		}
	}
	name := fold.Phrase(site)
	if name != "" {
		for _, m := range titleMarks {
			if at := strings.LastIndex(full, m); at > 0 && sameSite(full[at+len(m):], name) {
				return strings.TrimRightFunc(full[:at], boilerplate.IsSuffixMark), strings.TrimFunc(full[at:], boilerplate.IsSuffixMark)
			}
			if at := strings.Index(full, m); at > 0 && sameSite(full[:at], name) {
				return strings.TrimLeftFunc(full[at:], boilerplate.IsSuffixMark), strings.TrimFunc(full[:at], boilerplate.IsSuffixMark)
			}
		}
	}
	for k, m := range titleMarks {
		at := strings.LastIndex(full, m)
		if at <= 0 {
			continue
		}
		// A hyphen stands in headlines, too; a bar hardly ever.
		most := 5
		if k >= 6 && k <= 9 {
			most = 4
		}
		last, head := strings.TrimFunc(full[at:], boilerplate.IsSuffixMark), strings.TrimRightFunc(full[:at], boilerplate.IsSuffixMark)
		if n := len(strings.Fields(last)); n >= 1 && n <= most && len(strings.Fields(head)) >= boilerplate.MinTitle {
			return head, last
		}
	}
	return full, ""
}

// sameSite reports whether a part of a title is the site's name, folded, or
// that with a word or two.
func sameSite(part, name string) bool {
	p := fold.Phrase(part)
	return p != "" && (p == name || strings.Contains(" "+p+" ", " "+name+" ") && len(p) <= 2*len(name) || strings.Contains(" "+name+" ", " "+p+" "))
}
