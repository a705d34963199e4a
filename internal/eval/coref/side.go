package coref

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// Mention is one mention of one side.
type Mention struct {
	Key   int64
	ID    string // of its cluster; "" is a cluster of its own
	Order int32
	Typ   string // only tells mentions with equal keys apart
}

// spanKey packs a span. A mention that has no span equals no other: its key is
// negative, and the two sides are kept apart by [loadEntries].
func spanKey(s schema.Span, i int) int64 {
	if s.Start < 0 {
		return -1 - int64(i)
	}
	return int64(s.Start)<<32 | int64(uint32(s.End))
}

// ActorClusters lists the mentions of both sides, clustered by actor.
func ActorClusters(gold, pred []Mention, p *eval.Pair) ([]Mention, []Mention) {
	gold, pred = WholeSpans(gold, pred, p)
	if discontinuous(p.Gold) || discontinuous(p.Pred) {
		keyFragments(gold, pred, func(side, i int) place.Place {
			return place.OfMention(&[]*schema.Annotation{p.Gold, p.Pred}[side].Mentions[i])
		})
	}
	return gold, pred
}

// discontinuous reports whether a mention has fragments.
func discontinuous(a *schema.Annotation) bool {
	for i := range a.Mentions {
		if len(a.Mentions[i].Fragments) > 0 {
			return true
		}
	}
	return false
}

// WholeSpans is [ActorClusters] for scorers that know no fragments.
func WholeSpans(gold, pred []Mention, p *eval.Pair) ([]Mention, []Mention) {
	list := func(to []Mention, a *schema.Annotation) []Mention {
		for i := range a.Mentions {
			m := &a.Mentions[i]
			to = append(to, Mention{spanKey(m.Span, i), m.ActorID, int32(i), m.Type})
		}
		return to
	}
	return list(gold, p.Gold), list(pred, p.Pred)
}

// EventClusters lists the events of both sides, clustered by happening.
func EventClusters(gold, pred []Mention, p *eval.Pair) ([]Mention, []Mention) {
	list := func(to []Mention, a *schema.Annotation) []Mention {
		for i := range a.Events {
			e := &a.Events[i]
			to = append(to, Mention{spanKey(e.Span, i), e.HopperID, int32(i), e.Type})
		}
		return to
	}
	gold, pred = list(gold, p.Gold), list(pred, p.Pred)
	keyFragments(gold, pred, func(side, i int) place.Place {
		return place.OfEvent(&[]*schema.Annotation{p.Gold, p.Pred}[side].Events[i])
	})
	return gold, pred
}

// keyFragments gives discontinuous mentions keys of their own, after all others
// in the order of their places.
func keyFragments(gold, pred []Mention, at func(side, i int) place.Place) {
	var places []place.Place
	sides := [2][]Mention{gold, pred}
	for side, list := range sides {
		for i := range list {
			if p := at(side, i); !p.Whole() {
				places = append(places, p)
			}
		}
	}
	if places == nil {
		return
	}
	slices.SortFunc(places, place.Place.Compare)
	places = slices.Compact(places)
	for side, list := range sides {
		for i := range list {
			if p := at(side, i); !p.Whole() {
				n, _ := slices.BinarySearchFunc(places, p, place.Place.Compare)
				list[i].Key = 1<<62 + int64(n)
			}
		}
	}
}

// KeepRule orders mentions with equal keys; the first is kept. Where it is nil,
// all are kept and matched as twins.
type KeepRule func(a, b Mention) int

// FirstGiven keeps what comes first in the input.
func FirstGiven(a, b Mention) int { return cmp.Compare(a.Order, b.Order) }

// Side turns the mentions of one side into entries.
type Side struct {
	Mentions []Mention
	entries  []Entry
	ids      map[string]int32
	next     int32 // number of the next cluster
	ties     tieSignatures
}

// reset forgets all clusters: the next article has its own.
func (s *Side) reset() {
	clear(s.ids)
	s.next, s.ties = 0, nil
}

// sort puts the mentions into the order of their keys; of equal keys the one
// that is kept comes first.
func (s *Side) sort(keep KeepRule) {
	if keep == nil {
		keep = func(a, b Mention) int { return cmp.Or(cmp.Compare(a.Typ, b.Typ), cmp.Compare(a.ID, b.ID)) }
	}
	compare := func(a, b Mention) int {
		if a.Key != b.Key {
			return cmp.Compare(a.Key, b.Key)
		}
		return keep(a, b)
	}
	for i := 1; i < len(s.Mentions); i++ {
		if a, b := &s.Mentions[i-1], &s.Mentions[i]; a.Key > b.Key || a.Key == b.Key && compare(*a, *b) > 0 {
			slices.SortFunc(s.Mentions, compare)
			return
		}
	}
}

// distinct leaves out all but the first of repeated keys; the mentions are sorted.
func (s *Side) distinct() {
	s.Mentions = slices.CompactFunc(s.Mentions, func(a, b Mention) bool { return a.Key == b.Key })
}

// clusterOf is the number of a cluster, a new one when it was not met.
func (s *Side) clusterOf(id string) int32 {
	if id != "" {
		if number, known := s.ids[id]; known {
			return number
		}
		if s.ids == nil {
			s.ids = map[string]int32{}
		}
		s.ids[id] = s.next
	}
	s.next++
	return s.next - 1
}

// LoadEntries sorts the mentions, drops repeated keys and numbers clusters in
// the order of their first mention.
func (s *Side) LoadEntries(keep KeepRule, pred bool) []Entry {
	s.sort(keep)
	return s.load(0, pred)
}

// load makes entries of sorted mentions of an article, without repeated keys.
func (s *Side) load(doc int, pred bool) []Entry {
	s.entries = s.entries[:0]
	for i := range s.Mentions {
		m := &s.Mentions[i]
		if i > 0 && m.Key == s.Mentions[i-1].Key {
			continue
		}
		number := s.clusterOf(m.ID)
		if s.ties != nil {
			s.ties.note(number, doc, m, 0)
		}
		key := m.Key
		if key < 0 && pred {
			key -= 1 << 32 // a gold mention without a span is never the same as a predicted one
		}
		s.entries = append(s.entries, Entry{key, number, m.Order})
	}
	return s.entries
}
