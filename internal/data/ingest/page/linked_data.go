package page

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
)

// linkedData is what a page's JSON-LD says of its article.
type linkedData struct {
	headline, publisher, published, url string
	persons, others                     []string // authors that are persons, and organizations
}

// Bounds on JSON-LD: blocks that are read, and objects of one.
const (
	maxBlocks  = 32
	maxObjects = 4096
)

// articleTypes are the types of schema.org that are articles.
var articleTypes = nameSet(`Article NewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle
	ReportageNewsArticle ReviewNewsArticle AdvertiserContentArticle Report SatiricalArticle ScholarlyArticle BlogPosting LiveBlogPosting
	SocialMediaPosting TechArticle WebPage`)

// typeName is a type of schema.org without what may stand before it: the address
// or prefix of the vocabulary.
func typeName(s string) string { return s[strings.LastIndexAny(s, "/#:")+1:] }

// ldGraph is the objects of a page's JSON-LD that count.
type ldGraph struct {
	articles, pages []map[string]any
	names           map[string]string // by @id
}

// readGraph reads the blocks of JSON-LD, each an object, an array or an object
// with a @graph. A block that stays broken when it is mended says nothing.
func readGraph(blocks []string) *ldGraph {
	g := &ldGraph{names: map[string]string{}}
	for _, b := range blocks[:min(len(blocks), maxBlocks)] {
		queue := ldValues(strings.TrimSpace(strings.TrimPrefix(b, canonical.ByteOrderMark)))
		for i := 0; i < len(queue) && i < maxObjects; i++ {
			switch v := queue[i].(type) {
			case []any:
				queue = append(queue, v...)
			case map[string]any:
				queue = g.add(v, queue)
			}
		}
	}
	return g
}

// ldValues are the values of a block: one, or where it is mended all those that stand
// before what is none.
func ldValues(block string) (values []any) {
	var v any
	if json.Unmarshal([]byte(block), &v) == nil {
		return []any{v}
	}
	for d := json.NewDecoder(bytes.NewReader(mendJSON(block))); d.Decode(&v) == nil; v = nil {
		values = append(values, v)
	}
	return values
}

// add takes an object, and queues those in it that count.
func (g *ldGraph) add(v map[string]any, queue []any) []any {
	if inner, ok := v["@graph"]; ok {
		queue = append(queue, inner)
	}
	if id, ok := v["@id"].(string); ok {
		if n := personName(v); n != "" {
			g.names[id] = n
		}
	}
	for _, t := range ldList(v["@type"]) {
		t, _ := t.(string)
		if t = typeName(t); t == "WebPage" {
			g.pages = append(g.pages, v)
			for _, within := range []string{"mainEntity", "mainEntityOfPage"} {
				if m, ok := v[within]; ok {
					queue = append(queue, m)
				}
			}
		} else if articleTypes[t] {
			g.articles = append(g.articles, v)
		}
	}
	return queue
}

// readLinkedData reads what JSON-LD says of the page's article: of several the
// one that is it says. What that lacks is taken from the page's own object.
func readLinkedData(blocks []string, is func(headline, url string) bool) (d linkedData) {
	g := readGraph(blocks)
	article := g.articles[:min(len(g.articles), 1)]
	for i, a := range g.articles {
		if is(ldText(a["headline"]), ldText(a["url"])) {
			article = g.articles[i : i+1]
			break
		}
	}
	set := func(to *string, v string) {
		if *to == "" {
			*to = v
		}
	}
	for _, a := range slices.Concat(article, g.pages) {
		set(&d.headline, ldText(a["headline"]))
		set(&d.published, ldText(a["datePublished"]))
		set(&d.url, ldText(a["url"]))
		persons, others := g.authors(a["author"])
		if d.persons == nil && d.others == nil {
			d.persons, d.others = persons, others
		}
		_, publisher := g.authors(a["publisher"])
		if len(publisher) > 0 {
			set(&d.publisher, publisher[0])
		}
	}
	return d
}

// authors are the names of a value, those of persons apart; what has no type is
// taken for a person where it is an author's name alone.
func (g *ldGraph) authors(v any) (persons, others []string) {
	for _, e := range ldList(v) {
		n, person := ldText(e), true
		if m, ok := e.(map[string]any); ok {
			if names := ldList(m["name"]); len(names) > 1 { // of several persons
				for _, n := range names {
					one := maps.Clone(m)
					one["name"] = n
					p, o := g.authors(one)
					persons, others = append(persons, p...), append(others, o...)
				}
				continue
			}
			if n = personName(m); n == "" {
				id, _ := m["@id"].(string)
				n = g.names[id]
			}
			for _, t := range ldList(m["@type"]) {
				t, _ := t.(string)
				person = person && typeName(t) == "Person"
			}
		}
		switch {
		case n == "" || isURL(n):
		case person:
			persons = append(persons, n)
			others = append(others, n)
		default:
			others = append(others, n)
		}
	}
	return persons, others
}

// personName is an object's name, or the given and the family name.
func personName(m map[string]any) string {
	if n := ldText(m["name"]); n != "" {
		return n
	}
	return strings.TrimSpace(ldText(m["givenName"]) + " " + ldText(m["familyName"]))
}

// mendJSON mends what sites write and browsers' consoles forgive: a comment or
// CDATA mark around the JSON, line breaks and other control characters inside a
// string, a comma before a closing bracket, text behind the value.
func mendJSON(s string) []byte {
	for _, mark := range []string{"<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	for _, mark := range []string{"-->", "//]]>", "/*]]>*/", "]]>", "//", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, mark))
	}
	out := make([]byte, 0, len(s))
	inString := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case inString && c == '\\' && i+1 < len(s):
			out = append(out, c, s[i+1])
			i++
			continue
		case c == '"':
			inString = !inString
		case inString && c < ' ':
			c = ' '
		case !inString && c == ',':
			if next := strings.TrimLeft(s[i+1:], " \t\r\n"); next != "" && (next[0] == '}' || next[0] == ']') {
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

func ldList(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

// ldText is a value that is text, or the first of a list of texts.
func ldText(v any) string {
	for _, e := range ldList(v) {
		switch e := e.(type) {
		case string:
			return canonical.OneLine(html.UnescapeString(e))
		case map[string]any:
			if s, ok := e["@value"].(string); ok {
				return canonical.OneLine(html.UnescapeString(s))
			}
		}
		return ""
	}
	return ""
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
