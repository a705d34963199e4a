package page

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

func nameSet(names string) map[string]bool {
	m := map[string]bool{}
	for n := range strings.FieldsSeq(names) {
		m[n] = true
	}
	return m
}

// Classes of elements, as the HTML standard has them.
var (
	voidElements = nameSet("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
	// rawElements hold text without markup.
	rawElements = nameSet("iframe noembed noframes noscript script style textarea title xmp plaintext")
	// headElements say something of the page and hold no text.
	headElements = nameSet("html head body meta link base basefont bgsound frameset frame")
	// blockElements stand on lines of their own.
	blockElements = nameSet(`address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
		footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search section summary
		table tbody td tfoot th thead tr ul xmp`)
	// closeP end a paragraph that is open.
	closeP = nameSet(`address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form
		h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp`)
	headings  = nameSet("h1 h2 h3 h4 h5 h6")
	tableRows = nameSet("tbody thead tfoot")
	cells     = nameSet("td th caption")
	// scopes bound what an end tag or a start tag can close.
	scopes = nameSet("table td th caption object applet marquee template svg math button")
	// hiddenElements are no part of the tree that is read.
	hiddenElements = nameSet("svg math template")
	lists          = nameSet("ul ol menu dir dl")
)

// start opens an element.
func (t *pageTree) start(name string, attrs []html.Attribute, closed bool) error {
	if t.counts["svg"]+t.counts["math"] > 0 && (blockElements[name] || name == "br" || name == "img") {
		t.closeTo("svg", nil)
		t.closeTo("math", nil)
	}
	switch {
	case name == "form" && t.counts["form"] > 0:
		return nil
	case name == "li":
		t.closeItem("li")
	case name == "dt" || name == "dd":
		t.closeItem("dt", "dd")
	case name == "option" || name == "optgroup":
		if top := t.top().Data; top == "option" {
			t.pop(len(t.open) - 1)
		}
	case name == "button":
		t.closeTo("button", scopes)
	case name == "tr":
		t.closeInTable("tr", "td", "th", "caption")
	case cells[name]:
		t.closeInTable("td", "th", "caption")
	case tableRows[name]:
		t.closeInTable("tr", "td", "th", "caption", "tbody", "thead", "tfoot")
	case name == "a":
		t.end("a")
	}
	if closeP[name] {
		t.closeTo("p", scopes)
	}
	if headings[name] && headings[t.top().Data] {
		t.pop(len(t.open) - 1)
	}
	if t.n++; t.n > maxElements {
		return fmt.Errorf("%w: over %d", ErrElements, maxElements)
	}
	t.depths += elementCost * len(t.open)
	n := element(name)
	n.Attr = attrs
	if !hiddenElements[name] {
		t.top().AppendChild(n)
	}
	if closed {
		return nil
	}
	if len(t.open) >= maxDepth {
		return fmt.Errorf("%w: over %d", ErrDepth, maxDepth)
	}
	t.open = append(t.open, n)
	t.counts[name]++
	return nil
}

// end closes the element of that name that is open in the scope. Formatting
// around a block that is still open ends at the block.
func (t *pageTree) end(name string) {
	switch {
	case name == "br":
		t.top().AppendChild(element("br"))
		t.n++
		return
	case t.counts[name] == 0 || t.stray > maxStray:
		return
	}
	open := len(t.open)
	defer func() {
		if len(t.open) == open {
			t.stray++
		}
	}()
	if blockElements[name] || hiddenElements[name] || scopes[name] || unread[name] {
		within := scopes
		switch {
		case cells[name] || tableRows[name] || name == "tr":
			within = tableScope
		case scopes[name]:
			within = nil
		case name == "li":
			within = listScope
		}
		t.closeTo(name, within)
		return
	}
	block := false
	for i := len(t.open) - 1; i > 0; i-- {
		switch n := t.open[i].Data; {
		case n == name && !block:
			t.pop(i)
			return
		case n == name:
			t.counts[name]--
			t.open = slices.Delete(t.open, i, i+1)
			return
		case cells[n] || n == "table":
			return
		default:
			block = block || blockElements[n]
		}
	}
}

// maxStray is how many end tags that close nothing are looked into: each costs
// a search of the open elements.
const maxStray = 1 << 16

var (
	tableScope = nameSet("table")
	listScope  = func() map[string]bool {
		m := nameSet("ul ol menu dir")
		for n := range scopes {
			m[n] = true
		}
		return m
	}()
)

// pop closes the open elements from the i-th on.
func (t *pageTree) pop(i int) {
	for _, n := range t.open[i:] {
		t.counts[n.Data]--
	}
	clear(t.open[i:])
	t.open = t.open[:i]
}

// closeTo closes the innermost element of the name, unless one of the scope is
// in between.
func (t *pageTree) closeTo(name string, scope map[string]bool) {
	if t.counts[name] == 0 {
		return
	}
	for i := len(t.open) - 1; i > 0; i-- {
		if n := t.open[i].Data; n == name {
			t.pop(i)
			return
		} else if scope[n] {
			return
		}
	}
}

// closeItem closes a list's item that is open, of the innermost list.
func (t *pageTree) closeItem(names ...string) {
	for i := len(t.open) - 1; i > 0; i-- {
		n := t.open[i].Data
		if slices.Contains(names, n) {
			t.pop(i)
			return
		}
		if lists[n] || scopes[n] {
			return
		}
	}
}

// closeInTable closes the outermost of the names that is open in the innermost
// table.
func (t *pageTree) closeInTable(names ...string) {
	at := -1
	for i := len(t.open) - 1; i > 0; i-- {
		n := t.open[i].Data
		if n == "table" {
			break
		}
		if slices.Contains(names, n) {
			at = i
		}
	}
	if at > 0 {
		t.pop(at)
	}
}

func (t *pageTree) inForeign() bool { return t.counts["svg"]+t.counts["math"] > 0 }
