package boilerplate

import (
	"slices"
	"strings"
	"unicode"
)

// MarkAsides marks text that belongs to lists of other articles, to comments
// and to the footer.
//
// After the heading of a list of related articles, lines that look like
// headlines are aside until a paragraph comes; where headlines and paragraphs
// alternate (a list with excerpts) the rest of the page is. After the heading
// of the comments or the footer everything is, once a paragraph has been seen:
// what readers write looks like the article.
func MarkAsides(lines []Line) {
	from, to := core(lines)
	all, before := 0, 0 // of the paragraphs of the core
	for i := from; i >= 0 && i <= to; i++ {
		if lines[i].Strong {
			all += len(lines[i].Key)
		}
	}
	for i := 0; i < len(lines); i++ {
		// What follows is no list and no comment as long as most of the text does.
		seen := from >= 0 && i > from && 3*before >= all
		switch l := &lines[i]; l.Class {
		case ClassText:
			if l.Strong && from <= i && i <= to {
				before += len(l.Key)
			}
		case ClassEnd:
			if seen {
				markAside(lines[i+1:])
				return
			}
		case classRelated:
			if isInline(l.Text) {
				continue
			}
			i += markList(lines[i+1:], seen && (2*before >= all || len(lines) < smallPage))
		}
	}
}

func markAside(lines []Line) {
	for i := range lines {
		if lines[i].Class == ClassText {
			lines[i].aside = true
		}
	}
}

// listSample is how many lines after a list of other articles are looked at to
// tell whether the article goes on.
const listSample = 12

// smallPage is how many lines a page has at most where a list of other articles
// may begin before half of the text.
const smallPage = 60

// markList marks the list at the start of lines and returns its length.
func markList(lines []Line, seen bool) int {
	n := 0
	for n < len(lines) && !(lines[n].Class == ClassText && lines[n].Strong) && lines[n].Class != ClassEnd {
		n++
	}
	markAside(lines[:n])
	if !seen || n == len(lines) || lines[n].Class == ClassEnd {
		return n
	}
	headlines, paragraphs := 0, 0
	for _, l := range lines[n:min(len(lines), n+listSample)] {
		if l.Class == ClassEnd {
			break
		}
		switch {
		case l.Class != ClassText:
		case l.Strong:
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

func countText(lines []Line) int {
	n := 0
	for _, l := range lines {
		if l.Class == ClassText {
			n++
		}
	}
	return n
}

// MarkBody marks the paragraphs of the article and the lines between them,
// and reports whether there are any.
//
// Paragraphs with three or more lines of furniture between them belong to
// different blocks. The largest block is the article's; others are too when
// they have a quarter of its length.
func MarkBody(lines []Line) bool {
	type block struct{ first, last, size int }
	var blocks []block
	furniture := 0
	from, to := core(lines)
	for i := range lines {
		l := &lines[i]
		switch {
		case i < from || i > to:
		case l.Class == ClassText && l.Strong && !l.aside && !l.Repeat:
			if len(blocks) == 0 || furniture >= 3 {
				blocks = append(blocks, block{first: i})
			}
			b := &blocks[len(blocks)-1]
			b.last, b.size = i, b.size+len(l.Key)
			furniture = 0
		case l.Class != ClassText && l.Class != classBlank:
			furniture++
		}
	}
	largest := 0
	for _, b := range blocks {
		largest = max(largest, b.size)
	}
	headline := firstHeadline(lines)
	labels := repeatedLabels(lines)
	for _, b := range blocks {
		if 4*b.size < largest {
			continue
		}
		for i := b.first; i <= b.last; i++ {
			lines[i].Body = lines[i].isBody() && !besideMeta(lines, i) && !labels[lines[i].Key]
		}
		markLead(lines, b.first, b.last, headline)
		markTail(lines, b.first, b.last)
	}
	return len(blocks) > 0
}

// repeatedLabels are the short lines without a full stop that the page has three
// times or more: labels of advertisements, of pictures, of other articles.
func repeatedLabels(lines []Line) map[string]bool {
	count := map[string]int{}
	labels := map[string]bool{}
	for i := range lines {
		if l := &lines[i]; l.Class == ClassText && !l.Strong && !l.Stop && l.Words <= ShortWords && !strings.ContainsAny(l.Text, "?؟:") {
			if count[l.Key]++; count[l.Key] == 3 {
				labels[l.Key] = true
			}
		}
	}
	return labels
}

// isBody reports whether a line inside the article's block is part of it.
func (l *Line) isBody() bool { return l.Class == ClassText && !l.aside && !l.Repeat }

// besideMeta reports whether line i is short and stands directly before or
// after a date or byline: a name, not a subheading.
func besideMeta(lines []Line, i int) bool {
	l := &lines[i]
	return !l.Strong && !l.Stop && l.Words <= 5 &&
		(i > 0 && lines[i-1].Class == ClassMeta || i+1 < len(lines) && lines[i+1].Class == ClassMeta)
}

// markTail adds the lines after the last paragraph that have no full stop
// because their writer left it out, up to the first line of furniture. Three
// or more of them after paragraphs that do end with full stops are headlines
// of other articles.
func markTail(lines []Line, first, last int) {
	stops, paragraphs := countStops(lines[first : last+1])
	var tail []int
	for i := last + 1; i < len(lines); i++ {
		l := &lines[i]
		if l.Class == classBlank {
			continue
		}
		if !l.isBody() || l.Words < sentenceWords {
			break
		}
		tail = append(tail, i)
	}
	if len(tail) >= 3 && 5*stops >= 4*paragraphs {
		return
	}
	for _, i := range tail {
		lines[i].Body = true
	}
}

// markLead adds the paragraphs before the first one that has been told as
// such, on pages that leave out full stops: lines of twelve words or more,
// except the one that must be the title. Headline is the page's first headline,
// -1 for none.
func markLead(lines []Line, first, last, headline int) {
	stops, paragraphs := countStops(lines[first : last+1])
	if 2*stops >= paragraphs {
		return
	}
	var lead []int
	headed := false
	for i := first - 1; i >= 0 && !headed; i-- {
		l := &lines[i]
		switch {
		case l.Class == classBlank:
		case l.isBody() && l.Words >= leadWords:
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
		lines[i].Body = true
	}
}

const leadWords = 12

func firstHeadline(lines []Line) int {
	return slices.IndexFunc(lines, func(l Line) bool { return l.isHeadline() && !l.aside })
}

func countStops(lines []Line) (stops, paragraphs int) {
	for i := range lines {
		if l := &lines[i]; l.Body && l.Strong {
			paragraphs++
			if l.Stop {
				stops++
			}
		}
	}
	return stops, paragraphs
}

// MarkBrief marks the body of a page without paragraphs: the first line is the
// title, unless it is the only one, and the longer ones of the others are the
// body.
func MarkBrief(lines []Line) bool {
	var text, long []int
	for i := range lines {
		if l := &lines[i]; l.isBody() && l.Words >= MinTitle {
			text = append(text, i)
			if len(text) > 1 && l.Words >= sentenceWords {
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
		lines[i].Body = true
	}
	return len(text) > 0
}

// isInline reports whether a "read also" line names its one article itself.
func isInline(s string) bool {
	_, rest, ok := strings.Cut(s, ":")
	return ok && strings.IndexFunc(rest, unicode.IsLetter) >= 0
}
