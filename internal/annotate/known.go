package annotate

import "strings"

// meaning is what a surface was labelled as.
type meaning struct{ actor, typ, level string }

// knowledge is what the labels so far say of surfaces, whose letters are folded.
type knowledge struct {
	at       int                // entries in the journal then
	names    map[string]bool    // of actors, and heads of mentions by name
	meanings map[string]meaning // of most mentions with these letters
	actors   map[string]meaning // by name
}

// known is what the labels say of surfaces now.
func (s *Session) known() *knowledge {
	if s.knows != nil && s.knows.at == len(s.entries) {
		return s.knows
	}
	k := &knowledge{len(s.entries), map[string]bool{}, map[string]meaning{}, map[string]meaning{}}
	for _, x := range s.actors.actors {
		for i, name := range append([]string{x.NameEN, x.NameAR}, x.Aliases...) {
			if name == "" {
				continue
			}
			f := s.fold(name)
			if i < 2 {
				k.names[f] = true
			}
			if _, taken := k.actors[f]; !taken {
				k.actors[f] = meaning{actor: x.ID, typ: x.Type}
			}
		}
	}
	count := map[string]map[meaning]int{}
	for _, a := range s.articles {
		for i := range a.state.mentions {
			m := &a.state.mentions[i]
			f := s.fold(m.Text)
			if count[f] == nil {
				count[f] = map[meaning]int{}
			}
			count[f][meaning{m.ActorID, m.Type, m.Level}]++
			// Words that are the head of a description are no name: they stand in many.
			if m.Head.Valid() && m.Head != m.Span && m.Level == "NAM" {
				text, _ := a.index.Slice(m.Head)
				k.names[s.fold(text)] = true
			}
		}
	}
	for f, meant := range count {
		var best meaning
		for m, n := range meant {
			if b := meant[best]; n > b || n == b && m.compare(best) < 0 {
				best = m
			}
		}
		k.meanings[f] = best
	}
	s.knows = k
	return k
}

func (m meaning) compare(o meaning) int {
	return strings.Compare(m.actor+"\x00"+m.typ+"\x00"+m.level, o.actor+"\x00"+o.typ+"\x00"+o.level)
}

// meaning is what most mentions with the same letters were labelled as, or else the
// actor of that name.
func (s *Session) meaning(text string) meaning {
	k, f := s.known(), s.fold(text)
	m, ok := k.meanings[f]
	if !ok {
		return k.actors[f]
	}
	if m.actor == "" {
		m.actor = k.actors[f].actor
	}
	return m
}
