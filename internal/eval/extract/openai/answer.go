package openai

import (
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/schema"
)

// modelAnswer is what a model writes, see [AnswerSchema]. Null and absent are
// the same.
type modelAnswer struct {
	Mentions []modelMention `json:"mentions"`
	Events   []modelEvent   `json:"events"`
}

type modelMention struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Before  string `json:"before"`
	After   string `json:"after"`
	Head    string `json:"head"`
	Type    string `json:"type"`
	Level   string `json:"level"`
	Metonym bool   `json:"metonym"`
	Actor   string `json:"actor"`
}

type modelEvent struct {
	ID          string          `json:"id"`
	Text        string          `json:"text"`
	Before      string          `json:"before"`
	After       string          `json:"after"`
	Type        string          `json:"type"`
	Modes       []string        `json:"modes"`
	Contexts    []string        `json:"contexts"`
	Realis      string          `json:"realis"`
	Auxiliaries []string        `json:"auxiliaries"`
	Hopper      string          `json:"hopper"`
	Source      string          `json:"source"`
	Cue         string          `json:"cue"`
	Quoted      *bool           `json:"quoted"`
	Arguments   []modelArgument `json:"arguments"`
}

type modelArgument struct {
	Role    string `json:"role"`
	Mention string `json:"mention"`
	Event   string `json:"event"`
	Text    string `json:"text"`
	Value   string `json:"value"`
}

// annotation is the answer as an annotation of a, with new ids in the order of
// the answer, and with its spans in their places: by their surface and, where
// that could stand in several places, by the words around it, else by the rule of
// [placement.Finder.Assign]. Nothing that the model marked is left out: what has no place
// stays without offsets and is listed, as is a reference to an id that the
// answer does not have.
func (m *modelAnswer) annotation(a *schema.Article, opt extract.PlacementOptions) (*schema.Annotation, extract.Placement, []extract.Placed, error) {
	x := schema.NewIndex(a.Text)
	out := &labels.Document{Annotation: schema.Annotation{DocID: a.DocID}}
	for i, v := range m.Mentions {
		out.Mentions = append(out.Mentions, schema.Mention{
			ID: "m" + strconv.Itoa(i+1), Span: schema.NoSpan, Text: v.Text,
			Head: schema.NoSpan, Type: v.Type, Level: v.Level, Metonym: v.Metonym, ActorID: v.Actor,
		})
	}
	refs := newReferences(m)
	for i, v := range m.Events {
		e := schema.Event{
			ID: "e" + strconv.Itoa(i+1), Span: schema.NoSpan, Text: v.Text, Cue: schema.NoSpan, Type: v.Type,
			Modes: v.Modes, Contexts: v.Contexts, Realis: v.Realis, Auxiliaries: v.Auxiliaries, Quoted: v.Quoted,
		}
		if v.Hopper != "" {
			e.HopperID = a.DocID + "/" + v.Hopper // the model sees one article: its names are not shared with others
		}
		e.SourceMentionID = refs.mention(v.Source, "source of event "+strconv.Quote(e.ID))
		for _, g := range v.Arguments {
			e.Arguments = append(e.Arguments, refs.argument(g, e.ID))
		}
		// Placed like an argument, near the trigger, and taken out again below.
		e.Arguments = append(e.Arguments, schema.Argument{Role: cueRole, Span: schema.NoSpan, Text: v.Cue})
		out.Events = append(out.Events, e)
	}
	out.Hints = &labels.Hints{}
	for _, v := range m.Mentions {
		out.Hints.Mentions = append(out.Hints.Mentions, labels.Hint{Before: v.Before, After: v.After, Claim: schema.NoSpan})
	}
	for _, v := range m.Events {
		out.Hints.Events = append(out.Hints.Events, labels.Hint{Before: v.Before, After: v.After, Claim: schema.NoSpan})
	}
	counts, listed, err := extract.Place(out, x, opt)
	if err != nil {
		return nil, counts, nil, err
	}
	for i, v := range m.Mentions {
		if strings.TrimSpace(v.Text) == "" {
			counts.Absent++
			listed = append(listed, extract.Placed{Item: out.MentionRef(i).String(), Kind: placement.Nowhere, Reason: "no text"})
		}
	}
	for i := range out.Events {
		e := &out.Events[i]
		last := len(e.Arguments) - 1
		e.Cue, e.Arguments = e.Arguments[last].Span, e.Arguments[:last]
	}
	for i, v := range m.Mentions {
		if h := &out.Mentions[i]; v.Head != "" && h.Span.IsSet() {
			if h.Head = headIn(h, v.Head); !h.Head.IsSet() {
				counts.Absent++
				listed = append(listed, extract.Placed{Item: "head of mention " + strconv.Quote(h.ID), Text: v.Head, Kind: placement.Nowhere, Reason: "not in the mention"})
			}
		}
	}
	return &out.Annotation, counts, append(listed, refs.lost...), nil
}

const cueRole = "cue"

// headIn is the place of a head inside its mention, NoSpan when it has none.
func headIn(m *schema.Mention, head string) schema.Span {
	c := placement.NewFinder(schema.NewIndex(m.Text)).One(head, -1)
	if !c.Span.IsSet() {
		return schema.NoSpan
	}
	return schema.Span{Start: m.Span.Start + c.Span.Start, End: m.Span.Start + c.Span.End}
}

// references turn the ids of an answer into those of the annotation.
type references struct {
	mentions, events map[string]string
	lost             []extract.Placed
}

func newReferences(m *modelAnswer) *references {
	r := &references{map[string]string{}, map[string]string{}, nil}
	for i, v := range m.Mentions {
		if _, twice := r.mentions[v.ID]; !twice { // the first one is meant
			r.mentions[v.ID] = "m" + strconv.Itoa(i+1)
		}
	}
	for i, v := range m.Events {
		if _, twice := r.events[v.ID]; !twice {
			r.events[v.ID] = "e" + strconv.Itoa(i+1)
		}
	}
	return r
}

func (r *references) mention(ref, item string) string { return r.find(r.mentions, ref, item) }

func (r *references) find(ids map[string]string, ref, item string) string {
	if ref == "" {
		return ""
	}
	if id, ok := ids[ref]; ok {
		return id
	}
	r.lost = append(r.lost, extract.Placed{Item: item, Text: ref, Kind: placement.Nowhere, Reason: "the answer has no such id"})
	return "?" + ref // stays a wrong prediction
}

func (r *references) argument(g modelArgument, event string) schema.Argument {
	item := g.Role + " of event " + strconv.Quote(event)
	out := schema.Argument{Role: g.Role, Span: schema.NoSpan, Value: g.Value}
	switch {
	case g.Mention != "":
		out.MentionID = r.find(r.mentions, g.Mention, item)
	case g.Event != "":
		out.TargetEventID = r.find(r.events, g.Event, item)
	case g.Text != "":
		out.Text = g.Text
	default:
		r.lost = append(r.lost, extract.Placed{Item: item, Kind: placement.Nowhere, Reason: "it names no mention, event or text"})
	}
	return out
}
