package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// Document turns the graph of a file into the annotation of an article. Mentions and events
// without an id get one. What the data model has no place for (relations
// between mentions, unknown attributes) is a remark.
func (g *Graph) Document(docID string, at labels.Position, opt labels.ReadOptions) (*labels.Document, error) {
	d := &labels.Document{Annotation: schema.Annotation{DocID: docID}, At: at}
	r := graphReader{Graph: g, d: d, opt: opt, place: make([]int, len(g.Nodes))}
	r.orphans()
	r.unknownTriggers()
	r.number()
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if n.At.File == "" {
			n.At = at
		}
		if err := r.node(i, n); err != nil {
			return nil, err
		}
	}
	for i := range g.Arcs {
		if g.Arcs[i].At.File == "" {
			g.Arcs[i].At = at
		}
		r.arc(&g.Arcs[i])
	}
	return d, nil
}

type graphReader struct {
	*Graph
	d     *labels.Document
	opt   labels.ReadOptions
	place []int // of a node's mention or event in the document
}

// orphans makes a mention of every node that could only be part of one to
// which no arc leads.
func (r *graphReader) orphans() {
	reached := make([]bool, len(r.Nodes))
	for _, a := range r.Arcs {
		from, to := r.Nodes[a.From].Kind, r.Nodes[a.To].Kind
		reached[a.To] = reached[a.To] || from == EventNode && to == ArgumentNode ||
			from == EventNode && to == CueNode && a.Label == arcCue || from == MentionNode && to == HeadNode && a.Label == ArcHead
	}
	for i := range r.Nodes {
		if n := &r.Nodes[i]; n.Kind >= ArgumentNode && !reached[i] {
			if n.Kind != ArgumentNode {
				n.Type = n.Label()
			}
			n.Kind = MentionNode
		}
	}
}

// unknownTriggers makes an event of every node with a label that the ontology
// does not have and from which arcs lead as they do from triggers.
func (r *graphReader) unknownTriggers() {
	o := ontology.Or(r.opt.Ontology)
	for _, a := range r.Arcs {
		if n := &r.Nodes[a.From]; n.Kind == MentionNode && a.Label != ArcHead && !a.Relation && o.MentionType(n.Type) == nil {
			n.Kind = EventNode
		}
	}
}

// number gives ids to mentions and events without one, or with one that
// another has.
func (r *graphReader) number() {
	for _, kind := range []NodeKind{MentionNode, EventNode} {
		used := map[string]bool{}
		for i := range r.Nodes {
			if n := &r.Nodes[i]; n.Kind == kind && n.ID != "" {
				if used[n.ID] {
					n.ID = ""
				}
				used[n.ID] = true
			}
		}
		k := 0
		for i := range r.Nodes {
			n := &r.Nodes[i]
			if n.Kind != kind {
				continue
			}
			for k++; n.ID == "" && used[MadeID(kind, k)]; k++ {
			}
			if n.ID == "" {
				n.ID = MadeID(kind, k)
			}
		}
	}
}

func (r *graphReader) node(i int, n *Node) error {
	switch n.Kind {
	case MentionNode:
		m := schema.Mention{ID: n.ID, Span: n.Span, Fragments: n.Fragments, Text: n.Text, Head: schema.NoSpan, Type: n.Type, Confidence: n.Confidence}
		if err := takeAttributes(r, n, field.Mentions, &m); err != nil {
			return err
		}
		r.place[i] = len(r.d.Mentions)
		r.d.Mentions = append(r.d.Mentions, m)
	case EventNode:
		e := schema.Event{ID: n.ID, Span: n.Span, Fragments: n.Fragments, Text: n.Text, Cue: schema.NoSpan, Type: n.Type, Confidence: n.Confidence}
		if err := takeAttributes(r, n, field.Events, &e); err != nil {
			return err
		}
		r.place[i] = len(r.d.Events)
		r.d.Events = append(r.d.Events, e)
	default:
		r.part(n)
	}
	r.where(n)
	return nil
}

// part says what a head, a cue or a bare argument has and an annotation has not.
func (r *graphReader) part(n *Node) {
	for _, a := range n.Attributes {
		if n.Kind != ArgumentNode || !slices.Contains(ArgumentAttributes, a.Name) {
			r.ignored(n, a)
		}
	}
	if n.Confidence != nil {
		r.opt.LeaveOut(n.At, "confidence of a part", "of "+n.Label())
	}
	if len(n.Fragments) > 0 {
		r.opt.LeaveOut(n.At, "fragments of a part", "of "+n.Label())
	}
}

// set puts a span where there may be one; a second one is left out.
func (r *graphReader) set(place *schema.Span, to *Node, a *Arc) {
	if place.IsSet() && *place != to.Span {
		r.opt.LeaveOut(a.At, "second "+strings.ToLower(to.Label()), fmt.Sprintf("%s from %s", to.Span, r.Nodes[a.From].ID))
		return
	}
	*place = to.Span
}

// where keeps the node's position if the file tells it.
func (r *graphReader) where(n *Node) {
	if n.At == r.d.At && r.d.Where == nil {
		return
	}
	if r.d.Where == nil {
		r.d.Where = &labels.Positions{}
		for range r.d.Mentions[:max(0, len(r.d.Mentions)-btoi(n.Kind == MentionNode))] {
			r.d.Where.Mentions = append(r.d.Where.Mentions, r.d.At)
		}
		for range r.d.Events[:max(0, len(r.d.Events)-btoi(n.Kind == EventNode))] {
			r.d.Where.Events = append(r.d.Where.Events, r.d.At)
		}
	}
	switch n.Kind {
	case MentionNode:
		r.d.Where.Mentions = append(r.d.Where.Mentions, n.At)
	case EventNode:
		r.d.Where.Events = append(r.d.Where.Events, n.At)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// takeAttributes gives the label the properties that its node bears.
func takeAttributes[T any](r *graphReader, n *Node, fields []field.Field[T], item *T) error {
	for _, a := range n.Attributes {
		k := slices.IndexFunc(fields, func(f field.Field[T]) bool { return f.Name == a.Name && f.Has(field.Attribute) })
		if k < 0 {
			r.ignored(n, a)
			continue
		}
		switch f := &fields[k]; f.Kind {
		case field.Text:
			if old := *f.Text(item); old != "" && old != a.Value {
				r.opt.LeaveOut(n.At, fmt.Sprintf("second value of %s", a.Name), fmt.Sprintf("%q of %s", a.Value, n.ID))
				continue
			}
			*f.Text(item) = a.Value
		case field.Texts:
			*f.Texts(item) = append(*f.Texts(item), a.Value)
		case field.Flag:
			*f.Flag(item) = a.Value != "false"
		case field.Maybe:
			v, err := strconv.ParseBool(a.Value)
			if err != nil {
				return &labels.RecordError{At: n.At, DocID: r.d.DocID, What: fmt.Sprintf("%s of %s %q", f.Name, kindNames[n.Kind], n.ID), Found: strconv.Quote(a.Value), Expected: "true or false"}
			}
			*f.Maybe(item) = &v
		}
	}
	return nil
}

// kindNames are the kinds of node that have attributes.
var kindNames = map[NodeKind]string{MentionNode: "mention", EventNode: "event"}

func (r *graphReader) ignored(n *Node, a Attribute) {
	r.opt.LeaveOut(n.At, fmt.Sprintf("attribute %q", a.Name), "of "+n.ID)
}

func (r *graphReader) arc(a *Arc) {
	from, to := &r.Nodes[a.From], &r.Nodes[a.To]
	switch {
	case from.Kind == MentionNode && to.Kind == HeadNode && a.Label == ArcHead:
		r.set(&r.d.Mentions[r.place[a.From]].Head, to, a)
		return
	case from.Kind != EventNode:
		r.opt.LeaveOut(a.At, fmt.Sprintf("relation %q from a mention", a.Label), fmt.Sprintf("from %s to %s", from.ID, to.ID))
		return
	}
	e := &r.d.Events[r.place[a.From]]
	g := schema.Argument{Role: parseRole(a.Label), Span: schema.NoSpan, Confidence: a.Confidence}
	switch {
	case to.Kind == CueNode && a.Label == arcCue:
		r.set(&e.Cue, to, a)
		return
	case to.Kind == MentionNode && a.Label == arcSource && e.SourceMentionID == "":
		e.SourceMentionID = to.ID
		return
	case to.Kind == MentionNode:
		g.MentionID = to.ID
	case to.Kind == EventNode:
		g.TargetEventID = to.ID
	default:
		g.Span, g.Text = to.Span, to.Text
		for _, f := range field.Arguments {
			if f.Has(field.Attribute) {
				*f.Text(&g) = to.Attribute(f.Name)
			}
		}
	}
	e.Arguments = append(e.Arguments, g)
}
