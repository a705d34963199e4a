package labels

import (
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/mizan-corpus/mizan/schema"
)

// Unit is a way of counting offsets.
type Unit int

// The units that [offsets.Detect] tells apart, in order of preference.
// Inclusive means that the end is the last unit of the span, not the one after.
const (
	CodePoints Unit = iota
	UTF8Bytes
	UTF16Units
	CodePointsInclusive
	UTF8BytesInclusive
	UTF16UnitsInclusive
	UnitCount
)

// Graphemes counts extended grapheme clusters (UAX #29): a letter with its
// marks, CR LF, an emoji with what modifies it is one. It is stated, or told in
// formats whose tool may count so; [offsets.Detect] does not look for it.
const Graphemes = UnitCount

// String is the unit's name, e.g. "UTF-16 code units".
func (u Unit) String() string {
	if u < 0 || u > Graphemes {
		return fmt.Sprintf("unit %d", int(u))
	}
	return [...]string{"Unicode code points", "UTF-8 bytes", "UTF-16 code units", "Unicode code points with an inclusive end",
		"UTF-8 bytes with an inclusive end", "UTF-16 code units with an inclusive end", "grapheme clusters"}[u]
}

// Convert turns a span counted in the unit into code points. It reports false
// when the span is empty, leaves the text or cuts a code point.
func (u Unit) Convert(x *schema.Index, s schema.Span) (schema.Span, bool) {
	if s.Start < 0 || s.End < s.Start {
		return schema.NoSpan, false
	}
	end := s.End
	if u >= CodePointsInclusive && u < UnitCount {
		if end == math.MaxInt32 {
			return schema.NoSpan, false
		}
		end++
	}
	from, fromOK := u.point(x, s.Start)
	to, toOK := u.point(x, end)
	out := schema.Span{Start: from, End: to}
	if !fromOK || !toOK || !out.Valid() {
		return schema.NoSpan, false
	}
	return out, true
}

func (u Unit) point(x *schema.Index, at int32) (int32, bool) {
	switch u {
	case UTF8Bytes, UTF8BytesInclusive:
		return x.FromByte(int(at))
	case UTF16Units, UTF16UnitsInclusive:
		return x.FromUTF16(at)
	case Graphemes:
		return afterGraphemes(x.Text(), at)
	}
	return at, at >= 0 && at <= x.Len()
}

// afterGraphemes is how many code points the first n grapheme clusters of a text
// have. It reports false where there are fewer clusters.
func afterGraphemes(text string, n int32) (int32, bool) {
	points, state := int32(0), -1
	for ; n > 0 && text != ""; n-- {
		var cluster string
		cluster, text, _, state = uniseg.FirstGraphemeClusterInString(text, state)
		points += int32(utf8.RuneCountInString(cluster))
	}
	return points, n == 0
}
