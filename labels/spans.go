package labels

import (
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/schema"
)

// spanRef points at one span of a document.
type spanRef struct {
	kind string // "mention", "head", "fragment", "trigger", "cue", "argument"
	id   string // of the mention or event
	role string // of an argument
	span *schema.Span
	text *string // its surface, nil for kinds that carry none
	at   Position
}

// String is how messages name the span, e.g. `head of mention "m3"`.
func (r spanRef) String() string {
	switch r.kind {
	case "mention":
		return fmt.Sprintf("mention %q", r.id)
	case "trigger":
		return fmt.Sprintf("event %q", r.id)
	case "argument":
		return fmt.Sprintf("%s of event %q", r.role, r.id)
	case "head":
		return fmt.Sprintf("head of mention %q", r.id)
	}
	return fmt.Sprintf("%s of %q", r.kind, r.id)
}

// spans yields every span slot of the document, set or not, in file order: a
// mention, its head and fragments; a trigger, its cue, fragments and arguments.
func (d *Document) spans() iter.Seq[spanRef] {
	return func(yield func(spanRef) bool) {
		for i := range d.Mentions {
			m, at := &d.Mentions[i], d.MentionAt(i)
			if !yield(spanRef{kind: "mention", id: m.ID, span: &m.Span, text: &m.Text, at: at}) ||
				!yield(spanRef{kind: "head", id: m.ID, span: &m.Head, at: at}) ||
				!yieldFragments(m.ID, m.Fragments, at, yield) {
				return
			}
		}
		for i := range d.Events {
			e, at := &d.Events[i], d.EventAt(i)
			if !yield(spanRef{kind: "trigger", id: e.ID, span: &e.Span, text: &e.Text, at: at}) ||
				!yield(spanRef{kind: "cue", id: e.ID, span: &e.Cue, at: at}) ||
				!yieldFragments(e.ID, e.Fragments, at, yield) {
				return
			}
			for j := range e.Arguments {
				a := &e.Arguments[j]
				if !yield(spanRef{kind: "argument", id: e.ID, role: a.Role, span: &a.Span, text: &a.Text, at: d.ArgumentAt(i, j)}) {
					return
				}
			}
		}
	}
}

func yieldFragments(id string, list []schema.Span, at Position, yield func(spanRef) bool) bool {
	for k := range list {
		if !yield(spanRef{kind: "fragment", id: id, span: &list[k], at: at}) {
			return false
		}
	}
	return true
}
