package ingest

import (
	"slices"
	"strings"
	"unicode"
)

// markAsides marks text that belongs to lists of other articles, to comments
// and to the footer.
//
// After the heading of a list of related articles, lines that look like
// headlines are aside until a paragraph comes; where headlines and paragraphs
// alternate (a list with excerpts) the rest of the page is. After the heading
// of the comments or the footer everything is, once a paragraph has been seen:
// what readers write looks like the article.
func markAsides(lines []pageLine) {
	seen := false
	for i := 0; i < len(lines); i++ {
		switch l := &lines[i]; l.class {
		case classText:
			seen = seen || l.strong
		case classEnd:
			if seen {
				markAside(lines[i+1:])
				return
			}
		case classRelated:
			if isInline(l.text) {
				continue
			}
			i += markList(lines[i+1:], seen)
		}
	}
}

func markAside(lines []pageLine) {
	for i := range lines {
		if lines[i].class == classText {
			lines[i].aside = true
		}
	}
}

// listSample is how many lines after a list of other articles are looked at to
// tell whether the article goes on.
const listSample = 400

// markList marks the list at the start of lines and returns its length.
func markList(lines []pageLine, seen bool) int {
	n := 0
	for n < len(lines) && !(lines[n].class == classText && lines[n].strong) && lines[n].class != classEnd {
		n++
	}
	markAside(lines[:n])
	if !seen || n == len(lines) || lines[n].class == classEnd {
		return n
	}
	headlines, paragraphs := 0, 0
	for _, l := range lines[n:min(len(lines), n+listSample)] {
		if l.class == classEnd {
			break
		}
		switch {
		case l.class != classText:
		case l.strong:
			paragraphs++
		default:
			headlines++
		}
	}
	// Subheadings are fewer than a third of the paragraphs they head; in a
	// list with excerpts there is a headline for each.
	if 2*headlines >= paragraphs && headlines > 0 && countText(lines[:n]) > 0 {
		markAside(lines[n:])
		return len(lines)
	}
	return n
}

func countText(lines []pageLine) int {
	n := 0
	for _, l := range lines {
		if l.class == classText {
			n++
		}
	}
	return n
}

// markBody marks the paragraphs of the article and the lines between them,
// and reports whether there are any.
//
// Paragraphs with three or more lines of furniture between them belong to
// different blocks. The largest block is the article's; others are too when
// they have a quarter of its length.
func markBody(lines []pageLine) bool {
	type block struct{ first, last, size int }
	var blocks []block
	furniture := 0
	for i := range lines {
		l := &lines[i]
		switch {
		case l.class == classText && l.strong && !l.aside && !l.repeat:
			if len(blocks) == 0 || furniture >= 3 {
				blocks = append(blocks, block{first: i})
			}
			b := &blocks[len(blocks)-1]
			b.last, b.size = i, b.size+len(l.key)
			furniture = 0
		case l.class != classText && l.class != classBlank:
			furniture++
		}
	}
	largest := 0
	for _, b := range blocks {
		largest = max(largest, b.size)
	}
	headline := firstHeadline(lines)
	for _, b := range blocks {
		if 4*b.size < largest {
			continue
		}
		for i := b.first; i <= b.last; i++ {
			lines[i].body = lines[i].isBody() && !besideMeta(lines, i)
		}
		markLead(lines, b.first, b.last, headline)
		markTail(lines, b.first, b.last)
	}
	return len(blocks) > 0
}

// isBody reports whether a line inside the article's block is part of it.
func (l *pageLine) isBody() bool { return l.class == classText && !l.aside && !l.repeat }

// besideMeta reports whether line i is short and stands directly before or
// after a date or byline: a name, not a subheading.
func besideMeta(lines []pageLine, i int) bool {
	l := &lines[i]
	return !l.strong && !l.stop && l.words <= 5 &&
		(i > 0 && lines[i-1].class == classMeta || i+1 < len(lines) && lines[i+1].class == classMeta)
}

// markTail adds the lines after the last paragraph that have no full stop
// because their writer left it out, up to the first line of furniture. Three
// or more of them after paragraphs that do end with full stops are headlines
// of other articles.
func markTail(lines []pageLine, first, last int) {
	stops, paragraphs := countStops(lines[first : last+1])
	var tail []int
	for i := last + 1; i < len(lines); i++ {
		l := &lines[i]
		if l.class == classBlank {
			continue
		}
		if !l.isBody() || l.words < sentenceWords {
			break
		}
		tail = append(tail, i)
	}
	if len(tail) >= 3 && 5*stops >= 4*paragraphs {
		return
	}
	for _, i := range tail {
		lines[i].body = true
	}
}

// markLead adds the paragraphs before the first one that has been told as
// such, on pages that leave out full stops: lines of twelve words or more,
// except the one that must be the title. Headline is the page's first headline,
// -1 for none.
func markLead(lines []pageLine, first, last, headline int) {
	stops, paragraphs := countStops(lines[first : last+1])
	if 2*stops >= paragraphs {
		return
	}
	var lead []int
	headed := false
	for i := first - 1; i >= 0 && !headed; i-- {
		l := &lines[i]
		switch {
		case l.class == classBlank:
		case l.isBody() && l.words >= leadWords:
			lead = append(lead, i)
		default:
			headed = headline >= 0 && headline <= i
			i = 0
		}
	}
	if !headed && len(lead) > 0 {
		lead = lead[:len(lead)-1]
	}
	for _, i := range lead {
		lines[i].body = true
	}
}

const leadWords = 12

func firstHeadline(lines []pageLine) int {
	return slices.IndexFunc(lines, func(l pageLine) bool { return l.isHeadline() && !l.aside })
}

func countStops(lines []pageLine) (stops, paragraphs int) {
	for i := range lines {
		if l := &lines[i]; l.body && l.strong {
			paragraphs++
			if l.stop {
				stops++
			}
		}
	}
	return stops, paragraphs
}

// markBrief marks the body of a page without paragraphs: the first line is the
// title, unless it is the only one, and the longer ones of the others are the
// body.
func markBrief(lines []pageLine) bool {
	var text, long []int
	for i := range lines {
		if l := &lines[i]; l.isBody() && l.words >= minTitle {
			text = append(text, i)
			if len(text) > 1 && l.words >= sentenceWords {
				long = append(long, i)
			}
		}
	}
	switch {
	case len(long) > 0:
		text = long
	case len(text) > 1:
		text = text[1:]
	}
	for _, i := range text {
		lines[i].body = true
	}
	return len(text) > 0
}

// isInline reports whether a "read also" line names its one article itself.
func isInline(s string) bool {
	_, rest, ok := strings.Cut(s, ":")
	return ok && strings.IndexFunc(rest, unicode.IsLetter) >= 0
}
