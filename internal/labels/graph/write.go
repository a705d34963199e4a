package graph

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Holds is what a format has a place for, besides labelled spans.
type Holds struct {
	Attributes    []string // names out of [Attributes]
	Confidence    bool     // of nodes
	ArcConfidence bool
	Fragments     bool
	Arcs          bool // arguments, heads, cues and sources
	NoEvents      bool
	Ids           bool // any string; without it ids are given anew on reading, m1, m2 … and e1, e2 …
}

// text is the article's text, for formats that cannot be written without it.
func Text(opt labels.WriteOptions, docID string) (*schema.Index, error) {
	if opt.Text != nil {
		if x := opt.Text(docID); x != nil {
			return x, nil
		}
	}
	return nil, fmt.Errorf("document %q: its text is not at hand, and this format carries it", docID)
}

// graph turns a document into a graph, with every span proven against the
// text. What the format does not hold is reported as lost.
func New(opt labels.WriteOptions, d *labels.Document, x *schema.Index, h Holds) (*Graph, error) {
	b := &graphBuilder{Graph: &Graph{opt: opt, docID: d.DocID}, x: x, holds: h, ids: map[string]bool{},
		mentions: map[string]int{}, events: map[string]int{}}
	if d.Error != "" {
		b.Lose("", "error")
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
	return b.Graph, nil
}

type graphBuilder struct {
	*Graph
	x        *schema.Index
	holds    Holds
	ids      map[string]bool // of nodes
	mentions map[string]int  // place of a mention's node by id
	events   map[string]int
	triggers []int // place by event, -1 for none; in the order of events
	next     int   // event that links comes to
	err      error
}

func (b *graphBuilder) mention(m *schema.Mention) {
	if !m.Span.IsSet() {
		b.Lose(m.ID, "mention")
		return
	}
	n := Node{Kind: MentionNode, ID: m.ID, Type: m.Type, Span: m.Span, Fragments: m.Fragments, Text: m.Text, Owner: m.ID, Field: "mention"}
	attributes(b, &n, field.Mentions, m)
	at := b.add(n, m.Confidence, b.mentions)
	if !m.Head.IsSet() {
		return
	}
	if !b.holds.Arcs {
		b.Lose(m.ID, "head")
		return
	}
	head := b.add(Node{Kind: HeadNode, ID: m.ID + ".head", Span: m.Head, Owner: m.ID, Field: "head"}, nil, nil)
	b.Arcs = append(b.Arcs, Arc{From: at, To: head, Label: ArcHead, Owner: m.ID, Field: "head"})
}

func (b *graphBuilder) event(e *schema.Event) {
	if b.holds.NoEvents || !e.Span.IsSet() {
		b.Lose(e.ID, "event")
		b.triggers = append(b.triggers, -1)
		return
	}
	n := Node{Kind: EventNode, ID: e.ID, Type: e.Type, Span: e.Span, Fragments: e.Fragments, Text: e.Text, Owner: e.ID, Field: "event"}
	attributes(b, &n, field.Events, e)
	b.triggers = append(b.triggers, b.add(n, e.Confidence, b.events))
}

// attributes gives the node the plain properties of its label.
func attributes[T any](b *graphBuilder, n *Node, fields []field.Field[T], item *T) {
	for i := range fields {
		f := &fields[i]
		if !f.Has(field.Attribute) {
			continue
		}
		switch f.Kind {
		case field.Text:
			b.attribute(n, f.Name, *f.Text(item))
		case field.Texts:
			b.attribute(n, f.Name, *f.Texts(item)...)
		case field.Flag:
			if *f.Flag(item) {
				b.attribute(n, f.Name, "true")
			}
		case field.Maybe:
			if v := *f.Maybe(item); v != nil {
				b.attribute(n, f.Name, strconv.FormatBool(*v))
			}
		}
	}
}

// links adds an event's arcs, when all mentions and events have their nodes.
func (b *graphBuilder) links(e *schema.Event) {
	at := b.triggers[b.next]
	b.next++
	if at < 0 {
		return
	}
	if e.SourceMentionID != "" {
		b.link(at, b.mentions, e.SourceMentionID, Arc{Label: arcSource, Owner: e.ID, Field: "source_mention_id"})
	}
	if e.Cue.IsSet() {
		if !b.holds.Arcs {
			b.Lose(e.ID, "cue")
		} else {
			cue := b.add(Node{Kind: CueNode, ID: e.ID + ".cue", Span: e.Cue, Owner: e.ID, Field: "cue"}, nil, nil)
			b.Arcs = append(b.Arcs, Arc{From: at, To: cue, Label: arcCue, Owner: e.ID, Field: "cue"})
		}
	}
	for i := range e.Arguments {
		b.argument(e.ID, at, i, &e.Arguments[i])
	}
}

func (b *graphBuilder) argument(id string, at, i int, g *schema.Argument) {
	a := Arc{Label: roleLabel(g.Role), Confidence: g.Confidence, Owner: id, Field: fmt.Sprintf("arguments[%d]", i)}
	bare := g.MentionID == "" && g.TargetEventID == ""
	switch {
	case !bare && (g.Span.IsSet() || g.Text != "" || g.Value != "" || g.MentionID != "" && g.TargetEventID != ""):
		b.Lose(id, a.Field+".text") // an argument is one thing; what the id says is kept
		fallthrough
	case !bare:
		target, places := g.MentionID, b.mentions
		if target == "" {
			target, places = g.TargetEventID, b.events
		}
		b.link(at, places, target, a)
	case !b.holds.Arcs || !g.Span.IsSet():
		b.Lose(id, a.Field)
	default:
		n := Node{Kind: ArgumentNode, ID: id + "." + strconv.Itoa(i), Type: g.Role, Span: g.Span, Text: g.Text, Owner: id, Field: a.Field}
		attributes(b, &n, field.Arguments, g)
		a.From, a.To = at, b.add(n, nil, nil)
		b.addArc(a)
	}
}

// link adds an arc to the node of an id, if there is one and one alone.
func (b *graphBuilder) link(from int, places map[string]int, id string, a Arc) {
	to, known := places[id]
	if !b.holds.Arcs || !known || to == ambiguous {
		b.Lose(a.Owner, a.Field)
		return
	}
	a.From, a.To = from, to
	b.addArc(a)
}

func (b *graphBuilder) addArc(a Arc) {
	if a.Confidence != nil && !b.holds.ArcConfidence {
		b.Lose(a.Owner, a.Field+".confidence")
		a.Confidence = nil
	}
	b.Arcs = append(b.Arcs, a)
}

func (b *graphBuilder) attribute(n *Node, name string, values ...string) {
	held := slices.Contains(b.holds.Attributes, name)
	for _, v := range values {
		switch {
		case v == "" && len(values) == 1:
		case !held || v == "":
			b.Lose(n.Owner, n.attributeField(name))
			n.Attributes = slices.DeleteFunc(n.Attributes, func(a Attribute) bool { return a.Name == name })
			return
		default:
			n.Attributes = append(n.Attributes, Attribute{Name: name, Value: v})
		}
	}
}

// add checks a node's span and adds the node; places, where given, learns its
// id.
func (b *graphBuilder) add(n Node, confidence *float64, places map[string]int) int {
	n.ontology = b.opt.Ontology
	for _, s := range append([]schema.Span{n.Span}, n.Fragments...) {
		surface, ok := b.x.Slice(s)
		switch {
		case b.err != nil:
		case !ok:
			b.err = fmt.Errorf("%s %q: span %s is not in the text", n.Field, n.Owner, s)
		case s == n.Span && n.Text != "" && n.Text != surface:
			b.err = fmt.Errorf("%s %q: found %q at %s, expected %q", n.Field, n.Owner, surface, s, n.Text)
		case s == n.Span:
			n.Text = surface
		}
	}
	if len(n.Fragments) > 0 && !b.holds.Fragments {
		b.Lose(n.Owner, "fragments")
		n.Fragments = nil
	}
	if n.Confidence = confidence; confidence != nil && !b.holds.Confidence {
		b.Lose(n.Owner, "confidence")
		n.Confidence = nil
	}
	if places != nil {
		b.name(&n, places)
	}
	for k := 2; n.ID == "" || b.ids[n.ID]; k++ { // made names give way to given ones where they can
		n.ID = fmt.Sprintf("%s.%d", n.Owner, k)
	}
	b.ids[n.ID] = true
	b.Nodes = append(b.Nodes, n)
	return len(b.Nodes) - 1
}

// ambiguous stands for the node of an id that several labels in different places
// have: which of them is meant is not said.
const ambiguous = -1

// name gives a mention or event its id in the file.
func (b *graphBuilder) name(n *Node, places map[string]int) {
	first, twice := places[n.Owner]
	switch {
	case !twice:
		places[n.Owner] = len(b.Nodes)
	case first != ambiguous && (b.Nodes[first].Span != n.Span || !slices.Equal(b.Nodes[first].Fragments, n.Fragments)):
		places[n.Owner] = ambiguous
	}
	fresh := MadeID(n.Kind, len(places))
	lost := n.Owner != fresh && !b.holds.Ids
	if twice || n.Owner == "" || lost {
		n.ID = fresh
	}
	if twice || lost && n.Owner != "" || b.ids[n.ID] {
		b.Lose(n.Owner, n.Field+"_id")
	}
}

// MadeID is the id of the k-th mention or event, from 1, of a file without ids.
func MadeID(kind NodeKind, k int) string {
	if kind == EventNode {
		return "e" + strconv.Itoa(k)
	}
	return "m" + strconv.Itoa(k)
}
