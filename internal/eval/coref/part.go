package coref

import (
	"math/big"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// Part is one quadruple of counters (correct_p, predicted, correct_r,
// gold) that coreference metrics are made of. Every amount belongs either to a
// cell of the overlap table or to a cluster, which is what lets a corpus-wide
// score be shared out over articles.
type Part struct {
	// Unit is what one whole item counts as.
	Unit int64
	// cell is what a cell adds to the numerators of precision and recall.
	cell func(o *Overlap, c Cell) (forP, forR share)
	// cluster is what a cluster of that size adds to its side's denominator;
	// mentions are all mentions of that side.
	cluster func(size, mentions int64) int64
	// weight, when set, restricts the cells to those of the best alignment.
	weight func(n, gold, pred int64) share
}

// share is num/den, at least 0.
type share struct{ num, den int64 }

func whole(n int64) share { return share{n, 1} }

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
		Unit:    1,
		cell:    func(_ *Overlap, c Cell) (share, share) { return whole(int64(c.n)), whole(int64(c.n)) },
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
func (o *Overlap) Count(k int, out *[4]eval.Amount) {
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
		out[0].AddFraction(p.num, p.den)
		out[2].AddFraction(r.num, r.den)
	}
	for _, n := range o.pred {
		out[1].Whole += part.cluster(int64(n), o.predMentions)
	}
	for _, n := range o.gold {
		out[3].Whole += part.cluster(int64(n), o.goldMentions)
	}
}

// Counts are the counters of coreference metrics for one pair of
// clusterings. They are additive: the score of several documents, each with
// clusters of its own, is that of the sum of their counts.
type Counts [NumParts][4]eval.Amount

// Add adds the counters of d.
func (c *Counts) Add(d *Counts) {
	for k := range c {
		for i := range c[k] {
			c[k][i].Add(&d[k][i])
		}
	}
}

// Equal holds for counts of the same values.
func (c *Counts) Equal(d *Counts) bool {
	for k := range c {
		for i := range c[k] {
			if !c[k][i].Equal(&d[k][i]) {
				return false
			}
		}
	}
	return true
}

// Reset sets every count to 0 and keeps the memory.
func (c *Counts) Reset() {
	for k := range c {
		for i := range c[k] {
			c[k][i].Reset()
		}
	}
}

// Counters are the counters of a metric made of the parts, in whole items.
func (c *Counts) Counters(parts []int) []*big.Rat {
	out := make([]*big.Rat, 0, 4*len(parts))
	for _, k := range parts {
		for i := range c[k] {
			v := c[k][i].Rat()
			if unit := Parts[k].Unit; unit != eval.FixedPoint {
				v.Quo(v, new(big.Rat).SetInt64(unit))
			}
			out = append(out, v)
		}
	}
	return out
}

// Score is the score of a coreference metric: "muc", "b3", "ceafm", "ceafe",
// "blanc", "lea" or "conll". It reports false for any other name.
func (c *Counts) Score(metric string) (eval.ExactScore, bool) {
	for _, m := range Metrics {
		if m.Name == metric {
			return (&eval.Metric{Formulas: m.Formulas}).ScoreExactly(c.Counters(m.Parts)), true
		}
	}
	return eval.ExactScore{}, false
}
