package eval

// Ratio is a figure in [0,1] that may be undefined: a precision without
// predictions, a recall without gold. Undefined is null in every output,
// never 0 or NaN.
type Ratio struct {
	Value   float64
	Defined bool
}

// Undefined is the ratio without a value.
var Undefined = Ratio{}

// Of is num/den, undefined when den is 0.
func Of(num, den int64) Ratio {
	if den == 0 {
		return Undefined
	}
	return Ratio{float64(num) / float64(den), true}
}

// Defined is the ratio v.
func Defined(v float64) Ratio { return Ratio{v, true} }

// Score is what a metric's counters say.
type Score struct {
	Precision Ratio // share of what was predicted that is right
	Recall    Ratio // share of gold that was found
	F1        Ratio // their harmonic mean
}

// PRF is the score of the four standard counters: precision = correct_p /
// predicted, recall = correct_r / gold, F1 by [Harmonic].
func PRF(c []int64) Score {
	s := Score{Precision: Of(c[0], c[1]), Recall: Of(c[2], c[3])}
	s.F1 = Harmonic(s.Precision, s.Recall)
	return s
}

// Harmonic is F1 = 2PR/(P+R) (van Rijsbergen 1979). It is 0 when both are 0,
// and when one side is empty and the other is not, since nothing can then be
// right; it is undefined when both are undefined.
func Harmonic(p, r Ratio) Ratio {
	switch {
	case !p.Defined && !r.Defined:
		return Undefined
	case !p.Defined || !r.Defined || p.Value+r.Value == 0:
		return Defined(0)
	}
	return Defined(2 * p.Value * r.Value / (p.Value + r.Value))
}
