package page

import (
	"strings"

	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
)

// spared are the elements that look like furniture by their name or class and
// hold the page's headline and at least half of the text of its paragraphs, and
// boxes of facts.
func (t *pageTree) spared() map[*html.Node]bool {
	type open struct {
		node *html.Node
		size int // text of paragraphs before it
	}
	var stack []open
	found := map[*html.Node]int{}
	spared := map[*html.Node]bool{}
	size, inP := 0, 0
	walkTree(t.body, func(n *html.Node) bool {
		switch {
		case n.Data == "aside" && isFactBox(n):
			spared[n] = true
		case n.Data == "p":
			inP++
		case n.Data == "h1":
			for _, o := range stack {
				found[o.node] = 0
			}
		case regionOf(n)&(inFurniture|inNamed) != 0:
			stack = append(stack, open{n, size})
		}
		return true
	}, func(n *html.Node) {
		if n.Data == "p" {
			inP--
		}
		if k := len(stack) - 1; k >= 0 && stack[k].node == n {
			if _, ok := found[n]; ok {
				found[n] = size - stack[k].size
			}
			stack = stack[:k]
		}
	}, func(n *html.Node) {
		if inP > 0 {
			size += len(n.Data)
		}
	})
	for n, s := range found {
		if s > 0 && 2*s >= size {
			spared[n] = true
		}
	}
	return spared
}

// factNames are words of the classes and ids of boxes that belong to an article.
var factNames = nameSet("factbox factboxes facts fact infobox info background explainer glossary timeline keyfacts keypoints bullets")

// Bounds on a box of facts, in bytes of text.
const leastFacts, mostFacts = 40, 4000

// isFactBox reports whether an aside inside an article is part of it: it has a
// paragraph, hardly any links and no field or button, and bears no class, or one
// of a box of facts.
func isFactBox(n *html.Node) bool {
	for _, a := range n.Attr {
		if (a.Key == "class" || a.Key == "id") && !isNamed(a.Val, factNames) || a.Key == "role" || a.Key == "hidden" || a.Key == "aria-hidden" {
			return false
		}
	}
	if furnitureClass(attr(n, "class")) || !isWithin(n, "article") && !isWithin(n, "main") {
		return false
	}
	text, link, stops, p := 0, 0, false, false
	for d := range n.Descendants() {
		switch d.Type {
		case html.TextNode:
			s := strings.TrimSpace(d.Data)
			text += len(s)
			stops = stops || boilerplate.EndsStop(s)
			if isWithin(d, "a") {
				link += len(s)
			}
		case html.ElementNode:
			p = p || d.Data == "p" || d.Data == "li"
			if asks[d.Data] || furnitureClass(attr(d, "class")) {
				return false
			}
		}
	}
	return p && stops && leastFacts <= text && text <= mostFacts && 5*link <= text
}

// asks are elements that want something of the reader or show what is no text.
var asks = nameSet("form iframe select textarea button input object video audio canvas map datalist")

// isEntry reports whether an <article> is an entry of a list inside another one:
// without a paragraph, as lists of other articles have it.
func isEntry(n *html.Node) bool {
	if !isWithin(n, "li") || !isWithin(n, "article") && !isWithin(n, "main") {
		return false
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "p" {
			return false
		}
	}
	return true
}

// isWithin reports whether an element of that name is around n.
func isWithin(n *html.Node, name string) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == name {
			return true
		}
	}
	return false
}
