package scoring

import (
	"math/big"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// exactValue is the figure's ratio as a fraction, so that a limit of 0.8 holds
// for 4 of 5 and not for anything below; nil is undefined. A figure of a stored
// result has its ratio rounded to twelve decimals, and false.
func exactValue(f *eval.Figure, which string) (*big.Rat, bool) {
	if r, ok := f.Exact(which); ok {
		return r, true
	}
	v, err := f.Value(which)
	if err != nil || !v.Defined {
		return nil, false
	}
	return decimal(v.Value), false
}

// decimal is v rounded to twelve decimals, which takes away what floating point
// added.
func decimal(v float64) *big.Rat {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(v, 'f', 12, 64))
	if !ok {
		return new(big.Rat)
	}
	return r
}

// asExact gives two values of which one may be rounded the same precision.
func asExact(a *big.Rat, aExact bool, b *big.Rat, bExact bool) (*big.Rat, *big.Rat) {
	if aExact && bExact || a == nil || b == nil {
		return a, b
	}
	round := func(r *big.Rat) *big.Rat {
		v, _ := r.Float64()
		return decimal(v)
	}
	return round(a), round(b)
}

// compareRatios compares two ratios of which nil, that of nothing to find where
// nothing was predicted, is as good as 1.
func compareRatios(a, b *big.Rat) int {
	one := big.NewRat(1, 1)
	if a == nil {
		a = one
	}
	if b == nil {
		b = one
	}
	return a.Cmp(b)
}
