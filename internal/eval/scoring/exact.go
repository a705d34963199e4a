package scoring

import (
	"math"
	"math/big"
	"strconv"

	"github.com/mizan-corpus/mizan/eval"
)

// exactValue is the figure's ratio as a fraction, so that a limit of 0.8 holds
// for 4 of 5 and not for anything below. It is computed from the counts:
// precision c/n, recall d/m, F1 2PR/(P+R). Where the metric computes its ratios
// in another way, as means over classes do, it is the value rounded to twelve
// decimals, which takes away what floating point added. nil is undefined.
func exactValue(f *eval.Figure, which string) *big.Rat {
	v, err := f.Value(which)
	if err != nil || !v.Defined {
		return nil
	}
	if r := fromCounts(f, which); r != nil {
		if near, _ := r.Float64(); math.Abs(near-v.Value) < 1e-12 {
			return r
		}
	}
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(v.Value, 'f', 12, 64))
	if !ok {
		return nil
	}
	return r
}

func fromCounts(f *eval.Figure, which string) *big.Rat {
	if f.Average != "" {
		return nil
	}
	p, r := fraction(f.Correct.Precision, f.Predicted), fraction(f.Correct.Recall, f.Gold)
	switch {
	case which == "precision":
		return p
	case which == "recall":
		return r
	case p == nil || r == nil:
		return new(big.Rat) // one side is empty: F1 is 0, see Harmonic
	}
	sum := new(big.Rat).Add(p, r)
	if sum.Sign() == 0 {
		return sum
	}
	product := new(big.Rat).Mul(p, r)
	return product.Quo(product.Add(product, product), sum)
}

// fraction is a/b; counts are whole numbers of a power of two or of halves, so
// that floats hold them exactly. nil when b is 0.
func fraction(a, b float64) *big.Rat {
	num, den := new(big.Rat).SetFloat64(a), new(big.Rat).SetFloat64(b)
	if num == nil || den == nil || den.Sign() == 0 {
		return nil
	}
	return num.Quo(num, den)
}
