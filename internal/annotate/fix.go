package annotate

import (
	"reflect"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels/check"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// mentionFixes and eventFixes mend what a rule of dataset lint finds, by its code;
// they report false where they know nothing.
var (
	mentionFixes = map[string]func(*Session, *article, *schema.Mention) bool{
		"head-missing": func(s *Session, a *article, m *schema.Mention) bool {
			a.layout()
			m.Head = s.head(a, m.Span)
			return m.Span.Contains(m.Head)
		},
		"span-space": func(_ *Session, a *article, m *schema.Mention) bool {
			span, ok := a.snap(m.Span)
			m.Span = span
			return ok
		},
		"unlinked-mention": func(s *Session, _ *article, m *schema.Mention) bool {
			m.ActorID = s.meaning(m.Text).actor
			return m.ActorID != ""
		},
	}
	eventFixes = map[string]func(*Session, *article, *schema.Event) bool{
		"missing-hopper": func(s *Session, _ *article, e *schema.Event) bool {
			e.HopperID = s.nextHopper()
			return true
		},
		"duplicate-argument": func(_ *Session, _ *article, e *schema.Event) bool {
			var kept []schema.Argument
			for _, x := range e.Arguments {
				if !slices.ContainsFunc(kept, func(y schema.Argument) bool { return reflect.DeepEqual(x, y) }) {
					kept = append(kept, x)
				}
			}
			fewer := len(kept) < len(e.Arguments)
			e.Arguments = kept
			return fewer
		},
	}
)

// dropped are the rules that are obeyed when the item is dropped: it says nothing that
// another does not say.
var dropped = []string{"duplicate-mention", "duplicate-event"}

// fix is the actions that mend a finding, nil where none are known.
func (s *Session) fix(a *article, f *check.Finding, at Where) []journal.Action {
	st := a.state
	switch {
	case slices.Contains(dropped, f.Code) && at.Kind != kindActor:
		return []journal.Action{{Op: "drop", Kind: at.Kind, ID: at.ID}}
	case f.Code == "unlabelled-name" && f.Span.Valid():
		actor := s.actors.find(f.Actor)
		if actor == nil {
			return nil
		}
		m := schema.Mention{Span: f.Span, Head: f.Span, Type: actor.Type, ActorID: actor.ID}
		if schema.Has(s.opt.Ontology.Levels, "NAM") {
			m.Level = "NAM"
		}
		return putMention(&m)
	case at.Kind == kindMention && mentionFixes[f.Code] != nil:
		m := st.mentions[slices.IndexFunc(st.mentions, func(m schema.Mention) bool { return m.ID == at.ID })]
		if !mentionFixes[f.Code](s, a, &m) {
			return nil
		}
		m.Text, _ = a.index.Slice(m.Span)
		return putMention(&m)
	case at.Kind == kindEvent && eventFixes[f.Code] != nil:
		e := st.events[slices.IndexFunc(st.events, func(e schema.Event) bool { return e.ID == at.ID })]
		if !eventFixes[f.Code](s, a, &e) {
			return nil
		}
		b, err := native.AppendEvent(nil, &e)
		if err != nil {
			return nil
		}
		return []journal.Action{{Op: "put", Kind: kindEvent, ID: e.ID, Value: b}}
	}
	return nil
}

func putMention(m *schema.Mention) []journal.Action {
	b, err := native.AppendMention(nil, m)
	if err != nil {
		return nil
	}
	return []journal.Action{{Op: "put", Kind: kindMention, ID: m.ID, Value: b}}
}

// nextHopper is a name that no happening of any article has: h and a number.
func (s *Session) nextHopper() string {
	var all []schema.Event
	for _, a := range s.articles {
		for _, e := range a.state.events {
			if strings.HasPrefix(e.HopperID, "h") {
				all = append(all, e)
			}
		}
	}
	return nextID("h", all, func(e *schema.Event) string { return e.HopperID })
}
