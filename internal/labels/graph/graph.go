// Package graph is an annotation as labelled spans and arcs between them, the
// shape that most tools share.
package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// Graph is an annotation in the shape that most tools share: labelled spans
// with attributes, and labelled arcs between them. Formats of that shape write
// a Graph made by [New] and read one that its document method turns into a
// document.
//
//   - A mention and a trigger is a node. Its label is its type.
//   - An argument is an arc from its trigger, labelled with the role. One that
//     is a bare span has a node of its own, whose label is the role.
//   - A head is a node "Head" with an arc HEAD from its mention, a reporting
//     verb a node "Cue" with an arc CUE from its event, a source an arc SOURCE
//     from its event to a mention.
//
// A label alone tells what a node is: an event type of the ontology is a
// trigger, a role an argument (a mention where no arc leads to it), anything
// else a mention. Where that would be wrong the label is written with a prefix
// "mention:", "event:" or "argument:".
type Graph struct {
	Nodes []Node
	Arcs  []Arc

	opt   labels.WriteOptions // of a graph to write: who is told of losses
	docID string
}

// NodeKind is what a node stands for.
type NodeKind int

// The kinds; those from ArgumentNode on are parts of a mention or an event.
const (
	MentionNode NodeKind = iota
	EventNode
	ArgumentNode
	HeadNode
	CueNode
)

// Node is a labelled span.
type Node struct {
	Kind       NodeKind
	ID         string
	Type       string // type of a mention or event, role of an argument
	Span       schema.Span
	Fragments  []schema.Span
	Text       string // surface of span
	Attributes []Attribute
	Confidence *float64
	At         labels.Position

	Owner string // id of the mention or event it was made from
	Field string // "mention", "event", "head", "cue", "arguments[2]"

	ontology *schema.Ontology // that its label is read back under
}

// Attribute is one value of a field. A field with several values has several.
type Attribute struct{ Name, Value string }

// Arc is a labelled connection between two nodes, given by their places in the list.
type Arc struct {
	From, To   int
	Label      string
	Confidence *float64
	At         labels.Position

	// Relation says that the file tells relations from arguments and this is a
	// relation: it makes no trigger of the node that it comes from.
	Relation bool

	Owner, Field string
}

// The labels of what is no type and no role.
const (
	labelHead = "Head"
	labelCue  = "Cue"
	ArcHead   = "HEAD"
	arcCue    = "CUE"
	arcSource = "SOURCE"
)

// KindPrefixes make a label of a kind plain, by kind.
var KindPrefixes = []string{MentionNode: "mention:", EventNode: "event:", ArgumentNode: "argument:"}

// Label is how the node is labelled in a format that has nothing but labels.
func (n *Node) Label() string { return LabelOf(n.ontology, n.Kind, n.Type) }

// LabelOf is how a node of a kind and type is labelled under an ontology.
func LabelOf(o *schema.Ontology, kind NodeKind, typ string) string {
	switch kind {
	case HeadNode:
		return labelHead
	case CueNode:
		return labelCue
	}
	if k, t := ParseLabel(o, typ); typ != "" && k == kind && t == typ {
		return typ
	}
	return KindPrefixes[kind] + typ
}

// ArcLabels are the labels of arcs under an ontology: its roles, and what links a
// mention to its head, an event to its cue and its source.
func ArcLabels(o *schema.Ontology) []string {
	var list []string
	for _, role := range schema.Codes(ontology.Or(o).Roles) {
		list = append(list, roleLabel(role))
	}
	return append(list, ArcHead, arcCue, arcSource)
}

// ParseLabel tells what a node with that label is under an ontology; nil is
// the default one.
func ParseLabel(o *schema.Ontology, label string) (NodeKind, string) {
	o = ontology.Or(o)
	for kind, prefix := range KindPrefixes {
		if typ, ok := strings.CutPrefix(label, prefix); ok {
			return NodeKind(kind), typ
		}
	}
	switch {
	case label == labelHead:
		return HeadNode, ""
	case label == labelCue:
		return CueNode, ""
	case o.EventType(label) != nil:
		return EventNode, label
	case o.Role(label) != nil:
		return ArgumentNode, label
	}
	return MentionNode, label
}

// untyped is the type of mentions in a format without types, under an ontology
// that is to be made of them.
const untyped = "mention"

// SoleType is the type of every mention in a format without types: the only one
// of the ontology, "" where it has several.
func SoleType(o *schema.Ontology) string {
	if o != nil && len(o.MentionTypes)+len(o.EventTypes) == 0 {
		return untyped
	}
	if list := ontology.Or(o).MentionTypes; len(list) == 1 {
		return list[0].Code.Code
	}
	return ""
}

// roleLabel is the label of an argument's arc.
func roleLabel(role string) string {
	if role == "" || role == ArcHead || role == arcCue || role == arcSource || strings.HasPrefix(role, KindPrefixes[ArgumentNode]) {
		return KindPrefixes[ArgumentNode] + role
	}
	return role
}

// parseRole is the role that the label of an arc means.
func parseRole(label string) string { return strings.TrimPrefix(label, KindPrefixes[ArgumentNode]) }

// The attributes of a mention and of an event. A bare argument has "value".
var (
	MentionAttributes  = attributesOf(field.Mentions)
	EventAttributes    = attributesOf(field.Events)
	ArgumentAttributes = attributesOf(field.Arguments)
	Attributes         = slices.Concat(MentionAttributes, EventAttributes, ArgumentAttributes)
)

func attributesOf[T any](fields []field.Field[T]) (names []string) {
	for i := range fields {
		if fields[i].Has(field.Attribute) {
			names = append(names, fields[i].Name)
		}
	}
	return names
}

// Attribute is the first value of the named field, "" for none.
func (n *Node) Attribute(name string) string {
	for _, a := range n.Attributes {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Lose reports a field of the article's annotation that is not written.
func (g *Graph) Lose(id, field string) {
	if g.opt.Lost != nil {
		g.opt.Lost(g.docID, id, field)
	}
}

// Keep drops the nodes and arcs for which the functions say no, and reports
// them. An arc goes with either of its nodes, a head, a cue or a bare argument
// with its last arc. A nil function keeps all.
func (g *Graph) Keep(keepNode func(*Node) bool, keepArc func(*Arc) bool) {
	gone := make([]bool, len(g.Nodes))
	for i := range g.Nodes {
		if n := &g.Nodes[i]; keepNode != nil && !keepNode(n) {
			gone[i] = true
			g.Lose(n.Owner, n.Field)
		}
	}
	arcs := g.Arcs[:0]
	used := make([]bool, len(g.Nodes))
	for _, a := range g.Arcs {
		part := g.Nodes[a.To].Kind >= ArgumentNode
		switch {
		case !gone[a.From] && !gone[a.To] && (keepArc == nil || keepArc(&a)):
			arcs = append(arcs, a)
			used[a.To] = true
		case !gone[a.From] && !(part && gone[a.To]):
			g.Lose(a.Owner, a.Field)
		}
	}
	place := make([]int, len(g.Nodes))
	nodes := g.Nodes[:0]
	for i, n := range g.Nodes {
		place[i] = len(nodes)
		if !gone[i] && (used[i] || n.Kind < ArgumentNode) {
			nodes = append(nodes, n)
		}
	}
	for i := range arcs {
		arcs[i].From, arcs[i].To = place[arcs[i].From], place[arcs[i].To]
	}
	g.Nodes, g.Arcs = nodes, arcs
}

// KeepAttributes drops the attributes for which the function says no, whole
// fields at a time, and reports them.
func (g *Graph) KeepAttributes(keep func(n *Node, a Attribute) bool) {
	for i := range g.Nodes {
		n := &g.Nodes[i]
		var bad []string
		for _, a := range n.Attributes {
			if !keep(n, a) && !slices.Contains(bad, a.Name) {
				bad = append(bad, a.Name)
				g.Lose(n.Owner, n.attributeField(a.Name))
			}
		}
		if bad != nil {
			n.Attributes = slices.DeleteFunc(slices.Clone(n.Attributes), func(a Attribute) bool { return slices.Contains(bad, a.Name) })
		}
	}
}

func (n *Node) attributeField(name string) string {
	if n.Kind == ArgumentNode {
		return n.Field + "." + name
	}
	return name
}

// Confidences checks that all are in [0,1]; at is where the record stands.
func (g *Graph) Confidences(docID string, at labels.Position) error {
	bad := func(c *float64) error {
		if c == nil || *c >= 0 && *c <= 1 {
			return nil
		}
		return &labels.RecordError{At: at, DocID: docID, What: "score", Found: strconv.FormatFloat(*c, 'g', -1, 64), Expected: "a number from 0 to 1"}
	}
	for _, n := range g.Nodes {
		if err := bad(n.Confidence); err != nil {
			return err
		}
	}
	for _, a := range g.Arcs {
		if err := bad(a.Confidence); err != nil {
			return err
		}
	}
	return nil
}

// Spans lists those of the nodes and their fragments.
func (g *Graph) Spans() []schema.Span {
	var list []schema.Span
	for _, n := range g.Nodes {
		list = append(append(list, n.Span), n.Fragments...)
	}
	return list
}
