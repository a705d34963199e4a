package page

import (
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
	"github.com/mizan-corpus/mizan/schema"
)

// dateNames are the names of <meta> and itemprop that hold the date of
// publication, best first.
var dateNames = strings.Fields(`article:published_time og:article:published_time og:published_time datepublished article.published
	parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date published_date publication_date date-published
	dcterms.created dcterms.issued dcterms.date dc.date.issued dc.date.created dc.date dc.created date citation_publication_date citation_date`)

// markedDates is the stamps of elements marked as the date of publication, and
// of <time> elements before the body.
func (h *htmlPage) markedDates() (stamps []string) {
	value := func(m markedNode) string {
		for _, k := range []string{"datetime", "content"} {
			if v := strings.TrimSpace(attr(m.node, k)); v != "" {
				return v
			}
		}
		s, _ := h.tree.inner(m.node)
		return s
	}
	for _, m := range h.flow.marks {
		if strings.EqualFold(attr(m.node, "itemprop"), "datePublished") && h.ours(m.node) {
			stamps = append(stamps, value(m))
		}
	}
	first := h.firstText()
	defer func() {
		if len(stamps) == 0 {
			stamps = h.onlyTime()
		}
	}()
	// The time that stands last before the body is nearest to the heading; a
	// header before may print today's.
	for _, m := range slices.Backward(h.flow.marks) {
		if m.node.Data == "time" && m.text < first && m.region&(inFurniture|inNamed) == 0 && attr(m.node, "datetime") != "" && !strings.EqualFold(attr(m.node, "itemprop"), "dateModified") && !h.told(m) {
			stamps = append(stamps, value(m))
			break
		}
	}
	return stamps
}

// onlyTime is the stamp of the one day that the <time> elements inside the page's
// <article> have, wherever they stand in it: some have it below the text.
func (h *htmlPage) onlyTime() []string {
	day, stamp := "", ""
	for _, m := range h.flow.marks {
		s := strings.TrimSpace(attr(m.node, "datetime"))
		if m.node.Data != "time" || s == "" || m.region&inArticle == 0 || m.region&(inList|inHidden) != 0 || !h.ours(m.node) || h.told(m) {
			continue
		}
		iso, err := dates.Stamped(s)
		if err != nil || day != "" && day != iso {
			return nil
		}
		day, stamp = iso, s
	}
	if day == "" {
		return nil
	}
	return []string{stamp}
}

// told reports whether an element stands in a paragraph of the body or in a
// quotation, such as a post of others: it tells of another day.
func (h *htmlPage) told(m markedNode) bool {
	for n := m.node.Parent; n != nil; n = n.Parent {
		if n.Data == "blockquote" {
			return true
		}
	}
	for i := range h.page {
		if h.page[i].Body && h.page[i].Stop && slices.ContainsFunc(h.flow.lines[i].parts, func(p part) bool { return p.text == m.text }) {
			return true
		}
	}
	return false
}

// firstText is the number of the body's first text.
func (h *htmlPage) firstText() int {
	i, _ := boilerplate.BodyBounds(h.page)
	if i < 0 || len(h.flow.lines[i].parts) == 0 {
		return 0
	}
	return h.flow.lines[i].parts[0].text
}

// maxStamps bounds the stamps that are looked for in the page.
const maxStamps = 32

// stampedDate takes the first stamp of the metadata that is a date. It returns
// the first that can be read as two, "" for none.
func (h *htmlPage) stampedDate(a *schema.Article) (ambiguous string) {
	for _, s := range h.meta.stamps[:min(len(h.meta.stamps), maxStamps)] {
		iso, err := dates.Stamped(s)
		if errors.Is(err, dates.ErrAmbiguousDate) && ambiguous == "" {
			ambiguous = s
		}
		if err != nil {
			continue
		}
		if raw := stampIn(a.Raw, s); raw != "" {
			a.Published, a.PublishedRaw = iso, raw
			return ""
		}
	}
	return ambiguous
}

// stampIn is a stamp as the page writes it, with its escapes, or the date in
// it; "" where neither is found.
func stampIn(page, stamp string) string {
	date := ""
	if d, ok := dates.Find(stamp); ok {
		date = d.Raw
	}
	for _, s := range []string{stamp, html.EscapeString(stamp), strings.ReplaceAll(stamp, "/", `\/`), strings.ReplaceAll(stamp, "+", `\u002B`), strings.ReplaceAll(stamp, "+", "&#43;"), strings.ReplaceAll(stamp, "+", "&#x2B;"), date} {
		if s != "" && strings.Contains(page, s) {
			return s
		}
	}
	return ""
}

// printed is a text of line i as the page has it: with its white space and
// markup, if there is any inside. It is "" where that cannot be told.
func (h *htmlPage) printed(i int, s string) string {
	page := h.tree.page
	if strings.Contains(page, s) {
		return s
	}
	l := &h.flow.lines[i]
	at := strings.Index(l.text, s)
	if at < 0 {
		return ""
	}
	segs := cutSegments(l.segs, l.text, at, len(s))
	if len(segs) == 0 {
		return ""
	}
	last := segs[len(segs)-1]
	from, to := byteOffset(page, segs[0].RawStart), byteOffset(page, last.RawStart+last.Length)
	const most = 200 // bytes
	if to-from > most {
		return ""
	}
	return page[from:to]
}

// byteOffset is where code point p of s begins.
func byteOffset(s string, p int32) int {
	for i := range s {
		if p == 0 {
			return i
		}
		p--
	}
	return len(s)
}

var pathDate = regexp.MustCompile(`/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)`)

// dateInURL is the day in the path of an address, "" for none.
func dateInURL(u string) string {
	r, err := url.Parse(u)
	if err != nil {
		return ""
	}
	m := pathDate.FindStringSubmatch(r.Path)
	if m == nil {
		return ""
	}
	iso, _, err := dates.Parse(m[1] + "-" + m[2] + "-" + m[3])
	if err != nil {
		return ""
	}
	return iso
}
