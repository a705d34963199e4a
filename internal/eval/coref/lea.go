package coref

import "github.com/mizan-corpus/mizan/internal/eval"

// leaPart weighs each cluster by its size and counts the share of its links
// that are in one cluster of the other side. A singleton has one link, to
// itself, which is found where the other side has the same singleton.
var leaPart = Part{
	Unit: eval.FixedPoint,
	cell: func(o *Overlap, c Cell) (share, share) {
		g, p := int64(o.gold[c.gold]), int64(o.pred[c.pred])
		return leaCredit(int64(c.n), p, g), leaCredit(int64(c.n), g, p)
	},
	cluster: func(size, _ int64) int64 { return size },
}

// leaCredit is size · links(n)/links(size), with links(n) = n(n-1)/2.
func leaCredit(n, size, other int64) share {
	switch {
	case size > 1:
		return share{n * (n - 1), size - 1}
	case other == 1:
		return whole(1)
	}
	return whole(0)
}

var leaMetric = Metric{
	Name: "lea", Title: "LEA",
	Meaning:  "For each cluster, the share of its links (pairs of mentions) that the other side has too, weighted by the cluster's size. A singleton counts as found where the other side has it as a singleton.",
	Formula:  "recall = Σ |g| · links(g ∩ p summed over p)/links(g) / Σ |g|, links(n) = n(n-1)/2; precision with the sides swapped",
	Citation: "Moosavi and Strube 2016, Which coreference evaluation metric do you trust? A proposal for a link-based entity aware metric",
	Parts:    []int{PartLEA},
}
