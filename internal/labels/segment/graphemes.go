package segment

import (
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Graphemes are where the extended grapheme clusters (UAX #29) of a text begin,
// in code points, and its end: a cursor may stand at these places only.
func Graphemes(text string) []int32 {
	at := []int32{0}
	for state, points := -1, int32(0); text != ""; {
		var cluster string
		cluster, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		points += int32(utf8.RuneCountInString(cluster))
		at = append(at, points)
	}
	return at
}
