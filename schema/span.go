package schema

import "fmt"

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
