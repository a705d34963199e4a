package coref

import "github.com/mizan-corpus/mizan/eval"

// linksPart counts coreferent pairs of mentions, in halves: each end of a link
// holds one half of it.
var linksPart = Part{
	Unit: 2, CorpusUnit: 2,
	cell: func(_ *Overlap, c Cell) (int64, int64) {
		n := int64(c.n)
		return n * (n - 1), n * (n - 1)
	},
	cluster: func(size, _ int64) int64 { return size * (size - 1) },
}

// nonLinksPart counts pairs of mentions in different clusters, in halves. Of a
// common mention in cell (g, p), a partner that both sides keep apart from it
// is any common mention outside g and p.
var nonLinksPart = Part{
	Unit: 2, CorpusUnit: 2,
	cell: func(o *Overlap, c Cell) (int64, int64) {
		n := int64(c.n)
		halves := n * (o.common - int64(o.goldHit[c.gold]) - int64(o.predHit[c.pred]) + n)
		return halves, halves
	},
	cluster: func(size, mentions int64) int64 { return size * (mentions - size) },
}

var blancMetric = Metric{
	Name: "blanc", Title: "BLANC",
	Meaning:  "Counts pairs of mentions: those that are coreferent and those that are not. Precision, recall and F1 are computed for either kind and averaged. Where gold has no pair of one kind, only the other kind counts. Counters are in half pairs.",
	Formula:  "P = (Pc + Pn)/2, R = (Rc + Rn)/2, F1 = (Fc + Fn)/2; Pc = common/predicted coreferent pairs, Rc = common/gold, Pn and Rn likewise for pairs that are not coreferent; a ratio without denominator counts 0",
	Citation: "Recasens and Hovy 2011, BLANC: Implementing the Rand index for coreference evaluation; for predicted mentions Luo, Pradhan, Recasens and Hovy 2014, An extension of BLANC to system mentions",
	Parts:    []int{PartLinks, PartNonLinks},
	More:     []string{"non_correct_p", "non_predicted", "non_correct_r", "non_gold"},
	Score:    blancScore,
	Breaks: map[eval.Law]string{
		eval.LawSwap: "where gold has no pair of one kind, that kind is left out, whatever the predictions have (as in the reference scorer)",
	},
}

// blancScore averages both kinds of pairs. The cases without denominators are
// those of the CoNLL reference scorer 8.01, except that a score without any
// gold pair, or a precision without any predicted pair, is undefined.
func blancScore(c []int64) eval.Score {
	links, non := OrZero(eval.PRF(c[:4])), OrZero(eval.PRF(c[4:8]))
	var s eval.Score
	switch {
	case c[3] == 0 && c[7] == 0:
		if c[1]+c[5] > 0 {
			return eval.Score{Precision: eval.Defined(0), F1: eval.Defined(0)}
		}
		return eval.Score{}
	case c[3] == 0:
		s = non
	case c[7] == 0:
		s = links
	default:
		s = MeanScore(links, non)
	}
	if c[1]+c[5] == 0 {
		s.Precision = eval.Undefined
	}
	return s
}

// OrZero reads an undefined ratio as 0, as many scorers do.
func OrZero(s eval.Score) eval.Score {
	return eval.Score{Precision: eval.Defined(s.Precision.Value), Recall: eval.Defined(s.Recall.Value), F1: eval.Defined(s.F1.Value)}
}

// MeanScore averages precision, recall and F1, each where all are defined.
func MeanScore(scores ...eval.Score) eval.Score {
	mean := func(get func(*eval.Score) eval.Ratio) eval.Ratio {
		sum := 0.0
		for i := range scores {
			r := get(&scores[i])
			if !r.Defined {
				return eval.Undefined
			}
			sum += r.Value
		}
		return eval.Defined(sum / float64(len(scores)))
	}
	return eval.Score{
		Precision: mean(func(s *eval.Score) eval.Ratio { return s.Precision }),
		Recall:    mean(func(s *eval.Score) eval.Ratio { return s.Recall }),
		F1:        mean(func(s *eval.Score) eval.Ratio { return s.F1 }),
	}
}
