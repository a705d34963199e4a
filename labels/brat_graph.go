package labels

import (
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// graph links what the lines of a brat file say.
func (b *bratReader) graph(x *schema.Index) (*graph, error) {
	g := &graph{}
	trigger := map[string]bool{}
	for _, e := range b.events {
		trigger[e.args[0][1]] = true
	}
	places := map[string]int{}
	for _, s := range b.spans {
		if trigger[s.id] {
			continue
		}
		kind, typ := parseLabel(s.label)
		if kind == eventNode { // a trigger without an E line
			b.events = append(b.events, bratLink{id: s.id, args: [][2]string{{s.label, s.id}}, at: s.at})
			continue
		}
		places[s.id] = len(g.nodes)
		g.nodes = append(g.nodes, s.node(kind, typ, s.id, x))
	}
	for i := range b.events {
		e := &b.events[i]
		at, known := b.places[e.args[0][1]]
		_, twice := places[e.id]
		if !known || twice {
			return nil, b.bad(e.at, e.id, e.args[0][1], "the T of a trigger, and an id that no other line has")
		}
		places[e.id] = len(g.nodes)
		typ := strings.TrimPrefix(e.args[0][0], kindPrefixes[eventNode])
		g.nodes = append(g.nodes, b.spans[at].node(eventNode, typ, e.id, x))
	}
	link := func(l bratLink, label, from, to string) error {
		i, ok1 := places[from]
		j, ok2 := places[to]
		if !ok1 || !ok2 {
			return b.bad(l.at, l.id, from+" to "+to, "ids of annotations in the file")
		}
		g.arcs = append(g.arcs, arc{from: i, to: j, label: label, at: l.at})
		return nil
	}
	for _, r := range b.relations {
		if err := link(r, r.label, r.args[0][1], r.args[1][1]); err != nil {
			return nil, err
		}
	}
	for _, e := range b.events {
		roles := map[string]bool{}
		for _, a := range e.args[1:] {
			role := a[0]
			if base, numbered := bratRole(role); numbered && roles[base] {
				role = base
			}
			roles[role] = true
			if err := link(e, role, e.id, a[1]); err != nil {
				return nil, err
			}
		}
	}
	b.attach(g)
	for _, q := range b.equivs {
		b.equiv(g, q, places)
	}
	return g, nil
}

func (s bratSpan) node(kind nodeKind, typ, id string, x *schema.Index) node {
	n := node{kind: kind, typ: typ, id: id, at: s.at, text: s.text,
		span: schema.Span{Start: s.fragments[0].Start, End: s.fragments[len(s.fragments)-1].End}}
	if len(s.fragments) > 1 {
		n.fragments, n.text = s.fragments, ""
	} else if surface, ok := x.Slice(n.span); ok && bratLineText(surface) == s.text {
		n.text = surface
	}
	return n
}

// bratRole takes the number, from 2, off a role. It reports whether there was
// one.
func bratRole(role string) (string, bool) {
	base := strings.TrimRight(role, "0123456789")
	n, err := strconv.Atoi(role[len(base):])
	return base, err == nil && n >= 2 && role[len(base)] != '0'
}

// attach gives the nodes their attributes, ids and confidences.
func (b *bratReader) attach(g *graph) {
	for i := range g.nodes {
		n := &g.nodes[i]
		for _, a := range b.attributes[n.id] {
			switch a.name {
			case "mention_id", "event_id":
				n.id = a.value
			case "confidence":
				if v, err := strconv.ParseFloat(a.value, 64); err == nil && v >= 0 && v <= 1 {
					n.confidence = &v
					continue
				}
				b.opt.remark(n.at, fmt.Sprintf("confidence %q of %s left out: no number from 0 to 1", a.value, n.id))
			default:
				n.attributes = append(n.attributes, a)
			}
		}
	}
}

// equiv gives spans with one referent one actor.
func (b *bratReader) equiv(g *graph, q bratLink, places map[string]int) {
	actor := ""
	var members []int
	for _, a := range q.args {
		if i, ok := places[a[1]]; ok && g.nodes[i].kind == mentionNode {
			members = append(members, i)
			if v := g.nodes[i].attribute("actor_id"); actor == "" {
				actor = v
			}
		}
	}
	if actor == "" && len(q.args) > 0 {
		actor = q.args[0][1]
	}
	for _, i := range members {
		if g.nodes[i].attribute("actor_id") == "" {
			g.nodes[i].attributes = append(g.nodes[i].attributes, attribute{name: "actor_id", value: actor})
		}
	}
}

func writeBrat(out Output, docs iter.Seq[*Document], opt WriteOptions) error {
	for d := range docs {
		x, err := articleText(opt, d.DocID)
		if err != nil {
			return err
		}
		b, err := appendBrat(d, x, opt)
		if err != nil {
			return err
		}
		for _, f := range [][2]string{{".ann", b}, {".txt", x.Text()}} {
			if err := out.WriteFile(d.DocID+f[0], func(w io.Writer) error {
				_, err := io.WriteString(w, f[1])
				return err
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

func appendBrat(d *Document, x *schema.Index, opt WriteOptions) (string, error) {
	g, err := newGraph(opt, d, x, holds{attributes: allAttributes, confidence: true, fragments: true, arcs: true, ids: true})
	if err != nil {
		return "", err
	}
	g.keepAttributes(func(_ *node, a attribute) bool { return !strings.ContainsFunc(a.value, breaksLine) })
	w := bratWriter{graph: g, x: x, name: make([]string, len(g.nodes))}
	for i := range g.nodes {
		w.span(i, &g.nodes[i])
	}
	arcs := map[int][]*arc{}
	for i := range g.arcs {
		arcs[g.arcs[i].from] = append(arcs[g.arcs[i].from], &g.arcs[i])
	}
	for i := range g.nodes {
		if n := &g.nodes[i]; n.kind == eventNode {
			w.event(i, n, arcs[i])
		}
	}
	for _, a := range g.arcs {
		if a.label == arcHead && g.nodes[a.to].kind == headNode {
			w.relations++
			fmt.Fprintf(&w.b, "R%d\t%s Arg1:%s Arg2:%s\n", w.relations, a.label, w.name[a.from], w.name[a.to])
		}
	}
	for i := range g.nodes {
		w.fields(w.name[i], &g.nodes[i])
	}
	return w.b.String(), nil
}

type bratWriter struct {
	*graph
	x                            *schema.Index
	b                            strings.Builder
	name                         []string // T1, E1 by node
	events, relations            int
	attributes, references, note int
}

// span writes a node's T. An event's is its trigger.
func (w *bratWriter) span(i int, n *node) {
	if strings.ContainsFunc(n.typ, func(r rune) bool { return breaksLine(r) || invisible(r) }) {
		w.lose(n.owner, "type")
		n.typ = ""
	}
	fragments := n.fragments
	if len(fragments) == 0 {
		fragments = []schema.Span{n.span}
	}
	divided := false
	for k := 1; k < len(fragments); k++ {
		gap, _ := w.x.Slice(schema.Span{Start: fragments[k-1].End, End: fragments[k].Start})
		divided = divided || strings.Trim(gap, "\r\n") != ""
	}
	if len(n.fragments) > 0 && !divided {
		w.lose(n.owner, "fragments") // a reader cannot tell them from the lines of one span
	}
	var offsets, surfaces []string
	for _, f := range w.lines(fragments) {
		surface, _ := w.x.Slice(f)
		offsets = append(offsets, fmt.Sprintf("%d %d", f.Start, f.End))
		surfaces = append(surfaces, surface)
	}
	if w.name[i] = bratTrigger(i); n.kind == eventNode {
		w.events++
		w.name[i] = fmt.Sprintf("E%d", w.events)
	}
	fmt.Fprintf(&w.b, "%s\t%s %s\t%s\n", bratTrigger(i), n.label(), strings.Join(offsets, ";"), bratLineText(strings.Join(surfaces, " ")))
}

// lines divides spans at line breaks.
func (w *bratWriter) lines(spans []schema.Span) []schema.Span {
	var out []schema.Span
	for _, s := range spans {
		text, _ := w.x.Slice(s)
		at, open := s.Start, false
		for _, r := range text {
			switch {
			case r == '\n' || r == '\r':
				open = false
			case open:
				out[len(out)-1].End++
			default:
				out = append(out, schema.Span{Start: at, End: at + 1})
				open = true
			}
			at++
		}
	}
	if len(out) == 0 {
		return spans
	}
	return out
}

// event writes an E: the trigger is the node's T.
func (w *bratWriter) event(i int, n *node, arcs []*arc) {
	fmt.Fprintf(&w.b, "%s\t%s:%s", w.name[i], n.label(), bratTrigger(i))
	seen := map[string]int{}
	for _, a := range arcs {
		base, numbered := bratRole(a.label)
		if strings.ContainsFunc(a.label, invisible) || numbered && seen[base] > 0 {
			w.lose(a.owner, a.field)
			continue
		}
		seen[a.label]++
		role := a.label
		if k := seen[role]; k > 1 {
			role += strconv.Itoa(k)
		}
		fmt.Fprintf(&w.b, " %s:%s", role, w.name[a.to])
	}
	w.b.WriteByte('\n')
}

// bratTrigger is the id of node i's T.
func bratTrigger(i int) string { return fmt.Sprintf("T%d", i+1) }
