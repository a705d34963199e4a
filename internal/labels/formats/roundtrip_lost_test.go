package formats

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/schema"
)

// clone copies an annotation.
func clone(a schema.Annotation) schema.Annotation {
	var b schema.Annotation
	j, _ := json.Marshal(a)
	if err := json.Unmarshal(j, &b); err != nil {
		panic(err)
	}
	return canonicalLists(b)
}

func canonicalLists(a schema.Annotation) schema.Annotation {
	if len(a.Mentions) == 0 {
		a.Mentions = nil
	}
	if len(a.Events) == 0 {
		a.Events = nil
	}
	for i := range a.Events {
		e := &a.Events[i]
		for _, list := range []*[]string{&e.Modes, &e.Contexts, &e.Auxiliaries} {
			if len(*list) == 0 {
				*list = nil
			}
		}
		if len(e.Arguments) == 0 {
			e.Arguments = nil
		}
	}
	return a
}

// without is the annotation without the fields that were lost.
func without(a schema.Annotation, lost []string) schema.Annotation {
	b := clone(a)
	goneMentions, goneEvents, goneArguments := map[string]bool{}, map[string]bool{}, map[string][]int{}
	for _, l := range lost {
		p := strings.Split(l, "\x00")
		if p[0] != a.DocID {
			continue
		}
		id, field := p[1], p[2]
		m := b.MentionByID(id)
		var e *schema.Event
		for i := range b.Events {
			if b.Events[i].ID == id {
				e = &b.Events[i]
			}
		}
		if m != nil {
			switch field {
			case "mention":
				goneMentions[id] = true
			case "type":
				m.Type = ""
			case "level":
				m.Level = ""
			case "actor_id":
				m.ActorID = ""
			case "metonym":
				m.Metonym = false
			case "head":
				m.Head = schema.NoSpan
			case "fragments":
				m.Fragments = nil
			case "confidence":
				m.Confidence = nil
			case "mention_id":
			default:
				panic("unknown mention field " + field)
			}
			continue
		}
		if e == nil {
			panic("lost of nothing: " + l)
		}
		if rest, ok := strings.CutPrefix(field, "arguments["); ok {
			n, tail, _ := strings.Cut(rest, "]")
			i, _ := strconv.Atoi(n)
			switch tail {
			case "":
				goneArguments[id] = append(goneArguments[id], i)
			case ".value":
				e.Arguments[i].Value = ""
			case ".confidence":
				e.Arguments[i].Confidence = nil
			default:
				panic("unknown argument field " + field)
			}
			continue
		}
		switch field {
		case "event":
			goneEvents[id] = true
		case "type":
			e.Type = ""
		case "modes":
			e.Modes = nil
		case "contexts":
			e.Contexts = nil
		case "cameo":
			e.CAMEO = ""
		case "realis":
			e.Realis = ""
		case "auxiliaries":
			e.Auxiliaries = nil
		case "hopper_id":
			e.HopperID = ""
		case "part_of":
			e.PartOf = ""
		case "quoted":
			e.Quoted = nil
		case "cue":
			e.Cue = schema.NoSpan
		case "source_mention_id":
			e.SourceMentionID = ""
		case "fragments":
			e.Fragments = nil
		case "confidence":
			e.Confidence = nil
		case "event_id":
		default:
			panic("unknown event field " + field)
		}
	}
	for i := range b.Events {
		e := &b.Events[i]
		kept := []schema.Argument{}
		for j, g := range e.Arguments {
			if !slices.Contains(goneArguments[e.ID], j) {
				kept = append(kept, g)
			}
		}
		e.Arguments = kept
	}
	b.Mentions = slices.DeleteFunc(b.Mentions, func(m schema.Mention) bool { return goneMentions[m.ID] })
	b.Events = slices.DeleteFunc(b.Events, func(e schema.Event) bool { return goneEvents[e.ID] })
	return canonicalLists(b)
}

// sortPlain brings mentions and events into an order that does not hang on ids.
func sortPlain(a *schema.Annotation) {
	key := func(v any) string { b, _ := json.Marshal(v); return string(b) }
	slices.SortStableFunc(a.Mentions, func(x, y schema.Mention) int {
		x.ID, y.ID = "", ""
		return strings.Compare(key(x), key(y))
	})
	slices.SortStableFunc(a.Events, func(x, y schema.Event) int {
		x.ID, y.ID = "", ""
		x.Arguments, y.Arguments = nil, nil
		return strings.Compare(key(x), key(y))
	})
}

// renumber gives ids by order where some were lost.
func renumber(a schema.Annotation, lost []string) schema.Annotation {
	if !slices.ContainsFunc(lost, func(l string) bool { return strings.HasSuffix(l, "_id") && !strings.HasSuffix(l, "actor_id") }) {
		return a
	}
	mentions, events := map[string]string{}, map[string]string{}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		mentions[m.ID] = graph.MadeID(graph.MentionNode, i+1)
		m.ID = mentions[m.ID]
	}
	for i := range a.Events {
		e := &a.Events[i]
		events[e.ID] = graph.MadeID(graph.EventNode, i+1)
		e.ID = events[e.ID]
	}
	for i := range a.Events {
		e := &a.Events[i]
		e.SourceMentionID = mentions[e.SourceMentionID]
		for j := range e.Arguments {
			g := &e.Arguments[j]
			g.MentionID, g.TargetEventID = mentions[g.MentionID], events[g.TargetEventID]
		}
	}
	return a
}
