package eval

// mucPart counts the links that make a cluster of n mentions one: n-1. A cell
// of n common mentions holds n-1 of them, since the other side cuts the
// cluster into one piece a cell and one a mention that it has not.
var mucPart = corefPart{
	unit: 1, corpusUnit: FixedPoint,
	cell:    func(_ *overlap, c overlapCell) (int64, int64) { return int64(c.n) - 1, int64(c.n) - 1 },
	cluster: func(size, _ int64) int64 { return size - 1 },
}

var mucMetric = corefMetric{
	name: "muc", title: "MUC",
	meaning:  "Counts the links that hold each cluster together: a cluster of n mentions needs n-1, and one is lost for every piece that the other side cuts it into. Singletons have no link and never count.",
	formula:  "recall = Σ(|g| - pieces of g)/Σ(|g| - 1) over gold clusters g; precision the same with the sides swapped",
	citation: "Vilain, Burger, Aberdeen, Connolly and Hirschman 1995, A model-theoretic coreference scoring scheme",
	parts:    []int{partMUC},
	score:    PRF,
}
