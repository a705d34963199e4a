package schema

import (
	"sort"
	"unicode/utf8"
)

// checkpointEvery is the distance, in code points, between two recorded
// positions of an Index. 32 keeps the index at 1/4 byte a code point.
const checkpointEvery = 32

// Index converts offsets of one text between code points, UTF-8 bytes and
// UTF-16 code units. Conversions cost O(log n) at most. The zero value is the
// index of the empty text. An Index is read-only and safe for concurrent use.
type Index struct {
	text   string
	valid  bool // UTF-8 throughout, so that code points are counted by their first bytes
	points int32
	units  int32
	bytes  []int32 // byte offset of code point k*checkpointEvery
	utf16  []int32 // UTF-16 offset of the same code point
}

// NewIndex indexes text, which must be valid UTF-8 of less than 2 GiB: invalid
// bytes count as one code point each, as Go's range loop has it.
func NewIndex(text string) *Index {
	x := &Index{text: text, valid: utf8.ValidString(text)}
	x.bytes = make([]int32, 0, len(text)/checkpointEvery/2+1)
	x.utf16 = make([]int32, 0, cap(x.bytes))
	if x.valid {
		for b := 0; b < len(text); {
			x.bytes, x.utf16 = append(x.bytes, int32(b)), append(x.utf16, x.units)
			to, n, units := skip(text[b:], checkpointEvery)
			b, x.points, x.units = b+to, x.points+int32(n), x.units+int32(units)
		}
		return x
	}
	for b, r := range text {
		if x.points%checkpointEvery == 0 {
			x.bytes, x.utf16 = append(x.bytes, int32(b)), append(x.utf16, x.units)
		}
		x.points++
		x.units += utf16Len(r)
	}
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
	if x.valid {
		to, _, units := skip(x.text[b:], int(p-k*checkpointEvery))
		return b + to, u + int32(units), true
	}
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
