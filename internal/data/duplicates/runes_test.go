package duplicates

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A text is read by bytes for speed; code point by code point it has the same
// shingles, whatever it holds.
func TestShinglesOfCodePoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("أَهلة ـکی aZ9é'’中ไทย\u200f\u0301Ⱥ"))), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		var got, want []uint64
		eachShingle(text, func(h uint64) { got = append(got, h) })
		var words []rune // folded, with spaces between tokens
		for _, r := range text {
			switch r, kind := kindOf(r); kind {
			case inWord:
				words = append(words, r)
			case alone:
				words = append(words, ' ', r, ' ')
			case ends:
				words = append(words, ' ')
			}
		}
		eachShingle(string(words), func(h uint64) { want = append(want, h) })
		if !slices.Equal(got, want) {
			t.Fatalf("%q and %q differ", text, string(words))
		}
		for _, r := range text {
			if r < 0x800 {
				folded, kind := kindOf(r)
				if s := shortRunes()[r]; s.kind != kind || kind == inWord && rune(s.folded) != folded {
					t.Fatalf("%U: %v, expected %U %d", r, s, folded, kind)
				}
			}
		}
	})
}
