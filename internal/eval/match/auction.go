package match

import (
	"math"
	"slices"
)

// market is a bipartite graph in which every bidder can get an item, so that
// what is sought is an assignment of all to all. It is made of two copies of a
// graph, the second with its sides swapped, and an arc worth 0 from each row
// and column to its own copy, which stands for being left out: the best
// assignment is the best matching, twice.
type market struct {
	first  []int32 // the arcs of bidder x are arcs[first[x]:first[x+1]]
	arcs   []arc
	price  []int64
	owner  []int32 // bidder that holds the item, -1 when none
	holds  []int32 // item of the bidder
	bidder []int32 // those without an item, a stack
}

type arc struct {
	item  int32
	value int64
}

// auction is [Assigner.Match] for graphs of many ties. Whoever has no item
// bids for the one that is worth most to it beyond its price, up to where the
// second best is as good, and a step more, and so takes it from its owner.
// Since the step is less than one part in the number of bidders of the least
// difference of two matchings, the outcome is a best one; coarse steps before
// find prices that the fine ones need only mend (Bertsekas 1988, The auction
// algorithm: a distributed relaxation method for the assignment problem). It
// reports false where values do not fit an int64.
func auction(rows, cols int, edges []Edge) ([]int32, bool) {
	m, top, ok := newMarket(rows, cols, edges)
	if !ok {
		return nil, false
	}
	const finer = 5
	for step := top / finer; ; step /= finer {
		step = max(step, 1)
		if !m.sell(step) {
			return nil, false
		}
		if step == 1 {
			break
		}
	}
	colOf := m.holds[:rows]
	for r, item := range colOf {
		if int(item) >= cols {
			colOf[r] = -1
		}
	}
	return colOf, true
}

// priceLimit keeps every sum of a price, a value and a step within an int64.
const priceLimit = math.MaxInt64 / 4

// newMarket makes the market, in which weights are multiplied so that their
// differences exceed the number of bidders. top is the greatest value.
func newMarket(rows, cols int, edges []Edge) (m *market, top int64, ok bool) {
	n := rows + cols
	scale := int64(n + 1)
	m = &market{first: make([]int32, n+1), arcs: make([]arc, 2*len(edges)+n), price: make([]int64, n), owner: make([]int32, n), holds: make([]int32, n)}
	if 2*len(edges)+n > math.MaxInt32 {
		return nil, 0, false
	}
	for _, e := range edges {
		m.first[e.Row+1]++
		m.first[rows+int(e.Col)+1]++
		top = max(top, e.Weight)
	}
	if top > priceLimit/scale {
		return nil, 0, false
	}
	for x := range n {
		m.first[x+1] += m.first[x] + 1
	}
	next := slices.Clone(m.first[:n])
	add := func(bidder, item int, value int64) {
		m.arcs[next[bidder]] = arc{int32(item), value}
		next[bidder]++
	}
	for _, e := range edges {
		add(int(e.Row), int(e.Col), e.Weight*scale)
		add(rows+int(e.Col), cols+int(e.Row), e.Weight*scale)
	}
	for r := range rows {
		add(r, cols+r, 0)
	}
	for c := range cols {
		add(rows+c, c, 0)
	}
	return m, top * scale, true
}

// sell sells every item anew, beginning with the prices that were paid last.
func (m *market) sell(step int64) bool {
	m.bidder = m.bidder[:0]
	for x := range m.owner {
		m.owner[x] = -1
		m.bidder = append(m.bidder, int32(x))
	}
	for len(m.bidder) > 0 {
		x := m.bidder[len(m.bidder)-1]
		m.bidder = m.bidder[:len(m.bidder)-1]
		for x >= 0 {
			item, more := m.choose(x)
			if m.price[item] += more + step; m.price[item] > priceLimit {
				return false
			}
			m.holds[x] = item
			x, m.owner[item] = m.owner[item], x
		}
	}
	return true
}

// choose is the item that is worth most to the bidder beyond its price, and by
// how much more than the next one.
func (m *market) choose(x int32) (item int32, more int64) {
	best, second := int64(math.MinInt64), int64(math.MinInt64)
	for _, a := range m.arcs[m.first[x]:m.first[x+1]] {
		switch gain := a.value - m.price[a.item]; {
		case gain > best:
			item, best, second = a.item, gain, best
		case gain > second:
			second = gain
		}
	}
	if second == math.MinInt64 { // nobody else can want its only item
		return item, 0
	}
	return item, best - second
}
