package rebase

import (
	"slices"
	"sort"
)

// The work of a comparison is bounded by counts, never by a clock, so that the
// same two texts always give the same pairs.
const (
	maxPairDepth = 64  // levels of anchors between anchors
	maxPairEdits = 256 // differences between anchors; past that nothing is paired there
)

// pairing pairs equal elements of sequences of ids.
type pairing struct {
	a, b           []int32
	to             []int32 // by element of a, its partner in b or -1
	anchorsOnly    bool
	countA, countB []int32 // by id, in the range at hand; 0 between uses
	atA, atB       []int32 // by id, the last place in the range at hand
}

// newPairing is for sequences of ids below ids, any number of them.
func newPairing(ids int) *pairing {
	return &pairing{countA: make([]int32, ids), countB: make([]int32, ids), atA: make([]int32, ids), atB: make([]int32, ids)}
}

// pairUp pairs equal elements of two sequences, in order on both sides. It
// returns, for every element of a, its partner in b or -1.
//
// What both begin and end with is paired first, then what occurs once in each
// (patience diff), and so on between those anchors. Between anchors with
// nothing unique, elements that only one side has are left out and the rest is
// compared with the greedy algorithm of Myers (An O(ND) Difference Algorithm,
// 1986), up to maxPairEdits; with anchorsOnly it is not. Time and memory are
// O(n log n), times at most the two bounds.
func (p *pairing) pairUp(a, b []int32, anchorsOnly bool) []int32 {
	p.a, p.b, p.to, p.anchorsOnly = a, b, make([]int32, len(a)), anchorsOnly
	for i := range p.to {
		p.to[i] = -1
	}
	p.between(0, len(a), 0, len(b), 0)
	return p.to
}

// between pairs a[a0:a1] with b[b0:b1].
func (p *pairing) between(a0, a1, b0, b1, depth int) {
	for a0 < a1 && b0 < b1 && p.a[a0] == p.b[b0] {
		p.to[a0] = int32(b0)
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && p.a[a1-1] == p.b[b1-1] {
		a1, b1 = a1-1, b1-1
		p.to[a1] = int32(b1)
	}
	if a0 == a1 || b0 == b1 {
		return
	}
	p.count(a0, a1, b0, b1)
	var anchors []int // places in a
	if depth < maxPairDepth {
		anchors = p.anchors(a0, a1)
	}
	var restA, restB []int32
	if len(anchors) == 0 && !p.anchorsOnly {
		restA, restB = p.shared(a0, a1, b0, b1)
	}
	p.uncount(a0, a1, b0, b1)
	for _, i := range anchors {
		j := int(p.to[i])
		p.between(a0, i, b0, j, depth+1)
		a0, b0 = i+1, j+1
	}
	if len(anchors) > 0 {
		p.between(a0, a1, b0, b1, depth+1)
	}
	p.shortest(restA, restB)
}

func (p *pairing) count(a0, a1, b0, b1 int) {
	for i := a0; i < a1; i++ {
		p.countA[p.a[i]]++
		p.atA[p.a[i]] = int32(i)
	}
	for j := b0; j < b1; j++ {
		p.countB[p.b[j]]++
		p.atB[p.b[j]] = int32(j)
	}
}

func (p *pairing) uncount(a0, a1, b0, b1 int) {
	for i := a0; i < a1; i++ {
		p.countA[p.a[i]] = 0
	}
	for j := b0; j < b1; j++ {
		p.countB[p.b[j]] = 0
	}
}

// anchors pairs the longest increasing run of elements that occur once in the
// range of each side, and returns their places in a.
func (p *pairing) anchors(a0, a1 int) []int {
	var tails []int                 // tails[k]: place in a of the last of the best run of k+1
	before := make(map[int]int, 16) // place in a → the one before it in its run, -1 for none
	for i := a0; i < a1; i++ {
		id := p.a[i]
		if p.countA[id] != 1 || p.countB[id] != 1 {
			continue
		}
		j := p.atB[id]
		k := sort.Search(len(tails), func(k int) bool { return p.atB[p.a[tails[k]]] >= j })
		before[i] = -1
		if k > 0 {
			before[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	run := make([]int, 0, len(tails))
	for i := tails[len(tails)-1]; i >= 0; i = before[i] {
		p.to[i] = p.atB[p.a[i]]
		run = append(run, i)
	}
	slices.Reverse(run)
	return run
}

// shared is the places of the elements that both sides have in the range.
func (p *pairing) shared(a0, a1, b0, b1 int) (restA, restB []int32) {
	for i := a0; i < a1; i++ {
		if p.countB[p.a[i]] > 0 {
			restA = append(restA, int32(i))
		}
	}
	for j := b0; j < b1; j++ {
		if p.countA[p.b[j]] > 0 {
			restB = append(restB, int32(j))
		}
	}
	return restA, restB
}

// shortest pairs the elements at places ia and ib along a shortest edit script,
// if it has at most maxPairEdits edits.
func (p *pairing) shortest(ia, ib []int32) {
	n, m := int32(len(ia)), int32(len(ib))
	if n == 0 || m == 0 {
		return
	}
	limit := min(n+m, maxPairEdits)
	origin := limit + 1
	far := make([]int32, 2*limit+3) // by diagonal, the furthest x reached
	var trace [][]int32             // far[-d:d] after d edits
	for d := int32(0); d <= limit; d++ {
		for k := -d; k <= d; k += 2 {
			x := far[origin+k+1]
			if k != -d && (k == d || far[origin+k-1] >= far[origin+k+1]) {
				x = far[origin+k-1] + 1
			}
			for x < n && x-k < m && p.a[ia[x]] == p.b[ib[x-k]] {
				x++
			}
			far[origin+k] = x
			if k == n-m && x >= n {
				p.backtrack(ia, ib, trace)
				return
			}
		}
		trace = append(trace, slices.Clone(far[origin-d:origin+d+1]))
	}
}

// backtrack walks a script of len(trace) edits from its end and pairs what it
// keeps.
func (p *pairing) backtrack(ia, ib []int32, trace [][]int32) {
	x, y := int32(len(ia)), int32(len(ib))
	for d := int32(len(trace)); ; d-- {
		var startX, startY int32 // where the run of equal elements began
		k, down := x-y, false
		if d > 0 {
			far := func(k int32) int32 { // after d-1 edits
				if k < 1-d || k > d-1 {
					return -1
				}
				return trace[d-1][k+d-1]
			}
			down = k == -d || k != d && far(k-1) < far(k+1)
			if down {
				startX = far(k + 1)
			} else {
				startX = far(k-1) + 1
			}
			startY = startX - k
		}
		for x > startX {
			x, y = x-1, y-1
			p.to[ia[x]] = ib[y]
		}
		switch {
		case d == 0:
			return
		case down:
			y = startY - 1
		default:
			x = startX - 1
		}
	}
}
