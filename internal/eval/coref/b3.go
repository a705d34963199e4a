package coref

import "github.com/mizan-corpus/mizan/internal/eval"

// b3Part adds, for each of the n mentions of a cell, the share n/|cluster| of
// its cluster that is with it on the other side too. A mention that the other
// side has not adds nothing to the numerator.
var b3Part = Part{
	Unit: eval.FixedPoint,
	cell: func(o *Overlap, c Cell) (share, share) {
		n := int64(c.n)
		return share{n * n, int64(o.pred[c.pred])}, share{n * n, int64(o.gold[c.gold])}
	},
	cluster: func(size, _ int64) int64 { return size },
}

var b3Metric = Metric{
	Name: "b3", Title: "B³",
	Meaning:  "For each mention, the share of its cluster that the other side puts with it too, averaged over all mentions. A mention that only one side has counts in that side's denominator and adds nothing else.",
	Formula:  "recall = Σ |g(m) ∩ p(m)|/|g(m)| over the mentions m of both sides, divided by the number of gold mentions; precision with |p(m)| and predicted mentions",
	Citation: "Bagga and Baldwin 1998, Algorithms for scoring coreference chains; unmatched mentions as in Pradhan et al. 2014, Scoring coreference partitions of predicted mentions",
	Parts:    []int{PartB3},
}
