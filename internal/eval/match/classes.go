package match

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// ClassMatcher finds matchings of greatest weight whose figures by class depend
// on no order and on no name. It keeps its memory between calls; the zero value
// is ready to use.
type ClassMatcher struct {
	assign, choose Assigner
	base           []int32
	edges          []Edge
	classes        []eval.Class
	tied           []Edge // where one side has one item: the heaviest
	chosen         []int32
}

// Reading is a matching and the rows of counters that are to be read from it.
type Reading struct {
	ColOf      []int32    // by row (gold): its column (prediction), or -1
	Gold, Pred eval.Rows  // of the items of either side; 0 is none
	Class      eval.Class // the one class that a [eval.ClassRow] alone is of
}

// GoldRows are the rows in which a gold item of the class counts; 0 is none.
func (r *Reading) GoldRows(c eval.Class) eval.Rows { return r.rows(r.Gold, c) }

// PredRows are the rows in which a predicted item of the class counts.
func (r *Reading) PredRows(c eval.Class) eval.Rows { return r.rows(r.Pred, c) }

func (r *Reading) rows(rows eval.Rows, c eval.Class) eval.Rows {
	if rows == eval.ClassRow && c != r.Class {
		return 0
	}
	return rows
}

// Read is called with matchings that together count every item once in each of
// its rows.
type Read func(r Reading)

const bothRows = eval.PooledRow | eval.ClassRow

// Match matches rows to columns for the greatest total weight, see
// [Assigner.Match], and hands every item to read once for each of its rows.
// Where several matchings are equally good and give a class different counts,
// the class gets those of the one that gives it least: a class is credited with
// what no choice among equals can take away. So its figures are the same
// whatever the classes are called, in whatever order the items come, and with
// the sides swapped.
//
// Edges of greatest weight are told by the potentials: an edge is part of some
// best matching only where it is tight, and whatever is tight and covers every
// row and column of a potential other than 0 is a best matching (Kuhn 1955).
func (m *ClassMatcher) Match(gold, pred []eval.Class, edges []Edge, read Read) {
	if len(gold) == 1 || len(pred) == 1 {
		m.single(gold, pred, edges, read)
		return
	}
	m.solve(gold, pred, edges, read)
}

// solve matches several rows and columns.
func (m *ClassMatcher) solve(gold, pred []eval.Class, edges []Edge, read Read) {
	m.tied = m.tied[:0]
	colOf := m.assign.Match(len(gold), len(pred), edges)
	severalGold, severalPred := several(gold), several(pred)
	if !severalGold && !severalPred || !m.open(gold, pred, edges, colOf) {
		read(Reading{colOf, bothRows, bothRows, 0})
		return
	}
	m.base = append(m.base[:0], colOf...)
	read(Reading{m.base, eval.PooledRow, eval.PooledRow, 0})
	m.side(gold, severalGold, pred, edges, true, read)
	m.side(pred, severalPred, pred, edges, false, read)
}

// single matches where one side has one item: each of its heaviest edges is a best
// matching.
func (m *ClassMatcher) single(gold, pred []eval.Class, edges []Edge, read Read) {
	m.tied = m.tied[:0]
	for _, e := range edges {
		if len(m.tied) > 0 && e.Weight > m.tied[0].Weight {
			m.tied = m.tied[:0]
		}
		if len(m.tied) == 0 || e.Weight == m.tied[0].Weight {
			m.tied = append(m.tied, e)
		}
	}
	m.base = m.one(m.base, len(gold), 0)
	mixed := false
	for _, e := range m.tied {
		mixed = mixed || gold[e.Row] != pred[e.Col]
	}
	severalGold, severalPred := several(gold), several(pred)
	if len(m.tied) < 2 || !mixed || !severalGold && !severalPred {
		read(Reading{m.base, bothRows, bothRows, 0})
		return
	}
	read(Reading{m.base, eval.PooledRow, eval.PooledRow, 0})
	m.side(gold, severalGold, pred, edges, true, read)
	m.side(pred, severalPred, pred, edges, false, read)
}

// one is the matching of the tied edge at a place, of none where there is none.
func (m *ClassMatcher) one(colOf []int32, rows, at int) []int32 {
	colOf = colOf[:0]
	for range rows {
		colOf = append(colOf, -1)
	}
	if at < len(m.tied) {
		colOf[m.tied[at].Row] = m.tied[at].Col
	}
	return colOf
}

// leastOfTied is the first of the tied edges whose item is of another class.
func (m *ClassMatcher) leastOfTied(classes []eval.Class, c eval.Class, ofGold bool) []int32 {
	for i, e := range m.tied {
		at := e.Col
		if ofGold {
			at = e.Row
		}
		if classes[at] != c {
			m.chosen = m.one(m.chosen, len(m.base), i)
			return m.chosen
		}
	}
	return m.base
}

func several(classes []eval.Class) bool {
	for _, c := range classes {
		if c != classes[0] {
			return true
		}
	}
	return false
}

// open reports whether another matching is as good and may count differently
// for a class: where all tight edges join equals, every best matching finds as
// many of each class. In a component so large that it was matched by [auction],
// which sets no potentials, it is not asked.
func (m *ClassMatcher) open(gold, pred []eval.Class, edges []Edge, colOf []int32) bool {
	if !m.assign.priced {
		return false
	}
	other, mixed := false, false
	for _, e := range edges {
		if m.tight(e) {
			other = other || colOf[e.Row] != e.Col
			mixed = mixed || gold[e.Row] != pred[e.Col]
		}
	}
	return other && mixed
}

func (m *ClassMatcher) tight(e Edge) bool { return -e.Weight == m.assign.u[e.Row]+m.assign.v[e.Col] }

// side reads the class rows of one side.
func (m *ClassMatcher) side(classes []eval.Class, several bool, pred []eval.Class, edges []Edge, ofGold bool, read Read) {
	hand := func(colOf []int32, c eval.Class) {
		if ofGold {
			read(Reading{colOf, eval.ClassRow, 0, c})
		} else {
			read(Reading{colOf, 0, eval.ClassRow, c})
		}
	}
	m.classes = append(m.classes[:0], classes...)
	slices.Sort(m.classes)
	m.classes = slices.Compact(m.classes)
	for _, c := range m.classes {
		if !several {
			hand(m.base, c)
			continue
		}
		hand(m.least(classes, c, len(pred), edges, ofGold), c)
	}
}

// least is the best matching in which the items of a class weigh least.
func (m *ClassMatcher) least(classes []eval.Class, c eval.Class, cols int, edges []Edge, ofGold bool) []int32 {
	if len(m.tied) > 0 {
		return m.leastOfTied(classes, c, ofGold)
	}
	pairs := int64(min(len(m.assign.colOf), cols))
	must := int64(0) // more than any matching weighs
	for _, e := range edges {
		must = max(must, e.Weight)
	}
	if must > (1<<62)/(2*pairs*pairs+2) { // no room: ties are left
		return m.base
	}
	must = must*pairs + 1
	m.edges = m.edges[:0]
	for _, e := range edges {
		if !m.tight(e) {
			continue
		}
		w := int64(0)
		if m.assign.u[e.Row] != 0 {
			w += must
		}
		if m.assign.v[e.Col] != 0 {
			w += must
		}
		at := e.Col
		if ofGold {
			at = e.Row
		}
		if classes[at] == c {
			w -= e.Weight
		}
		m.edges = append(m.edges, Edge{e.Row, e.Col, w})
	}
	return m.choose.Match(len(m.assign.colOf), cols, m.edges)
}
