package eval

// linksPart counts coreferent pairs of mentions, in halves: each end of a link
// holds one half of it.
var linksPart = corefPart{
	unit: 2, corpusUnit: 2,
	cell: func(_ *overlap, c overlapCell) (int64, int64) {
		n := int64(c.n)
		return n * (n - 1), n * (n - 1)
	},
	cluster: func(size, _ int64) int64 { return size * (size - 1) },
}

// nonLinksPart counts pairs of mentions in different clusters, in halves. Of a
// common mention in cell (g, p), a partner that both sides keep apart from it
// is any common mention outside g and p.
var nonLinksPart = corefPart{
	unit: 2, corpusUnit: 2,
	cell: func(o *overlap, c overlapCell) (int64, int64) {
		n := int64(c.n)
		halves := n * (o.common - int64(o.goldHit[c.gold]) - int64(o.predHit[c.pred]) + n)
		return halves, halves
	},
	cluster: func(size, mentions int64) int64 { return size * (mentions - size) },
}

var blancMetric = corefMetric{
	name: "blanc", title: "BLANC",
	meaning:  "Counts pairs of mentions: those that are coreferent and those that are not. Precision, recall and F1 are computed for either kind and averaged. Where gold has no pair of one kind, only the other kind counts. Counters are in half pairs.",
	formula:  "P = (Pc + Pn)/2, R = (Rc + Rn)/2, F1 = (Fc + Fn)/2; Pc = common/predicted coreferent pairs, Rc = common/gold, Pn and Rn likewise for pairs that are not coreferent; a ratio without denominator counts 0",
	citation: "Recasens and Hovy 2011, BLANC: Implementing the Rand index for coreference evaluation; for predicted mentions Luo, Pradhan, Recasens and Hovy 2014, An extension of BLANC to system mentions",
	parts:    []int{partLinks, partNonLinks},
	more:     []string{"non_correct_p", "non_predicted", "non_correct_r", "non_gold"},
	score:    blancScore,
	breaks: map[Law]string{
		LawSwap: "where gold has no pair of one kind, that kind is left out, whatever the predictions have (as in the reference scorer)",
	},
}

// blancScore averages both kinds of pairs. The cases without denominators are
// those of the CoNLL reference scorer 8.01, except that a score without any
// gold pair, or a precision without any predicted pair, is undefined.
func blancScore(c []int64) Score {
	links, non := orZero(PRF(c[:4])), orZero(PRF(c[4:8]))
	var s Score
	switch {
	case c[3] == 0 && c[7] == 0:
		if c[1]+c[5] > 0 {
			return Score{Precision: Defined(0), F1: Defined(0)}
		}
		return Score{}
	case c[3] == 0:
		s = non
	case c[7] == 0:
		s = links
	default:
		s = meanScore(links, non)
	}
	if c[1]+c[5] == 0 {
		s.Precision = Undefined
	}
	return s
}

// orZero reads an undefined ratio as 0, as many scorers do.
func orZero(s Score) Score {
	return Score{Defined(s.Precision.Value), Defined(s.Recall.Value), Defined(s.F1.Value)}
}

// meanScore averages precision, recall and F1, each where all are defined.
func meanScore(scores ...Score) Score {
	mean := func(get func(*Score) Ratio) Ratio {
		sum := 0.0
		for i := range scores {
			r := get(&scores[i])
			if !r.Defined {
				return Undefined
			}
			sum += r.Value
		}
		return Defined(sum / float64(len(scores)))
	}
	return Score{
		Precision: mean(func(s *Score) Ratio { return s.Precision }),
		Recall:    mean(func(s *Score) Ratio { return s.Recall }),
		F1:        mean(func(s *Score) Ratio { return s.F1 }),
	}
}
