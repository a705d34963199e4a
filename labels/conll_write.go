package labels

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

func writeCoNLL(out Output, docs iter.Seq[*Document], opt WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		for d := range docs {
			text, err := appendCoNLL(d, opt)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
		}
		return nil
	})
}

func appendCoNLL(d *Document, opt WriteOptions) (string, error) {
	x, err := articleText(opt, d.DocID)
	if err != nil {
		return "", err
	}
	g, err := newGraph(opt, d, x, holds{noEvents: true, ids: true})
	if err != nil {
		return "", err
	}
	if strings.ContainsFunc(d.DocID, breaksLine) || strings.TrimSpace(d.DocID) != d.DocID {
		return "", fmt.Errorf("doc_id %q: found a line break or white space at its end, which a line cannot hold", d.DocID)
	}
	if opt.WholeWords {
		widen(g, tokenise(x, nil))
	}
	keep := map[*node]bool{}
	for _, i := range outermost(g) {
		keep[&g.nodes[i]] = true
	}
	g.keep(func(n *node) bool { return keep[n] }, nil)
	tokens := tokenise(x, g.spans())
	g.keep(func(n *node) bool { _, _, ok := tokenRange(tokens, n.span); return ok }, nil)
	tags := make([]string, len(tokens))
	for k, i := range outermost(g) {
		n := &g.nodes[i]
		if strings.ContainsFunc(n.typ, func(r rune) bool { return breaksLine(r) || invisible(r) }) {
			g.lose(n.owner, "type")
			n.typ = ""
		}
		if n.owner != madeID(mentionNode, k+1) && n.owner != "" {
			g.lose(n.owner, "mention_id")
		}
		from, to, _ := tokenRange(tokens, n.span)
		for t := from; t < to; t++ {
			tags[t] = "I-" + n.label()
		}
		tags[from] = "B-" + n.label()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# doc_id = %s\n", d.DocID)
	for _, s := range sentences(x, tokens, g.spans()) {
		for t := s[0]; t < s[1]; t++ {
			surface, _ := x.Slice(schema.Span{Start: tokens[t].Start, End: tokens[t].End})
			tag := tags[t]
			if tag == "" {
				tag = "O"
			}
			fmt.Fprintf(&b, "%s\t%s\n", surface, tag)
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// widen makes every span a row of whole tokens: the least that has it inside.
func widen(g *graph, tokens []schema.Span) {
	for i := range g.nodes {
		n := &g.nodes[i]
		from, _ := slices.BinarySearchFunc(tokens, n.span.Start, func(t schema.Span, at int32) int { return int(t.End - at - 1) })
		to, _ := slices.BinarySearchFunc(tokens, n.span.End, func(t schema.Span, at int32) int { return int(t.Start - at) })
		if from >= to {
			continue // nothing visible
		}
		if s := (schema.Span{Start: tokens[from].Start, End: tokens[to-1].End}); s != n.span {
			n.span = s
			g.lose(n.owner, "span")
		}
	}
}
