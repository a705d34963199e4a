package page

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
)

// home marks the blocks of the body's home: the innermost block that holds four
// fifths of it, and all inside.
func (f *flow) home(page []boilerplate.Line) []bool {
	weight := make([]int, len(f.blocks))
	all := 0
	for i := range page {
		if b := f.lines[i].block; page[i].Body && b >= 0 {
			weight[b] += len(page[i].Key)
			all += len(page[i].Key)
		}
	}
	return f.inside(weight, all)
}

// inside marks the innermost block with four fifths of the weight, and all
// inside it. weight is changed.
func (f *flow) inside(weight []int, all int) []bool {
	for b := len(f.blocks) - 1; b > 0; b-- {
		if p := f.blocks[b]; p >= 0 {
			weight[p] += weight[b]
		}
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
	return inside
}

// in reports whether line i stands in one of the marked blocks.
func (f *flow) in(blocks []bool, i int) bool {
	b := f.lines[i].block
	return b >= 0 && blocks[b]
}

// showPaid takes for shown what a page hides beside the body when that is more
// than what it shows: the full text behind an offer to subscribe.
func (f *flow) showPaid(page []boilerplate.Line) {
	shelf := f.shelf(page)
	if shelf < 0 {
		return
	}
	near := f.below(max(f.blocks[shelf], 0))
	shown, hidden := 0, 0
	for i := range page {
		switch {
		case page[i].Body && f.in(near, i):
			shown += len(page[i].Key)
		case f.lines[i].region&inHidden != 0 && f.in(near, i) && f.proseBut(page, i, inHidden):
			hidden += len(page[i].Key)
		}
	}
	if hidden <= shown {
		return
	}
	for i := range page {
		if f.in(near, i) {
			f.lines[i].region &^= inHidden
			page[i].Body = page[i].Body || f.prose(page, i)
		}
	}
}

// below marks a block and all inside it.
func (f *flow) below(b int32) []bool {
	inside := make([]bool, len(f.blocks))
	for i := int(b); i < len(f.blocks); i++ {
		inside[i] = i == int(b) || f.blocks[i] >= 0 && inside[f.blocks[i]]
	}
	return inside
}

// keepArticle leaves out of the body what stands outside the <article> or <main>
// that has the page's headline, if there is an article left.
func (f *flow) keepArticle(page []boilerplate.Line) {
	headed := false
	for i := range page {
		headed = headed || f.lines[i].region&(inH1|inArticle) == inH1|inArticle && f.lines[i].region&(inFurniture|inHidden) == 0
	}
	if !headed {
		return
	}
	size := 0
	for i := range page {
		if f.lines[i].region&inArticle != 0 && f.prose(page, i) {
			size += len(page[i].Key)
		}
	}
	if size < 2*minBody {
		return
	}
	kept := 0
	for i := range page {
		if page[i].Body && f.lines[i].region&inArticle != 0 {
			kept += len(page[i].Key)
		}
	}
	for i := range page {
		switch {
		case f.lines[i].region&inArticle == 0:
			page[i].Body = false
		case 4*kept < size && f.prose(page, i):
			page[i].Body = true
		}
	}
}

// dropBoxes leaves out boxes that stand among the paragraphs: a block on their
// shelf that has a button or a field, or is mostly links.
func (f *flow) dropBoxes(page []boilerplate.Line) {
	shelf := f.shelf(page)
	if shelf < 0 {
		return
	}
	box := make([]int32, len(f.blocks)) // the child of the shelf around a block; -1 for none
	for b := range box {
		box[b] = -1
		switch p := f.blocks[b]; {
		case p == shelf:
			box[b] = int32(b)
		case p >= 0:
			box[b] = box[p]
		}
	}
	var all int32
	size, link := make([]int32, len(f.blocks)), make([]int32, len(f.blocks))
	form := make([]bool, len(f.blocks))
	for i := range page {
		l := &f.lines[i]
		if page[i].Body {
			all += l.size
		}
		if l.block >= 0 && box[l.block] >= 0 {
			size[box[l.block]] += l.size
			link[box[l.block]] += l.link
		}
	}
	for b := range box {
		if f.forms[b] && box[b] >= 0 {
			form[box[b]] = true
		}
	}
	for i := range page {
		l := &f.lines[i]
		if l.block < 0 || box[l.block] < 0 {
			continue
		}
		c := box[l.block]
		if n := f.names[c]; n == "p" || headings[n] || n == "table" {
			continue
		}
		if 4*size[c] < all && (form[c] && size[c] <= boxRunes || 2*link[c] > size[c]) {
			page[i].Body = false
			l.region |= inBox
		}
	}
}

// boxRunes is the most code points of a box that is told by its buttons.
const boxRunes = 800

// textBlocks are the elements whose lines are text, however short.
var textBlocks = nameSet("p li td th dt dd blockquote pre h1 h2 h3 h4 h5 h6 caption summary")

// dropLabels leaves out short lines that are no paragraph, list or table: those
// that stand alone in their block, or several times on the page.
func (f *flow) dropLabels(page []boilerplate.Line) {
	count := map[string]int{}
	children := make([]int, len(f.blocks)) // lines of the body
	for i := range page {
		count[page[i].Key]++
		if p := f.parent(i); p >= 0 && page[i].Body {
			children[p]++
		}
	}
	for i := range page {
		l, p := &f.lines[i], &page[i]
		if !p.Body || p.Strong || p.Stop || l.block < 0 || textBlocks[f.names[l.block]] || p.Words > boilerplate.ShortWords {
			continue
		}
		if par := f.parent(i); count[p.Key] > 1 || par >= 0 && children[par] < 2 {
			p.Body = false
			l.region |= inBox
		}
	}
}

// isText reports whether line i stands in an element that holds text.
func (f *flow) isText(i int) bool {
	b := f.lines[i].block
	return b >= 0 && textBlocks[f.names[b]]
}

// quoted reports whether line i stands in a quotation, such as a post of others.
func (f *flow) quoted(i int) bool {
	for b := f.lines[i].block; b >= 0; b = f.blocks[b] {
		if f.names[b] == "blockquote" {
			return true
		}
	}
	return false
}

// trimEdges leaves out what stands before the first paragraph and behind the
// last and is none: names, dates, labels.
func (f *flow) trimEdges(page []boilerplate.Line) {
	first, last := boilerplate.BodyBounds(page)
	if first < 0 {
		return
	}
	strong := false
	for i := range page {
		strong = strong || page[i].Body && page[i].Strong
	}
	if !strong {
		return
	}
	divs := f.paragraphs(page)
	edge := func(i int) bool {
		p := &page[i]
		if !p.Body {
			return true
		}
		if p.Strong || p.Stop || p.Words > boilerplate.ShortWords || f.sentence(page, i) || f.opens(page, i) || f.lines[i].region&inFacts != 0 || i > first && f.likeBlock(i, divs) {
			return false
		}
		p.Body = false
		return true
	}
	for i := first; i < last && edge(i); i++ {
	}
	for i := last; i > first && (f.lines[i].region&inHeading != 0 || f.lines[i].region&(inList|inTable) == 0 && !f.isText(i) && edge(i)); i-- {
		page[i].Body = false
	}
}

// likeBlock reports whether line i stands in a block beside b and of its kind.
func (f *flow) likeBlock(i int, b int32) bool {
	c := f.lines[i].block
	return c >= 0 && b >= 0 && f.blocks[c] == f.blocks[b] && f.names[c] == f.names[b] && f.class[c] == f.class[b]
}

// paragraphs is a block that holds a paragraph of the body's shelf, where that
// is no <p> and no other element for text; -1 for none.
func (f *flow) paragraphs(page []boilerplate.Line) int32 {
	shelf := f.shelf(page)
	for i := range page {
		if b := f.lines[i].block; page[i].Body && page[i].Strong && b >= 0 && shelf >= 0 && f.blocks[b] == shelf && !f.isText(i) {
			return b
		}
	}
	return -1
}

// fillGaps adds to the body what readability left out of its midst: between the
// first and the last line, in its home. Paragraphs that stand on the same shelf
// as most of the others are added before and behind, too.
func (f *flow) fillGaps(page []boilerplate.Line) {
	home, shelf := f.home(page), f.shelf(page)
	first, last := boilerplate.BodyBounds(page)
	if first < 0 {
		return
	}
	for i := range page {
		if (i < first || i > last) && f.in(home, i) && (f.parent(i) == shelf && f.prose(page, i) || f.lines[i].region&inFacts != 0 && page[i].Class == boilerplate.ClassText) {
			page[i].Body = true
		}
	}
	f.addVerse(page, last, shelf)
	first, last = boilerplate.BodyBounds(page)
	before := 0 // paragraphs of the body before line i
	for i := first; i <= last; i++ {
		if page[i].Body && page[i].Strong {
			before++
		}
	}
	for i := last; i > first; i-- {
		if page[i].Body && page[i].Strong {
			before--
		}
		if !page[i].Body && f.in(home, i) && f.belongs(page, i, before) {
			page[i].Body = true
		}
	}
}

// addVerse adds the lines of the block at the end of the body or behind it, which
// stands on its shelf and is broken into three lines or more that read as text: a
// poem, a list without markup.
func (f *flow) addVerse(page []boilerplate.Line, last int, shelf int32) {
	from, end := last+1, last+1
	for !page[last].Strong && from > 0 && f.lines[from-1].block == f.lines[last].block {
		from--
	}
	for end < len(page) && f.lines[end].block == f.lines[from].block {
		end++
	}
	if end-from < 3 || f.parent(from) != shelf {
		return
	}
	for i := from; i < end; i++ {
		l, p := &f.lines[i], &page[i]
		if p.Class != boilerplate.ClassText || l.link > 0 || p.Words < 2 || l.region&inArticle == 0 || l.region&(inFurniture|inHidden|inCaption|inFigure|inNamed|inBox|inHeading) != 0 || !p.ReadsAsText() {
			return
		}
	}
	for i := from; i < end; i++ {
		page[i].Body = true
		f.lines[i].region |= inFacts
	}
}

// belongs reports whether a line in the midst of the body, with so many
// paragraphs before it, is part of it.
func (f *flow) belongs(page []boilerplate.Line, i, before int) bool {
	l, p := &f.lines[i], &page[i]
	if l.region&(inFurniture|inHidden|inCaption|inNamed|inBox) != 0 || l.region&inFigure != 0 && l.region&inTable == 0 {
		return false
	}
	structured := l.region&(inList|inTable|inHeading) != 0
	if l.region&inHeading != 0 {
		return f.headsBody(page, i) && (p.Class == boilerplate.ClassText || p.Class == boilerplate.ClassMeta)
	}
	if (l.isLink() || !p.Stop && 10*l.link > 8*l.size) && !boilerplate.IsAddress(p.Text) {
		return false
	}
	switch p.Class {
	case boilerplate.ClassText:
		return true
	case boilerplate.ClassMeta:
		return structured || f.metaBelongs(page, i, before)
	case boilerplate.ClassChrome:
		return structured && p.Folded != "" && boilerplate.IsNumber(p.Folded) || f.isText(i) && (before > 0 && p.Says() || boilerplate.IsAddress(p.Text))
	case boilerplate.ClassNotice, boilerplate.ClassEnd, boilerplate.ClassCaption:
		return p.Strong && before > 0 && !isNoticeLine(p)
	}
	return false
}

// nearEntries is how many lines before and behind one are looked at for others like it.
const nearEntries = 16

// inRow reports whether line i is one of several short ones, dated or not, in blocks of
// one kind beside each other: an entry of a timeline.
func (f *flow) inRow(page []boilerplate.Line, i int) bool {
	b, others := f.lines[i].block, 0
	for j := max(0, i-nearEntries); j < min(len(page), i+nearEntries+1); j++ {
		l, p := &f.lines[j], &page[j]
		if j != i && l.block != b && f.likeBlock(j, b) && !p.Strong && p.Class != boilerplate.ClassChrome && l.link == 0 && l.region&(inFurniture|inHidden|inNamed|inBox) == 0 {
			others++
		}
	}
	return others > 2 && f.lines[i].link == 0
}

// metaBelongs reports whether a line that looks like metadata is part of the body: far
// inside it, a question, prose that tells no date and is no byline, or an entry of a
// timeline.
func (f *flow) metaBelongs(page []boilerplate.Line, i, before int) bool {
	p := &page[i]
	if before == 1 && p.NamesAuthor() {
		return false
	}
	return before > 2 || strings.ContainsAny(p.Text, "?؟") || before > 0 && (p.Strong || f.isText(i) && !boilerplate.TellsDate(p.Text) || f.inRow(page, i))
}

// headsBody reports whether the next line, pictures and their captions aside, is of the body.
func (f *flow) headsBody(page []boilerplate.Line, i int) bool {
	next := i + 1
	for next < len(page) && !page[next].Body && f.lines[next].region&(inCaption|inFigure|inHidden) != 0 {
		next++
	}
	return next < len(page) && page[next].Body
}

func isNoticeLine(p *boilerplate.Line) bool { return !p.Stop }

// proseBut is prose with some regions passed over.
func (f *flow) proseBut(page []boilerplate.Line, i int, pass region) bool {
	l, p := &f.lines[i], &page[i]
	return p.Class == boilerplate.ClassText && p.Strong && 3*l.link <= l.size && l.region&((inFurniture|inHidden|inCaption|inNamed)&^pass) == 0
}
