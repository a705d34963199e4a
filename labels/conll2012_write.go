package labels

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func appendCoNLL2012(d *Document, opt WriteOptions) (string, error) {
	x, err := articleText(opt, d.DocID)
	if err != nil {
		return "", err
	}
	if strings.ContainsFunc(d.DocID, func(r rune) bool { return breaksLine(r) || invisible(r) }) || strings.ContainsAny(d.DocID, "()") {
		return "", fmt.Errorf("doc_id %q: found white space or brackets, which a column cannot hold", d.DocID)
	}
	g, err := newGraph(opt, d, x, holds{attributes: []string{"actor_id"}, noEvents: true, ids: true})
	if err != nil {
		return "", err
	}
	g.keep(func(n *node) bool { return n.attribute("actor_id") != "" }, nil)
	dropCrossing(g)
	tokens := tokenise(x, g.spans())
	g.keep(func(n *node) bool { _, _, ok := tokenRange(tokens, n.span); return ok }, nil)
	slices.SortStableFunc(g.nodes, func(a, b node) int { return a.span.Compare(b.span) })
	chains := chains(g)
	opening, closing := make([]string, len(tokens)), make([]string, len(tokens))
	for i := range g.nodes { // longest first: closing marks are put before those there are
		n := &g.nodes[i]
		if n.typ != "" {
			g.lose(n.owner, "type")
		}
		if n.owner != "" && n.owner != madeID(mentionNode, i+1) {
			g.lose(n.owner, "mention_id")
		}
		chain := chains[n.attribute("actor_id")]
		from, to, _ := tokenRange(tokens, n.span)
		if from == to-1 {
			opening[from] += "|(" + chain + ")"
			continue
		}
		opening[from] += "|(" + chain
		closing[to-1] = "|" + chain + ")" + closing[to-1]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "#begin document (%s); part 000\n", d.DocID)
	for _, s := range sentences(x, tokens, g.spans()) {
		for t := s[0]; t < s[1]; t++ {
			surface, _ := x.Slice(tokens[t])
			coref := strings.TrimPrefix(opening[t]+closing[t], "|")
			if coref == "" {
				coref = "-"
			}
			fmt.Fprintf(&b, "%s\t0\t%d\t%s\t-\t*\t-\t-\t-\t-\t*\t%s\n", d.DocID, t-s[0], surface, coref)
		}
		b.WriteByte('\n')
	}
	b.WriteString("#end document\n")
	return b.String(), nil
}

// dropCrossing drops each mention that crosses an earlier one of its actor:
// the marks of a chain can only nest.
func dropCrossing(g *graph) {
	kept := map[string][]*node{}
	g.keep(func(n *node) bool {
		actor := n.attribute("actor_id")
		if slices.ContainsFunc(kept[actor], func(m *node) bool { return m.span.Crosses(n.span) }) {
			return false
		}
		kept[actor] = append(kept[actor], n)
		return true
	}, nil)
}

// chains gives each actor its number: its id, if all ids are numbers, else
// that of its first mention's place among them.
func chains(g *graph) map[string]string {
	chains := map[string]string{}
	plain := true
	for i := range g.nodes {
		actor := g.nodes[i].attribute("actor_id")
		n, err := strconv.ParseUint(actor, 10, 31)
		plain = plain && err == nil && strconv.FormatUint(n, 10) == actor
		if chains[actor] == "" {
			chains[actor] = strconv.Itoa(len(chains))
		}
	}
	for actor := range chains {
		if plain {
			chains[actor] = actor
		}
	}
	if !plain {
		for i := range g.nodes {
			g.lose(g.nodes[i].owner, "actor_id")
		}
	}
	return chains
}
