package eval

import (
	"math/big"
	"math/bits"
)

// int128 is a sum of products modulo 2¹²⁸, two's complement. A product of two
// counts of exact fractions (2³² parts an item, up to 2²⁰ items an article)
// takes 104 bits, so 2²³ articles of that size fit.
type int128 struct {
	hi int64
	lo uint64
}

// add adds a·b, both at least 0.
func (s *int128) add(a, b uint64) {
	hi, lo := bits.Mul64(a, b)
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, lo, 0)
	s.hi += int64(hi + carry)
}

// plus adds t.
func (s *int128) plus(t int128) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, t.lo, 0)
	s.hi += t.hi + int64(carry)
}

// integer is s as a big integer.
func (s int128) integer() *big.Int {
	z := big.NewInt(s.hi)
	z.Lsh(z, 64)
	return z.Add(z, new(big.Int).SetUint64(s.lo))
}
