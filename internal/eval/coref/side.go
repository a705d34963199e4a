package coref

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// Mention is one mention of one side.
type Mention struct {
	Key   int64
	ID    string // of its cluster; "" is a cluster of its own
	Order int32
}

// spanKey packs a span. A mention that has no span equals no other: its key is
// negative, and the two sides are kept apart by [loadEntries].
func spanKey(s schema.Span, i int) int64 {
	if s.Start < 0 {
		return -1 - int64(i)
	}
	return int64(s.Start)<<32 | int64(uint32(s.End))
}

func ActorClusters(to []Mention, a *schema.Annotation) []Mention {
	for i := range a.Mentions {
		m := &a.Mentions[i]
		to = append(to, Mention{spanKey(m.Span, i), m.ActorID, int32(i)})
	}
	return to
}

func EventClusters(to []Mention, a *schema.Annotation) []Mention {
	for i := range a.Events {
		e := &a.Events[i]
		to = append(to, Mention{spanKey(e.Span, i), e.HopperID, int32(i)})
	}
	return to
}

// KeepRule orders mentions with equal keys; the first is kept.
type KeepRule func(a, b Mention) int

// LeastID keeps the least cluster id, and none only where there is no other:
// the order of the input does not matter.
func LeastID(a, b Mention) int {
	if (a.ID == "") != (b.ID == "") {
		return cmp.Compare(len(b.ID), len(a.ID))
	}
	return cmp.Compare(a.ID, b.ID)
}

// FirstGiven keeps what comes first in the input.
func FirstGiven(a, b Mention) int { return cmp.Compare(a.Order, b.Order) }

// Side turns the mentions of one side into entries.
type Side struct {
	Mentions []Mention
	entries  []Entry
	ids      map[string]int32
	next     int32 // number of the next cluster
}

// reset forgets all clusters: the next article has its own.
func (s *Side) reset() {
	clear(s.ids)
	s.next = 0
}

// LoadEntries sorts the mentions, drops repeated keys and numbers clusters in
// the order of their first mention.
func (s *Side) LoadEntries(keep KeepRule, pred bool) []Entry {
	compare := func(a, b Mention) int {
		if a.Key != b.Key {
			return cmp.Compare(a.Key, b.Key)
		}
		return keep(a, b)
	}
	if !slices.IsSortedFunc(s.Mentions, compare) {
		slices.SortFunc(s.Mentions, compare)
	}
	if s.ids == nil {
		s.ids = map[string]int32{}
	}
	s.entries = s.entries[:0]
	for i := range s.Mentions {
		m := &s.Mentions[i]
		if i > 0 && m.Key == s.Mentions[i-1].Key {
			continue
		}
		number, known := s.next, false
		if m.ID != "" {
			number, known = s.ids[m.ID]
		}
		if !known {
			number = s.next
			s.next++
			if m.ID != "" {
				s.ids[m.ID] = number
			}
		}
		key := m.Key
		if key < 0 && pred {
			key -= 1 << 32 // a gold mention without a span is never the same as a predicted one
		}
		s.entries = append(s.entries, Entry{key, number, m.Order})
	}
	return s.entries
}
