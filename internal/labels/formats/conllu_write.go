package formats

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

func writeCoNLLU(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		for d := range docs {
			text, err := appendCoNLLU(d, opt)
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

func appendCoNLLU(d *labels.Document, opt labels.WriteOptions) (string, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return "", err
	}
	if strings.ContainsFunc(d.DocID, textfile.BreaksLine) || strings.TrimSpace(d.DocID) != d.DocID {
		return "", fmt.Errorf("doc_id %q: found a line break or white space at its end, which a line cannot hold", d.DocID)
	}
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.MentionAttributes, Confidence: true, Fragments: true, Arcs: true, NoEvents: true, Ids: true})
	if err != nil {
		return "", err
	}
	dropCrossingPieces(g)
	tokens := segment.Tokens(x, g.Spans())
	row := func(s schema.Span) bool { _, _, ok := segment.TokenRange(tokens, s); return ok }
	g.Keep(func(n *graph.Node) bool {
		return !slices.ContainsFunc(nodePieces(n), func(s schema.Span) bool { return !row(s) })
	},
		func(a *graph.Arc) bool { return insideOf(&g.Nodes[a.From], g.Nodes[a.To].Span) })
	marks := conlluMarks(g, tokens)
	var b strings.Builder
	fmt.Fprintf(&b, "# newdoc id = %s\n# global.Entity = eid-etype-head-other\n", d.DocID)
	for k, s := range segment.Sentences(x, tokens, g.Spans()) {
		if k > 0 && x.Text() != "" && strings.Contains(conlluGap(x, tokens, s[0]-1), "\n") {
			b.WriteString("# newpar\n")
		}
		fmt.Fprintf(&b, "# sent_id = %d\n", k+1)
		surface, _ := x.Slice(schema.Span{Start: tokens[s[0]].Start, End: tokens[s[1]-1].End})
		if !strings.ContainsFunc(surface, textfile.BreaksLine) {
			fmt.Fprintf(&b, "# text = %s\n", surface)
		}
		for t := s[0]; t < s[1]; t++ {
			form, _ := x.Slice(tokens[t])
			fmt.Fprintf(&b, "%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", t-s[0]+1, form, conlluMisc(marks[t], conlluGap(x, tokens, t)))
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// conlluGap is what stands between token t and the one after it, a space behind the last.
func conlluGap(x *schema.Index, tokens []schema.Span, t int) string {
	if t+1 >= len(tokens) {
		return " "
	}
	gap, _ := x.Slice(schema.Span{Start: tokens[t].End, End: tokens[t+1].Start})
	return gap
}

func conlluMisc(entity, gap string) string {
	var list []string
	if entity != "" {
		list = append(list, "Entity="+entity)
	}
	switch gap {
	case " ":
	case "":
		list = append(list, "SpaceAfter=No")
	default:
		if plain := conlluSpaceEscapes.Replace(gap); !strings.ContainsFunc(plain, textfile.BreaksLine) {
			list = append(list, "SpacesAfter="+plain)
		}
	}
	if list == nil {
		return "_"
	}
	return strings.Join(list, "|")
}

var conlluSpaceEscapes = strings.NewReplacer(" ", `\s`, "\t", `\t`, "\r", `\r`, "\n", `\n`, "|", `\p`, `\`, `\\`)

// conlluPiece is a mention or a part of one, of tokens from to to, both included.
type conlluPiece struct {
	from, to  int
	id, attrs string
}

// conlluMarks is the value of Entity= of every token: closing marks, the
// mention that began last first, then opening ones, the longest first. A mention
// of one token stands behind those that open there, and before the closing marks
// where none opens, the order of udapi.
func conlluMarks(g *graph.Graph, tokens []schema.Span) []string {
	order := make([]int, len(g.Nodes)) // of the text
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return g.Nodes[a].Span.Compare(g.Nodes[b].Span) })
	entities, types := conlluEntities(g, order), map[string]string{}
	heads := map[int]schema.Span{}
	for _, a := range g.Arcs {
		heads[a.From] = g.Nodes[a.To].Span
	}
	var pieces []conlluPiece
	for _, i := range order {
		n := &g.Nodes[i]
		if n.Kind != graph.MentionNode {
			continue
		}
		if _, has := types[entities[i]]; !has {
			types[entities[i]] = n.Type
		}
		head, known := heads[i]
		parts := nodePieces(n)
		attrs := conlluAttributes(n, types[entities[i]], tokens, head, known)
		for k, s := range parts {
			from, to, _ := segment.TokenRange(tokens, s)
			id := entities[i]
			if len(parts) > 1 {
				id += fmt.Sprintf("[%d/%d]", k+1, len(parts))
			}
			pieces = append(pieces, conlluPiece{from, to - 1, id, attrs})
		}
	}
	slices.SortStableFunc(pieces, func(a, b conlluPiece) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	opening, closing, single := make([]string, len(tokens)), make([]string, len(tokens)), make([]string, len(tokens))
	for _, p := range pieces {
		if p.from == p.to {
			single[p.from] += "(" + p.id + p.attrs + ")"
			continue
		}
		opening[p.from] += "(" + p.id + p.attrs
		closing[p.to] = p.id + ")" + closing[p.to]
	}
	marks := make([]string, len(tokens))
	for t := range tokens {
		if marks[t] = closing[t] + opening[t] + single[t]; opening[t] == "" {
			marks[t] = single[t] + closing[t]
		}
	}
	return marks
}

// conlluAttributes are the fields of a mention behind its id; etype is the type
// of its entity.
func conlluAttributes(n *graph.Node, etype string, tokens []schema.Span, head schema.Span, known bool) string {
	other := []string{"id:" + conlluEscaped(n.ID)}
	var words []int // tokens of the mention
	for _, s := range nodePieces(n) {
		from, to, _ := segment.TokenRange(tokens, s)
		for t := from; t < to; t++ {
			words = append(words, t)
		}
	}
	number := 1
	if n.Type != etype {
		other = append(other, "orig_etype:"+conlluEscaped(n.Type))
	}
	if !known {
		other = append(other, "nohead")
	} else {
		from, to, _ := segment.TokenRange(tokens, head)
		number = slices.Index(words, from) + 1
		if to-from > 1 {
			other = append(other, fmt.Sprintf("headwords:%s", conlluEscaped(fmt.Sprintf("%d-%d", number, number+to-from-1))))
		}
	}
	for _, a := range n.Attributes {
		if a.Name != "actor_id" {
			other = append(other, a.Name+":"+conlluEscaped(a.Value))
		}
	}
	if n.Attribute("actor_id") == "" {
		other = append(other, "noactor")
	}
	if n.Confidence != nil {
		other = append(other, "confidence:"+conlluEscaped(strconv.FormatFloat(*n.Confidence, 'g', -1, 64)))
	}
	slices.Sort(other)
	return fmt.Sprintf("-%s-%d-%s", conlluEscaped(etype), number, strings.Join(other, ","))
}

// conlluEntities is the id of the entity of every mention: its actor's, or a
// fresh one, as every mention of CorefUD is of an entity.
func conlluEntities(g *graph.Graph, order []int) []string {
	taken := map[string]bool{}
	for i := range g.Nodes {
		taken[conlluEscaped(g.Nodes[i].Attribute("actor_id"))] = true
	}
	ids := make([]string, len(g.Nodes))
	k := 0
	for _, i := range order {
		if ids[i] = conlluEscaped(g.Nodes[i].Attribute("actor_id")); ids[i] != "" || g.Nodes[i].Kind != graph.MentionNode {
			continue
		}
		for k++; taken["e"+strconv.Itoa(k)]; k++ {
		}
		ids[i] = "e" + strconv.Itoa(k)
	}
	return ids
}

// conlluEscaped writes what has a meaning in Entity= as %XX.
func conlluEscaped(v string) string {
	var b strings.Builder
	for _, r := range v {
		if strings.ContainsRune("%-()|=,:[]/", r) || unicode.IsSpace(r) || segment.Invisible(r) {
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// nodePieces are the fragments of a node, or its span where it has none.
func nodePieces(n *graph.Node) []schema.Span {
	if len(n.Fragments) > 0 {
		return n.Fragments
	}
	return []schema.Span{n.Span}
}

// insideOf reports whether a head lies in one piece of its mention.
func insideOf(n *graph.Node, head schema.Span) bool {
	return slices.ContainsFunc(nodePieces(n), func(s schema.Span) bool { return s.Start <= head.Start && head.End <= s.End })
}

// dropCrossingPieces drops each mention that crosses an earlier one of its
// actor, as the marks of an entity can only nest, and makes one piece of a
// discontinuous mention that overlaps another of its actor.
func dropCrossingPieces(g *graph.Graph) {
	kept := map[string][]*graph.Node{}
	g.Keep(func(n *graph.Node) bool {
		actor := n.Attribute("actor_id")
		if n.Kind != graph.MentionNode || actor == "" {
			return true
		}
		for _, m := range kept[actor] {
			if len(n.Fragments) > 0 && m.Span.Start < n.Span.End && n.Span.Start < m.Span.End {
				g.Lose(n.Owner, "fragments")
				n.Fragments = nil
			}
		}
		for _, m := range kept[actor] {
			for _, a := range append(nodePieces(m), m.Span) {
				if a.Crosses(n.Span) {
					return false
				}
			}
		}
		kept[actor] = append(kept[actor], n)
		return true
	}, nil)
}
