package formats

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

func appendCoNLL2012(d *labels.Document, opt labels.WriteOptions) (string, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return "", err
	}
	if strings.ContainsFunc(d.DocID, func(r rune) bool { return textfile.BreaksLine(r) || segment.Invisible(r) }) || strings.ContainsAny(d.DocID, "()") {
		return "", fmt.Errorf("doc_id %q: found white space or brackets, which a column cannot hold", d.DocID)
	}
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: []string{"actor_id"}, NoEvents: true, Ids: true})
	if err != nil {
		return "", err
	}
	g.Keep(func(n *graph.Node) bool { return n.Attribute("actor_id") != "" }, nil)
	dropCrossing(g)
	tokens := segment.Tokens(x, g.Spans())
	g.Keep(func(n *graph.Node) bool { _, _, ok := segment.TokenRange(tokens, n.Span); return ok }, nil)
	slices.SortStableFunc(g.Nodes, func(a, b graph.Node) int { return a.Span.Compare(b.Span) })
	chains := chains(g, d.DocID)
	opening, closing := make([]string, len(tokens)), make([]string, len(tokens))
	for i := range g.Nodes { // longest first: closing marks are put before those there are
		n := &g.Nodes[i]
		if n.Type != "" {
			g.Lose(n.Owner, "type")
		}
		if n.Owner != "" && n.Owner != graph.MadeID(graph.MentionNode, i+1) {
			g.Lose(n.Owner, "mention_id")
		}
		chain := chains[n.Attribute("actor_id")]
		from, to, _ := segment.TokenRange(tokens, n.Span)
		if from == to-1 {
			opening[from] += "|(" + chain + ")"
			continue
		}
		opening[from] += "|(" + chain
		closing[to-1] = "|" + chain + ")" + closing[to-1]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "#begin document (%s); part 000\n", d.DocID)
	for _, s := range segment.Sentences(x, tokens, g.Spans()) {
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
func dropCrossing(g *graph.Graph) {
	kept := map[string][]*graph.Node{}
	g.Keep(func(n *graph.Node) bool {
		actor := n.Attribute("actor_id")
		if slices.ContainsFunc(kept[actor], func(m *graph.Node) bool { return m.Span.Crosses(n.Span) }) {
			return false
		}
		kept[actor] = append(kept[actor], n)
		return true
	}, nil)
}

// chains gives each actor its number: that of its chain in the article, if all
// ids are numbers, else that of its first mention's place among them. Ids that
// will be others when read are lost.
func chains(g *graph.Graph, docID string) map[string]string {
	numbers, places := map[string]string{}, map[string]string{}
	plain, own := true, true
	for i := range g.Nodes {
		actor := g.Nodes[i].Attribute("actor_id")
		number, here := strings.CutPrefix(actor, ownChain(docID, ""))
		n, err := strconv.ParseUint(number, 10, 31)
		plain, own = plain && err == nil && strconv.FormatUint(n, 10) == number, own && here
		numbers[actor] = number
		if places[actor] == "" {
			places[actor] = strconv.Itoa(len(places))
		}
	}
	distinct := map[string]bool{}
	for _, n := range numbers {
		distinct[n] = true
	}
	plain = plain && len(distinct) == len(numbers)
	if !plain || !own {
		for i := range g.Nodes {
			g.Lose(g.Nodes[i].Owner, "actor_id")
		}
	}
	if plain {
		return numbers
	}
	return places
}
