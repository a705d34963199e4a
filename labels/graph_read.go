package labels

import (
	"fmt"
	"strconv"

	"github.com/mizan-corpus/mizan/schema"
)

// document turns the graph of a file into the annotation of an article. Mentions and events
// without an id get one. What the data model has no place for (relations
// between mentions, unknown attributes) is a remark.
func (g *graph) document(docID string, at Position, opt ReadOptions) (*Document, error) {
	d := &Document{Annotation: schema.Annotation{DocID: docID}, At: at}
	r := graphReader{graph: g, d: d, opt: opt, place: make([]int, len(g.nodes))}
	r.orphans()
	r.number()
	for i := range g.nodes {
		n := &g.nodes[i]
		if n.at.File == "" {
			n.at = at
		}
		if err := r.node(i, n); err != nil {
			return nil, err
		}
	}
	for i := range g.arcs {
		if g.arcs[i].at.File == "" {
			g.arcs[i].at = at
		}
		r.arc(&g.arcs[i])
	}
	return d, nil
}

type graphReader struct {
	*graph
	d     *Document
	opt   ReadOptions
	place []int // of a node's mention or event in the document
}

// orphans makes a mention of every node that could only be part of one to
// which no arc leads.
func (r *graphReader) orphans() {
	reached := make([]bool, len(r.nodes))
	for _, a := range r.arcs {
		from, to := r.nodes[a.from].kind, r.nodes[a.to].kind
		reached[a.to] = reached[a.to] || from == eventNode && to == argumentNode ||
			from == eventNode && to == cueNode && a.label == arcCue || from == mentionNode && to == headNode && a.label == arcHead
	}
	for i := range r.nodes {
		if n := &r.nodes[i]; n.kind >= argumentNode && !reached[i] {
			if n.kind != argumentNode {
				n.typ = n.label()
			}
			n.kind = mentionNode
		}
	}
}

// number gives ids to mentions and events without one, or with one that
// another has.
func (r *graphReader) number() {
	for _, kind := range []nodeKind{mentionNode, eventNode} {
		used := map[string]bool{}
		for i := range r.nodes {
			if n := &r.nodes[i]; n.kind == kind && n.id != "" {
				if used[n.id] {
					n.id = ""
				}
				used[n.id] = true
			}
		}
		k := 0
		for i := range r.nodes {
			n := &r.nodes[i]
			if n.kind != kind {
				continue
			}
			for k++; n.id == "" && used[madeID(kind, k)]; k++ {
			}
			if n.id == "" {
				n.id = madeID(kind, k)
			}
		}
	}
}

func (r *graphReader) node(i int, n *node) error {
	switch n.kind {
	case mentionNode:
		m := schema.Mention{ID: n.id, Span: n.span, Fragments: n.fragments, Text: n.text, Head: schema.NoSpan, Type: n.typ, Confidence: n.confidence}
		for _, a := range n.attributes {
			switch a.name {
			case "level":
				m.Level = a.value
			case "actor_id":
				m.ActorID = a.value
			case "metonym":
				m.Metonym = a.value != "false"
			default:
				r.ignored(n, a)
			}
		}
		r.place[i] = len(r.d.Mentions)
		r.d.Mentions = append(r.d.Mentions, m)
	case eventNode:
		e := schema.Event{ID: n.id, Span: n.span, Fragments: n.fragments, Text: n.text, Cue: schema.NoSpan, Type: n.typ, Confidence: n.confidence}
		for _, a := range n.attributes {
			if err := r.eventAttribute(&e, n, a); err != nil {
				return err
			}
		}
		r.place[i] = len(r.d.Events)
		r.d.Events = append(r.d.Events, e)
	}
	r.where(n)
	return nil
}

// where keeps the node's position if the file tells it.
func (r *graphReader) where(n *node) {
	if n.at == r.d.At && r.d.Where == nil {
		return
	}
	if r.d.Where == nil {
		r.d.Where = &Positions{}
		for range r.d.Mentions[:max(0, len(r.d.Mentions)-btoi(n.kind == mentionNode))] {
			r.d.Where.Mentions = append(r.d.Where.Mentions, r.d.At)
		}
		for range r.d.Events[:max(0, len(r.d.Events)-btoi(n.kind == eventNode))] {
			r.d.Where.Events = append(r.d.Where.Events, r.d.At)
		}
	}
	switch n.kind {
	case mentionNode:
		r.d.Where.Mentions = append(r.d.Where.Mentions, n.at)
	case eventNode:
		r.d.Where.Events = append(r.d.Where.Events, n.at)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (r *graphReader) eventAttribute(e *schema.Event, n *node, a attribute) error {
	switch a.name {
	case "modes":
		e.Modes = append(e.Modes, a.value)
	case "contexts":
		e.Contexts = append(e.Contexts, a.value)
	case "cameo":
		e.CAMEO = a.value
	case "realis":
		e.Realis = a.value
	case "auxiliaries":
		e.Auxiliaries = append(e.Auxiliaries, a.value)
	case "hopper_id":
		e.HopperID = a.value
	case "part_of":
		e.PartOf = a.value
	case "quoted":
		v, err := strconv.ParseBool(a.value)
		if err != nil {
			return &RecordError{At: n.at, DocID: r.d.DocID, What: "quoted of event " + strconv.Quote(n.id), Found: strconv.Quote(a.value), Expected: "true or false"}
		}
		e.Quoted = &v
	default:
		r.ignored(n, a)
	}
	return nil
}

func (r *graphReader) ignored(n *node, a attribute) {
	r.opt.remark(n.at, fmt.Sprintf("attribute %q of %q left out: there is no such field", a.name, n.id))
}

func (r *graphReader) arc(a *arc) {
	from, to := &r.nodes[a.from], &r.nodes[a.to]
	switch {
	case from.kind == mentionNode && to.kind == headNode && a.label == arcHead:
		r.d.Mentions[r.place[a.from]].Head = to.span
		return
	case from.kind != eventNode:
		r.opt.remark(a.at, fmt.Sprintf("relation %q from %q to %q left out: only events have arguments", a.label, from.id, to.id))
		return
	}
	e := &r.d.Events[r.place[a.from]]
	g := schema.Argument{Role: parseRole(a.label), Span: schema.NoSpan, Confidence: a.confidence}
	switch {
	case to.kind == cueNode && a.label == arcCue:
		e.Cue = to.span
		return
	case to.kind == mentionNode && a.label == arcSource:
		e.SourceMentionID = to.id
		return
	case to.kind == mentionNode:
		g.MentionID = to.id
	case to.kind == eventNode:
		g.TargetEventID = to.id
	default:
		g.Span, g.Text, g.Value = to.span, to.text, to.attribute("value")
	}
	e.Arguments = append(e.Arguments, g)
}
