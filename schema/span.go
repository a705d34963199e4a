package schema

import (
	"fmt"
	"sort"
	"unicode/utf8"
)

// Span is a half-open range [Start, End) of an article's canonical text, in
// Unicode code points, 0-based, in logical order. It is the one definition of
// an offset in this module: every other unit (UTF-8 bytes, UTF-16 code units)
// is converted to it at the border, by an [Index].
type Span struct {
	Start int32
	End   int32
}

// NoSpan is the absent span: a prediction that gave its surface text only, an
// event without a reporting cue.
var NoSpan = Span{-1, -1}

// IsSet reports whether the span is given at all; it may still be invalid. The
// zero value [0,0) carries no text and counts as absent too.
func (s Span) IsSet() bool { return s != NoSpan && s != Span{} }

// Valid reports whether the span is well formed: 0 ≤ Start < End. An empty
// span carries no text and is never valid.
func (s Span) Valid() bool { return s.Start >= 0 && s.Start < s.End }

// Len is the number of code points in the span.
func (s Span) Len() int32 { return s.End - s.Start }

// Overlaps reports whether the two spans share at least one code point.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Contains reports whether t lies wholly inside s (equal spans included).
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Crosses reports whether the two spans overlap without one containing the other.
func (s Span) Crosses(t Span) bool {
	return s.Overlaps(t) && !s.Contains(t) && !t.Contains(s)
}

// Intersection is the number of code points the two spans share, 0 or more.
func (s Span) Intersection(t Span) int32 {
	return max(0, min(s.End, t.End)-max(s.Start, t.Start))
}

// Compare orders spans by start, then longer first, so that an enclosing span
// comes before the spans nested in it. It returns -1, 0 or +1.
func (s Span) Compare(t Span) int {
	switch {
	case s.Start != t.Start:
		if s.Start < t.Start {
			return -1
		}
		return 1
	case s.End != t.End:
		if s.End > t.End {
			return -1
		}
		return 1
	}
	return 0
}

// String is "[start,end)", or "[)" for [NoSpan].
func (s Span) String() string {
	if !s.IsSet() {
		return "[)"
	}
	return fmt.Sprintf("[%d,%d)", s.Start, s.End)
}

// checkpointEvery is the distance, in code points, between two recorded
// positions of an Index. 64 keeps the index at 1/8 byte or less a code point.
const checkpointEvery = 64

// Index converts offsets of one text between code points, UTF-8 bytes and
// UTF-16 code units. Conversions cost O(log n) at most. The zero value is the
// index of the empty text. An Index is read-only and safe for concurrent use.
type Index struct {
	text   string
	points int32
	units  int32
	bytes  []int32 // byte offset of code point k*checkpointEvery
	utf16  []int32 // UTF-16 offset of the same code point
}

// NewIndex indexes text, which must be valid UTF-8 of less than 2 GiB: invalid
// bytes count as one code point each, as Go's range loop has it.
func NewIndex(text string) *Index {
	x := &Index{text: text}
	var n, u int32
	for b, r := range text {
		if n%checkpointEvery == 0 {
			x.bytes = append(x.bytes, int32(b))
			x.utf16 = append(x.utf16, u)
		}
		n++
		u += utf16Len(r)
	}
	x.points, x.units = n, u
	return x
}

// utf16Len is the number of UTF-16 code units of r: 2 outside the Basic
// Multilingual Plane, else 1.
func utf16Len(r rune) int32 {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// Text is the indexed text.
func (x *Index) Text() string { return x.text }

// Len is the text's length in code points.
func (x *Index) Len() int32 { return x.points }

// UTF16Len is the text's length in UTF-16 code units.
func (x *Index) UTF16Len() int32 { return x.units }

// Byte is the byte offset of code point p, 0 ≤ p ≤ Len. It reports false
// outside that range.
func (x *Index) Byte(p int32) (int, bool) {
	b, _, ok := x.seek(p)
	return b, ok
}

// UTF16 is the UTF-16 offset of code point p, 0 ≤ p ≤ Len.
func (x *Index) UTF16(p int32) (int32, bool) {
	_, u, ok := x.seek(p)
	return u, ok
}

func (x *Index) seek(p int32) (b int, u int32, ok bool) {
	if p < 0 || p > x.points {
		return 0, 0, false
	}
	if p == x.points {
		return len(x.text), x.units, true
	}
	k := p / checkpointEvery
	b, u = int(x.bytes[k]), x.utf16[k]
	for i := k * checkpointEvery; i < p; i++ {
		r, size := utf8.DecodeRuneInString(x.text[b:])
		b += size
		u += utf16Len(r)
	}
	return b, u, true
}

// FromByte is the code point that starts at byte b. It reports false outside
// the text and inside a code point.
func (x *Index) FromByte(b int) (int32, bool) {
	if b < 0 || b > len(x.text) {
		return 0, false
	}
	return x.find(func(k int) bool { return int(x.bytes[k]) > b }, func(at int, _ int32) int { return at - b })
}

// FromUTF16 is the code point that starts at UTF-16 unit u. It reports false
// outside the text and between the halves of a surrogate pair.
func (x *Index) FromUTF16(u int32) (int32, bool) {
	if u < 0 || u > x.units {
		return 0, false
	}
	return x.find(func(k int) bool { return x.utf16[k] > u }, func(_ int, at int32) int { return int(at - u) })
}

// find walks from the last checkpoint before the target (beyond tells whether
// a checkpoint lies past it) until distance is no longer negative.
func (x *Index) find(beyond func(k int) bool, distance func(b int, u int32) int) (int32, bool) {
	k := sort.Search(len(x.bytes), beyond) - 1
	if k < 0 {
		return 0, distance(0, 0) == 0
	}
	p, b, u := int32(k)*checkpointEvery, int(x.bytes[k]), x.utf16[k]
	for distance(b, u) < 0 && b < len(x.text) {
		r, size := utf8.DecodeRuneInString(x.text[b:])
		b += size
		u += utf16Len(r)
		p++
	}
	return p, distance(b, u) == 0
}

// Slice is the text of the span. It reports false unless the span is valid and
// inside the text.
func (x *Index) Slice(s Span) (string, bool) {
	if !s.Valid() || s.End > x.points {
		return "", false
	}
	from, _ := x.Byte(s.Start)
	to, _ := x.Byte(s.End)
	return x.text[from:to], true
}
