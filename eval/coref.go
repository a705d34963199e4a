package eval

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

const (
	actorMention = "Clustered are mentions by actor_id; gold and predicted mentions with the same span are the same mention; a mention without actor_id is a cluster of its own. Where one side has several mentions with one span, the one with the least actor_id is kept."
	eventMention = "Clustered are events by hopper_id; gold and predicted events with the same trigger span are the same, whatever their types, so that coreference is judged apart from typing; an event without hopper_id is a cluster of its own. Where one side has several events with one trigger, the one with the least hopper_id is kept."
)

var corefSubjects = []*clusterSubject{
	{prefix: "actors.coref", counts: MentionItems, title: "actor coreference", mention: actorMention, load: actorClusters},
	{prefix: "actors.coref_corpus", counts: MentionItems, title: "actor coreference across articles", mention: actorMention, load: actorClusters, corpus: true},
	{prefix: "events.coref", counts: EventItems, title: "event coreference", mention: eventMention, load: eventClusters},
	{prefix: "events.coref_corpus", counts: EventItems, title: "event coreference across articles", mention: eventMention, load: eventClusters, corpus: true},
}

func init() {
	for _, s := range corefSubjects {
		f := s.family()
		if s.corpus {
			f.NewCorpus = func(*Settings) CorpusCounting { return &corpusCorefCounting{subject: s} }
		} else {
			f.New = func(*Settings) Counting {
				return &corefCounting{prefix: s.prefix, load: s.load, keep: leastID}
			}
		}
		Register(f)
	}
}

// clusterMention is one mention of one side.
type clusterMention struct {
	key   int64
	id    string // of its cluster; "" is a cluster of its own
	order int32
}

// spanKey packs a span. A mention that has no span equals no other: its key is
// negative, and the two sides are kept apart by [loadEntries].
func spanKey(s schema.Span, i int) int64 {
	if s.Start < 0 {
		return -1 - int64(i)
	}
	return int64(s.Start)<<32 | int64(uint32(s.End))
}

func actorClusters(to []clusterMention, a *schema.Annotation) []clusterMention {
	for i := range a.Mentions {
		m := &a.Mentions[i]
		to = append(to, clusterMention{spanKey(m.Span, i), m.ActorID, int32(i)})
	}
	return to
}

func eventClusters(to []clusterMention, a *schema.Annotation) []clusterMention {
	for i := range a.Events {
		e := &a.Events[i]
		to = append(to, clusterMention{spanKey(e.Span, i), e.HopperID, int32(i)})
	}
	return to
}

// keepRule orders mentions with equal keys; the first is kept.
type keepRule func(a, b clusterMention) int

// leastID keeps the least cluster id, and none only where there is no other:
// the order of the input does not matter.
func leastID(a, b clusterMention) int {
	if (a.id == "") != (b.id == "") {
		return cmp.Compare(len(b.id), len(a.id))
	}
	return cmp.Compare(a.id, b.id)
}

// firstGiven keeps what comes first in the input.
func firstGiven(a, b clusterMention) int { return cmp.Compare(a.order, b.order) }

// clusterSide turns the mentions of one side into entries.
type clusterSide struct {
	mentions []clusterMention
	entries  []clusterEntry
	ids      map[string]int32
	next     int32 // number of the next cluster
}

// reset forgets all clusters: the next article has its own.
func (s *clusterSide) reset() {
	clear(s.ids)
	s.next = 0
}

// loadEntries sorts the mentions, drops repeated keys and numbers clusters in
// the order of their first mention.
func (s *clusterSide) loadEntries(keep keepRule, pred bool) []clusterEntry {
	compare := func(a, b clusterMention) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return keep(a, b)
	}
	if !slices.IsSortedFunc(s.mentions, compare) {
		slices.SortFunc(s.mentions, compare)
	}
	if s.ids == nil {
		s.ids = map[string]int32{}
	}
	s.entries = s.entries[:0]
	for i := range s.mentions {
		m := &s.mentions[i]
		if i > 0 && m.key == s.mentions[i-1].key {
			continue
		}
		number, known := s.next, false
		if m.id != "" {
			number, known = s.ids[m.id]
		}
		if !known {
			number = s.next
			s.next++
			if m.id != "" {
				s.ids[m.id] = number
			}
		}
		key := m.key
		if key < 0 && pred {
			key -= 1 << 32 // a gold mention without a span is never the same as a predicted one
		}
		s.entries = append(s.entries, clusterEntry{key, number, m.order})
	}
	return s.entries
}

// corefCounting counts the clusters of each article on their own.
type corefCounting struct {
	prefix     string
	names      map[string]string // what the family calls the metrics; nil for their own names
	load       func([]clusterMention, *schema.Annotation) []clusterMention
	keep       keepRule
	layout     *Layout
	plan       corefPlan
	gold, pred clusterSide
	overlap    overlap
	counts     CorefCounts
}

func (c *corefCounting) Count(p *Pair, out *Tally) {
	if c.layout != out.Layout() {
		c.layout, c.plan = out.Layout(), newCorefPlan(out.Layout(), c.prefix, c.names)
	}
	c.gold.reset()
	c.pred.reset()
	c.gold.mentions = c.load(c.gold.mentions[:0], p.Gold)
	c.pred.mentions = c.load(c.pred.mentions[:0], p.Pred)
	c.overlap.fill(c.gold.loadEntries(c.keep, false), c.pred.loadEntries(c.keep, true))
	c.counts = CorefCounts{}
	for k, need := range c.plan.need {
		if need {
			c.overlap.count(k, c.counts[k][:])
		}
	}
	c.plan.add(&c.counts, out)
}
