package annotate

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// touches are, by actor, the entries that changed it and stand, the last one last.
// Actors are shared by all articles, whose actions are undone one article at a time:
// an actor may be taken back only by the entry that changed it last.
type touches struct {
	standing map[string][]int
	beneath  map[int]map[string]int // by undone entry and actor, what stood last then
}

func (x *touches) last(actor string) int {
	if list := x.standing[actor]; len(list) > 0 {
		return list[len(list)-1]
	}
	return 0
}

// note keeps what an entry does to actors.
func (x *touches) note(e *journal.Entry) {
	if x.standing == nil || e.Kind == journal.Base && e.Article == "" {
		x.standing, x.beneath = map[string][]int{}, map[int]map[string]int{}
	}
	if e.Kind == journal.Base {
		return
	}
	for id := range actorsOf(e.Do) {
		list := x.standing[id]
		switch e.Kind {
		case journal.Undo:
			x.standing[id] = list[:max(0, len(list)-1)]
			if x.beneath[e.Of] == nil {
				x.beneath[e.Of] = map[string]int{}
			}
			x.beneath[e.Of][id] = x.last(id)
		case journal.Redo:
			x.standing[id] = append(list, e.Of)
		default:
			x.standing[id] = append(list, e.Seq)
		}
	}
}

// actorsOf are the actors that actions change.
func actorsOf(do []journal.Action) map[string]bool {
	ids := map[string]bool{}
	for _, a := range do {
		if a.Kind == kindActor {
			ids[a.ID] = true
		}
	}
	return ids
}

// actorsAsLeft refuses to undo or to do again a change of actors that others rest on:
// where something else has changed the actor since, or where it is used and t no
// longer has it.
func (s *Session) actorsAsLeft(kind journal.Kind, of *journal.Entry, t target) error {
	for _, m := range t.labels.mentions {
		if _, known := s.touches.standing[m.ActorID]; known && t.actors.find(m.ActorID) == nil {
			return &RefusedError{fmt.Sprintf("mention %q is of actor %q, which has been taken out since", m.ID, m.ActorID), "undo that first, in its article, or make the actor again"}
		}
	}
	for id := range actorsOf(of.Do) {
		want := of.Seq
		if kind == journal.Redo {
			want = s.touches.beneath[of.Seq][id]
		}
		if s.touches.last(id) != want {
			return &RefusedError{fmt.Sprintf("actor %q has been changed since", id), "undo that first, in its article, or change the actor by hand"}
		}
		if t.actors.find(id) == nil {
			if use := s.useOf(id, t); use != "" {
				return &RefusedError{fmt.Sprintf("actor %q is used: %s", id, use), "undo that first"}
			}
			if docID := s.restsOn(id, t.labels.docID); docID != "" {
				return &RefusedError{fmt.Sprintf("actor %q was used in article %q", id, docID), "undo that first"}
			}
		}
	}
	return nil
}

// restsOn is another article with an action that can be undone and that has to do with
// a mention of the actor, "" for none: undone, it would bring that mention back.
func (s *Session) restsOn(actor, docID string) string {
	for _, a := range s.articles {
		if a.DocID == docID {
			continue
		}
		for _, seq := range a.undo {
			for _, x := range s.entries[seq-1].Back {
				if x.Kind != kindMention || x.Op != "put" {
					continue
				}
				if m, err := native.ParseMention(string(x.Value)); err == nil && m.ActorID == actor {
					return a.DocID
				}
			}
		}
	}
	return ""
}
