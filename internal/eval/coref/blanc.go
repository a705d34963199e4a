package coref

import "github.com/mizan-corpus/mizan/internal/eval"

// linksPart counts coreferent pairs of mentions, in halves: each end of a link
// holds one half of it.
var linksPart = Part{
	Unit: 2,
	cell: func(_ *Overlap, c Cell) (share, share) {
		n := int64(c.n)
		return whole(n * (n - 1)), whole(n * (n - 1))
	},
	cluster: func(size, _ int64) int64 { return size * (size - 1) },
}

// nonLinksPart counts pairs of mentions in different clusters, in halves. Of a
// common mention in cell (g, p), a partner that both sides keep apart from it
// is any common mention outside g and p.
var nonLinksPart = Part{
	Unit: 2,
	cell: func(o *Overlap, c Cell) (share, share) {
		n := int64(c.n)
		halves := whole(n * (o.common - int64(o.goldHit[c.gold]) - int64(o.predHit[c.pred]) + n))
		return halves, halves
	},
	cluster: func(size, mentions int64) int64 { return size * (mentions - size) },
}

var blancMetric = Metric{
	Name: "blanc", Title: "BLANC",
	Meaning:  "Counts pairs of mentions: those that are coreferent and those that are not. Precision, recall and F1 are computed for either kind and averaged. Where gold has no pair of one kind, only the other kind counts. Counted in half pairs, shown in pairs.",
	Formula:  "P = (Pc + Pn)/2, R = (Rc + Rn)/2, F1 = (Fc + Fn)/2; Pc = common/predicted coreferent pairs, Rc = common/gold, Pn and Rn likewise for pairs that are not coreferent; a ratio without denominator counts 0",
	Citation: "Recasens and Hovy 2011, BLANC: Implementing the Rand index for coreference evaluation; for predicted mentions Luo, Pradhan, Recasens and Hovy 2014, An extension of BLANC to system mentions",
	Parts:    []int{PartLinks, PartNonLinks},
	More:     []string{"non_correct_p", "non_predicted", "non_correct_r", "non_gold"},
	Formulas: blancFormula,
	Breaks: map[eval.Law]string{
		eval.LawSwap: "where gold has no pair of one kind, that kind is left out, whatever the predictions have (as in the reference scorer)",
	},
}

// blancFormula averages both kinds of pairs. The cases without denominators are
// those of the CoNLL reference scorer 8.01, except that a score without any
// gold pair, or a precision without any predicted pair, is undefined.
func blancFormula(zero func(int) bool) eval.Formula {
	noLinks, noOthers, nothing := zero(3), zero(7), zero(1) && zero(5)
	switch {
	case noLinks && noOthers && nothing:
		return eval.Formula{}
	case noLinks && noOthers:
		return eval.Formula{Of: []int{0, 4}, OrZero: true, NoRecall: true}
	case noLinks:
		return eval.Formula{Of: []int{4}, OrZero: true, NoPrecision: nothing}
	case noOthers:
		return eval.Formula{Of: []int{0}, OrZero: true, NoPrecision: nothing}
	}
	return eval.Formula{Of: []int{0, 4}, OrZero: true, NoPrecision: nothing}
}
