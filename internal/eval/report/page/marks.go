package page

import (
	"cmp"
	"slices"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/schema"
)

// htmlMark is one label as it is marked in a text.
type htmlMark struct {
	*htmlKind
	Layer       analysis.ErrorLayer
	Class       string
	Counterpart string // its class, "" without one
	ID          string // of the element
	Twin        string // shared with the counterpart
	Note        string // for those who do not see the mark
	Gold, Pred  string // classes, for the filter
	pieces      []schema.Span
	order       int
	height      int // of the line below: 0 for a mark that holds no other, at most 4
}

// Height is how far below the text the mark's line is drawn, 0 to 4.
func (m *htmlMark) Height() int { return m.height }

// htmlNode is a piece of text or a mark with what is inside it. A mark that
// crosses another or a line break is drawn in several pieces, of which the
// first is the target of links and the last carries the sign.
type htmlNode struct {
	textPiece
	Mark        *htmlMark
	First, Last bool
	Children    []htmlNode
	Tail        []htmlNode // the last word, which stays on a line with the sign
}

// mostDepth is how deep marks are drawn inside each other. Deeper ones are in
// the tables only.
const mostDepth = 8

// placed is a piece of a mark on its way into the tree.
type placed struct {
	schema.Span
	mark        *htmlMark
	first, last bool
}

// markLines divides a text into its lines, and each into nodes.
func markLines(text []rune, marks []*htmlMark, rtl bool) [][]htmlNode {
	var all []placed
	for _, m := range marks {
		all = append(all, piecesOf(m, text)...)
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Or(a.Span.Compare(b.Span), cmp.Compare(a.mark.order, b.mark.order)) })
	b := nodeBuilder{text: text}
	if rtl {
		b.foreign = latinRuns(text)
	}
	var out [][]htmlNode
	start := 0
	for at := 0; at <= len(text); at++ {
		if at < len(text) && text[at] != '\n' {
			continue
		}
		line := schema.Span{Start: int32(start), End: int32(at)}
		n := 0
		for n < len(all) && all[n].Start < line.End {
			n++
		}
		out = append(out, b.nodes(line, all[:n], 0))
		all, start = all[n:], at+1
	}
	return out
}

// piecesOf divides a mark's span, or its fragments, at line breaks, and cuts
// off what lies outside the text.
func piecesOf(m *htmlMark, text []rune) []placed {
	var out []placed
	for _, s := range m.pieces {
		s.Start, s.End = max(0, s.Start), min(s.End, int32(len(text)))
		from := s.Start
		for at := s.Start; at <= s.End; at++ {
			if at < s.End && text[at] != '\n' {
				continue
			}
			if from < at {
				out = append(out, placed{Span: schema.Span{Start: from, End: at}, mark: m})
			}
			from = at + 1
		}
	}
	if len(out) > 0 {
		out[0].first, out[len(out)-1].last = true, true
	}
	return out
}

type nodeBuilder struct {
	text    []rune
	foreign []schema.Span // stretches of text to set apart, in order
}

// nodes nests sorted pieces inside a range that contains them all. A piece that
// crosses the end of the one before it is cut there.
func (b *nodeBuilder) nodes(in schema.Span, pieces []placed, depth int) []htmlNode {
	if depth == mostDepth {
		pieces = nil
	}
	var out []htmlNode
	at := in.Start
	for len(pieces) > 0 {
		p := pieces[0]
		out = b.appendText(out, at, p.Start)
		var inside []placed
		inside, pieces = cut(pieces[1:], p.End)
		n := htmlNode{Mark: p.mark, First: p.first, Last: p.last}
		body := p.Span
		if tail := b.lastWord(p.Span); p.last && tail < p.End {
			var last []placed
			inside, last = cut(inside, tail)
			n.Tail = b.nodes(schema.Span{Start: tail, End: p.End}, last, depth+1)
			body.End = tail
		}
		n.Children = b.nodes(body, inside, depth+1)
		for _, part := range [][]htmlNode{n.Children, n.Tail} {
			for i := range part {
				if m := part[i].Mark; m != nil {
					p.mark.height = min(4, max(p.mark.height, m.height+1))
				}
			}
		}
		out = append(out, n)
		at = p.End
	}
	return b.appendText(out, at, in.End)
}

// cut divides sorted pieces at a place; those that cross it are on both sides.
func cut(pieces []placed, at int32) (before, after []placed) {
	n := 0
	for n < len(pieces) && pieces[n].Start < at {
		p := pieces[n]
		n++
		if p.End > at {
			rest := p
			rest.Start, rest.first = at, false
			p.End, p.last = at, false
			after = append(after, rest)
		}
		before = append(before, p)
	}
	if len(after) == 0 {
		return before, pieces[n:]
	}
	after = append(after, pieces[n:]...)
	slices.SortStableFunc(after, func(x, y placed) int { return x.Span.Compare(y.Span) })
	return before, after
}

// lastWord is where the last word of a span begins, its end when that word is
// too long to be kept on one line.
func (b *nodeBuilder) lastWord(s schema.Span) int32 {
	const most = 20
	for at := s.End; at > s.End-most; at-- {
		if at == s.Start || unicode.IsSpace(b.text[at-1]) {
			return at
		}
	}
	return s.End
}

// appendText sets foreign stretches apart that lie inside the range. One that
// a mark cuts is left as it is: its parts would change places.
func (b *nodeBuilder) appendText(out []htmlNode, from, to int32) []htmlNode {
	add := func(from, to int32, foreign bool) {
		if from < to {
			out = append(out, htmlNode{textPiece: textPiece{showNUL(string(b.text[from:to])), foreign}})
		}
	}
	i, _ := slices.BinarySearchFunc(b.foreign, from, func(s schema.Span, at int32) int { return cmp.Compare(s.Start, at) })
	for ; i < len(b.foreign) && b.foreign[i].End <= to; i++ {
		add(from, b.foreign[i].Start, false)
		add(b.foreign[i].Start, b.foreign[i].End, true)
		from = b.foreign[i].End
	}
	add(from, to, false)
	return out
}
