package labels

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// graph is an annotation in the shape that most tools share: labelled spans
// with attributes, and labelled arcs between them. Formats of that shape write
// a graph made by [newGraph] and read one that its document method turns into a
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
type graph struct {
	nodes []node
	arcs  []arc

	opt   WriteOptions // of a graph to write: who is told of losses
	docID string
}

// nodeKind is what a node stands for.
type nodeKind int

// The kinds; those from argumentNode on are parts of a mention or an event.
const (
	mentionNode nodeKind = iota
	eventNode
	argumentNode
	headNode
	cueNode
)

// node is a labelled span.
type node struct {
	kind       nodeKind
	id         string
	typ        string // type of a mention or event, role of an argument
	span       schema.Span
	fragments  []schema.Span
	text       string // surface of span
	attributes []attribute
	confidence *float64
	at         Position

	owner string // id of the mention or event it was made from
	field string // "mention", "event", "head", "cue", "arguments[2]"
}

// attribute is one value of a field. A field with several values has several.
type attribute struct{ name, value string }

// arc is a labelled connection between two nodes, given by their places in the list.
type arc struct {
	from, to   int
	label      string
	confidence *float64
	at         Position

	owner, field string
}

// The labels of what is no type and no role.
const (
	labelHead = "Head"
	labelCue  = "Cue"
	arcHead   = "HEAD"
	arcCue    = "CUE"
	arcSource = "SOURCE"
)

// kindPrefixes make a label of a kind plain, by kind.
var kindPrefixes = []string{mentionNode: "mention:", eventNode: "event:", argumentNode: "argument:"}

// label is how the node is labelled in a format that has nothing but labels.
func (n *node) label() string {
	switch n.kind {
	case headNode:
		return labelHead
	case cueNode:
		return labelCue
	}
	if kind, typ := parseLabel(n.typ); n.typ != "" && kind == n.kind && typ == n.typ {
		return n.typ
	}
	return kindPrefixes[n.kind] + n.typ
}

// parseLabel tells what a node with that label is.
func parseLabel(label string) (nodeKind, string) {
	for kind, prefix := range kindPrefixes {
		if typ, ok := strings.CutPrefix(label, prefix); ok {
			return nodeKind(kind), typ
		}
	}
	switch {
	case label == labelHead:
		return headNode, ""
	case label == labelCue:
		return cueNode, ""
	case schema.PLOVER().EventType(label) != nil:
		return eventNode, label
	case schema.PLOVER().Role(label) != nil:
		return argumentNode, label
	}
	return mentionNode, label
}

// roleLabel is the label of an argument's arc.
func roleLabel(role string) string {
	if role == "" || role == arcHead || role == arcCue || role == arcSource || strings.HasPrefix(role, kindPrefixes[argumentNode]) {
		return kindPrefixes[argumentNode] + role
	}
	return role
}

// parseRole is the role that the label of an arc means.
func parseRole(label string) string { return strings.TrimPrefix(label, kindPrefixes[argumentNode]) }

// The attributes of a mention and of an event. A bare argument has "value".
var (
	mentionAttributes  = []string{"level", "actor_id", "metonym"}
	eventAttributes    = []string{"modes", "contexts", "cameo", "realis", "auxiliaries", "hopper_id", "part_of", "quoted"}
	argumentAttributes = []string{"value"}
	allAttributes      = slices.Concat(mentionAttributes, eventAttributes, argumentAttributes)
)

// attribute is the first value of the named field, "" for none.
func (n *node) attribute(name string) string {
	for _, a := range n.attributes {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// lose reports a field of the article's annotation that is not written.
func (g *graph) lose(id, field string) {
	if g.opt.Lost != nil {
		g.opt.Lost(g.docID, id, field)
	}
}

// keep drops the nodes and arcs for which the functions say no, and reports
// them. An arc goes with either of its nodes, a head, a cue or a bare argument
// with its last arc. A nil function keeps all.
func (g *graph) keep(keepNode func(*node) bool, keepArc func(*arc) bool) {
	gone := make([]bool, len(g.nodes))
	for i := range g.nodes {
		if n := &g.nodes[i]; keepNode != nil && !keepNode(n) {
			gone[i] = true
			g.lose(n.owner, n.field)
		}
	}
	arcs := g.arcs[:0]
	used := make([]bool, len(g.nodes))
	for _, a := range g.arcs {
		part := g.nodes[a.to].kind >= argumentNode
		switch {
		case !gone[a.from] && !gone[a.to] && (keepArc == nil || keepArc(&a)):
			arcs = append(arcs, a)
			used[a.to] = true
		case !gone[a.from] && !(part && gone[a.to]):
			g.lose(a.owner, a.field)
		}
	}
	place := make([]int, len(g.nodes))
	nodes := g.nodes[:0]
	for i, n := range g.nodes {
		place[i] = len(nodes)
		if !gone[i] && (used[i] || n.kind < argumentNode) {
			nodes = append(nodes, n)
		}
	}
	for i := range arcs {
		arcs[i].from, arcs[i].to = place[arcs[i].from], place[arcs[i].to]
	}
	g.nodes, g.arcs = nodes, arcs
}

// keepAttributes drops the attributes for which the function says no, whole
// fields at a time, and reports them.
func (g *graph) keepAttributes(keep func(n *node, a attribute) bool) {
	for i := range g.nodes {
		n := &g.nodes[i]
		var bad []string
		for _, a := range n.attributes {
			if !keep(n, a) && !slices.Contains(bad, a.name) {
				bad = append(bad, a.name)
				g.lose(n.owner, n.attributeField(a.name))
			}
		}
		if bad != nil {
			n.attributes = slices.DeleteFunc(slices.Clone(n.attributes), func(a attribute) bool { return slices.Contains(bad, a.name) })
		}
	}
}

func (n *node) attributeField(name string) string {
	if n.kind == argumentNode {
		return n.field + "." + name
	}
	return name
}

// confidences checks that all are in [0,1]; at is where the record stands.
func (g *graph) confidences(docID string, at Position) error {
	bad := func(c *float64) error {
		if c == nil || *c >= 0 && *c <= 1 {
			return nil
		}
		return &RecordError{At: at, DocID: docID, What: "score", Found: strconv.FormatFloat(*c, 'g', -1, 64), Expected: "a number from 0 to 1"}
	}
	for _, n := range g.nodes {
		if err := bad(n.confidence); err != nil {
			return err
		}
	}
	for _, a := range g.arcs {
		if err := bad(a.confidence); err != nil {
			return err
		}
	}
	return nil
}

// spans lists those of the nodes and their fragments.
func (g *graph) spans() []schema.Span {
	var list []schema.Span
	for _, n := range g.nodes {
		list = append(append(list, n.span), n.fragments...)
	}
	return list
}
