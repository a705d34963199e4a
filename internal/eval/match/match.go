package match

import (
	"slices"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// Grade says how well a prediction fits a gold item; higher is better.
type Grade uint8

// The grades of SemEval-2013 task 9.1. A gold item that nothing is matched to
// is missed, a predicted one is spurious; neither has a grade.
const (
	NoMatch   Grade = iota // the two may not be matched
	Incorrect              // they belong together, and it is wrong
	Partial                // it is partly right
	Correct
)

// Item is a span with a class, the unit of span matching.
type Item struct {
	Span  schema.Span
	Class eval.Class // of the item itself: its type
	Ref   int32      // position in the annotation's list
}

// GradeFunc grades a prediction against a gold item whose span it overlaps. It
// must depend on spans and classes only and give Correct to an identical item.
type GradeFunc func(gold, pred *Item) Grade

// Matcher matches gold and predicted spans one to one. It keeps its memory
// between calls; the zero value is ready to use. It is not safe for concurrent
// use.
type Matcher struct {
	assign Assigner
	edges  []Edge
	used   []int32
}

// SortItems puts items into canonical order: by start, end, class. Items that
// compare equal cannot be told apart by a [GradeFunc], so a matching of sorted
// items does not depend on the order of the input, as long as the numbers of
// the classes do not; see [eval.Tally.Intern].
func SortItems(items []Item) {
	if !slices.IsSortedFunc(items, compareItems) {
		slices.SortStableFunc(items, compareItems)
	}
}

func compareItems(a, b Item) int {
	switch {
	case a.Span.Start != b.Span.Start:
		return int(a.Span.Start) - int(b.Span.Start)
	case a.Span.End != b.Span.End:
		return int(a.Span.End) - int(b.Span.End)
	}
	return int(a.Class) - int(b.Class)
}

// Visit is called once for every matched pair and once for every item that is
// left over: then gold or pred is nil. scheme counts the grade functions.
type Visit func(scheme int, gold, pred *Item, grade Grade)

// Match finds, for each scheme, among all one-to-one matchings of overlapping
// items the one with the lexicographically greatest numbers of (correct,
// partial, incorrect) pairs, and visits its pairs and left-overs. Both lists
// must be sorted by [SortItems]. Spans that overlap nothing cost linear time;
// clusters of overlapping spans are solved exactly, each on its own.
func (m *Matcher) Match(gold, pred []Item, schemes []GradeFunc, visit Visit) {
	g, p := 0, 0
	for g < len(gold) || p < len(pred) {
		g0, p0 := g, p
		end := int32(-1 << 31)
		for {
			switch {
			case g < len(gold) && (g == g0 && p == p0 || gold[g].Span.Start < end) &&
				(p >= len(pred) || gold[g].Span.Start <= pred[p].Span.Start):
				end = max(end, gold[g].Span.End)
				g++
				continue
			case p < len(pred) && (g == g0 && p == p0 || pred[p].Span.Start < end):
				end = max(end, pred[p].Span.End)
				p++
				continue
			case g < len(gold) && gold[g].Span.Start < end:
				end = max(end, gold[g].Span.End)
				g++
				continue
			}
			break
		}
		m.cluster(gold[g0:g], pred[p0:p], schemes, visit)
	}
}

// cluster matches one cluster of overlapping items.
func (m *Matcher) cluster(gold, pred []Item, schemes []GradeFunc, visit Visit) {
	switch {
	case len(gold) == 0 || len(pred) == 0:
		for s := range schemes {
			leave(s, gold, pred, visit)
		}
	case len(gold) == 1 && len(pred) == 1:
		for s, grade := range schemes {
			if c := overlapGrade(grade, &gold[0], &pred[0]); c != NoMatch {
				visit(s, &gold[0], &pred[0], c)
			} else {
				leave(s, gold, pred, visit)
			}
		}
	case identical(gold, pred):
		for s := range schemes {
			for i := range gold {
				visit(s, &gold[i], &pred[i], Correct)
			}
		}
	default:
		for s, grade := range schemes {
			m.solve(s, gold, pred, grade, visit)
		}
	}
}

func overlapGrade(grade GradeFunc, g, p *Item) Grade {
	if !g.Span.Overlaps(p.Span) {
		return NoMatch
	}
	return grade(g, p)
}

func identical(gold, pred []Item) bool {
	if len(gold) != len(pred) {
		return false
	}
	for i := range gold {
		if compareItems(gold[i], pred[i]) != 0 {
			return false
		}
	}
	return true
}

func leave(scheme int, gold, pred []Item, visit Visit) {
	for i := range gold {
		visit(scheme, &gold[i], nil, NoMatch)
	}
	for i := range pred {
		visit(scheme, nil, &pred[i], NoMatch)
	}
}

// gradeWeights pack a lexicographic order into one integer for a cluster of at
// most n pairs: no number of incorrect pairs outweighs a partial one, no number
// of partial pairs a correct one, and what is left of a tie goes to pairs of the
// same class, worth same. In clusters of 2¹⁵ pairs or more ties are left, and
// beyond 2²⁰ pairs of one grade the order is no longer strict.
func gradeWeights(n int) (weight [4]int64, same int64) {
	m := int64(min(n, 1<<20)) + 1
	if m <= 1<<15 {
		return [4]int64{Incorrect: m, Partial: m * m, Correct: m * m * m}, 1
	}
	return [4]int64{Incorrect: 1, Partial: m, Correct: m * m}, 0
}

// solve matches a cluster by maximum weight. A gold item keeps at most
// len(gold) candidates of each grade: whatever the others take, one of them
// stays free, so the optimum is not changed, and a flood of predictions on one
// place costs no more than a scan.
func (m *Matcher) solve(scheme int, gold, pred []Item, grade GradeFunc, visit Visit) {
	weight, same := gradeWeights(min(len(gold), len(pred)))
	m.edges = m.edges[:0]
	from, reach := 0, int32(-1) // pred[:from] ends before the gold item begins, as does reach
	for i := range gold {
		for from < len(pred) && max(reach, pred[from].Span.End) <= gold[i].Span.Start {
			reach = max(reach, pred[from].Span.End)
			from++
		}
		var kept [4]int
		for j := from; j < len(pred) && pred[j].Span.Start < gold[i].Span.End; j++ {
			c := overlapGrade(grade, &gold[i], &pred[j])
			if c == NoMatch || kept[c] >= len(gold) {
				continue
			}
			kept[c]++
			w := weight[c]
			if gold[i].Class == pred[j].Class {
				w += same
			}
			m.edges = append(m.edges, Edge{int32(i), int32(j), w})
		}
	}
	match := m.assign.Match(len(gold), len(pred), m.edges)
	m.used = Resize(m.used, len(pred))
	for i, j := range match {
		if j < 0 {
			visit(scheme, &gold[i], nil, NoMatch)
			continue
		}
		m.used[j] = 1
		visit(scheme, &gold[i], &pred[j], grade(&gold[i], &pred[j]))
	}
	for j := range pred {
		if m.used[j] == 0 {
			visit(scheme, nil, &pred[j], NoMatch)
		}
	}
}
