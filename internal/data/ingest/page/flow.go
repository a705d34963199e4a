package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/schema"
)

// part is how much of a line a text node gave.
type part struct {
	text int   // number of the text node
	n    int32 // code points
}

// flowLine is one line of a page as a browser breaks it.
type flowLine struct {
	text   string
	segs   []schema.RawSegment // Start counts from the line's first code point
	parts  []part
	size   int32  // code points of the parts
	link   int32  // those inside links
	block  int32  // number of the innermost block that it stands in
	row    int    // 1-based line of the file
	region region // what encloses it
}

// flow is a page as lines, blank ones left out, with the elements that say
// something of the article.
type flow struct {
	lines  []flowLine
	blocks []int32      // of each block its parent's number; -1 of the first. Parents come before.
	names  []string     // of each block its element's name
	class  []string     // of each block its element's class
	forms  []bool       // whether a block has a button or a field directly in it, or in text inside it
	heads  []markedNode // <h1>
	marks  []markedNode // <time>, rel=author, itemprop
}

// markedNode is an element and where it stands.
type markedNode struct {
	node   *html.Node
	text   int // number of the first text in it or after it
	end    int // number of the first text after it; of headings only
	region region
}

// maxMarks bounds the elements that are looked into.
const maxMarks = 256

// unread are elements whose content is no text of the page.
var unread = nameSet("select textarea button object video audio canvas map datalist")

// controls are elements that a reader works: what stands around them is no text.
var controls = nameSet("select textarea button input")

// walk goes through the tree in the order of the page.
type walk struct {
	flow
	t     *pageTree
	cur   flowText
	line  flowLine
	open  [16]int // how deep inside each region
	links int
	pre   int
	block int32
	texts int // text nodes passed
	rowAt int // bytes of the page that row counts
	row   int

	spared map[*html.Node]bool
}

// flow breaks the page into lines.
func (t *pageTree) flow() *flow {
	w := walk{t: t, row: 1, block: -1, spared: t.spared()}
	walkTree(t.body, w.enter, w.leave, w.text)
	w.breakLine()
	return &w.flow
}

// walkTree walks through the elements and texts of root without recursion.
// Enter says whether to go into an element.
func walkTree(root *html.Node, enter func(*html.Node) bool, leave, text func(*html.Node)) {
	n := root
	for {
		switch {
		case n.Type == html.TextNode:
			text(n)
		case n.Type == html.ElementNode && enter(n):
			if n.FirstChild != nil {
				n = n.FirstChild
				continue
			}
			leave(n)
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			leave(n)
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

func (w *walk) enter(n *html.Node) bool {
	if controls[n.Data] && w.block >= 0 {
		w.forms[w.block] = true
	}
	if unread[n.Data] {
		return false
	}
	w.mark(n, +1)
	if blockElements[n.Data] {
		w.blocks = append(w.blocks, w.block)
		w.names = append(w.names, n.Data)
		w.class = append(w.class, attr(n, "class"))
		w.forms = append(w.forms, false)
		w.block = int32(len(w.blocks) - 1)
	}
	m := markedNode{node: n, text: w.texts, region: w.region()}
	switch {
	case n.Data == "h1" && len(w.heads) < maxMarks:
		w.heads = append(w.heads, m)
	case len(w.marks) < maxMarks && (n.Data == "time" || attr(n, "itemprop") != "" || strings.EqualFold(attr(n, "rel"), "author")):
		w.marks = append(w.marks, m)
	}
	return true
}

func (w *walk) leave(n *html.Node) {
	if k := len(w.heads) - 1; n.Data == "h1" && k >= 0 && w.heads[k].node == n {
		w.heads[k].end = w.texts
	}
	if blockElements[n.Data] {
		w.block = w.blocks[w.block]
	}
	w.mark(n, -1)
}

// mark counts what an element makes of the lines in it.
func (w *walk) mark(n *html.Node, by int) {
	if blockElements[n.Data] || n.Data == "br" {
		w.breakLine()
	}
	switch n.Data {
	case "a":
		w.links += by
	case "pre", "listing", "xmp", "plaintext":
		w.pre += by
	}
	r := regionOf(n)
	switch {
	case w.spared[n]:
		if r &^= inFurniture | inNamed; n.Data == "aside" {
			r |= inFacts
		}
	case n.Data == "article" && isEntry(n):
		r = r&^inArticle | inNamed
	}
	for i := 0; r>>i != 0; i++ {
		if r>>i&1 != 0 {
			w.open[i] += by
		}
	}
}

func (w *walk) region() (r region) {
	for i, k := range w.open {
		if k > 0 {
			r |= 1 << i
		}
	}
	return r
}

func (w *walk) text(n *html.Node) {
	k, ok := textNumber(n)
	if !ok {
		return
	}
	w.texts = k + 1
	p := w.t.texts[k]
	w.begin(p)
	before := w.cur.n
	count := func() {
		if d := w.cur.n - before; d > 0 {
			w.line.parts = append(w.line.parts, part{k, d})
			w.line.size += d
			if w.links > 0 {
				w.line.link += d
			}
		}
	}
	var brk func()
	if w.pre > 0 {
		brk = func() {
			count()
			w.breakLine()
			before = 0
			w.begin(p)
		}
	}
	w.cur.piece(w.t.page, p, !isRawText(n), brk)
	count()
}

// isRawText reports whether the text has no character references.
func isRawText(n *html.Node) bool {
	return n.Parent != nil && (n.Parent.Data == "xmp" || n.Parent.Data == "plaintext")
}

// begin begins a line that has no characters yet.
func (w *walk) begin(p piece) {
	if w.cur.n > 0 {
		return
	}
	w.line.block, w.line.region, w.line.row = w.block, w.region(), w.rowOf(p)
}

// rowOf is the line of the file where the text of p begins. Pieces come in the
// order of the page.
func (w *walk) rowOf(p piece) int {
	s := w.t.page[p.from:p.to]
	to := p.from + len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	if to > w.rowAt {
		w.row += strings.Count(w.t.page[w.rowAt:to], "\n")
		w.rowAt = to
	}
	return w.row
}

func (w *walk) breakLine() {
	if w.cur.n > 0 {
		w.line.text, w.line.segs = w.cur.line()
		if w.line.text != "" {
			w.lines = append(w.lines, w.line)
		}
	}
	w.line, w.cur = flowLine{}, flowText{}
}

// maxInner bounds the text that is taken from one element, in code points.
const maxInner = 2000

// inner is the text of an element on one line, and its map; "" for one that is
// too long for a heading or a name.
func (t *pageTree) inner(root *html.Node) (string, []schema.RawSegment) {
	var f flowText
	nodes, written := 0, 0
	space := func(n *html.Node) {
		if blockElements[n.Data] || n.Data == "br" {
			f.space()
		}
	}
	walkTree(root, func(n *html.Node) bool {
		space(n)
		nodes++
		return !unread[n.Data] && nodes < maxInner && f.n < maxInner
	}, space, func(n *html.Node) {
		k, ok := textNumber(n)
		if !ok || f.n >= maxInner || written > maxAttribute {
			return
		}
		if written += t.texts[k].to - t.texts[k].from; written <= maxAttribute {
			f.piece(t.page, t.texts[k], !isRawText(n), nil)
		}
	})
	if f.n >= maxInner || written > maxAttribute {
		return "", nil
	}
	return f.line()
}
