package match

import "github.com/mizan-corpus/mizan/internal/eval/place"

// SpanSchemes are the grade functions of the four SemEval schemes, in the
// order strict, exact, partial, type.
var SpanSchemes = []GradeFunc{
	func(g, p *Item) Grade {
		if g.Place == p.Place && g.Class == p.Class {
			return Correct
		}
		return Incorrect
	},
	func(g, p *Item) Grade {
		if g.Place == p.Place {
			return Correct
		}
		return Incorrect
	},
	func(g, p *Item) Grade {
		if g.Place == p.Place {
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

// OverlapAtLeast grades two overlapping places as correct when their
// intersection over union is at least percent, compared in integers.
func OverlapAtLeast(percent int) GradeFunc {
	return func(g, p *Item) Grade {
		if OverlapPercentAtLeast(g.Place, p.Place, percent) {
			return Correct
		}
		return NoMatch
	}
}

// OverlapPercentAtLeast compares what two places share with what either covers.
func OverlapPercentAtLeast(a, b place.Place, percent int) bool {
	common := int64(a.Intersection(b))
	union := int64(a.Len()) + int64(b.Len()) - common
	return common > 0 && 100*common >= int64(percent)*union
}

// SameSpanGrade wants equal places, and prefers equal classes.
func SameSpanGrade(g, p *Item) Grade {
	switch {
	case g.Place != p.Place:
		return NoMatch
	case g.Class == p.Class:
		return Correct
	}
	return Incorrect
}

func IdentifiedGrade(g, p *Item) Grade {
	if g.Place == p.Place {
		return Correct
	}
	return NoMatch
}

func ClassifiedGrade(g, p *Item) Grade {
	if g.Place == p.Place && g.Class == p.Class {
		return Correct
	}
	return NoMatch
}
