package formats

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

func writeCoNLL(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
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

func appendCoNLL(d *labels.Document, opt labels.WriteOptions) (string, error) {
	if strings.ContainsFunc(d.DocID, textfile.BreaksLine) || strings.TrimSpace(d.DocID) != d.DocID {
		return "", fmt.Errorf("doc_id %q: found a line break or white space at its end, which a line cannot hold", d.DocID)
	}
	sentences, err := tagSentences(d, opt)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# doc_id = %s\n", d.DocID)
	for _, s := range sentences {
		for i, token := range s.tokens {
			fmt.Fprintf(&b, "%s\t%s\n", token, s.tags[i])
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// taggedSentence is a row of tokens with their IOB2 tags.
type taggedSentence struct{ tokens, tags []string }

// tagSentences is an article for formats of tokens with flat tags: of
// overlapping mentions the outermost.
func tagSentences(d *labels.Document, opt labels.WriteOptions) ([]taggedSentence, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return nil, err
	}
	g, err := graph.New(opt, d, x, graph.Holds{NoEvents: true, Ids: true})
	if err != nil {
		return nil, err
	}
	if opt.WholeWords {
		widen(g, segment.Tokens(x, nil))
	}
	keep := map[*graph.Node]bool{}
	for _, i := range outermost(g) {
		keep[&g.Nodes[i]] = true
	}
	g.Keep(func(n *graph.Node) bool { return keep[n] }, nil)
	tokens := segment.Tokens(x, g.Spans())
	g.Keep(func(n *graph.Node) bool { _, _, ok := segment.TokenRange(tokens, n.Span); return ok }, nil)
	tags := make([]string, len(tokens))
	for k, i := range outermost(g) {
		n := &g.Nodes[i]
		if strings.ContainsFunc(n.Type, func(r rune) bool { return textfile.BreaksLine(r) || segment.Invisible(r) }) {
			g.Lose(n.Owner, "type")
			n.Type = ""
		}
		loseID(g, n, k)
		from, to, _ := segment.TokenRange(tokens, n.Span)
		for t := from; t < to; t++ {
			tags[t] = "I-" + n.Label()
		}
		tags[from] = "B-" + n.Label()
	}
	var list []taggedSentence
	for _, s := range segment.Sentences(x, tokens, g.Spans()) {
		var row taggedSentence
		for t := s[0]; t < s[1]; t++ {
			surface, _ := x.Slice(tokens[t])
			row.tokens, row.tags = append(row.tokens, surface), append(row.tags, cmp.Or(tags[t], "O"))
		}
		list = append(list, row)
	}
	return list, nil
}

// widen makes every span a row of whole tokens: the least that has it inside.
func widen(g *graph.Graph, tokens []schema.Span) {
	for i := range g.Nodes {
		n := &g.Nodes[i]
		from, _ := slices.BinarySearchFunc(tokens, n.Span.Start, func(t schema.Span, at int32) int { return int(t.End - at - 1) })
		to, _ := slices.BinarySearchFunc(tokens, n.Span.End, func(t schema.Span, at int32) int { return int(t.Start - at) })
		if from >= to {
			continue // nothing visible
		}
		if s := (schema.Span{Start: tokens[from].Start, End: tokens[to-1].End}); s != n.Span {
			n.Span = s
			g.Lose(n.Owner, "span")
		}
	}
}
