package labels

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/schema"
)

// holds is what a format has a place for, besides labelled spans.
type holds struct {
	attributes    []string // names out of [allAttributes]
	confidence    bool     // of nodes
	arcConfidence bool
	fragments     bool
	arcs          bool // arguments, heads, cues and sources
	noEvents      bool
	ids           bool // any string; without it ids are given anew on reading, m1, m2 … and e1, e2 …
}

// text is the article's text, for formats that cannot be written without it.
func articleText(opt WriteOptions, docID string) (*schema.Index, error) {
	if opt.Text != nil {
		if x := opt.Text(docID); x != nil {
			return x, nil
		}
	}
	return nil, fmt.Errorf("document %q: its text is not at hand, and this format carries it", docID)
}

// graph turns a document into a graph, with every span proven against the
// text. What the format does not hold is reported as lost.
func newGraph(opt WriteOptions, d *Document, x *schema.Index, h holds) (*graph, error) {
	b := &graphBuilder{graph: &graph{opt: opt, docID: d.DocID}, x: x, holds: h, ids: map[string]bool{},
		mentions: map[string]int{}, events: map[string]int{}}
	if d.Error != "" {
		b.lose("", "error")
	}
	for i := range d.Mentions {
		b.mention(&d.Mentions[i])
	}
	for i := range d.Events {
		b.event(&d.Events[i])
	}
	for i := range d.Events {
		b.links(&d.Events[i])
	}
	if b.err != nil {
		return nil, fmt.Errorf("document %q: %w", d.DocID, b.err)
	}
	return b.graph, nil
}

type graphBuilder struct {
	*graph
	x        *schema.Index
	holds    holds
	ids      map[string]bool // of nodes
	mentions map[string]int  // place of a mention's node by id
	events   map[string]int
	triggers []int // place by event, -1 for none; in the order of events
	next     int   // event that links comes to
	err      error
}

func (b *graphBuilder) mention(m *schema.Mention) {
	if !m.Span.IsSet() {
		b.lose(m.ID, "mention")
		return
	}
	n := node{kind: mentionNode, id: m.ID, typ: m.Type, span: m.Span, fragments: m.Fragments, text: m.Text, owner: m.ID, field: "mention"}
	b.attribute(&n, "level", m.Level)
	b.attribute(&n, "actor_id", m.ActorID)
	if m.Metonym {
		b.attribute(&n, "metonym", "true")
	}
	at := b.add(n, m.Confidence, b.mentions)
	if !m.Head.IsSet() {
		return
	}
	if !b.holds.arcs {
		b.lose(m.ID, "head")
		return
	}
	head := b.add(node{kind: headNode, id: m.ID + ".head", span: m.Head, owner: m.ID, field: "head"}, nil, nil)
	b.arcs = append(b.arcs, arc{from: at, to: head, label: arcHead, owner: m.ID, field: "head"})
}

func (b *graphBuilder) event(e *schema.Event) {
	if b.holds.noEvents || !e.Span.IsSet() {
		b.lose(e.ID, "event")
		b.triggers = append(b.triggers, -1)
		return
	}
	n := node{kind: eventNode, id: e.ID, typ: e.Type, span: e.Span, fragments: e.Fragments, text: e.Text, owner: e.ID, field: "event"}
	b.attribute(&n, "modes", e.Modes...)
	b.attribute(&n, "contexts", e.Contexts...)
	b.attribute(&n, "cameo", e.CAMEO)
	b.attribute(&n, "realis", e.Realis)
	b.attribute(&n, "auxiliaries", e.Auxiliaries...)
	b.attribute(&n, "hopper_id", e.HopperID)
	b.attribute(&n, "part_of", e.PartOf)
	if e.Quoted != nil {
		b.attribute(&n, "quoted", strconv.FormatBool(*e.Quoted))
	}
	b.triggers = append(b.triggers, b.add(n, e.Confidence, b.events))
}

// links adds an event's arcs, when all mentions and events have their nodes.
func (b *graphBuilder) links(e *schema.Event) {
	at := b.triggers[b.next]
	b.next++
	if at < 0 {
		return
	}
	if e.SourceMentionID != "" {
		b.link(at, b.mentions, e.SourceMentionID, arc{label: arcSource, owner: e.ID, field: "source_mention_id"})
	}
	if e.Cue.IsSet() {
		if !b.holds.arcs {
			b.lose(e.ID, "cue")
		} else {
			cue := b.add(node{kind: cueNode, id: e.ID + ".cue", span: e.Cue, owner: e.ID, field: "cue"}, nil, nil)
			b.arcs = append(b.arcs, arc{from: at, to: cue, label: arcCue, owner: e.ID, field: "cue"})
		}
	}
	for i := range e.Arguments {
		b.argument(e.ID, at, i, &e.Arguments[i])
	}
}

func (b *graphBuilder) argument(id string, at, i int, g *schema.Argument) {
	a := arc{label: roleLabel(g.Role), confidence: g.Confidence, owner: id, field: fmt.Sprintf("arguments[%d]", i)}
	bare := g.MentionID == "" && g.TargetEventID == ""
	switch {
	case !bare && (g.Span.IsSet() || g.Text != "" || g.Value != "" || g.MentionID != "" && g.TargetEventID != ""):
		b.lose(id, a.field+".text") // an argument is one thing; what the id says is kept
		fallthrough
	case !bare:
		target, places := g.MentionID, b.mentions
		if target == "" {
			target, places = g.TargetEventID, b.events
		}
		b.link(at, places, target, a)
	case !b.holds.arcs || !g.Span.IsSet():
		b.lose(id, a.field)
	default:
		n := node{kind: argumentNode, id: id + "." + strconv.Itoa(i), typ: g.Role, span: g.Span, text: g.Text, owner: id, field: a.field}
		b.attribute(&n, "value", g.Value)
		a.from, a.to = at, b.add(n, nil, nil)
		b.addArc(a)
	}
}

// link adds an arc to the node of an id, if there is one.
func (b *graphBuilder) link(from int, places map[string]int, id string, a arc) {
	to, known := places[id]
	if !b.holds.arcs || !known {
		b.lose(a.owner, a.field)
		return
	}
	a.from, a.to = from, to
	b.addArc(a)
}

func (b *graphBuilder) addArc(a arc) {
	if a.confidence != nil && !b.holds.arcConfidence {
		b.lose(a.owner, a.field+".confidence")
		a.confidence = nil
	}
	b.arcs = append(b.arcs, a)
}

func (b *graphBuilder) attribute(n *node, name string, values ...string) {
	held := slices.Contains(b.holds.attributes, name)
	for _, v := range values {
		switch {
		case v == "" && len(values) == 1:
		case !held || v == "":
			b.lose(n.owner, n.attributeField(name))
			n.attributes = slices.DeleteFunc(n.attributes, func(a attribute) bool { return a.name == name })
			return
		default:
			n.attributes = append(n.attributes, attribute{name: name, value: v})
		}
	}
}

// add checks a node's span and adds the node; places, where given, learns its
// id.
func (b *graphBuilder) add(n node, confidence *float64, places map[string]int) int {
	for _, s := range append([]schema.Span{n.span}, n.fragments...) {
		surface, ok := b.x.Slice(s)
		switch {
		case b.err != nil:
		case !ok:
			b.err = fmt.Errorf("%s %q: span %s is not in the text", n.field, n.owner, s)
		case s == n.span && n.text != "" && n.text != surface:
			b.err = fmt.Errorf("%s %q: found %q at %s, expected %q", n.field, n.owner, surface, s, n.text)
		case s == n.span:
			n.text = surface
		}
	}
	if len(n.fragments) > 0 && !b.holds.fragments {
		b.lose(n.owner, "fragments")
		n.fragments = nil
	}
	if n.confidence = confidence; confidence != nil && !b.holds.confidence {
		b.lose(n.owner, "confidence")
		n.confidence = nil
	}
	if places != nil {
		b.name(&n, places)
	}
	for k := 2; n.id == "" || b.ids[n.id]; k++ { // made names give way to given ones where they can
		n.id = fmt.Sprintf("%s.%d", n.owner, k)
	}
	b.ids[n.id] = true
	b.nodes = append(b.nodes, n)
	return len(b.nodes) - 1
}

// name gives a mention or event its id in the file.
func (b *graphBuilder) name(n *node, places map[string]int) {
	at := len(b.nodes)
	_, twice := places[n.owner]
	if !twice {
		places[n.owner] = at
	}
	fresh := madeID(n.kind, len(places))
	lost := n.owner != fresh && !b.holds.ids
	if twice || n.owner == "" || lost {
		n.id = fresh
	}
	if twice || lost && n.owner != "" || b.ids[n.id] {
		b.lose(n.owner, n.field+"_id")
	}
}

// madeID is the id of the k-th mention or event, from 1, of a file without ids.
func madeID(kind nodeKind, k int) string {
	if kind == eventNode {
		return "e" + strconv.Itoa(k)
	}
	return "m" + strconv.Itoa(k)
}
