package eval

// ceafmPart counts the mentions that aligned clusters have in common (φ3).
var ceafmPart = corefPart{
	unit: 1, corpusUnit: 1,
	cell:    func(_ *overlap, c overlapCell) (int64, int64) { return int64(c.n), int64(c.n) },
	cluster: func(size, _ int64) int64 { return size },
	weight:  func(n, _, _ int64) int64 { return n },
}

// ceafePart adds up the similarity 2|g∩p|/(|g|+|p|) of aligned clusters (φ4).
var ceafePart = corefPart{
	unit: FixedPoint, corpusUnit: FixedPoint,
	cell: func(o *overlap, c overlapCell) (int64, int64) {
		w := diceWeight(int64(c.n), int64(o.gold[c.gold]), int64(o.pred[c.pred]))
		return w, w
	},
	cluster: func(_, _ int64) int64 { return FixedPoint },
	weight:  diceWeight,
}

func diceWeight(n, gold, pred int64) int64 { return fixed(2*n, gold+pred) }

const ceafCitation = "Luo 2005, On coreference resolution performance metrics"

var ceafmMetric = corefMetric{
	name: "ceafm", title: "mention-based CEAF",
	meaning:  "Aligns gold and predicted clusters one to one so that aligned clusters share as many mentions as possible, and counts the shared mentions.",
	formula:  "recall = Σ |g ∩ p| over aligned pairs / gold mentions; precision = the same / predicted mentions (φ3)",
	citation: ceafCitation,
	parts:    []int{partCEAFm},
	score:    PRF,
}

var ceafeMetric = corefMetric{
	name: "ceafe", title: "entity-based CEAF",
	meaning:  "Aligns gold and predicted clusters one to one for the greatest total similarity. Every cluster weighs the same, large or small.",
	formula:  "recall = Σ 2|g ∩ p|/(|g|+|p|) over aligned pairs / gold clusters; precision = the same / predicted clusters (φ4)",
	citation: ceafCitation,
	parts:    []int{partCEAFe},
	score:    PRF,
}
