package eval

import "math/big"

// Formula says how precision, recall and F1 follow from counters: each is the
// mean of that of one or more quadruples of counters (correct_p, predicted,
// correct_r, gold), of which precision and recall are ratios and F1 is
// [Harmonic].
type Formula struct {
	// Of are the places of the quadruples' first counters; none means that
	// nothing is defined.
	Of []int
	// OrZero reads an undefined ratio of a quadruple as 0; else the mean of it
	// is undefined too.
	OrZero bool
	// NoPrecision and NoRecall make the mean of that ratio undefined, whatever
	// its parts.
	NoPrecision, NoRecall bool
}

// Plain is the formula of the four standard counters.
var Plain = Formula{Of: []int{0}}

// FormulaOf is the metric's formula for counters as [Tally.Exact] gives them.
func (m *Metric) FormulaOf(c []*big.Rat) Formula {
	if m.Formulas == nil {
		return Plain
	}
	return m.Formulas(func(at int) bool { return c[at].Sign() == 0 })
}

// Score is the score of counters as [Tally.Get] gives them.
func (m *Metric) Score(c []int64) Score {
	if m.Formulas == nil {
		return PRF(c)
	}
	f := m.Formulas(func(at int) bool { return c[at] == 0 })
	var sum [3]float64
	undefined := [3]bool{f.NoPrecision, f.NoRecall, false}
	for _, at := range f.Of {
		s := PRF(c[at : at+4])
		for i, r := range [3]Ratio{s.Precision, s.Recall, s.F1} {
			undefined[i] = undefined[i] || !r.Defined && !f.OrZero
			sum[i] += r.Value
		}
	}
	mean := func(i int) Ratio {
		if undefined[i] || len(f.Of) == 0 {
			return Undefined
		}
		return Defined(sum[i] / float64(len(f.Of)))
	}
	return Score{mean(0), mean(1), mean(2)}
}

// ExactScore is a [Score] in exact fractions; nil is undefined.
type ExactScore struct{ Precision, Recall, F1 *big.Rat }

// Ratios are precision, recall and F1.
func (s ExactScore) Ratios() [3]*big.Rat { return [3]*big.Rat{s.Precision, s.Recall, s.F1} }

// Nearest are the ratios nearest to the exact ones.
func (s ExactScore) Nearest() Score {
	return Score{nearest(s.Precision), nearest(s.Recall), nearest(s.F1)}
}

// ScoreExactly is the score of counters as [Tally.Exact] gives them.
func (m *Metric) ScoreExactly(c []*big.Rat) ExactScore {
	f := m.FormulaOf(c)
	var parts [3][]*big.Rat
	for _, at := range f.Of {
		p, r := quotient(c[at], c[at+1]), quotient(c[at+2], c[at+3])
		for i, v := range [3]*big.Rat{p, r, harmonicExactly(p, r)} {
			if v == nil && f.OrZero {
				v = new(big.Rat)
			}
			parts[i] = append(parts[i], v)
		}
	}
	out := ExactScore{meanExactly(parts[0]), meanExactly(parts[1]), meanExactly(parts[2])}
	if f.NoPrecision {
		out.Precision = nil
	}
	if f.NoRecall {
		out.Recall = nil
	}
	return out
}

// meanExactly is the mean of values, nil where there is none or one is nil.
func meanExactly(values []*big.Rat) *big.Rat {
	if len(values) == 0 {
		return nil
	}
	sum := new(big.Rat)
	for _, v := range values {
		if v == nil {
			return nil
		}
		sum.Add(sum, v)
	}
	return sum.Quo(sum, new(big.Rat).SetInt64(int64(len(values))))
}

// quotient is num/den, nil when den is 0.
func quotient(num, den *big.Rat) *big.Rat {
	if den.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(num, den)
}

// harmonicExactly is [Harmonic] of exact fractions, nil being undefined.
func harmonicExactly(p, r *big.Rat) *big.Rat {
	switch {
	case p == nil && r == nil:
		return nil
	case p == nil || r == nil:
		return new(big.Rat)
	}
	sum := new(big.Rat).Add(p, r)
	if sum.Sign() == 0 {
		return sum
	}
	out := new(big.Rat).Mul(p, r)
	out.Add(out, out)
	return out.Quo(out, sum)
}

// nearest is the ratio nearest to an exact one, undefined for nil.
func nearest(r *big.Rat) Ratio {
	if r == nil {
		return Undefined
	}
	v, _ := r.Float64()
	return Defined(v)
}
