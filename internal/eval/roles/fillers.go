package roles

import (
	"cmp"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Filler is what fills a role of an event: an actor, the happening of another
// event, or only a place in the text. The zero Filler refers to nothing.
type Filler struct {
	Actor  string      // id in the table of actors, "" for none
	Hopper string      // for an event, "" for none
	Span   schema.Span // of the mention, trigger or text; may be unset
}

func (f Filler) Void() bool { return f.Actor == "" && f.Hopper == "" && !f.Span.IsSet() }

// Identity tells fillers apart: two with the same Identity are the same actor,
// happening or place. It is "" for one that refers to nothing.
func (f Filler) Identity() string {
	switch {
	case f.Actor != "":
		return "a\x1f" + f.Actor
	case f.Hopper != "":
		return "h\x1f" + f.Hopper
	case f.Span.IsSet():
		return "@" + f.Span.String()
	}
	return ""
}

// Resolver resolves the arguments of one annotation.
type Resolver struct {
	Mentions map[string]*schema.Mention
	bySpan   map[schema.Span]*schema.Mention
	Events   map[string]*schema.Event
}

func NewResolver(a *schema.Annotation) Resolver {
	f := Resolver{
		Mentions: make(map[string]*schema.Mention, len(a.Mentions)),
		bySpan:   make(map[schema.Span]*schema.Mention, len(a.Mentions)),
		Events:   make(map[string]*schema.Event, len(a.Events)),
	}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		f.Mentions[m.ID] = m
		if !m.Span.IsSet() {
			continue
		}
		// Of several mentions in one place the least actor id is taken, so that
		// the order of the list does not matter.
		if old := f.bySpan[m.Span]; old == nil || old.ActorID == "" || m.ActorID != "" && strings.Compare(m.ActorID, old.ActorID) < 0 {
			f.bySpan[m.Span] = m
		}
	}
	for i := range a.Events {
		f.Events[a.Events[i].ID] = &a.Events[i]
	}
	return f
}

// Of resolves an argument: a span stands for the mention in the same place,
// if there is one.
func (f Resolver) Of(arg *schema.Argument) Filler {
	m := f.bySpan[arg.Span]
	if !arg.Span.IsSet() {
		m = nil
		if arg.MentionID != "" {
			m = f.Mentions[arg.MentionID]
		} else if e := f.Events[arg.TargetEventID]; e != nil && arg.TargetEventID != "" {
			return Filler{Hopper: e.HopperID, Span: e.Span}
		}
	}
	switch {
	case m != nil:
		return Filler{Actor: m.ActorID, Span: m.Span}
	case arg.Span.IsSet():
		return Filler{Span: arg.Span}
	}
	return Filler{}
}

// Text is the surface of what fills the role.
func (f Resolver) Text(arg *schema.Argument) string {
	text := arg.Text
	if m := f.Mentions[arg.MentionID]; m != nil && arg.MentionID != "" {
		text = cmp.Or(text, m.Text)
	} else if e := f.Events[arg.TargetEventID]; e != nil && arg.TargetEventID != "" {
		text = cmp.Or(text, e.Text)
	}
	return text
}
