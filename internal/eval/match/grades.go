package match

import "github.com/mizan-corpus/mizan/schema"

// SpanSchemes are the grade functions of the four SemEval schemes, in the
// order strict, exact, partial, type.
var SpanSchemes = []GradeFunc{
	func(g, p *Item) Grade {
		if g.Span == p.Span && g.Class == p.Class {
			return Correct
		}
		return Incorrect
	},
	func(g, p *Item) Grade {
		if g.Span == p.Span {
			return Correct
		}
		return Incorrect
	},
	func(g, p *Item) Grade {
		if g.Span == p.Span {
			return Correct
		}
		return Partial
	},
	func(g, p *Item) Grade {
		if g.Class == p.Class {
			return Correct
		}
		return Incorrect
	},
}

// OverlapAtLeast grades two overlapping spans as correct when their
// intersection over union is at least percent, compared in integers.
func OverlapAtLeast(percent int) GradeFunc {
	return func(g, p *Item) Grade {
		if OverlapPercentAtLeast(g.Span, p.Span, percent) {
			return Correct
		}
		return NoMatch
	}
}

func OverlapPercentAtLeast(a, b schema.Span, percent int) bool {
	common := int64(a.Intersection(b))
	union := int64(a.Len()) + int64(b.Len()) - common
	return common > 0 && 100*common >= int64(percent)*union
}

// SameSpanGrade wants equal spans, and prefers equal classes.
func SameSpanGrade(g, p *Item) Grade {
	switch {
	case g.Span != p.Span:
		return NoMatch
	case g.Class == p.Class:
		return Correct
	}
	return Incorrect
}

func IdentifiedGrade(g, p *Item) Grade {
	if g.Span == p.Span {
		return Correct
	}
	return NoMatch
}

func ClassifiedGrade(g, p *Item) Grade {
	if g.Span == p.Span && g.Class == p.Class {
		return Correct
	}
	return NoMatch
}
