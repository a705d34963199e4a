package export

import (
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/schema"
)

// nester puts the labels of one article together: ids become what they name.
type nester struct {
	text      *schema.Index
	actors    map[string]*jsonActor
	mentions  map[string]*schema.Mention
	events    map[string]*schema.Event
	arguments map[string][]schema.Argument // by event
}

func newNested(d *walk.Entry, actors map[string]*jsonActor) *nested {
	a := d.Source
	n := &nested{
		DocID: a.DocID, Title: a.Title, Subtitle: a.Subtitle, Language: a.Language, Outlet: a.Outlet, Author: a.Author,
		URL: a.URL, Published: a.Published, PublishedInferred: a.PublishedInferred, Split: a.Split,
		DuplicateOf: a.DuplicateOf, Labelled: d.Gold != nil, NotLabelled: jsonFragments(d.Article.NotLabelled), Text: a.Text,
		Mentions: []jsonMention{}, Events: []jsonEvent{},
	}
	if d.Gold == nil {
		return n
	}
	x := &nester{schema.NewIndex(a.Text), actors, map[string]*schema.Mention{}, map[string]*schema.Event{}, map[string][]schema.Argument{}}
	for i := range d.Gold.Mentions {
		x.mentions[d.Gold.Mentions[i].ID] = &d.Gold.Mentions[i]
	}
	for i := range d.Gold.Events {
		x.events[d.Gold.Events[i].ID] = &d.Gold.Events[i]
	}
	// The rows are sorted, the labels are in the order of their file.
	for i := range d.Arguments {
		r := &d.Arguments[i]
		x.arguments[r.EventID] = append(x.arguments[r.EventID], r.Argument)
	}
	for i := range d.Mentions {
		n.Mentions = append(n.Mentions, x.mention(&d.Mentions[i].Mention))
	}
	for i := range d.Events {
		n.Events = append(n.Events, x.event(&d.Events[i]))
	}
	return n
}

func (x *nester) mention(m *schema.Mention) jsonMention {
	return jsonMention{
		ID: m.ID, jsonSpan: jsonSpan(m.Span), Fragments: jsonFragments(m.Fragments), Text: m.Text, Head: x.slice(m.Head),
		Type: m.Type, Level: m.Level, Metonym: m.Metonym, Actor: x.actor(m.ActorID),
	}
}

func (x *nester) event(e *tables.EventRow) jsonEvent {
	n := jsonEvent{
		ID: e.ID, jsonSpan: jsonSpan(e.Span), Fragments: jsonFragments(e.Fragments), Text: e.Text, Type: e.Type,
		Modes: notNil(e.Modes), Contexts: notNil(e.Contexts), CAMEO: e.CAMEO, Quad: int(e.Quad),
		Realis: e.Realis, Auxiliaries: notNil(e.Auxiliaries), HopperID: e.HopperID, PartOf: e.PartOf,
		Cue: x.slice(e.Cue), Quoted: e.Quoted, Arguments: []jsonArgument{},
	}
	if e.SourceMentionID != "" {
		source := x.filler(&schema.Argument{MentionID: e.SourceMentionID})
		n.Source = &source
	}
	for _, a := range x.arguments[e.ID] {
		n.Arguments = append(n.Arguments, jsonArgument{a.Role, x.filler(&a)})
	}
	return n
}

// filler is what fills a role. An id that leads nowhere stays alone.
func (x *nester) filler(a *schema.Argument) jsonFiller {
	f := jsonFiller{MentionID: a.MentionID, EventID: a.TargetEventID, Text: a.Text, Value: a.Value}
	span := a.Span
	switch m, e := x.mentions[a.MentionID], x.events[a.TargetEventID]; {
	case m != nil:
		span, f.Text, f.Type, f.Actor = m.Span, m.Text, m.Type, x.actor(m.ActorID)
	case e != nil:
		span, f.Text, f.Type = e.Span, e.Text, e.Type
	}
	if span.IsSet() {
		s := jsonSpan(span)
		f.jsonSpan = &s
	}
	return f
}

// actor is the actor with that id; one that the table does not have is its id.
func (x *nester) actor(id string) *jsonActor {
	if a := x.actors[id]; a != nil || id == "" {
		return a
	}
	return &jsonActor{ID: id}
}

// slice is the span with its text, nil when it is not set or not in the text.
func (x *nester) slice(s schema.Span) *jsonText {
	text, ok := x.text.Slice(s)
	if !ok {
		return nil
	}
	return &jsonText{jsonSpan(s), text}
}
