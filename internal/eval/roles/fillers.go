package roles

import (
	"cmp"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// Filler is what fills a role of an event: an actor, the happening of another
// event, or only a place in the text. The zero Filler refers to nothing.
type Filler struct {
	Actor       string // id in the table of actors, "" for none
	Hopper      string // for an event, "" for none
	place.Place        // of the mention, trigger or text; may be unset
}

func (f Filler) Void() bool { return f.Actor == "" && f.Hopper == "" && !f.IsSet() }

// Identity tells fillers apart: two with the same Identity are the same actor,
// happening or place. It is "" for one that refers to nothing.
func (f Filler) Identity() string {
	switch {
	case f.Actor != "":
		return "a\x1f" + f.Actor
	case f.Hopper != "":
		return "h\x1f" + f.Hopper
	case f.IsSet():
		return "@" + f.Place.String()
	}
	return ""
}

// Resolver resolves the arguments of one annotation. An id that stands twice,
// for different things, refers to nothing: which of them is meant is not said.
type Resolver struct {
	Mentions map[string]*schema.Mention
	Events   map[string]*schema.Event
	at       map[place.Place]*schema.Mention
}

func NewResolver(a *schema.Annotation) Resolver {
	f := Resolver{
		Mentions: make(map[string]*schema.Mention, len(a.Mentions)),
		Events:   make(map[string]*schema.Event, len(a.Events)),
		at:       make(map[place.Place]*schema.Mention, len(a.Mentions)),
	}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		if n, twice := f.Mentions[m.ID]; !twice || n != nil && !sameReference(m, n) {
			f.Mentions[m.ID] = m
			if twice {
				f.Mentions[m.ID] = nil
			}
		}
		if m.Span.IsSet() {
			p := place.OfMention(m)
			f.at[p] = standing(f.at[p], m)
		}
	}
	for i := range a.Events {
		e := &a.Events[i]
		if d, twice := f.Events[e.ID]; !twice || d != nil && (place.OfEvent(d) != place.OfEvent(e) || d.HopperID != e.HopperID) {
			f.Events[e.ID] = e
			if twice {
				f.Events[e.ID] = nil
			}
		}
	}
	return f
}

func sameReference(m, n *schema.Mention) bool {
	return place.OfMention(m) == place.OfMention(n) && m.ActorID == n.ActorID
}

// standing is what stands in a place where both mentions do: the one that has
// an actor; of two with different actors the one that is first by level and
// head, and where these do not tell them apart a mention without actor. So
// neither order nor the names of ids decide.
func standing(old, m *schema.Mention) *schema.Mention {
	switch {
	case old == nil || old.ActorID == "" && m.ActorID != "":
		return m
	case m.ActorID == "" || m.ActorID == old.ActorID:
		return old
	}
	switch order := cmp.Or(strings.Compare(m.Level, old.Level), m.Head.Compare(old.Head)); {
	case order < 0:
		return m
	case order > 0:
		return old
	}
	return &schema.Mention{Span: m.Span, Fragments: m.Fragments, Level: m.Level, Head: m.Head, ActorID: ""}
}

// Of resolves an argument: a span stands for the mention in the same place,
// if there is one.
func (f Resolver) Of(arg *schema.Argument) Filler {
	m := f.at[place.Place{Span: arg.Span}]
	if !arg.Span.IsSet() {
		m = nil
		if arg.MentionID != "" {
			m = f.Mentions[arg.MentionID]
		} else if e := f.Events[arg.TargetEventID]; e != nil && arg.TargetEventID != "" {
			return Filler{Hopper: e.HopperID, Place: place.OfEvent(e)}
		}
	}
	switch {
	case m != nil:
		return Filler{Actor: m.ActorID, Place: place.OfMention(m)}
	case arg.Span.IsSet():
		return Filler{Place: place.Place{Span: arg.Span}}
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
