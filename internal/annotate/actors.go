package annotate

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/folding"
	"github.com/mizan-corpus/mizan/schema"
)

// mostActors bounds the answer to a query.
const mostActors = 50

// Actors are those that a query may mean, the likeliest first: by names, aliases, ids
// and the surfaces of their mentions, in whatever spelling. Without a query it is
// all of them, those that are mentioned most first.
func (s *Session) Actors(query string) []ActorView {
	s.mu.Lock()
	defer s.mu.Unlock()
	surfaces, uses := s.surfaces()
	sought := s.fold(query)
	type hit struct {
		actor *schema.Actor
		rank  int
	}
	var hits []hit
	for i := range s.actors.actors {
		a := &s.actors.actors[i]
		names := append([]string{a.NameEN, a.NameAR, a.ID}, a.Aliases...)
		best := 0
		for _, name := range append(names, surfaces[a.ID]...) {
			best = max(best, s.likeness(name, sought))
		}
		if best > 0 || sought == "" {
			hits = append(hits, hit{a, best})
		}
	}
	slices.SortStableFunc(hits, func(x, y hit) int {
		if x.rank != y.rank {
			return y.rank - x.rank
		}
		return uses[y.actor.ID] - uses[x.actor.ID]
	})
	list := []ActorView{}
	for _, h := range hits {
		if sought != "" && len(list) == mostActors {
			break
		}
		list = append(list, viewActor(h.actor, uses[h.actor.ID]))
	}
	return list
}

// likeness ranks how a name answers to folded letters: all of it, its beginning, that
// of a word in it, somewhere; 0 for not at all.
func (s *Session) likeness(name, sought string) int {
	if name == "" || sought == "" {
		return 0
	}
	folded := s.fold(name)
	switch {
	case folded == sought:
		return 4
	case strings.HasPrefix(folded, sought):
		return 3
	}
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -–_'’", r) }) {
		w := s.fold(word)
		if strings.HasPrefix(w, sought) || strings.HasPrefix(strings.TrimPrefix(w, "ال"), sought) {
			return 2
		}
	}
	if strings.Contains(folded, sought) {
		return 1
	}
	return 0
}

// surfaces are the texts of mentions by actor, each once, and how many mentions an
// actor has.
func (s *Session) surfaces() (map[string][]string, map[string]int) {
	texts, uses := map[string][]string{}, map[string]int{}
	for _, a := range s.articles {
		for _, m := range a.state.mentions {
			if m.ActorID == "" {
				continue
			}
			uses[m.ActorID]++
			if !slices.Contains(texts[m.ActorID], m.Text) {
				texts[m.ActorID] = append(texts[m.ActorID], m.Text)
			}
		}
	}
	return texts, uses
}

// mostFolds bounds the texts whose letters are kept.
const mostFolds = 100_000

// fold is the letters of a text, in one spelling.
func (s *Session) fold(text string) string {
	f, ok := s.folds[text]
	if !ok {
		f = folding.New(text).Folded
		if s.folds == nil || len(s.folds) >= mostFolds {
			s.folds = map[string]string{}
		}
		s.folds[text] = f
	}
	return f
}
