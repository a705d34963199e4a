package eval

import (
	"cmp"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// filler is what fills a role of an event: an actor, the happening of another
// event, or only a place in the text. The zero filler refers to nothing.
type filler struct {
	actor  string      // id in the table of actors, "" for none
	hopper string      // for an event, "" for none
	span   schema.Span // of the mention, trigger or text; may be unset
}

func (f filler) void() bool { return f.actor == "" && f.hopper == "" && !f.span.IsSet() }

// identity tells fillers apart: two with the same identity are the same actor,
// happening or place. It is "" for one that refers to nothing.
func (f filler) identity() string {
	switch {
	case f.actor != "":
		return "a\x1f" + f.actor
	case f.hopper != "":
		return "h\x1f" + f.hopper
	case f.span.IsSet():
		return "@" + f.span.String()
	}
	return ""
}

// fillers resolves the arguments of one annotation.
type fillers struct {
	mentions map[string]*schema.Mention
	bySpan   map[schema.Span]*schema.Mention
	events   map[string]*schema.Event
}

func newFillers(a *schema.Annotation) fillers {
	f := fillers{
		mentions: make(map[string]*schema.Mention, len(a.Mentions)),
		bySpan:   make(map[schema.Span]*schema.Mention, len(a.Mentions)),
		events:   make(map[string]*schema.Event, len(a.Events)),
	}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		f.mentions[m.ID] = m
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
		f.events[a.Events[i].ID] = &a.Events[i]
	}
	return f
}

// of resolves an argument: a span stands for the mention in the same place,
// if there is one.
func (f fillers) of(arg *schema.Argument) filler {
	m := f.bySpan[arg.Span]
	if !arg.Span.IsSet() {
		m = nil
		if arg.MentionID != "" {
			m = f.mentions[arg.MentionID]
		} else if e := f.events[arg.TargetEventID]; e != nil && arg.TargetEventID != "" {
			return filler{hopper: e.HopperID, span: e.Span}
		}
	}
	switch {
	case m != nil:
		return filler{actor: m.ActorID, span: m.Span}
	case arg.Span.IsSet():
		return filler{span: arg.Span}
	}
	return filler{}
}

// text is the surface of what fills the role.
func (f fillers) text(arg *schema.Argument) string {
	text := arg.Text
	if m := f.mentions[arg.MentionID]; m != nil && arg.MentionID != "" {
		text = cmp.Or(text, m.Text)
	} else if e := f.events[arg.TargetEventID]; e != nil && arg.TargetEventID != "" {
		text = cmp.Or(text, e.Text)
	}
	return text
}
