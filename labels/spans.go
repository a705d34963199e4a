package labels

import (
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/schema"
)

// spanRef points at one span of a document.
type spanRef struct {
	kind string  // "mention", "head", "fragment", "trigger", "cue", "argument"
	item itemRef // the mention or event
	role string  // of an argument
	span *schema.Span
	text *string // its surface, nil for kinds that carry none
	at   Position
}

// itemRef is a mention or an event; its name is made only when a message asks.
type itemRef struct {
	kind  string // "mention" or "event"
	id    string
	index int // place in its list, from 0
}

// String is how messages name the item: by its id, or, where it has none, by
// its place from 1.
func (r itemRef) String() string {
	if r.id == "" {
		return fmt.Sprintf("%s %d", r.kind, r.index+1)
	}
	return fmt.Sprintf("%s %q", r.kind, r.id)
}

// mentionRef names mention i.
func (d *Document) mentionRef(i int) itemRef {
	return itemRef{kind: "mention", id: d.Mentions[i].ID, index: i}
}

// eventRef names event i.
func (d *Document) eventRef(i int) itemRef {
	return itemRef{kind: "event", id: d.Events[i].ID, index: i}
}

// String is how messages name the span, e.g. `head of mention "m3"`.
func (r spanRef) String() string {
	switch r.kind {
	case "mention", "trigger":
		return r.item.String()
	case "argument":
		return r.role + " of " + r.item.String()
	}
	return r.kind + " of " + r.item.String()
}

// spans yields every span slot of the document, set or not, in file order: a
// mention, its head and fragments; a trigger, its cue, fragments and arguments.
func (d *Document) spans() iter.Seq[spanRef] {
	return func(yield func(spanRef) bool) {
		for i := range d.Mentions {
			m, at, item := &d.Mentions[i], d.MentionAt(i), d.mentionRef(i)
			if !yield(spanRef{kind: "mention", item: item, span: &m.Span, text: &m.Text, at: at}) ||
				!yield(spanRef{kind: "head", item: item, span: &m.Head, at: at}) ||
				!yieldFragments(item, m.Fragments, at, yield) {
				return
			}
		}
		for i := range d.Events {
			e, at, item := &d.Events[i], d.EventAt(i), d.eventRef(i)
			if !yield(spanRef{kind: "trigger", item: item, span: &e.Span, text: &e.Text, at: at}) ||
				!yield(spanRef{kind: "cue", item: item, span: &e.Cue, at: at}) ||
				!yieldFragments(item, e.Fragments, at, yield) {
				return
			}
			for j := range e.Arguments {
				a := &e.Arguments[j]
				if !yield(spanRef{kind: "argument", item: item, role: a.Role, span: &a.Span, text: &a.Text, at: d.ArgumentAt(i, j)}) {
					return
				}
			}
		}
	}
}

func yieldFragments(item itemRef, list []schema.Span, at Position, yield func(spanRef) bool) bool {
	for k := range list {
		if !yield(spanRef{kind: "fragment", item: item, span: &list[k], at: at}) {
			return false
		}
	}
	return true
}
