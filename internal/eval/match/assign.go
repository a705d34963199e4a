package match

import (
	"cmp"
	"math"
	"slices"
)

// Edge says that row (gold) Row may be matched to column (prediction) Col for
// a gain of Weight > 0.
type Edge struct {
	Row, Col int32
	Weight   int64
}

// Assigner finds matchings of greatest total weight in sparse bipartite
// graphs. It keeps its memory between calls; the zero value is ready to use.
// It is not safe for concurrent use.
type Assigner struct {
	first     []int32 // edges of row r are edges[first[r]:first[r+1]]
	u, v      []int64 // potentials of rows and columns
	rowOf     []int32 // matched row of a column, -1 when free
	colOf     []int32 // matched column of a row, -1 when free
	dist      []int64 // tentative distance of a column in this search
	seen      []int32 // search in which the column was last reached
	done      []int32 // search in which the column was last settled
	from      []int32 // row from which the column was reached
	heap      []reach
	settled   []int32
	rowDist   []int64
	visitRows []int32
	order     []int32 // rows that have edges, heaviest edge first
	best      []int64 // heaviest edge of a row
	patience  int     // edges that searches may still look at
	priced    bool    // u and v are those of the matching
}

type reach struct {
	dist  int64
	col   int32
	taken bool
}

// Match returns for each row the column matched to it, or -1, such that the
// sum of weights is the greatest possible. Edges must be grouped by row in
// ascending order; weights must be positive and their sum must fit an int64.
// The result is valid until the next call.
//
// It grows the matching by one row at a time along a shortest augmenting path
// under node potentials, searched with Dijkstra's algorithm (Jonker and
// Volgenant 1987, "A shortest augmenting path algorithm for dense and sparse
// linear assignment problems"; Edmonds and Karp 1972). A row may stay
// unmatched at weight 0. A search never leaves the row's own connected
// component, and rows with the heaviest edges come first, so that lighter rows
// do not take columns that must be given back: many small components, and long
// chains of overlaps with few errors, cost near-linear time. In a large
// component with many ties each search may go through most of it: when all of
// them have looked at very many edges, [auction] begins anew.
func (a *Assigner) Match(rows, cols int, edges []Edge) []int32 {
	a.reset(rows, cols, edges)
	a.patience, a.priced = max(1<<23, 32*len(edges)), true
	for _, r := range a.order {
		a.insert(r, edges)
		if a.patience < 0 {
			if colOf, ok := auction(rows, cols, edges); ok {
				a.colOf, a.priced = colOf, false
				break
			}
			a.patience = math.MaxInt
		}
	}
	return a.colOf
}

func (a *Assigner) reset(rows, cols int, edges []Edge) {
	a.first = Resize(a.first, rows+1)
	a.u, a.rowDist = Resize(a.u, rows), Resize(a.rowDist, rows)
	a.v, a.dist = Resize(a.v, cols), Resize(a.dist, cols)
	a.colOf, a.rowOf = Resize(a.colOf, rows), Resize(a.rowOf, cols)
	a.seen, a.done, a.from = Resize(a.seen, cols), Resize(a.done, cols), Resize(a.from, cols)
	for i := range a.colOf {
		a.colOf[i] = -1
	}
	for i := range a.rowOf {
		a.rowOf[i], a.seen[i], a.done[i] = -1, -1, -1
	}
	e := 0
	for r := range rows {
		a.first[r] = int32(e)
		for e < len(edges) && int(edges[e].Row) == r {
			e++
		}
	}
	a.first[rows] = int32(e)

	a.order, a.best = a.order[:0], Resize(a.best, rows)
	for r := range rows {
		for _, e := range edges[a.first[r]:a.first[r+1]] {
			a.best[r] = max(a.best[r], e.Weight)
		}
		if a.best[r] > 0 {
			a.order = append(a.order, int32(r))
		}
	}
	slices.SortStableFunc(a.order, func(x, y int32) int { return cmp.Compare(a.best[y], a.best[x]) })
}

func Resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// insert adds row r0 to the matching. Costs are negated weights; the reduced
// cost -w - u - v of every edge stays 0 or more and is 0 on matched edges.
func (a *Assigner) insert(r0 int32, edges []Edge) {
	u0 := int64(0) // leaving the row unmatched costs 0
	for _, e := range edges[a.first[r0]:a.first[r0+1]] {
		u0 = min(u0, -e.Weight-a.v[e.Col])
	}
	a.u[r0] = u0

	a.heap, a.settled, a.visitRows = a.heap[:0], a.settled[:0], a.visitRows[:0]
	bestFree, bestFreeDist := int32(-1), int64(1<<63-1) // the row on the path that is cheapest to leave unmatched
	endCol, endDist := int32(-1), int64(0)
	r, d := r0, int64(0)
	for {
		a.rowDist[r] = d
		a.visitRows = append(a.visitRows, r)
		a.patience -= int(a.first[r+1] - a.first[r])
		if out := d - a.u[r]; out < bestFreeDist {
			bestFree, bestFreeDist = r, out
		}
		for _, e := range edges[a.first[r]:a.first[r+1]] {
			if a.done[e.Col] == r0 {
				continue
			}
			nd := d - e.Weight - a.u[r] - a.v[e.Col]
			if a.seen[e.Col] != r0 || nd < a.dist[e.Col] {
				a.seen[e.Col], a.dist[e.Col], a.from[e.Col] = r0, nd, r
				a.push(reach{nd, e.Col, a.rowOf[e.Col] >= 0})
			}
		}
		c, ok := a.nearest(r0)
		if !ok || a.dist[c] >= bestFreeDist {
			endDist = bestFreeDist
			break
		}
		if a.rowOf[c] < 0 {
			endCol, endDist = c, a.dist[c]
			break
		}
		a.done[c] = r0
		a.settled = append(a.settled, c)
		r, d = a.rowOf[c], a.dist[c]
	}

	for _, r := range a.visitRows {
		a.u[r] += endDist - a.rowDist[r]
	}
	for _, c := range a.settled {
		a.v[c] -= endDist - a.dist[c]
	}

	if endCol < 0 { // bestFree gives its column up and stays unmatched
		endCol = a.colOf[bestFree]
		a.colOf[bestFree] = -1
		if bestFree == r0 {
			return
		}
	}
	a.augment(r0, endCol)
}

// augment turns the path from row r0 to column c round: every row on it takes the
// column by which it was reached.
func (a *Assigner) augment(r0, c int32) {
	for {
		r := a.from[c]
		next := a.colOf[r]
		a.colOf[r], a.rowOf[c] = c, r
		if r == r0 {
			return
		}
		c = next
	}
}

// nearest pops the closest column that is not settled in this search.
func (a *Assigner) nearest(search int32) (int32, bool) {
	for len(a.heap) > 0 {
		top := a.pop()
		if a.done[top.col] != search && top.dist == a.dist[top.col] {
			return top.col, true
		}
	}
	return -1, false
}

// less puts the nearer column first, among equals one that is free, so that a
// search among ties ends as soon as it can.
func (x reach) less(y reach) bool {
	switch {
	case x.dist != y.dist:
		return x.dist < y.dist
	case x.taken != y.taken:
		return y.taken
	}
	return x.col < y.col
}

func (a *Assigner) push(x reach) {
	a.heap = append(a.heap, x)
	i := len(a.heap) - 1
	for i > 0 {
		parent := (i - 1) / 2
		if !a.heap[i].less(a.heap[parent]) {
			break
		}
		a.heap[i], a.heap[parent] = a.heap[parent], a.heap[i]
		i = parent
	}
}

func (a *Assigner) pop() reach {
	h := a.heap
	top := h[0]
	n := len(h) - 1
	h[0] = h[n]
	h = h[:n]
	for i := 0; ; {
		child := 2*i + 1
		if child >= n {
			break
		}
		if child+1 < n && h[child+1].less(h[child]) {
			child++
		}
		if !h[child].less(h[i]) {
			break
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
	a.heap = h
	return top
}
