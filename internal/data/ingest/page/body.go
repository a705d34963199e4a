package page

import (
	"net/url"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// Bounds on the pages that readability is asked about. It looks into every
// element several times, and at all the text inside. Of 881 pages of all kinds
// the largest has 10,027 elements and depths of 9.7 million (see
// [pageTree.depths]).
const (
	maxReadable       = 50000 // elements
	maxReadableDepths = 100 << 20
	elementCost       = 64 // bytes of text that an element is worth
)

// kept asks readability which texts of the page are its article's; the result
// is by number of the text. It is nil where readability finds none. It works on
// a copy of the tree.
func (t *pageTree) kept(base *url.URL) (kept []bool) {
	if t.n > maxReadable || len(t.texts) > 2*maxReadable || t.depths > maxReadableDepths {
		return nil
	}
	defer func() {
		if recover() != nil {
			kept = nil // the lines alone must do
		}
	}()
	p := readability.NewParser()
	p.DisableJSONLD = true
	a, err := p.ParseDocument(t.doc, base)
	if err != nil || a.Node == nil {
		return nil
	}
	kept = make([]bool, len(t.texts))
	for n := range a.Node.Descendants() {
		if n.Type == html.TextNode {
			if k, ok := textNumber(n); ok && k < len(kept) {
				kept[k] = true
			}
		}
	}
	return kept
}

// minBody is the least text, in bytes of the comparison key, that readability
// must have left; with less the lines are judged as those of a plain text.
const minBody = 140

// markArticle marks the lines of the article. It reports false for a page that
// has none, and the first repeated line and the one it repeats, or -1, -1.
func markArticle(f *flow, page []boilerplate.Line, kept []bool) (second, of int, ok bool) {
	second, of = -1, -1
	if kept != nil {
		f.markKept(page, kept)
		f.widen(page)
		f.addLead(page)
		f.keepArticle(page)
		f.showPaid(page)
		f.dropBoxes(page)
		f.fillGaps(page)
		f.dropLabels(page)
		f.trimEdges(page)
		f.endAtComments(page)
		second, of = dropRepeats(page)
	}
	size := 0
	for i := range page {
		if page[i].Body {
			size += len(page[i].Key)
		}
	}
	if size >= minBody {
		return second, of, true
	}
	// Readability found next to nothing.
	plain := make([]boilerplate.Line, len(page))
	copy(plain, page)
	for i := range plain {
		plain[i].Body = false
		if f.lines[i].region&(inFurniture|inHidden) != 0 || f.lines[i].isLink() {
			plain[i].Class = boilerplate.ClassChrome
		}
	}
	boilerplate.MarkAsides(plain)
	s, o := boilerplate.MarkRepeats(plain)
	if !boilerplate.MarkBody(plain) && size == 0 && !boilerplate.MarkBrief(plain) {
		// Some sites hide the whole page until their scripts have run.
		if f.unhide() {
			return markArticle(f, page, nil)
		}
		return -1, -1, false
	}
	now := 0
	for i := range plain {
		if plain[i].Body {
			now += len(plain[i].Key)
		}
	}
	if now > size {
		copy(page, plain)
		return s, o, true
	}
	return second, of, true
}

// unhide takes what the page hides for shown; it reports whether there was any.
func (f *flow) unhide() (any bool) {
	for i := range f.lines {
		any = any || f.lines[i].region&inHidden != 0
		f.lines[i].region &^= inHidden
	}
	return any
}

// isLink reports whether a line is nothing but a link.
func (l *flowLine) isLink() bool { return 10*l.link > 9*l.size }

// markKept marks the lines that readability kept, without the furniture that
// it left among them. Classes name furniture only while most of the text has
// none of them: some sites call the article itself a "widget".
func (f *flow) markKept(page []boilerplate.Line, kept []bool) {
	var total, named int32
	for i := range page {
		l := &f.lines[i]
		var in int32
		for _, p := range l.parts {
			if kept[p.text] {
				in += p.n
			}
		}
		if page[i].Body = 2*in > l.size; page[i].Body {
			total += l.size
			if l.region&inNamed != 0 {
				named += l.size
			}
		}
	}
	furniture := inFurniture | inHidden | inCaption
	var besides int32
	for i := range page {
		if f.prose(page, i) {
			besides += f.lines[i].size
		}
	}
	if 3*named < total || besides > 2*named {
		furniture |= inNamed
	}
	for i := range page {
		l, p := &f.lines[i], &page[i]
		switch {
		case p.Class != boilerplate.ClassText, l.region&furniture != 0:
			p.Body = false
		case !p.Strong && l.isLink(), !p.Stop && 10*l.link > 8*l.size:
			p.Body = false
		}
	}
}

// prose reports whether line i is a paragraph that may belong to an article.
func (f *flow) prose(page []boilerplate.Line, i int) bool {
	l, p := &f.lines[i], &page[i]
	return p.Class == boilerplate.ClassText && p.Strong && 3*l.link <= l.size && l.region&(inFurniture|inHidden|inCaption|inNamed) == 0
}

// widen adds paragraphs where those that were kept are less than half of the
// page's: all in the innermost block that has four fifths of them.
func (f *flow) widen(page []boilerplate.Line) {
	all, in := 0, 0
	weight := make([]int, len(f.blocks))
	for i := range page {
		if !f.prose(page, i) {
			continue
		}
		n := len(page[i].Key)
		all += n
		if page[i].Body {
			in += n
		}
		weight[f.lines[i].block] += n
	}
	if 2*in >= all {
		return
	}
	for b := len(f.blocks) - 1; b > 0; b-- {
		weight[f.blocks[b]] += weight[b]
	}
	// Blocks with four fifths are inside one another, and inner ones come later.
	best := 0
	for b, n := range weight {
		if 5*n >= 4*all {
			best = b
		}
	}
	inside := make([]bool, len(f.blocks))
	for b := best; b < len(f.blocks); b++ {
		inside[b] = b == best || f.blocks[b] >= 0 && inside[f.blocks[b]]
	}
	for i := range page {
		if inside[f.lines[i].block] && f.prose(page, i) {
			page[i].Body = true
		}
	}
}

// addLead adds the paragraphs between the last <h1> before the body and the
// body, which many pages have in the block of the heading, and short sentences.
func (f *flow) addLead(page []boilerplate.Line) {
	first, _ := boilerplate.BodyBounds(page)
	for i := first - 1; i >= 0; i-- {
		if f.lines[i].region&inH1 == 0 {
			continue
		}
		for j := first - 1; j > i; j-- {
			page[j].Body = page[j].Body || f.prose(page, j) || f.sentence(page, j) || f.opens(page, j)
		}
		return
	}
}

// sentence reports whether line i of the article, in an element that holds text,
// is a short sentence: it ends as one, or most of its words begin with small letters.
func (f *flow) sentence(page []boilerplate.Line, i int) bool {
	l, p := &f.lines[i], &page[i]
	if p.Class != boilerplate.ClassText || l.link > 0 || !f.isText(i) && (!p.Stop || p.Words < 3) || l.region&inArticle == 0 || l.region&(inFurniture|inHidden|inCaption|inFigure|inNamed|inBox|inHeading) != 0 {
		return false
	}
	if p.Words <= boilerplate.ShortWords && strings.IndexFunc(p.Text, unicode.IsDigit) >= 0 {
		return false // a date, the minutes that reading takes
	}
	return p.Words > 1 && (p.Stop || strings.ContainsAny(p.Text[len(p.Text)-1:], "?!") || strings.HasSuffix(p.Text, "؟")) || p.Words >= 4 && p.ReadsAsText()
}

// opens reports whether line i is a heading of the article directly above the
// body, in which there are others like it.
func (f *flow) opens(page []boilerplate.Line, i int) bool {
	r, b := f.lines[i].region, f.lines[i].block
	if b < 0 || r&(inHeading|inH1|inArticle) != inHeading|inArticle || r&(inFurniture|inHidden|inNamed|inBox) != 0 || page[i].Class != boilerplate.ClassText || f.lines[i].link > 0 ||
		i+1 >= len(page) || !page[i+1].Body || f.lines[i+1].region&inHeading != 0 {
		return false
	}
	for j := i + 1; j+1 < len(page); j++ {
		if c := f.lines[j].block; c >= 0 && f.names[c] == f.names[b] && f.class[c] == f.class[b] && page[j+1].Body && f.lines[j].region&(inFurniture|inHidden|inNamed) == 0 {
			return true
		}
	}
	return false
}

// endAtComments ends the body at the heading of the comments, if most of it is
// before and none of what follows stands beside what came before: in the block
// that holds most paragraphs.
func (f *flow) endAtComments(page []boilerplate.Line) {
	shelf := f.shelf(page)
	all, before := 0, 0
	last := -1 // line of the shelf
	for i := range page {
		if page[i].Body {
			all += len(page[i].Key)
			if f.prose(page, i) && f.parent(i) == shelf {
				last = i
			}
		}
	}
	for i := range page {
		if page[i].Body {
			before += len(page[i].Key)
		}
		if page[i].Class == boilerplate.ClassEnd && 2*before > all && i > last {
			for j := i; j < len(page); j++ {
				if page[j].Body {
					page[j].Body, page[j].Why = false, document.RuleComments
				}
			}
			return
		}
	}
}

// parent is the block around that of line i.
func (f *flow) parent(i int) int32 {
	if b := f.lines[i].block; b >= 0 {
		return f.blocks[b]
	}
	return -1
}

// shelf is the block that directly holds most of the body's paragraphs, -2 for
// none.
func (f *flow) shelf(page []boilerplate.Line) int32 {
	weight := map[int32]int{}
	best := int32(-2)
	for i := range page {
		if page[i].Body && page[i].Strong {
			b := f.parent(i)
			weight[b] += len(page[i].Key)
			if best == -2 || weight[b] > weight[best] {
				best = b
			}
		}
	}
	return best
}

// dropRepeats drops second copies from the body.
func dropRepeats(page []boilerplate.Line) (first, of int) {
	var body []boilerplate.Line
	var at []int
	for i := range page {
		if page[i].Body {
			body = append(body, page[i])
			at = append(at, i)
		}
	}
	first, of = boilerplate.MarkRepeats(body)
	for j, i := range at {
		page[i].Repeat, page[i].Partial = body[j].Repeat, body[j].Partial
		page[i].Body = !page[i].Repeat
	}
	if first >= 0 {
		return at[first], at[of]
	}
	return -1, -1
}
