package stats

import (
	"encoding/binary"
	"math/bits"
)

// Random is a generator of pseudo-random numbers whose output is part of this
// package's contract: the same seed gives the same numbers in every version,
// on every machine. It is xoshiro256** 1.0 (Blackman and Vigna 2021,
// "Scrambled linear pseudorandom number generators", ACM TOMS 47(4)), with its
// state filled by SplitMix64 as its authors recommend. It is not safe for
// concurrent use and not for secrets.
type Random struct{ s [4]uint64 }

// golden is the increment of SplitMix64: 2⁶⁴ divided by the golden ratio, odd.
const golden = 0x9e3779b97f4a7c15

// mix64 is SplitMix64's output function (Steele, Lea and Flood 2014, "Fast
// splittable pseudorandom number generators"): a bijection of 64 bits in which
// every input bit changes about half of the output bits.
func mix64(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// NewRandom is a stream of numbers of its own for each (seed, name, index).
// Give every replicate its own index: then the numbers do not depend on which
// goroutine draws them, or in which order.
func NewRandom(seed uint64, name string, index uint64) Random {
	key := mix64(streamKey(seed, name) + (index+1)*golden)
	var r Random
	for i := range r.s {
		key += golden
		r.s[i] = mix64(key)
	}
	return r
}

// streamKey hashes a seed and a name to 64 bits: FNV-1a (Fowler, Noll and Vo)
// over the seed's eight bytes, least significant first, and the name's bytes,
// then mixed.
func streamKey(seed uint64, name string) uint64 {
	const offset, prime = 0xcbf29ce484222325, 0x100000001b3
	h := uint64(offset)
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], seed)
	for _, c := range b {
		h = (h ^ uint64(c)) * prime
	}
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * prime
	}
	return mix64(h)
}

// Uint64 is the next number, uniform over all 64-bit values.
func (r *Random) Uint64() uint64 {
	s := &r.s
	out := bits.RotateLeft64(s[1]*5, 7) * 9
	t := s[1] << 17
	s[2] ^= s[0]
	s[3] ^= s[1]
	s[1] ^= s[2]
	s[0] ^= s[3]
	s[2] ^= t
	s[3] = bits.RotateLeft64(s[3], 45)
	return out
}

// Below is uniform over 0 … n-1, without bias (Lemire 2019, "Fast random
// integer generation in an interval"). It is 0 for n = 0.
func (r *Random) Below(n uint64) uint64 {
	hi, lo := bits.Mul64(r.Uint64(), n)
	if lo < n {
		for reject := -n % max(n, 1); lo < reject; {
			hi, lo = bits.Mul64(r.Uint64(), n)
		}
	}
	return hi
}

// resampleCounts draws len(counts) articles with replacement and sets counts
// to how often each was drawn: a multinomial draw. Each number of 64 bits
// yields two draws by Lemire's method in 32 bits, the upper half first; the
// spare half of an odd number of draws is dropped.
func (r *Random) resampleCounts(counts []uint32) {
	clear(counts)
	n := uint32(len(counts))
	if n == 0 {
		return
	}
	reject := -n % n
	for left := len(counts); left > 0; {
		both := r.Uint64()
		for _, x := range [2]uint32{uint32(both >> 32), uint32(both)} {
			product := uint64(x) * uint64(n)
			if uint32(product) < reject || left == 0 {
				continue
			}
			counts[product>>32]++
			left--
		}
	}
}

// coins sets each element to 0 or 1 with equal chance.
func (r *Random) coins(out []uint32) {
	var word uint64
	for i := range out {
		if i%64 == 0 {
			word = r.Uint64()
		}
		out[i] = uint32(word & 1)
		word >>= 1
	}
}
