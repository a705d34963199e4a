package labels

import (
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/schema"
)

// SpanRef points at one span of a document.
type SpanRef struct {
	Kind string  // "mention", "head", "fragment", "trigger", "cue", "argument", "region"
	Item ItemRef // the mention or event, or the region that is not labelled
	Role string  // of an argument
	Span *schema.Span
	Text *string // its surface, nil for kinds that carry none
	At   Position
}

// ItemRef is a mention or an event; its name is made only when a message asks.
type ItemRef struct {
	Kind  string // "mention", "event" or "region not labelled"
	ID    string
	Index int // place in its list, from 0
}

// String is how messages name the item: by its id, or, where it has none, by
// its place from 1.
func (r ItemRef) String() string {
	if r.ID == "" {
		return fmt.Sprintf("%s %d", r.Kind, r.Index+1)
	}
	return fmt.Sprintf("%s %q", r.Kind, r.ID)
}

// MentionRef names mention i.
func (d *Document) MentionRef(i int) ItemRef {
	return ItemRef{Kind: "mention", ID: d.Mentions[i].ID, Index: i}
}

// EventRef names event i.
func (d *Document) EventRef(i int) ItemRef {
	return ItemRef{Kind: "event", ID: d.Events[i].ID, Index: i}
}

// String is how messages name the span, e.g. `head of mention "m3"`.
func (r SpanRef) String() string {
	switch r.Kind {
	case "mention", "trigger", "region":
		return r.Item.String()
	case "argument":
		return r.Role + " of " + r.Item.String()
	}
	return r.Kind + " of " + r.Item.String()
}

// Spans yields every span slot of the document, set or not, in file order: a
// mention, its head and fragments; a trigger, its cue, fragments and arguments; the
// regions that are not labelled.
func (d *Document) Spans() iter.Seq[SpanRef] {
	return func(yield func(SpanRef) bool) {
		for i := range d.Mentions {
			m, at, item := &d.Mentions[i], d.MentionAt(i), d.MentionRef(i)
			if !yield(SpanRef{Kind: "mention", Item: item, Span: &m.Span, Text: &m.Text, At: at}) ||
				!yield(SpanRef{Kind: "head", Item: item, Span: &m.Head, At: at}) ||
				!yieldFragments(item, m.Fragments, at, yield) {
				return
			}
		}
		for i := range d.Events {
			e, at, item := &d.Events[i], d.EventAt(i), d.EventRef(i)
			if !yield(SpanRef{Kind: "trigger", Item: item, Span: &e.Span, Text: &e.Text, At: at}) ||
				!yield(SpanRef{Kind: "cue", Item: item, Span: &e.Cue, At: at}) ||
				!yieldFragments(item, e.Fragments, at, yield) {
				return
			}
			for j := range e.Arguments {
				a := &e.Arguments[j]
				if !yield(SpanRef{Kind: "argument", Item: item, Role: a.Role, Span: &a.Span, Text: &a.Text, At: d.ArgumentAt(i, j)}) {
					return
				}
			}
		}
		for k := range d.NotLabelled {
			if !yield(SpanRef{Kind: "region", Item: ItemRef{Kind: "region not labelled", Index: k}, Span: &d.NotLabelled[k], At: d.At}) {
				return
			}
		}
	}
}

func yieldFragments(item ItemRef, list []schema.Span, at Position, yield func(SpanRef) bool) bool {
	for k := range list {
		if !yield(SpanRef{Kind: "fragment", Item: item, Span: &list[k], At: at}) {
			return false
		}
	}
	return true
}
