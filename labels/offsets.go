package labels

import (
	"fmt"
	"math"
	"math/bits"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Unit is a way of counting offsets.
type Unit int

// The units that [CheckOffsets] tells apart, in order of preference.
// Inclusive means that the end is the last unit of the span, not the one after.
const (
	CodePoints Unit = iota
	UTF8Bytes
	UTF16Units
	CodePointsInclusive
	UTF8BytesInclusive
	UTF16UnitsInclusive
	unitCount
)

// String is the unit's name, e.g. "UTF-16 code units".
func (u Unit) String() string {
	if u < 0 || u >= unitCount {
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

// Units is a set of units.
type Units uint8

const allUnits Units = 1<<unitCount - 1

// Has reports whether the unit is in the set.
func (s Units) Has(u Unit) bool { return s&(1<<u) != 0 }

// String lists the units.
func (s Units) String() string {
	var names []string
	for u := range unitCount {
		if s.Has(u) {
			names = append(names, u.String())
		}
	}
	return strings.Join(names, ", ")
}

// OffsetError says that the spans of a document do not fit its text.
type OffsetError struct {
	At      Position
	DocID   string
	Item    string      // the first span that fails, e.g. `mention "m3"`
	Span    schema.Span // as given
	Surface string      // the text it should have, "" when none was given
	Found   string      // what stands there, counted in code points
	Fits    Units       // more than one: every surface fits under each, but at different places
	Best    Unit        // the unit under which most surfaces fit
	BestN   int         // how many fit under Best
	Total   int         // how many surfaces there are
}

func (e *OffsetError) Error() string {
	what := fmt.Sprintf("%s: span %s", e.Item, e.Span)
	if e.At.File != "" {
		what = e.At.String() + ": " + what
	}
	switch {
	case bits.OnesCount8(uint8(e.Fits)) > 1:
		return what + ": found several units that fit every surface (" + e.Fits.String() + "), expected one"
	case e.Surface == "":
		return what + ": found a span outside the text, expected one inside"
	case e.Found == "":
		return fmt.Sprintf("%s: found no text there, expected %q", what, e.Surface)
	}
	return fmt.Sprintf("%s: found %q, expected %q", what, e.Found, e.Surface)
}

// Hint says how far the best unit got.
func (e *OffsetError) Hint() string {
	if e.BestN == 0 {
		return "offsets are [start,end) in Unicode code points of the canonical text; is this the same text?"
	}
	return fmt.Sprintf("counted in %s, %d of %d surfaces fit", e.Best, e.BestN, e.Total)
}
