package duplicates

import (
	"math/bits"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// Tokens of a shingle: words, or characters of scripts that put no spaces between
// words. Three words rather than the usual five: an edited copy of an agency's
// text keeps more of them, and unrelated news share hardly any (docs/articles.md).
const (
	shingleWords      = 3
	shingleCharacters = 5
)

// sketchBins is the number of values of a [Sketch].
const sketchBins = 64

// Sketch is a MinHash of a text's shingles: two texts agree in a bin with a
// probability near their resemblance, the Jaccard coefficient of the sets of
// their shingles. It is made with one permutation (Li, Owen, Zhang 2012), empty
// bins filled by optimal densification (Shrivastava 2017), and the lowest 16
// bits of each value kept (Li, König 2010). The zero value is the sketch of a
// text without words, which resembles nothing.
type Sketch struct {
	bins  bins
	few   *bins // of a text of few shingles: with a permutation for each value
	count int32 // shingles, each time it stands counted
}

type bins [sketchBins]uint16

// Texts of fewer shingles than fewShingles leave many bins empty, so that what
// fills these says the same as others. They have a second sketch without that
// fault, for pairs of which one has less than half of that; the other cannot have
// more than all of it if they resemble each other by a half.
const fewShingles = 4 * sketchBins

// NewSketch is the sketch of a text.
func NewSketch(text string) *Sketch {
	const none = 1 << 32
	var least [sketchBins]uint64
	for i := range least {
		least[i] = none
	}
	s := &Sketch{}
	var room [fewShingles]uint64
	few := room[:0]
	eachShingle(text, func(h uint64) {
		bin := h >> 58
		least[bin] = min(least[bin], h&(none-1))
		if s.count++; s.count < fewShingles {
			few = append(few, h)
		}
	})
	if s.count == 0 {
		return s
	}
	for i := range least {
		from := uint64(i)
		for try := uint64(1); least[from] == none; try++ {
			from = mix(uint64(i)<<32|try) >> 58
		}
		s.bins[i] = uint16(least[from])
	}
	if s.count < fewShingles {
		s.few = permuted(few)
	}
	return s
}

// permuted is a MinHash with one permutation a value (Broder 1997): products with
// odd numbers, of which the upper half is compared, as hashes whose bits are mixed
// allow (Dietzfelbinger et al. 1997).
func permuted(shingles []uint64) *bins {
	var b bins
	for i := 0; i < sketchBins; i += 4 {
		p, q, r, s := factors[i], factors[i+1], factors[i+2], factors[i+3]
		const most = ^uint64(0)
		lp, lq, lr, ls := most, most, most, most
		for _, h := range shingles { // four at a time, which do not wait for each other
			lp, lq, lr, ls = min(lp, h*p), min(lq, h*q), min(lr, h*r), min(ls, h*s)
		}
		b[i], b[i+1], b[i+2], b[i+3] = uint16(lp>>24), uint16(lq>>24), uint16(lr>>24), uint16(ls>>24)
	}
	return &b
}

// factors are the odd numbers of [permuted].
var factors = func() (f [sketchBins]uint64) {
	for i := range f {
		f[i] = mix(uint64(i)+1) | 1
	}
	return f
}()

// between are the values in which the sketches can be compared; ok is false where
// a text has no words.
func (s *Sketch) between(t *Sketch) (a, b *bins, ok bool) {
	if s.count == 0 || t.count == 0 {
		return nil, nil, false
	}
	if s.few != nil && t.few != nil {
		return s.few, t.few, true
	}
	return &s.bins, &t.bins, true
}

// Estimate is the share of values in which the sketches agree: an estimate of the
// resemblance with a standard error of 0.0625 at most.
func (s *Sketch) Estimate(t *Sketch) float64 {
	a, b, ok := s.between(t)
	if !ok {
		return 0
	}
	n := 0
	for i := range a {
		if a[i] == b[i] {
			n++
		}
	}
	return float64(n) / sketchBins
}

// Resemblance is the Jaccard coefficient of the sets of the texts' shingles, 0 to
// 1, by Broder (1997); 0 where one has no words. A shingle is three words, or five
// characters of a script without spaces between words; a text of fewer is one
// shingle. Words are compared without case, vowel signs and the variants of Arabic
// letters; punctuation does not count.
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
	var tokens [shingleCharacters]uint64 // the last ones, in a ring
	n, given := 0, false
	shingle := func(k int) {
		h := uint64(k)
		for i := range k {
			h = bits.RotateLeft64(h, 13) * 0x9E3779B97F4A7C15
			h += tokens[(n-k+i)%shingleCharacters]
		}
		given = true
		f(mix(h))
	}
	add := func(token uint64, k int) {
		tokens[n%shingleCharacters] = token
		if n++; n >= k {
			shingle(k)
		}
	}
	const start = 0xCBF29CE484222325 // FNV-1a, over code points
	word := uint64(start)
	end := func() {
		if word != start {
			add(word, shingleWords)
			word = start
		}
	}
	short := shortRunes()
	for i := 0; i < len(text); {
		c := text[i]
		r, kind := rune(0), ends
		switch {
		case c < utf8.RuneSelf:
			r, kind = rune(short[c].folded), short[c].kind
			i++
		case 0xC2 <= c && c <= 0xDF && i+1 < len(text) && text[i+1]&0xC0 == 0x80:
			s := &short[int(c&0x1F)<<6|int(text[i+1]&0x3F)]
			r, kind = rune(s.folded), s.kind
			i += 2
		default:
			long, size := utf8.DecodeRuneInString(text[i:])
			r, kind = kindOf(long)
			i += size
		}
		switch kind {
		case passed:
		case inWord:
			word = (word ^ uint64(r)) * 0x100000001B3
		case alone:
			end()
			add((start^uint64(r))*0x100000001B3, shingleCharacters)
		default:
			end()
		}
	}
	end()
	if !given && n > 0 {
		shingle(min(n, shingleCharacters))
	}
}

// runeKind is what a code point does to the word that it stands in.
type runeKind uint8

const (
	ends   runeKind = iota // ends it
	passed                 // is passed over
	inWord                 // belongs to it
	alone                  // is a token of its own
)

// kindOf folds a code point and says what it does.
func kindOf(r rune) (rune, runeKind) {
	r = fold.Rune(r)
	switch {
	case r < 0:
		return r, passed
	case fold.IsArabicLetter(r) || 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		return r, inWord
	case r <= unicode.MaxASCII:
		return r, ends
	case fold.Unspaced(r) && unicode.In(r, unicode.Letter, unicode.Mark):
		return r, alone
	case unicode.In(r, unicode.Letter, unicode.Digit, unicode.Mark):
		return r, inWord
	}
	return r, ends
}

// shortRune is a code point as [kindOf] has it.
type shortRune struct {
	folded uint16
	kind   runeKind
}

// shortRunes are those of at most two bytes of UTF-8; folded, all of them are in
// the Basic Multilingual Plane.
var shortRunes = sync.OnceValue(func() *[0x800]shortRune {
	var table [0x800]shortRune
	for c := range table {
		r, kind := kindOf(rune(c))
		table[c] = shortRune{uint16(r), kind}
	}
	return &table
})

// mix spreads the bits of h (the finaliser of SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}
