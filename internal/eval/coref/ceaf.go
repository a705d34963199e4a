package coref

import "github.com/mizan-corpus/mizan/internal/eval"

// ceafmPart counts the mentions that aligned clusters have in common (φ3).
var ceafmPart = Part{
	Unit:    1,
	cell:    func(_ *Overlap, c Cell) (share, share) { return whole(int64(c.n)), whole(int64(c.n)) },
	cluster: func(size, _ int64) int64 { return size },
	weight:  func(n, _, _ int64) share { return whole(n) },
}

// ceafePart adds up the similarity 2|g∩p|/(|g|+|p|) of aligned clusters (φ4).
var ceafePart = Part{
	Unit: eval.FixedPoint,
	cell: func(o *Overlap, c Cell) (share, share) {
		w := diceWeight(int64(c.n), int64(o.gold[c.gold]), int64(o.pred[c.pred]))
		return w, w
	},
	cluster: func(_, _ int64) int64 { return 1 },
	weight:  diceWeight,
}

func diceWeight(n, gold, pred int64) share { return share{2 * n, gold + pred} }

const ceafCitation = "Luo 2005, On coreference resolution performance metrics"

var ceafmMetric = Metric{
	Name: "ceafm", Title: "mention-based CEAF",
	Meaning:  "Aligns gold and predicted clusters one to one so that aligned clusters share as many mentions as possible, and counts the shared mentions.",
	Formula:  "recall = Σ |g ∩ p| over aligned pairs / gold mentions; precision = the same / predicted mentions (φ3)",
	Citation: ceafCitation,
	Parts:    []int{PartCEAFm},
}

var ceafeMetric = Metric{
	Name: "ceafe", Title: "entity-based CEAF",
	Meaning:  "Aligns gold and predicted clusters one to one for the greatest total similarity. Every cluster weighs the same, large or small.",
	Formula:  "recall = Σ 2|g ∩ p|/(|g|+|p|) over aligned pairs / gold clusters; precision = the same / predicted clusters (φ4)",
	Citation: ceafCitation,
	Parts:    []int{PartCEAFe},
}
