package ingest

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// pageMeta is what a page's metadata say of its article.
type pageMeta struct {
	titles    []string // best first, no two equal
	author    string
	site      string
	url       string
	stamps    []string // dates of publication, best first
	languages []string // as declared
}

// dateNames are the names of <meta> and itemprop that hold the date of
// publication, best first.
var dateNames = strings.Fields(`article:published_time og:article:published_time og:published_time datepublished article.published
	parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date published_date publication_date date-published
	dcterms.created dcterms.issued dcterms.date dc.date.issued dc.date.created dc.date dc.created date citation_publication_date citation_date`)

// readMeta collects the metadata: <meta>, <link>, JSON-LD and microdata.
func (h *htmlPage) readMeta(pageURL string) {
	m := &h.meta
	byName := map[string][]string{}
	for _, t := range h.tree.metas {
		if v := oneLine(t.value); v != "" {
			byName[t.name] = append(byName[t.name], v)
		}
	}
	first := func(names ...string) string {
		for _, n := range names {
			if len(byName[n]) > 0 {
				return byName[n][0]
			}
		}
		return ""
	}
	ld := readLinkedData(h.tree.jsonLD)
	for _, t := range []string{first("og:title"), ld.headline, first("twitter:title"), first("dc.title")} {
		if t = cleanValue(t); t != "" && !slices.Contains(m.titles, t) {
			m.titles = append(m.titles, t)
		}
	}
	m.site = cleanValue(firstOf(first("og:site_name"), ld.publisher, first("application-name")))
	m.author = firstName(first("author"), strings.Join(byName["article:author"], ", "), ld.author, h.marked("author"), first("parsely-author", "sailthru.author", "dc.creator"))
	for _, n := range dateNames {
		m.stamps = append(m.stamps, byName[n]...)
		if n == "og:published_time" && ld.published != "" {
			m.stamps = append(m.stamps, ld.published)
		}
	}
	m.stamps = append(m.stamps, h.markedDates()...)
	canonical := ""
	for _, l := range h.tree.links {
		if canonical == "" && slices.Contains(strings.Fields(l.name), "canonical") {
			canonical = l.value
		}
	}
	for _, u := range []string{canonical, first("og:url"), pageURL} {
		if m.url == "" {
			m.url = absoluteURL(u, pageURL)
		}
	}
	m.languages = []string{attr(h.tree.root, "lang"), attr(h.tree.root, "xml:lang"), first("content-language"), first("og:locale", "dc.language", "language")}
}

func firstOf(s ...string) string {
	for _, s := range s {
		if s != "" {
			return s
		}
	}
	return ""
}

// cleanValue is a value of the metadata on one line, as HTML has white space.
func cleanValue(s string) string { return strings.Join(strings.FieldsFunc(s, isHTMLSpace), " ") }

// nobody are names of authors that systems fill in.
var nobody = foldedList("admin", "administrator", "root", "webmaster", "unknown", "null", "undefined", "none")

const maxAuthor = 200 // bytes

// firstName is the first of the values that can be the name of an author: no
// address, no account of a system.
func firstName(values ...string) string {
	for _, v := range values {
		v = cleanValue(v)
		if f := labels(v); len(f) > 0 && f[0].kind == labelAuthor {
			v = f[0].value
		}
		v = strings.Trim(v, ",،|-: ")
		if v != "" && len(v) <= maxAuthor && !isURL(v) && !strings.HasPrefix(v, "@") && !nobody[foldPhrase(v)] {
			return v
		}
	}
	return ""
}

// marked is the text of the first element that is marked with rel or itemprop
// as author: its inner itemprop "name" where it has one.
func (h *htmlPage) marked(prop string) string {
	for i, m := range h.flow.marks {
		if !strings.EqualFold(attr(m.node, "rel"), prop) && !strings.EqualFold(attr(m.node, "itemprop"), prop) {
			continue
		}
		if c := attr(m.node, "content"); c != "" {
			return c
		}
		for _, in := range h.flow.marks[i+1:] {
			if attr(in.node, "itemprop") == "name" && isInside(in.node, m.node) {
				m = in
				break
			}
		}
		if s := firstOf(attr(m.node, "content")); s != "" {
			return s
		}
		if s, _ := h.tree.inner(m.node); s != "" && len(strings.Fields(s)) <= maxName {
			return s
		}
	}
	return ""
}

func isInside(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

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
		if strings.EqualFold(attr(m.node, "itemprop"), "datePublished") {
			stamps = append(stamps, value(m))
		}
	}
	first := h.firstText()
	// The time that stands last before the body is nearest to the heading; a
	// header before may print today's.
	for _, m := range slices.Backward(h.flow.marks) {
		if m.node.Data == "time" && m.text < first && m.region&(inFurniture|inNamed) == 0 && attr(m.node, "datetime") != "" && !strings.EqualFold(attr(m.node, "itemprop"), "dateModified") {
			stamps = append(stamps, value(m))
			break
		}
	}
	return stamps
}

// firstText is the number of the body's first text.
func (h *htmlPage) firstText() int {
	i, _ := bodyBounds(h.page)
	if i < 0 || len(h.flow.lines[i].parts) == 0 {
		return 0
	}
	return h.flow.lines[i].parts[0].text
}

// absoluteURL is u, resolved against base, if that is an address of the web.
func absoluteURL(u, base string) string {
	u = strings.TrimSpace(u)
	if u == "" {
		return ""
	}
	r, err := url.Parse(u)
	if err != nil {
		return ""
	}
	if !r.IsAbs() {
		b, err := url.Parse(strings.TrimSpace(base))
		if err != nil || !b.IsAbs() {
			return ""
		}
		u, r = "", b.ResolveReference(r)
	}
	if r.Scheme != "http" && r.Scheme != "https" || r.Host == "" {
		return ""
	}
	if u != "" && strings.IndexFunc(u, isHTMLSpace) < 0 {
		return u
	}
	return r.String()
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
	iso, _, err := ParseDate(m[1] + "-" + m[2] + "-" + m[3])
	if err != nil {
		return ""
	}
	return iso
}
