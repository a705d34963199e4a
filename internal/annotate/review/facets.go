// Package review is what two passes over an article say otherwise: every difference by
// itself, so that each can be settled by one decision.
package review

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// The kinds of differences that are not one of an attribute.
const (
	Missed   = "missed"   // only one pass has the item
	Argument = "argument" // only one pass has the argument, or with this value
	Extent   = "extent"
)

// facet is one thing that a label says: in words, and taken over from another label.
type facet[T any] struct {
	name string
	say  func(*T) string
	take func(to, from *T)
}

func spans(s schema.Span, text string, fragments []schema.Span) string {
	if !s.IsSet() {
		return ""
	}
	said := fmt.Sprintf("%q (%d–%d)", text, s.Start, s.End)
	if len(fragments) > 0 {
		said += fmt.Sprint(" in parts ", fragments)
	}
	return said
}

// headText is the text of a head, "" where that is not in the mention.
func headText(m *schema.Mention) string {
	runes := []rune(m.Text)
	from, to := int(m.Head.Start-m.Span.Start), int(m.Head.End-m.Span.Start)
	if from < 0 || to > len(runes) || from > to {
		return ""
	}
	return string(runes[from:to])
}

var mentionFacets = []facet[schema.Mention]{
	{Extent, func(m *schema.Mention) string { return spans(m.Span, m.Text, m.Fragments) }, func(to, from *schema.Mention) {
		to.Span, to.Text, to.Fragments = from.Span, from.Text, from.Fragments
		if to.Head.IsSet() && !to.Span.Contains(to.Head) {
			to.Head = from.Head
		}
	}},
	{"type", func(m *schema.Mention) string { return m.Type }, func(to, from *schema.Mention) { to.Type = from.Type }},
	{"level", func(m *schema.Mention) string { return m.Level }, func(to, from *schema.Mention) { to.Level = from.Level }},
	{"head", func(m *schema.Mention) string {
		if !m.Head.IsSet() {
			return ""
		}
		return spans(m.Head, headText(m), nil)
	}, func(to, from *schema.Mention) { to.Head = from.Head }},
	{"actor", func(m *schema.Mention) string { return m.ActorID }, func(to, from *schema.Mention) { to.ActorID = from.ActorID }},
	{"metonym", func(m *schema.Mention) string { return map[bool]string{true: "yes", false: "no"}[m.Metonym] }, func(to, from *schema.Mention) { to.Metonym = from.Metonym }},
}

var eventFacets = []facet[schema.Event]{
	{Extent, func(e *schema.Event) string { return spans(e.Span, e.Text, e.Fragments) }, func(to, from *schema.Event) {
		to.Span, to.Text, to.Fragments = from.Span, from.Text, from.Fragments
	}},
	{"type", func(e *schema.Event) string { return e.Type }, func(to, from *schema.Event) { to.Type = from.Type }},
	list("modes", func(e *schema.Event) *[]string { return &e.Modes }),
	list("contexts", func(e *schema.Event) *[]string { return &e.Contexts }),
	{"cameo", func(e *schema.Event) string { return e.CAMEO }, func(to, from *schema.Event) { to.CAMEO = from.CAMEO }},
	{"realis", func(e *schema.Event) string { return e.Realis }, func(to, from *schema.Event) { to.Realis = from.Realis }},
	list("auxiliaries", func(e *schema.Event) *[]string { return &e.Auxiliaries }),
	{"hopper", func(e *schema.Event) string { return e.HopperID }, func(to, from *schema.Event) { to.HopperID = from.HopperID }},
	{"part_of", func(e *schema.Event) string { return e.PartOf }, func(to, from *schema.Event) { to.PartOf = from.PartOf }},
	{"attribution", attribution, func(to, from *schema.Event) {
		to.SourceMentionID, to.Cue, to.Quoted = from.SourceMentionID, from.Cue, from.Quoted
	}},
}

func list(name string, of func(*schema.Event) *[]string) facet[schema.Event] {
	return facet[schema.Event]{name, func(e *schema.Event) string { return strings.Join(*of(e), ", ") }, func(to, from *schema.Event) { *of(to) = *of(from) }}
}

func attribution(e *schema.Event) string {
	var said []string
	if e.SourceMentionID != "" {
		said = append(said, "source "+e.SourceMentionID)
	}
	if e.Cue.IsSet() {
		said = append(said, fmt.Sprintf("cue %d–%d", e.Cue.Start, e.Cue.End))
	}
	if e.Quoted != nil {
		said = append(said, map[bool]string{true: "quoted", false: "not quoted"}[*e.Quoted])
	}
	return strings.Join(said, ", ")
}
