package duplicates

import (
	"math/bits"
	"slices"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// shingleWords is the number of words of a shingle: five is usual for news.
const shingleWords = 5

// sketchBins is the number of values of a [Sketch].
const sketchBins = 64

// Sketch is a MinHash of a text's shingles: two texts agree in a bin with a
// probability near their resemblance, the Jaccard coefficient of the sets of
// their shingles. It is made with one permutation (Li, Owen, Zhang 2012), empty
// bins filled by optimal densification (Shrivastava 2017), and the lowest 16
// bits of each value kept (Li, König 2010). The zero value is the sketch of a
// text without words, which resembles nothing.
type Sketch struct {
	bins [sketchBins]uint16
	set  bool
}

// NewSketch is the sketch of a text.
func NewSketch(text string) *Sketch {
	const none = 1 << 32
	var least [sketchBins]uint64
	for i := range least {
		least[i] = none
	}
	s := &Sketch{}
	eachShingle(text, func(h uint64) {
		bin := h >> 58
		least[bin] = min(least[bin], h&(none-1))
		s.set = true
	})
	if !s.set {
		return s
	}
	for i := range least {
		from := uint64(i)
		for try := uint64(1); least[from] == none; try++ {
			from = mix(uint64(i)<<32|try) >> 58
		}
		s.bins[i] = uint16(least[from])
	}
	return s
}

// Estimate is the share of bins in which the sketches agree: an estimate of the
// resemblance with a standard error of 0.06 at most.
func (s *Sketch) Estimate(t *Sketch) float64 {
	if !s.set || !t.set {
		return 0
	}
	n := 0
	for i := range s.bins {
		if s.bins[i] == t.bins[i] {
			n++
		}
	}
	return float64(n) / sketchBins
}

// Resemblance is the Jaccard coefficient of the sets of the texts' shingles of
// five words, 0 to 1, by Broder (1997); 0 where one has no words. A text of
// fewer words is one shingle. Words are compared without case, vowel signs and
// the variants of Arabic letters; punctuation does not count.
func Resemblance(a, b string) float64 {
	x, y := shingles(a), shingles(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			common++
			i++
			j++
		}
	}
	return float64(common) / float64(len(x)+len(y)-common)
}

// shingles is the set of the text's shingles, sorted.
func shingles(text string) []uint64 {
	var set []uint64
	eachShingle(text, func(h uint64) { set = append(set, h) })
	slices.Sort(set)
	return slices.Compact(set)
}

// eachShingle calls f with the hash of each shingle, in the order of the text.
func eachShingle(text string, f func(uint64)) {
	var words [shingleWords]uint64 // the last ones, in a ring
	n := 0
	shingle := func() uint64 {
		h := uint64(0)
		for i := range shingleWords {
			h = bits.RotateLeft64(h, 13) * 0x9E3779B97F4A7C15
			h += words[(n+i)%shingleWords]
		}
		return mix(h)
	}
	const start = 0xCBF29CE484222325 // FNV-1a, over code points
	word := uint64(start)
	end := func() {
		if word == start {
			return
		}
		words[n%shingleWords] = word
		word = start
		if n++; n >= shingleWords {
			f(shingle())
		}
	}
	for _, r := range text {
		r = fold.Rune(r)
		switch {
		case r < 0:
		case fold.IsArabicLetter(r) || 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			word = (word ^ uint64(r)) * 0x100000001B3
		default:
			end()
		}
	}
	end()
	if 0 < n && n < shingleWords {
		f(shingle())
	}
}

// mix spreads the bits of h (the finaliser of SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}
