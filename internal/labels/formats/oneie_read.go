package formats

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// oneieReader reads one window into the graph of its article.
type oneieReader struct {
	r        jsontext.Record
	w        *oneieWindow
	docID    string
	prefix   string // of ids
	g        *graph.Graph
	x        *schema.Index
	ontology *schema.Ontology
	tokens   []schema.Span
	places   map[string]int // of entities by id
}

// oneieKeys are what is read, and what preprocessing writes for a model.
var oneieKeys = strings.Fields("doc_id wnd_id sent_id tokens sentence text pieces token_lens entity_mentions relation_mentions event_mentions")

// read adds what the window holds to the graph; keys that are not read are said.
func (o *oneieReader) read(opt labels.ReadOptions) error {
	leaveTopKeys(opt, o.r, o.docID, "key", oneieKeys...)
	for i, e := range o.w.Entities {
		what := fmt.Sprintf("entity_mentions[%d]", i)
		span, err := o.span(what, e.Text, e.Start, e.End)
		if err != nil {
			return err
		}
		n := graph.Node{ID: o.prefix + e.ID, Span: span, At: o.r.At}
		if n.Kind, n.Type = graph.ParseLabel(o.ontology, e.Type); n.Kind == graph.EventNode {
			n.Kind, n.Type = graph.MentionNode, e.Type
		}
		if e.Level != "" && n.Kind == graph.MentionNode {
			n.Attributes = []graph.Attribute{{Name: "level", Value: e.Level}}
		}
		if _, twice := o.places[e.ID]; twice || e.ID == "" {
			return o.r.Problem(o.docID, what+".id", strconv.Quote(e.ID), "an id that no other entity of the window has")
		}
		o.places[e.ID] = len(o.g.Nodes)
		o.g.Nodes = append(o.g.Nodes, n)
	}
	for i, rel := range o.w.Relations {
		if len(rel.Arguments) != 2 {
			return o.r.Problem(o.docID, fmt.Sprintf("relation_mentions[%d].arguments", i), fmt.Sprintf("%d arguments", len(rel.Arguments)), "two")
		}
		from, err := o.entity("relation_mentions", i, rel.Arguments[0])
		if err != nil {
			return err
		}
		if err := o.arc("relation_mentions", i, from, rel.Type, rel.Arguments[1]); err != nil {
			return err
		}
	}
	for i, e := range o.w.Events {
		span, err := o.span(fmt.Sprintf("event_mentions[%d].trigger", i), e.Trigger.Text, e.Trigger.Start, e.Trigger.End)
		if err != nil {
			return err
		}
		at := len(o.g.Nodes)
		n := graph.Node{Kind: graph.EventNode, ID: o.prefix + e.ID, Type: subtype(o.ontology, e.Type), Span: span, At: o.r.At}
		if e.ID == "" {
			n.ID = ""
		}
		o.g.Nodes = append(o.g.Nodes, n)
		for _, arg := range e.Arguments {
			if err := o.arc("event_mentions", i, at, arg.Role, arg); err != nil {
				return err
			}
		}
	}
	return nil
}

// subtype is the type of an event without that which it is below, as in
// "Conflict:Attack" and "Conflict.Attack", where the ontology has it so alone.
func subtype(o *schema.Ontology, typ string) string {
	at := strings.LastIndexAny(typ, ":.")
	if o = ontology.Or(o); at < 0 || o.EventType(typ) != nil || o.EventType(typ[at+1:]) == nil {
		return typ
	}
	return typ[at+1:]
}

func (o *oneieReader) entity(list string, i int, arg oneieArgument) (int, error) {
	at, known := o.places[arg.EntityID]
	if !known {
		return 0, o.r.Problem(o.docID, fmt.Sprintf("%s[%d].arguments", list, i), fmt.Sprintf("the entity_id %q", arg.EntityID), "the id of an entity mention of the window")
	}
	return at, nil
}

func (o *oneieReader) arc(list string, i, from int, label string, arg oneieArgument) error {
	to, err := o.entity(list, i, arg)
	if err == nil {
		o.g.Arcs = append(o.g.Arcs, graph.Arc{From: from, To: to, Label: label, At: o.r.At, Relation: list == "relation_mentions"})
	}
	return err
}

// span is that of tokens [start,end), held against its surface.
func (o *oneieReader) span(what, surface string, start, end int) (schema.Span, error) {
	if start < 0 || end <= start || end > len(o.tokens) {
		return schema.NoSpan, o.r.Problem(o.docID, what, fmt.Sprintf("tokens [%d,%d)", start, end), fmt.Sprintf("a range inside the %d tokens", len(o.tokens)))
	}
	span := schema.Span{Start: o.tokens[start].Start, End: o.tokens[end-1].End}
	if got, _ := o.x.Slice(span); surface != "" && unspaced(got) != unspaced(surface) {
		return schema.NoSpan, o.r.Problem(o.docID, what, fmt.Sprintf("%q at tokens [%d,%d)", got, start, end), strconv.Quote(surface))
	}
	return span, nil
}

// unspaced is a text without white space and invisible characters.
func unspaced(text string) string {
	return strings.Map(func(r rune) rune {
		if segment.Invisible(r) {
			return -1
		}
		return r
	}, text)
}
