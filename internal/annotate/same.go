package annotate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// SameRequest asks for labels like a mention's at other places of its surface.
type SameRequest struct {
	Request
	From string     `json:"from"` // the mention
	At   [][2]int32 `json:"at"`
}

// Same labels other places of an article as a mention is labelled: with its type,
// level and actor, and the head at the same place in it.
func (s *Session) Same(r SameRequest) (*Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.fresh(r.Request)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(a.state.mentions, func(m schema.Mention) bool { return m.ID == r.From })
	if i < 0 {
		return nil, &RefusedError{Message: "no mention " + r.From}
	}
	from := a.state.mentions[i]
	r.Do = nil
	for _, at := range r.At {
		m := from
		shift := at[0] - from.Span.Start
		m.ID, m.Text, m.Span, m.Fragments = "", "", schema.Span{Start: at[0], End: at[1]}, nil
		if m.Head.IsSet() {
			if m.Span.Len() == from.Span.Len() {
				m.Head = schema.Span{Start: from.Head.Start + shift, End: from.Head.End + shift}
			} else {
				m.Head = schema.NoSpan
			}
		}
		b, err := native.AppendMention(nil, &m)
		if err != nil {
			return nil, refusal(err)
		}
		r.Do = append(r.Do, journal.Action{Op: "put", Kind: kindMention, Value: b})
	}
	if len(r.Do) == 0 {
		return nil, &RefusedError{Message: "found no place, expected one or more"}
	}
	r.Why = cmp.Or(r.Why, "the same as "+r.From)
	return s.act(a, r.Request, journal.Entry{Kind: journal.Act})
}

// HopperView is a happening of the corpus.
type HopperView struct {
	ID     string     `json:"hopper_id"`
	Type   string     `json:"type"`
	PartOf string     `json:"part_of"`
	Events []EventRef `json:"events"`
}

// EventRef is a mention of a happening.
type EventRef struct {
	Article string `json:"article"`
	ID      string `json:"event_id"`
	Text    string `json:"text"`
}

// Hoppers are the happenings of all articles, those of most mentions first.
func (s *Session) Hoppers() []HopperView {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := map[string]int{}
	list := []HopperView{}
	for _, a := range s.articles {
		for _, e := range a.state.events {
			if e.HopperID == "" {
				continue
			}
			i, ok := at[e.HopperID]
			if !ok {
				i = len(list)
				at[e.HopperID] = i
				list = append(list, HopperView{ID: e.HopperID, Type: e.Type, PartOf: e.PartOf})
			}
			list[i].Events = append(list[i].Events, EventRef{a.DocID, e.ID, e.Text})
		}
	}
	slices.SortFunc(list, func(x, y HopperView) int {
		return cmp.Or(len(y.Events)-len(x.Events), strings.Compare(x.ID, y.ID))
	})
	return list
}
