package eval

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

var overlapModes = map[string]overlapMode{
	"overlap-sumsum": {true, true}, "overlap-summax": {true, false},
	"overlap-maxsum": {false, true}, "overlap-maxmax": {false, false},
}

// overlapMeasures are the two overlap measures that neleval's documentation
// uses, with and without types.
var overlapMeasures = []linkMeasure{
	{name: "overlap_sum", title: "overlap with any mention", fields: keySpan, part: partOverlap, mode: overlapMode{true, true}},
	{name: "overlap_max", title: "overlap with the best mention", fields: keySpan, part: partOverlap},
	{name: "overlap_sum_typed", title: "overlap with any mention of the type", fields: keyTyped, part: partOverlap, mode: overlapMode{true, true}},
	{name: "overlap_max_typed", title: "overlap with the best mention of the type", fields: keyTyped, part: partOverlap},
}

// overlapCounter counts overlap measures.
type overlapCounter struct {
	gold, pred     []linkMention
	ofGold, ofPred [][]int32 // positions of the overlapping mentions of the other side
}

// count adds up the shares of the mentions that are overlapped, in
// [FixedPoint] parts.
func (c *overlapCounter) count(m *linkMeasure, gold, pred []linkMention) [4]int64 {
	c.gold, c.pred = m.sorted(c.gold[:0], gold), m.sorted(c.pred[:0], pred)
	c.pair(m.group)
	var out [4]int64
	for i := range c.pred {
		out[0] += covered(&c.pred[i], c.gold, c.ofPred[i], m.mode.predSum)
	}
	for i := range c.gold {
		out[2] += covered(&c.gold[i], c.pred, c.ofGold[i], m.mode.goldSum)
	}
	out[1], out[3] = int64(len(pred))*FixedPoint, int64(len(gold))*FixedPoint
	return out
}

// group is the key without the span: only mentions that agree in it are
// looked at together.
func (m *linkMeasure) group(l *linkMention) linkKey {
	return linkFields{typ: m.fields.typ, kb: m.fields.kb}.of(l)
}

// sorted lists the mentions that have a span by group, start and longer first.
func (m *linkMeasure) sorted(to, mentions []linkMention) []linkMention {
	for i := range mentions {
		if mentions[i].span.Valid() {
			to = append(to, mentions[i])
		}
	}
	slices.SortStableFunc(to, func(a, b linkMention) int {
		return cmp.Or(m.group(&a).compare(m.group(&b)), a.span.Compare(b.span))
	})
	return to
}

// pair finds overlapping mentions as neleval does: it looks at the last
// mention of either side, notes whether they overlap, and drops the later one.
// Where mentions of one side overlap each other, it may miss a pair.
func (c *overlapCounter) pair(group func(*linkMention) linkKey) {
	c.ofGold, c.ofPred = make([][]int32, len(c.gold)), make([][]int32, len(c.pred))
	g, p := len(c.gold)-1, len(c.pred)-1
	for g >= 0 && p >= 0 {
		a, b := &c.gold[g], &c.pred[p]
		order := group(b).compare(group(a))
		if order == 0 {
			if a.span.Overlaps(b.span) {
				c.ofGold[g] = append(c.ofGold[g], int32(p))
				c.ofPred[p] = append(c.ofPred[p], int32(g))
			}
			order = b.span.Compare(a.span)
		}
		if order > 0 {
			p--
		} else {
			g--
		}
	}
}

// covered is the share of the mention that the others cover.
func covered(m *linkMention, others []linkMention, which []int32, sum bool) int64 {
	length := int64(m.span.Len())
	most, total := int64(0), int64(0)
	end := m.span.Start // of what is covered so far
	for i := len(which) - 1; i >= 0; i-- {
		s := others[which[i]].span
		most = max(most, int64(m.span.Intersection(s)))
		from, to := max(end, s.Start), min(m.span.End, s.End)
		if to > from {
			total += int64(to - from)
			end = to
		}
	}
	if sum {
		return fixed(total, length)
	}
	return fixed(most, length)
}
