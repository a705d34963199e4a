package labels

import (
	"fmt"
	"math"

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

// String is the unit's name, e.g. "UTF-16 code units".
func (u Unit) String() string {
	if u < 0 || u >= UnitCount {
		return fmt.Sprintf("unit %d", int(u))
	}
	return [...]string{"Unicode code points", "UTF-8 bytes", "UTF-16 code units", "Unicode code points with an inclusive end",
		"UTF-8 bytes with an inclusive end", "UTF-16 code units with an inclusive end"}[u]
}

// Convert turns a span counted in the unit into code points. It reports false
// when the span is empty, leaves the text or cuts a code point.
func (u Unit) Convert(x *schema.Index, s schema.Span) (schema.Span, bool) {
	if s.Start < 0 || s.End < s.Start {
		return schema.NoSpan, false
	}
	end := s.End
	if u >= CodePointsInclusive {
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
	}
	return at, at >= 0 && at <= x.Len()
}
