package links

import (
	"cmp"
	"slices"
)

// overlapMode says how the overlap of a mention with the other side's mentions
// is measured: the share of its characters that any of them covers (sum), or
// that the best one covers (max).
type overlapMode struct {
	goldSum, predSum bool
}

var OverlapModes = map[string]overlapMode{
	"overlap-sumsum": {true, true}, "overlap-summax": {true, false},
	"overlap-maxsum": {false, true}, "overlap-maxmax": {false, false},
}

// OverlapMeasures are the two overlap measures that neleval's documentation
// uses, with and without types.
var OverlapMeasures = []Measure{
	{Name: "overlap_sum", Title: "overlap with any mention", Fields: KeySpan, Part: PartOverlap, Mode: overlapMode{true, true}},
	{Name: "overlap_max", Title: "overlap with the best mention", Fields: KeySpan, Part: PartOverlap},
	{Name: "overlap_sum_typed", Title: "overlap with any mention of the type", Fields: keyTyped, Part: PartOverlap, Mode: overlapMode{true, true}},
	{Name: "overlap_max_typed", Title: "overlap with the best mention of the type", Fields: keyTyped, Part: PartOverlap},
}

// overlapCounter counts overlap measures.
type overlapCounter struct {
	gold, pred     []Mention
	ofGold, ofPred [][]int32 // positions of the overlapping mentions of the other side
}

// Count finds the shares of the mentions that are overlapped. found is called for
// each mention of either side; of is then the position of the gold mention that
// overlaps a predicted one most, -1 for none.
func (c *overlapCounter) Count(m *Measure, gold, pred []Mention, found func(l *Mention, of int32, cover, length int64, isGold bool)) {
	c.gold, c.pred = m.sorted(c.gold[:0], gold), m.sorted(c.pred[:0], pred)
	c.pair(m.group)
	for i := range c.pred {
		cover, length := covered(&c.pred[i], c.gold, c.ofPred[i], m.Mode.predSum)
		found(&c.pred[i], mostOf(&c.pred[i], c.gold, c.ofPred[i]), cover, length, false)
	}
	for i := range c.gold {
		cover, length := covered(&c.gold[i], c.pred, c.ofGold[i], m.Mode.goldSum)
		found(&c.gold[i], -1, cover, length, true)
	}
	for i := range pred {
		if !pred[i].Span.Valid() {
			found(&pred[i], -1, 0, 1, false)
		}
	}
	for i := range gold {
		if !gold[i].Span.Valid() {
			found(&gold[i], -1, 0, 1, true)
		}
	}
}

// mostOf is the position of the mention that overlaps m most, of equals the one
// that comes first, -1 for none.
func mostOf(m *Mention, others []Mention, which []int32) int32 {
	of, most := int32(-1), int32(0)
	for i := len(which) - 1; i >= 0; i-- {
		if n := m.Span.Intersection(others[which[i]].Span); n > most {
			of, most = others[which[i]].At, n
		}
	}
	return of
}

// group is the key without the span: only mentions that agree in it are
// looked at together.
func (m *Measure) group(l *Mention) Key {
	return Fields{Typ: m.Fields.Typ, Kb: m.Fields.Kb}.of(l)
}

// sorted lists the mentions that have a span by group, start and longer first.
func (m *Measure) sorted(to, mentions []Mention) []Mention {
	for i := range mentions {
		if mentions[i].Span.Valid() {
			to = append(to, mentions[i])
		}
	}
	slices.SortStableFunc(to, func(a, b Mention) int {
		return cmp.Or(m.group(&a).compare(m.group(&b)), a.Span.Compare(b.Span), cmp.Compare(a.Rank, b.Rank))
	})
	return to
}

// pair finds overlapping mentions as neleval does: it looks at the last
// mention of either side, notes whether they overlap, and drops the later one.
// Where mentions of one side overlap each other, it may miss a pair.
func (c *overlapCounter) pair(group func(*Mention) Key) {
	c.ofGold, c.ofPred = make([][]int32, len(c.gold)), make([][]int32, len(c.pred))
	g, p := len(c.gold)-1, len(c.pred)-1
	for g >= 0 && p >= 0 {
		a, b := &c.gold[g], &c.pred[p]
		order := group(b).compare(group(a))
		if order == 0 {
			if a.Overlaps(b.Place) {
				c.ofGold[g] = append(c.ofGold[g], int32(p))
				c.ofPred[p] = append(c.ofPred[p], int32(g))
			}
			order = b.Span.Compare(a.Span)
		}
		if order > 0 {
			p--
		} else {
			g--
		}
	}
}

// covered is how much of the mention the others cover, and its length.
func covered(m *Mention, others []Mention, which []int32, sum bool) (cover, length int64) {
	length = int64(m.Span.Len())
	most, total := int64(0), int64(0)
	end := m.Span.Start // of what is covered so far
	for i := len(which) - 1; i >= 0; i-- {
		s := others[which[i]].Span
		most = max(most, int64(m.Span.Intersection(s)))
		from, to := max(end, s.Start), min(m.Span.End, s.End)
		if to > from {
			total += int64(to - from)
			end = to
		}
	}
	if sum {
		return total, length
	}
	return most, length
}
