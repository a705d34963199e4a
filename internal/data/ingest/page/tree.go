package page

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
)

// Bounds on a page's tree: those of browsers and of x/net/html on depth, and
// hundreds of times the elements of an article.
const (
	maxDepth    = 512
	maxElements = 1 << 18
	maxTexts    = 1 << 18
)

// Errors of pages that are no article's.
var (
	ErrDepth    = errors.New("elements nested too deep")
	ErrElements = errors.New("too many elements for an article")
)

// piece is some bytes of a page: text or an attribute's value, as written.
type piece struct {
	from, to int
	at       int32 // code points before from
}

// metaTag is what a <meta> or <link> says: its name (name, property, itemprop,
// http-equiv, or rel of a link) in lower case and its value.
type metaTag struct {
	name  string
	value string
	raw   piece      // of the value
	scope *html.Node // of microdata: the innermost element that it stands in
}

// pageTree is a page as a tree, of which each text knows where it stands.
//
// It is made by the token rather than by html.Parse, which tells no positions
// and repeats formatting elements that were left open in each paragraph: a page
// of a few megabytes can ask it for gigabytes. The rules for what a tag closes
// are those of the HTML standard; text inside tables stays where it is written
// and misnested formatting is not repeated, neither of which moves text to
// another line.
type pageTree struct {
	page   string
	doc    *html.Node
	root   *html.Node // <html>
	body   *html.Node
	texts  []piece // of text nodes, by number
	metas  []metaTag
	links  []metaTag
	title  piece    // of <title>
	jsonLD []string // texts of <script type="application/ld+json">

	open   []*html.Node
	counts map[string]int // of open elements, by name
	n      int            // elements
	stray  int            // end tags that closed nothing
	depths int            // of all elements and bytes of text, added up
}

// textKey is the attribute that numbers a text node. Copies of the tree keep it,
// and nothing else reads a text's attributes.
const textKey = "n"

func textNumber(n *html.Node) (int, bool) {
	for _, a := range n.Attr {
		if a.Key == textKey {
			i, err := strconv.Atoi(a.Val)
			return i, err == nil
		}
	}
	return 0, false
}

// keptAttributes are those that something reads.
var keptAttributes = map[string]bool{"class": true, "id": true, "href": true, "style": true, "role": true, "hidden": true, "aria-hidden": true, "aria-modal": true,
	"itemprop": true, "itemtype": true, "rel": true, "property": true, "name": true, "content": true, "datetime": true, "http-equiv": true, "charset": true, "lang": true, "xml:lang": true, "type": true}

const maxAttribute = 64 << 10 // bytes of a value that is kept

// parsePage makes the tree of a page, which is valid UTF-8, from a byte on.
func parsePage(page string, from int) (*pageTree, error) {
	t := &pageTree{page: page, counts: map[string]int{}}
	t.doc = &html.Node{Type: html.DocumentNode}
	t.root = element("html")
	t.body = element("body")
	t.doc.AppendChild(t.root)
	t.root.AppendChild(t.body)
	t.open = []*html.Node{t.body}
	z := html.NewTokenizer(strings.NewReader(page[from:]))
	xml := strings.HasPrefix(strings.TrimPrefix(page, canonical.ByteOrderMark), "<?xml")
	at := int32(utf8.RuneCountInString(page[:from]))
	raw := "" // the element whose text comes next, if that is no page text
	for {
		tt := z.Next()
		size := len(z.Raw())
		to := min(from+size, len(page))
		this := piece{from, to, at}
		at += int32(utf8.RuneCountInString(page[from:to]))
		from = to
		if tt == html.ErrorToken {
			break
		}
		switch tt {
		case html.TextToken:
			if err := t.text(raw, this); err != nil {
				return nil, err
			}
			raw = ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attrs, more := startTag(z)
			// Inside SVG and MathML, as in XML, "/>" closes an element and none
			// has raw text: the rest of the page is not the text of <title/>.
			foreign := xml || t.inForeign()
			closed := foreign && tt == html.SelfClosingTagToken
			if raw = rawText(name, attrs); closed || t.inForeign() {
				z.NextIsNotRawText()
				raw = ""
			}
			t.head(name, attrs, this)
			if !inTree(name) {
				continue
			}
			if err := t.start(name, attrs, closed || more); err != nil {
				return nil, err
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			t.end(string(name))
			raw = ""
		}
	}
	return t, nil
}

// inTree reports whether an element becomes part of the tree.
func inTree(name string) bool {
	return name == "xmp" || name == "plaintext" || !rawElements[name] && !headElements[name]
}

func element(name string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
}

// startTag is the tag's name and those of its attributes that are kept.
func startTag(z *html.Tokenizer) (name string, attrs []html.Attribute, void bool) {
	b, more := z.TagName()
	name = string(b)
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		key := string(k)
		if !keptAttributes[key] || len(v) > maxAttribute || attribute(attrs, key) != nil {
			continue
		}
		attrs = append(attrs, html.Attribute{Key: key, Val: string(v)})
	}
	return name, attrs, voidElements[name]
}

func attribute(attrs []html.Attribute, key string) *html.Attribute {
	for i := range attrs {
		if attrs[i].Key == key {
			return &attrs[i]
		}
	}
	return nil
}

func attr(n *html.Node, key string) string {
	if a := attribute(n.Attr, key); a != nil {
		return a.Val
	}
	return ""
}

// rawText is the kind of text that the tokenizer gives next without markup.
func rawText(name string, attrs []html.Attribute) string {
	if name == "script" {
		if a := attribute(attrs, "type"); a != nil && strings.EqualFold(strings.TrimSpace(a.Val), "application/ld+json") {
			return "ld+json"
		}
	}
	if rawElements[name] {
		return name
	}
	return ""
}

// text takes a text token; raw is the element whose raw text it is, or "".
func (t *pageTree) text(raw string, p piece) error {
	switch raw {
	case "":
	case "title":
		if t.title.to == 0 && !t.inForeign() {
			t.title = p
		}
		return nil
	case "ld+json":
		t.jsonLD = append(t.jsonLD, t.page[p.from:p.to])
		return nil
	case "xmp", "plaintext":
	default:
		return nil
	}
	if len(t.texts) == maxTexts {
		return fmt.Errorf("%w: over %d pieces of text", ErrElements, maxTexts)
	}
	n := &html.Node{Type: html.TextNode, Data: html.UnescapeString(t.page[p.from:p.to])}
	n.Attr = []html.Attribute{{Key: textKey, Val: strconv.Itoa(len(t.texts))}}
	t.texts = append(t.texts, p)
	t.top().AppendChild(n)
	t.depths += len(t.open) * len(n.Data)
	return nil
}

func (t *pageTree) top() *html.Node { return t.open[len(t.open)-1] }

// head takes what a start tag says of the whole page.
func (t *pageTree) head(name string, attrs []html.Attribute, tag piece) {
	value := func(keys ...string) string {
		for _, k := range keys {
			if a := attribute(attrs, k); a != nil && strings.TrimSpace(a.Val) != "" {
				return strings.ToLower(strings.TrimSpace(a.Val))
			}
		}
		return ""
	}
	switch name {
	case "html":
		if len(t.root.Attr) == 0 {
			t.root.Attr = attrs
		}
	case "body":
		if len(t.body.Attr) == 0 {
			t.body.Attr = attrs
		}
	case "meta", "link":
		list, content, names := &t.metas, "content", []string{"property", "name", "itemprop", "http-equiv"}
		if name == "link" {
			list, content, names = &t.links, "href", []string{"rel", "itemprop"}
		}
		a := attribute(attrs, content)
		if key := value(names...); key != "" && a != nil && len(*list) < maxMetas {
			m := metaTag{name: key, value: a.Val, raw: attributePiece(t.page, tag, content)}
			if attribute(attrs, "itemprop") != nil {
				m.scope = t.top()
			}
			*list = append(*list, m)
		}
	}
}

const maxMetas = 4096
