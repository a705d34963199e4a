package eval

import "math/bits"

// corefPart is one quadruple of counters (correct_p, predicted, correct_r,
// gold) that coreference metrics are made of. Every amount belongs either to a
// cell of the overlap table or to a cluster, which is what lets a corpus-wide
// score be shared out over articles.
type corefPart struct {
	// unit is what one whole item counts as within an article, corpusUnit
	// where it is shared out over articles; a multiple of unit.
	unit, corpusUnit int64
	// cell is what a cell adds to the numerators of precision and recall.
	cell func(o *overlap, c overlapCell) (forP, forR int64)
	// cluster is what a cluster of that size adds to its side's denominator;
	// mentions are all mentions of that side.
	cluster func(size, mentions int64) int64
	// weight, when set, restricts the cells to those of the best alignment.
	weight func(n, gold, pred int64) int64
}

// The parts. The counters of a metric are those of one or more of them.
const (
	partMentions = iota // mentions found
	partMUC
	partB3
	partCEAFm
	partCEAFe
	partLEA
	partLinks    // coreferent pairs of mentions, in halves
	partNonLinks // pairs that are not coreferent, in halves
	corefParts
)

var corefPartTable = [corefParts]corefPart{
	partMentions: {
		unit: 1, corpusUnit: 1,
		cell:    func(_ *overlap, c overlapCell) (int64, int64) { return int64(c.n), int64(c.n) },
		cluster: func(size, _ int64) int64 { return size },
	},
	partMUC:      mucPart,
	partB3:       b3Part,
	partCEAFm:    ceafmPart,
	partCEAFe:    ceafePart,
	partLEA:      leaPart,
	partLinks:    linksPart,
	partNonLinks: nonLinksPart,
}

// count adds the part's counters of the whole table to out.
func (o *overlap) count(k int, out []int64) {
	part := &corefPartTable[k]
	var aligned []int32
	if part.weight != nil {
		aligned = o.align(part.weight)
	}
	for _, c := range o.cells {
		if aligned != nil && aligned[c.gold] != c.pred {
			continue
		}
		p, r := part.cell(o, c)
		out[0] += p
		out[2] += r
	}
	for _, n := range o.pred {
		out[1] += part.cluster(int64(n), o.predMentions)
	}
	for _, n := range o.gold {
		out[3] += part.cluster(int64(n), o.goldMentions)
	}
}

// fixed is num/den as a number of [FixedPoint] parts, rounded half up. It is
// exact arithmetic on integers, so it is the same on every machine. num must
// be at least 0, den greater than 0 and num/den less than 2³⁰.
func fixed(num, den int64) int64 {
	if num < 1<<30 {
		return (num<<32 + den>>1) / den
	}
	hi, lo := bits.Mul64(uint64(num), FixedPoint)
	lo, carry := bits.Add64(lo, uint64(den>>1), 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(den))
	return int64(q)
}

// CorefCounts are the counters of coreference metrics for one pair of
// clusterings. They are additive: the score of several documents, each with
// clusters of its own, is that of the sum of their counts.
type CorefCounts [corefParts][4]int64

// Add adds the counters of d.
func (c *CorefCounts) Add(d *CorefCounts) {
	for k := range c {
		for i := range c[k] {
			c[k][i] += d[k][i]
		}
	}
}

// counters are the counters of a metric made of the parts.
func (c *CorefCounts) counters(parts []int) []int64 {
	out := make([]int64, 0, 4*len(parts))
	for _, k := range parts {
		out = append(out, c[k][:]...)
	}
	return out
}

// Score is the score of a coreference metric: "muc", "b3", "ceafm", "ceafe",
// "blanc", "lea" or "conll". It reports false for any other name.
func (c *CorefCounts) Score(metric string) (Score, bool) {
	for _, m := range corefMetrics {
		if m.name == metric {
			return m.score(c.counters(m.parts)), true
		}
	}
	return Score{}, false
}
