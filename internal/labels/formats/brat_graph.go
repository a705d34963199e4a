package formats

import (
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// Graph links what the lines of a brat file say.
func (b *bratReader) graph(x *schema.Index) (*graph.Graph, error) {
	g := &graph.Graph{}
	places, err := b.nodes(g, x)
	if err != nil {
		return nil, err
	}
	if err := b.arcs(g, places); err != nil {
		return nil, err
	}
	b.attach(g)
	for _, q := range b.equivs {
		b.equiv(g, q, places)
	}
	return g, nil
}

// nodes adds mentions, arguments and events, and gives their places by id.
func (b *bratReader) nodes(g *graph.Graph, x *schema.Index) (places map[string]int, err error) {
	trigger := map[string]bool{}
	for _, e := range b.events {
		trigger[e.args[0][1]] = true
	}
	places = map[string]int{}
	for _, s := range b.spans {
		if trigger[s.id] {
			continue
		}
		kind, typ := graph.ParseLabel(b.opt.Ontology, s.label)
		if kind == graph.EventNode { // a trigger without an E line
			b.events = append(b.events, bratLink{id: s.id, args: [][2]string{{s.label, s.id}}, at: s.at})
			continue
		}
		places[s.id] = len(g.Nodes)
		g.Nodes = append(g.Nodes, s.node(kind, typ, s.id, x))
	}
	for i := range b.events {
		e := &b.events[i]
		at, known := b.places[e.args[0][1]]
		_, twice := places[e.id]
		if !known || twice {
			return nil, b.bad(e.at, e.id, e.args[0][1], "the T of a trigger, and an id that no other line has")
		}
		places[e.id] = len(g.Nodes)
		typ := strings.TrimPrefix(e.args[0][0], graph.KindPrefixes[graph.EventNode])
		g.Nodes = append(g.Nodes, b.spans[at].node(graph.EventNode, typ, e.id, x))
	}
	return places, nil
}

// arcs links the nodes.
func (b *bratReader) arcs(g *graph.Graph, places map[string]int) error {
	link := func(l bratLink, label, from, to string) error {
		i, ok1 := places[from]
		j, ok2 := places[to]
		if !ok1 || !ok2 {
			return b.bad(l.at, l.id, from+" to "+to, "ids of annotations in the file")
		}
		g.Arcs = append(g.Arcs, graph.Arc{From: i, To: j, Label: label, At: l.at, Relation: l.id[0] == 'R'})
		return nil
	}
	for _, r := range b.relations {
		if err := link(r, r.label, r.args[0][1], r.args[1][1]); err != nil {
			return err
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
				return err
			}
		}
	}
	return nil
}

func (s bratSpan) node(kind graph.NodeKind, typ, id string, x *schema.Index) graph.Node {
	n := graph.Node{Kind: kind, Type: typ, ID: id, At: s.at, Text: s.text,
		Span: schema.Span{Start: s.fragments[0].Start, End: s.fragments[len(s.fragments)-1].End}}
	if surface, ok := s.lines(x); ok { // brat divides a span at line breaks
		n.Text = surface
	} else if len(s.fragments) > 1 {
		n.Fragments, n.Text = s.fragments, ""
	} else if surface, ok := x.Slice(n.Span); ok && bratLineText(surface) == s.text {
		n.Text = surface
	}
	return n
}

// lines is the surface of a span whose fragments only line breaks divide.
func (s bratSpan) lines(x *schema.Index) (string, bool) {
	var joined []string
	for k, f := range s.fragments {
		surface, ok := x.Slice(f)
		if !ok {
			return "", false
		}
		if k > 0 {
			if gap, _ := x.Slice(schema.Span{Start: s.fragments[k-1].End, End: f.Start}); strings.Trim(gap, "\r\n") != "" {
				return "", false
			}
		}
		joined = append(joined, surface)
	}
	surface, _ := x.Slice(schema.Span{Start: s.fragments[0].Start, End: s.fragments[len(s.fragments)-1].End})
	return surface, len(joined) > 1 && bratLineText(strings.Join(joined, " ")) == s.text
}

// bratRole takes the number, from 2, off a role. It reports whether there was
// one.
func bratRole(role string) (string, bool) {
	base := strings.TrimRight(role, "0123456789")
	n, err := strconv.Atoi(role[len(base):])
	return base, err == nil && n >= 2 && role[len(base)] != '0'
}

// attach gives the nodes their attributes, ids and confidences.
func (b *bratReader) attach(g *graph.Graph) {
	rest := maps.Clone(b.attributes)
	for i := range g.Nodes {
		n := &g.Nodes[i]
		delete(rest, n.ID)
		for _, a := range b.attributes[n.ID] {
			switch a.Name {
			case "mention_id", "event_id":
				n.ID = a.Value
			case "confidence":
				if v, err := strconv.ParseFloat(a.Value, 64); err == nil && v >= 0 && v <= 1 {
					n.Confidence = &v
					continue
				}
				b.opt.LeaveOut(n.At, "confidence that is no number from 0 to 1", fmt.Sprintf("%q of %s", a.Value, n.ID))
			default:
				n.Attributes = append(n.Attributes, a)
			}
		}
	}
	for _, target := range slices.Sorted(maps.Keys(rest)) {
		for _, a := range rest[target] {
			b.opt.LeaveOut(b.at, fmt.Sprintf("attribute %q", a.Name), "of "+target)
		}
	}
}

// equiv gives spans with one referent one actor.
func (b *bratReader) equiv(g *graph.Graph, q bratLink, places map[string]int) {
	actor := ""
	var members []int
	for _, a := range q.args {
		if i, ok := places[a[1]]; ok && g.Nodes[i].Kind == graph.MentionNode {
			members = append(members, i)
			if v := g.Nodes[i].Attribute("actor_id"); actor == "" {
				actor = v
			}
		}
	}
	if actor == "" && len(q.args) > 0 {
		actor = ownChain(b.docID, q.args[0][1])
	}
	for _, i := range members {
		if g.Nodes[i].Attribute("actor_id") == "" {
			g.Nodes[i].Attributes = append(g.Nodes[i].Attributes, graph.Attribute{Name: "actor_id", Value: actor})
		}
	}
}

func writeBrat(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	for d := range docs {
		x, err := graph.Text(opt, d.DocID)
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

func appendBrat(d *labels.Document, x *schema.Index, opt labels.WriteOptions) (string, error) {
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.Attributes, Confidence: true, Fragments: true, Arcs: true, Ids: true})
	if err != nil {
		return "", err
	}
	g.KeepAttributes(func(_ *graph.Node, a graph.Attribute) bool {
		return !strings.ContainsFunc(a.Value, textfile.BreaksLine)
	})
	w := bratWriter{Graph: g, x: x, name: make([]string, len(g.Nodes))}
	for i := range g.Nodes {
		w.span(i, &g.Nodes[i])
	}
	arcs := map[int][]*graph.Arc{}
	for i := range g.Arcs {
		arcs[g.Arcs[i].From] = append(arcs[g.Arcs[i].From], &g.Arcs[i])
	}
	for i := range g.Nodes {
		if n := &g.Nodes[i]; n.Kind == graph.EventNode {
			w.event(i, n, arcs[i])
		}
	}
	for _, a := range g.Arcs {
		if a.Label == graph.ArcHead && g.Nodes[a.To].Kind == graph.HeadNode {
			w.relations++
			fmt.Fprintf(&w.b, "R%d\t%s Arg1:%s Arg2:%s\n", w.relations, a.Label, w.name[a.From], w.name[a.To])
		}
	}
	for i := range g.Nodes {
		w.fields(w.name[i], &g.Nodes[i])
	}
	return w.b.String(), nil
}

type bratWriter struct {
	*graph.Graph
	x                            *schema.Index
	b                            strings.Builder
	name                         []string // T1, E1 by node
	events, relations            int
	attributes, references, note int
}

// span writes a node's T. An event's is its trigger.
func (w *bratWriter) span(i int, n *graph.Node) {
	if strings.ContainsFunc(n.Type, func(r rune) bool { return textfile.BreaksLine(r) || segment.Invisible(r) }) {
		w.Lose(n.Owner, "type")
		n.Type = ""
	}
	fragments := n.Fragments
	if len(fragments) == 0 {
		fragments = []schema.Span{n.Span}
	}
	divided := false
	for k := 1; k < len(fragments); k++ {
		gap, _ := w.x.Slice(schema.Span{Start: fragments[k-1].End, End: fragments[k].Start})
		divided = divided || strings.Trim(gap, "\r\n") != ""
	}
	if len(n.Fragments) > 0 && !divided {
		w.Lose(n.Owner, "fragments") // a reader cannot tell them from the lines of one span
	}
	var offsets, surfaces []string
	for _, f := range w.lines(fragments) {
		surface, _ := w.x.Slice(f)
		offsets = append(offsets, fmt.Sprintf("%d %d", f.Start, f.End))
		surfaces = append(surfaces, surface)
	}
	if w.name[i] = bratTrigger(i); n.Kind == graph.EventNode {
		w.events++
		w.name[i] = fmt.Sprintf("E%d", w.events)
	}
	fmt.Fprintf(&w.b, "%s\t%s %s\t%s\n", bratTrigger(i), n.Label(), strings.Join(offsets, ";"), bratLineText(strings.Join(surfaces, " ")))
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
func (w *bratWriter) event(i int, n *graph.Node, arcs []*graph.Arc) {
	fmt.Fprintf(&w.b, "%s\t%s:%s", w.name[i], n.Label(), bratTrigger(i))
	seen := map[string]int{}
	for _, a := range arcs {
		base, numbered := bratRole(a.Label)
		if strings.ContainsFunc(a.Label, segment.Invisible) || numbered && seen[base] > 0 {
			w.Lose(a.Owner, a.Field)
			continue
		}
		seen[a.Label]++
		role := a.Label
		if k := seen[role]; k > 1 {
			role += strconv.Itoa(k)
		}
		fmt.Fprintf(&w.b, " %s:%s", role, w.name[a.To])
	}
	w.b.WriteByte('\n')
}

// bratTrigger is the id of node i's T.
func bratTrigger(i int) string { return fmt.Sprintf("T%d", i+1) }
