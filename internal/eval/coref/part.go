package coref

import (
	"math/bits"

	"github.com/mizan-corpus/mizan/eval"
)

// Part is one quadruple of counters (correct_p, predicted, correct_r,
// gold) that coreference metrics are made of. Every amount belongs either to a
// cell of the overlap table or to a cluster, which is what lets a corpus-wide
// score be shared out over articles.
type Part struct {
	// Unit is what one whole item counts as within an article, corpusUnit
	// where it is shared out over articles; a multiple of unit.
	Unit, CorpusUnit int64
	// cell is what a cell adds to the numerators of precision and recall.
	cell func(o *Overlap, c Cell) (forP, forR int64)
	// cluster is what a cluster of that size adds to its side's denominator;
	// mentions are all mentions of that side.
	cluster func(size, mentions int64) int64
	// weight, when set, restricts the cells to those of the best alignment.
	weight func(n, gold, pred int64) int64
}

// The parts. The counters of a metric are those of one or more of them.
const (
	partMentions = iota // mentions found
	PartMUC
	PartB3
	PartCEAFm
	PartCEAFe
	PartLEA
	PartLinks    // coreferent pairs of mentions, in halves
	PartNonLinks // pairs that are not coreferent, in halves
	NumParts
)

var Parts = [NumParts]Part{
	partMentions: {
		Unit: 1, CorpusUnit: 1,
		cell:    func(_ *Overlap, c Cell) (int64, int64) { return int64(c.n), int64(c.n) },
		cluster: func(size, _ int64) int64 { return size },
	},
	PartMUC:      mucPart,
	PartB3:       b3Part,
	PartCEAFm:    ceafmPart,
	PartCEAFe:    ceafePart,
	PartLEA:      leaPart,
	PartLinks:    linksPart,
	PartNonLinks: nonLinksPart,
}

// Count adds the part's counters of the whole table to out.
func (o *Overlap) Count(k int, out []int64) {
	part := &Parts[k]
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

// Fixed is num/den as a number of [eval.FixedPoint] parts, rounded half up. It is
// exact arithmetic on integers, so it is the same on every machine. num must
// be at least 0, den greater than 0 and num/den less than 2³⁰.
func Fixed(num, den int64) int64 {
	if num < 1<<30 {
		return (num<<32 + den>>1) / den
	}
	hi, lo := bits.Mul64(uint64(num), eval.FixedPoint)
	lo, carry := bits.Add64(lo, uint64(den>>1), 0)
	q, _ := bits.Div64(hi+carry, lo, uint64(den))
	return int64(q)
}

// Counts are the counters of coreference metrics for one pair of
// clusterings. They are additive: the score of several documents, each with
// clusters of its own, is that of the sum of their counts.
type Counts [NumParts][4]int64

// Add adds the counters of d.
func (c *Counts) Add(d *Counts) {
	for k := range c {
		for i := range c[k] {
			c[k][i] += d[k][i]
		}
	}
}

// Counters are the Counters of a metric made of the parts.
func (c *Counts) Counters(parts []int) []int64 {
	out := make([]int64, 0, 4*len(parts))
	for _, k := range parts {
		out = append(out, c[k][:]...)
	}
	return out
}

// Score is the score of a coreference metric: "muc", "b3", "ceafm", "ceafe",
// "blanc", "lea" or "conll". It reports false for any other name.
func (c *Counts) Score(metric string) (eval.Score, bool) {
	for _, m := range Metrics {
		if m.Name == metric {
			return m.Score(c.Counters(m.Parts)), true
		}
	}
	return eval.Score{}, false
}
