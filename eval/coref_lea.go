package eval

// leaPart weighs each cluster by its size and counts the share of its links
// that are in one cluster of the other side. A singleton has one link, to
// itself, which is found where the other side has the same singleton.
var leaPart = corefPart{
	unit: FixedPoint, corpusUnit: FixedPoint,
	cell: func(o *overlap, c overlapCell) (int64, int64) {
		g, p := int64(o.gold[c.gold]), int64(o.pred[c.pred])
		return leaCredit(int64(c.n), p, g), leaCredit(int64(c.n), g, p)
	},
	cluster: func(size, _ int64) int64 { return size * FixedPoint },
}

// leaCredit is size · links(n)/links(size), with links(n) = n(n-1)/2.
func leaCredit(n, size, other int64) int64 {
	switch {
	case size > 1:
		return fixed(n*(n-1), size-1)
	case other == 1:
		return FixedPoint
	}
	return 0
}

var leaMetric = corefMetric{
	name: "lea", title: "LEA",
	meaning:  "For each cluster, the share of its links (pairs of mentions) that the other side has too, weighted by the cluster's size. A singleton counts as found where the other side has it as a singleton.",
	formula:  "recall = Σ |g| · links(g ∩ p summed over p)/links(g) / Σ |g|, links(n) = n(n-1)/2; precision with the sides swapped",
	citation: "Moosavi and Strube 2016, Which coreference evaluation metric do you trust? A proposal for a link-based entity aware metric",
	parts:    []int{partLEA},
	score:    PRF,
}
