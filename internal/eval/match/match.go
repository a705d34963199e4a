package match

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
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

// Item is a place with a class, the unit of span matching.
type Item struct {
	place.Place
	Class eval.Class // of the item itself: its type
	Ref   int32      // position in the annotation's list
	Rank  int32      // see [eval.Scope.Rank]
}

// GradeFunc grades a prediction against a gold item whose place it overlaps. It
// must depend on places and classes only and give Correct to an identical item.
type GradeFunc func(gold, pred *Item) Grade

// Matcher matches gold and predicted spans one to one. It keeps its memory
// between calls; the zero value is ready to use. It is not safe for concurrent
// use.
type Matcher struct {
	classes    ClassMatcher
	gold, pred []eval.Class // of the cluster that is being matched
	edges      []Edge
	kept       []int32
	used       []int32
}

// SortItems puts items into canonical order: by start, end, fragments, rank,
// class. Items that compare equal cannot be told apart by a [GradeFunc], so a
// matching of sorted items does not depend on the order of the input, as long as
// the numbers of the classes do not; see [eval.Tally.Intern].
func SortItems(items []Item) {
	for i := 1; i < len(items); i++ {
		if a, b := &items[i-1], &items[i]; a.Start > b.Start || a.Start == b.Start && compareItems(*a, *b) > 0 {
			slices.SortStableFunc(items, compareItems)
			return
		}
	}
}

func compareItems(a, b Item) int {
	switch {
	case a.Start != b.Start:
		return int(a.Start) - int(b.Start)
	case a.End != b.End:
		return int(a.End) - int(b.End)
	case !a.Whole() || !b.Whole():
		if c := a.CompareFragments(b.Place); c != 0 {
			return c
		}
	}
	if a.Rank != b.Rank {
		return int(a.Rank) - int(b.Rank)
	}
	return int(a.Class) - int(b.Class)
}

// Found is a matched pair, or an item that is left over: then Gold or Pred is
// nil. GoldRows and PredRows say in which rows the two are to be counted; 0 is in
// none, when the pair is told for the sake of the other.
type Found struct {
	Scheme             int // counts the grade functions
	Gold, Pred         *Item
	Grade              Grade
	GoldRows, PredRows eval.Rows
}

// CountedGold is the gold item as it is to be counted; false for none.
func (f *Found) CountedGold() (eval.Item, bool) {
	if f.Gold == nil || f.GoldRows == 0 {
		return eval.Item{}, false
	}
	return eval.Item{Class: f.Gold.Class, At: f.Gold.Ref, Rows: f.GoldRows}, true
}

// CountedPredicted is the predicted item as it is to be counted; false for none.
func (f *Found) CountedPredicted() (eval.Item, bool) {
	if f.Pred == nil || f.PredRows == 0 {
		return eval.Item{}, false
	}
	it := eval.Item{Class: f.Pred.Class, At: f.Pred.Ref, Of: -1, Rows: f.PredRows}
	if f.Gold != nil {
		it.Of = f.Gold.Ref
	}
	return it, true
}

// Visit is called for every matched pair and every item that is left over, so
// that each item is counted once in each of its rows.
type Visit func(f Found)

// Match finds, for each scheme, among all one-to-one matchings of overlapping
// items the one with the lexicographically greatest numbers of (correct,
// partial, incorrect, of the same class) pairs, and visits its pairs and
// left-overs. What several of these matchings count differently for a class is
// settled as [ClassMatcher.Match] says. Both lists must be sorted by [SortItems]. Spans that overlap nothing cost linear time;
// clusters of overlapping spans are solved exactly, each on its own.
func (m *Matcher) Match(gold, pred []Item, schemes []GradeFunc, visit Visit) {
	m.MatchSchemes(gold, pred, schemes, visit, func(f Found) {
		for f.Scheme = range schemes {
			visit(f)
		}
	})
}

// MatchSchemes is Match where what is the same under every scheme is told once,
// to all, whatever its Scheme: items that overlap nothing, and equal ones that
// overlap nothing else. They are counted in both rows.
func (m *Matcher) MatchSchemes(gold, pred []Item, schemes []GradeFunc, visit, all Visit) {
	g, p := 0, 0
	for g < len(gold) || p < len(pred) {
		g0, p0 := g, p
		end := int32(-1 << 31)
		for {
			switch {
			case g < len(gold) && (g == g0 && p == p0 || gold[g].Start < end) &&
				(p >= len(pred) || gold[g].Start <= pred[p].Start):
				end = max(end, gold[g].End)
				g++
				continue
			case p < len(pred) && (g == g0 && p == p0 || pred[p].Start < end):
				end = max(end, pred[p].End)
				p++
				continue
			case g < len(gold) && gold[g].Start < end:
				end = max(end, gold[g].End)
				g++
				continue
			}
			break
		}
		m.cluster(gold[g0:g], pred[p0:p], schemes, visit, all)
	}
}

// cluster matches one cluster of overlapping items.
func (m *Matcher) cluster(gold, pred []Item, schemes []GradeFunc, visit, all Visit) {
	switch {
	case len(gold) == 0 || len(pred) == 0:
		leave(0, gold, pred, all)
	case identical(gold, pred):
		for i := range gold {
			all(Found{0, &gold[i], &pred[i], Correct, bothRows, bothRows})
		}
	case len(gold) == 1 && len(pred) == 1:
		for s, grade := range schemes {
			if c := overlapGrade(grade, &gold[0], &pred[0]); c != NoMatch {
				visit(Found{s, &gold[0], &pred[0], c, bothRows, bothRows})
			} else {
				leave(s, gold, pred, visit)
			}
		}
	default:
		for s, grade := range schemes {
			m.solve(s, gold, pred, grade, visit)
		}
	}
}

func overlapGrade(grade GradeFunc, g, p *Item) Grade {
	if !g.Overlaps(p.Place) {
		return NoMatch
	}
	return grade(g, p)
}

func identical(gold, pred []Item) bool {
	if len(gold) != len(pred) {
		return false
	}
	for i := range gold {
		if g, p := &gold[i], &pred[i]; g.Span != p.Span || compareItems(*g, *p) != 0 {
			return false
		}
	}
	return true
}

func leave(scheme int, gold, pred []Item, visit Visit) {
	for i := range gold {
		visit(Found{Scheme: scheme, Gold: &gold[i], GoldRows: bothRows})
	}
	for i := range pred {
		visit(Found{Scheme: scheme, Pred: &pred[i], PredRows: bothRows})
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

// solve matches a cluster by maximum weight.
func (m *Matcher) solve(scheme int, gold, pred []Item, grade GradeFunc, visit Visit) {
	m.candidates(gold, pred, grade)
	m.gold, m.pred = classesOf(m.gold[:0], gold), classesOf(m.pred[:0], pred)
	m.classes.Match(m.gold, m.pred, m.edges, func(r Reading) {
		m.used = Resize(m.used, len(pred))
		for i, j := range r.ColOf {
			f := Found{Scheme: scheme, Gold: &gold[i], GoldRows: r.GoldRows(gold[i].Class)}
			if j >= 0 {
				m.used[j] = 1
				f.Pred, f.Grade, f.PredRows = &pred[j], grade(&gold[i], &pred[j]), r.PredRows(pred[j].Class)
			}
			visit(f)
		}
		for j := range pred {
			if m.used[j] == 0 {
				visit(Found{Scheme: scheme, Pred: &pred[j], PredRows: r.PredRows(pred[j].Class)})
			}
		}
	})
}

func classesOf(to []eval.Class, items []Item) []eval.Class {
	for i := range items {
		to = append(to, items[i].Class)
	}
	return to
}

// candidates lists the edges of a cluster. A gold item keeps at most len(gold)
// candidates of each grade and class: whatever the others take, one of them
// stays free, so the optimum is not changed, and a flood of predictions on one
// place costs no more than a scan.
func (m *Matcher) candidates(gold, pred []Item, grade GradeFunc) {
	weight, same := gradeWeights(min(len(gold), len(pred)))
	m.edges = m.edges[:0]
	classes := eval.Class(0)
	for j := range pred {
		classes = max(classes, pred[j].Class+1)
	}
	from, reach := 0, int32(-1) // pred[:from] ends before the gold item begins, as does reach
	for i := range gold {
		for from < len(pred) && max(reach, pred[from].End) <= gold[i].Start {
			reach = max(reach, pred[from].End)
			from++
		}
		m.kept = Resize(m.kept, 4*int(classes))
		for j := from; j < len(pred) && pred[j].Start < gold[i].End; j++ {
			c := overlapGrade(grade, &gold[i], &pred[j])
			if c == NoMatch {
				continue
			}
			if kept := &m.kept[4*int(pred[j].Class)+int(c)]; int(*kept) < len(gold) {
				*kept++
				w := weight[c]
				if gold[i].Class == pred[j].Class {
					w += same
				}
				m.edges = append(m.edges, Edge{int32(i), int32(j), w})
			}
		}
	}
}
