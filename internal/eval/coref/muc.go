package coref

import "github.com/mizan-corpus/mizan/internal/eval"

// mucPart counts the links that make a cluster of n mentions one: n-1. A cell
// of n common mentions holds n-1 of them, since the other side cuts the
// cluster into one piece a cell and one a mention that it has not.
var mucPart = Part{
	Unit:    eval.FixedPoint,
	cell:    func(_ *Overlap, c Cell) (share, share) { return whole(int64(c.n) - 1), whole(int64(c.n) - 1) },
	cluster: func(size, _ int64) int64 { return size - 1 },
}

var mucMetric = Metric{
	Name: "muc", Title: "MUC",
	Meaning:  "Counts the links that hold each cluster together: a cluster of n mentions needs n-1, and one is lost for every piece that the other side cuts it into. Singletons have no link and never count.",
	Formula:  "recall = Σ(|g| - pieces of g)/Σ(|g| - 1) over gold clusters g; precision the same with the sides swapped",
	Citation: "Vilain, Burger, Aberdeen, Connolly and Hirschman 1995, A model-theoretic coreference scoring scheme",
	Parts:    []int{PartMUC},
}
