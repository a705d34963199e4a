package page

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
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

// readMeta collects the metadata: <meta>, <link>, JSON-LD and microdata.
func (h *htmlPage) readMeta(pageURL string) {
	m := &h.meta
	byName := map[string][]string{}
	for _, t := range h.tree.metas {
		if v := canonical.OneLine(t.value); v != "" {
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
var nobody = boilerplate.FoldedList("admin", "administrator", "root", "webmaster", "unknown", "null", "undefined", "none")

const maxAuthor = 200 // bytes

// firstName is the first of the values that can be the name of an author: no
// address, no account of a system.
func firstName(values ...string) string {
	for _, v := range values {
		v = cleanValue(v)
		if f := boilerplate.Labels(v); len(f) > 0 && f[0].Kind == boilerplate.LabelAuthor {
			v = f[0].Value
		}
		v = strings.Trim(v, ",،|-: ")
		if v != "" && len(v) <= maxAuthor && !isURL(v) && !strings.HasPrefix(v, "@") && !nobody[fold.Phrase(v)] {
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
		if s, _ := h.tree.inner(m.node); s != "" && len(strings.Fields(s)) <= boilerplate.MaxName {
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
