package eval

import (
	"math/big"
	"math/bits"
	"slices"
)

// Amount is an exact sum of fractions. The zero value is 0. Adding is
// commutative and associative: the same fractions, in any order and any
// grouping, give the same amount in the same form.
type Amount struct {
	Whole int64
	parts fractions
}

// fractions is a sum of proper fractions, at most one a denominator, in
// ascending order of the denominators. A denominator is kept as it was added,
// so that the form is that of the sum of numerators modulo each denominator.
type fractions []fraction

// fraction is num/den, 0 < num < den.
type fraction struct{ num, den int64 }

// AddFraction adds num/den, num at least 0 and den above 0.
func (a *Amount) AddFraction(num, den int64) { a.Whole += a.parts.add(num, den) }

// Add adds b.
func (a *Amount) Add(b *Amount) { a.Whole += b.Whole + a.parts.merge(b.parts) }

// Rat is the amount as one fraction.
func (a *Amount) Rat() *big.Rat { return a.parts.plus(a.Whole) }

// Equal holds for two amounts of one value.
func (a *Amount) Equal(b *Amount) bool {
	return a.Whole == b.Whole && slices.Equal(a.parts, b.parts) || a.Rat().Cmp(b.Rat()) == 0
}

// Reset sets the amount to 0 and keeps its memory.
func (a *Amount) Reset() { a.Whole, a.parts = 0, a.parts[:0] }

// add adds num/den and returns the whole number that this makes.
func (f *fractions) add(num, den int64) (whole int64) {
	if num >= den {
		whole, num = num/den, num%den
	}
	if num == 0 {
		return whole
	}
	at := f.find(den)
	if at == len(*f) || (*f)[at].den != den {
		*f = slices.Insert(*f, at, fraction{num, den})
		return whole
	}
	p := &(*f)[at]
	if p.num += num - den; p.num < 0 {
		p.num += den
		return whole
	}
	if p.num == 0 {
		*f = slices.Delete(*f, at, at+1)
	}
	return whole + 1
}

// find is the place of the first fraction whose denominator is den or more.
func (f *fractions) find(den int64) int {
	from, to := 0, len(*f)
	for from < to {
		if mid := (from + to) / 2; (*f)[mid].den < den {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return from
}

func (f *fractions) merge(g fractions) (whole int64) {
	if len(*f) == 0 {
		*f = append(*f, g...)
		return 0
	}
	for _, p := range g {
		whole += f.add(p.num, p.den)
	}
	return whole
}

// plus is the sum of n and the fractions, exactly. The sum is taken by halves,
// so that long denominators are met only a few times.
func (f fractions) plus(n int64) *big.Rat {
	switch len(f) {
	case 0:
		return new(big.Rat).SetInt64(n)
	case 1:
		r := big.NewRat(f[0].num, f[0].den)
		return r.Add(r, new(big.Rat).SetInt64(n))
	}
	left := f[:len(f)/2].plus(n)
	return left.Add(left, f[len(f)/2:].plus(0))
}

// rounded is the sum of n and the fractions in parts of [FixedPoint], each
// fraction rounded down.
func (f fractions) rounded(n int64) int64 {
	sum := n * FixedPoint
	for _, p := range f {
		sum += fixed(p.num, p.den)
	}
	return sum
}

// fixed is num/den in parts of [FixedPoint], rounded down; num < den.
func fixed(num, den int64) int64 {
	if num < 1<<31 {
		return num << 32 / den
	}
	hi, lo := bits.Mul64(uint64(num), FixedPoint)
	q, _ := bits.Div64(hi, lo, uint64(den))
	return int64(q)
}
