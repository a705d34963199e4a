package page

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

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
		if v := canonical.OneLine(t.value); v != "" && (t.scope == nil || h.oursIn(t.scope)) {
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
	canonical := ""
	for _, l := range h.tree.links {
		if canonical == "" && slices.Contains(strings.Fields(l.name), "canonical") {
			canonical = l.value
		}
	}
	ld := readLinkedData(h.tree.jsonLD, h.isAbout(first("og:title", "twitter:title"), canonical, first("og:url"), pageURL))
	for _, t := range []string{first("og:title"), ld.headline, first("twitter:title"), first("dc.title")} {
		if t = cleanValue(t); t != "" && !slices.Contains(m.titles, t) {
			m.titles = append(m.titles, t)
		}
	}
	m.site = cleanValue(firstOf(first("og:site_name"), ld.publisher, first("application-name")))
	m.author = authorOf([]string{m.site, ld.publisher}, ld.persons, byName["author"], byName["article:author"], ld.others, h.authors(), byName["parsely-author"], byName["sailthru.author"], byName["dc.creator"])
	for _, n := range dateNames {
		m.stamps = append(m.stamps, byName[n]...)
		if n == "og:published_time" && ld.published != "" {
			m.stamps = append(m.stamps, ld.published)
		}
	}
	m.stamps = append(m.stamps, h.markedDates()...)
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
var nobody = boilerplate.FoldedList("admin", "administrator", "root", "webmaster", "unknown", "null", "undefined", "none",
	"view all posts", "see all posts", "all posts", "view profile", "about the author", "about the editor", "about", "author", "editor profile")

const maxAuthor = 200 // bytes

// authorOf joins the names of the first list that has any, best lists first, with
// ", ". A longer list that has all of these is taken instead: some metadata name
// the first author only. The site's own name is taken where no list has another.
func authorOf(site []string, lists ...[]string) string {
	own := map[string]bool{}
	for _, s := range site {
		own[fold.Phrase(s)] = true
	}
	var best, sites []string
	for _, list := range lists {
		var names []string
		for _, v := range list {
			n := authorName(v)
			switch {
			case n == "" || slices.ContainsFunc(names, func(s string) bool { return fold.Phrase(s) == fold.Phrase(n) }):
			case own[fold.Phrase(n)]:
				sites = []string{n}
			default:
				names = append(names, n)
			}
		}
		if len(best) == 0 || len(names) > len(best) && has(names, best) {
			best = names
		}
	}
	if len(best) == 0 {
		best = sites
	}
	return strings.Join(best, ", ")
}

// has reports whether all of some are among names.
func has(names, some []string) bool {
	for _, s := range some {
		if !slices.ContainsFunc(names, func(n string) bool { return fold.Phrase(n) == fold.Phrase(s) }) {
			return false
		}
	}
	return true
}

// authorName is a value that can be the name of an author, or "": no address, no
// account of a system, no number.
func authorName(v string) string {
	v = cleanValue(v)
	if f := boilerplate.Labels(v); len(f) > 0 && f[0].Kind == boilerplate.LabelAuthor {
		v = f[0].Value
	}
	v = strings.Trim(v, ",،|-: ")
	letter := strings.IndexFunc(v, unicode.IsLetter) >= 0
	if !letter || len(v) > maxAuthor || isURL(v) || strings.HasPrefix(v, "@") || nobody[fold.Phrase(v)] || strings.Contains(v, "@") && !strings.Contains(v, " ") {
		return ""
	}
	return v
}

// isAbout tells whether an object of the metadata is the page's article: by its
// headline, which agrees with the page's, or its address.
func (h *htmlPage) isAbout(title string, urls ...string) func(headline, url string) bool {
	full, _ := h.titleElement()
	names := []string{fold.Phrase(title), fold.Phrase(full)}
	for _, m := range h.flow.heads {
		text, _ := h.tree.inner(m.node)
		names = append(names, fold.Phrase(text))
	}
	return func(headline, url string) bool {
		if url != "" && slices.Contains(urls, url) {
			return true
		}
		folded := fold.Phrase(headline)
		return slices.ContainsFunc(names, func(n string) bool { return agree(folded, n) })
	}
}

// authors are the texts of the elements that are marked with rel or itemprop as
// author of the page's article: of each its inner itemprop "name" where it has
// one.
func (h *htmlPage) authors() (names []string) {
	body := h.firstText()
	for i, m := range h.flow.marks {
		if !strings.EqualFold(attr(m.node, "rel"), "author") && !strings.EqualFold(attr(m.node, "itemprop"), "author") || !h.ours(m.node) {
			continue
		}
		if m.text > body && len(names) > 0 {
			break // lists and boxes name the authors of other articles
		}
		for _, in := range h.flow.marks[i+1:] {
			if attr(in.node, "itemprop") == "name" && isInside(in.node, m.node) {
				m = in
				break
			}
		}
		n := attr(m.node, "content")
		if n == "" {
			if n, _ = h.tree.inner(m.node); len(strings.Fields(n)) > boilerplate.MaxName {
				continue
			}
		}
		if n != "" {
			names = append(names, n)
		}
	}
	return names
}

// ours reports whether what an element says is said of the page's article: the
// innermost object of microdata around it that is no person or organization is
// an article that holds the body or the headline, or the page itself.
func (h *htmlPage) ours(n *html.Node) bool { return h.oursIn(n.Parent) }

// oursIn is ours of something that stands directly in an element.
func (h *htmlPage) oursIn(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		t := typeName(attr(n, "itemtype"))
		switch {
		case t == "" || t == "Person" || t == "Organization" || t == "NewsMediaOrganization" || t == "ImageObject":
		case t == "WebPage" || t == "WebSite":
			return true
		case articleTypes[t]:
			first, end := h.textsIn(n)
			body := h.firstText()
			if first <= body && body < end {
				return true
			}
			return slices.ContainsFunc(h.flow.heads, func(m markedNode) bool { return isInside(m.node, n) })
		default:
			return false
		}
	}
	return true
}

// textsIn are the numbers of the texts in an element, half-open.
func (h *htmlPage) textsIn(root *html.Node) (first, end int) {
	first, end = -1, -1
	for n := range root.Descendants() {
		if n.Type != html.TextNode {
			continue
		}
		if k, ok := textNumber(n); ok {
			if first < 0 {
				first = k
			}
			end = k + 1
		}
	}
	return first, end
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
