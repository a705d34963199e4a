package eval

import (
	"math/big"
	"slices"
)

// Moments are sums over articles of products of two counters of one metric, of
// one class or of two: all that an interval needs beside the totals. Like
// counts they are integers, so that order and sharding leave no trace; of a
// [FixedPoint] metric they are made of the rounded counters of [Tally.Get].
type Moments struct {
	layout  *Layout
	metrics []*Products
	// Scratch of Add.
	known   []string  // the classes of the last tally, by number
	ids     [][]int32 // their rows, by metric and class; -1 for one not asked for yet
	classes []Class
	order   []int32
	rows    [][]int64
	buffer  []int64
}

// NewMoments are the moments of no article.
func (l *Layout) NewMoments() *Moments {
	m := &Moments{layout: l}
	for _, metric := range l.metrics {
		m.metrics = append(m.metrics, NewProducts(metric.InQuadruples()))
	}
	return m
}

// InQuadruples is the number of counters that ratios are made of; they come
// first.
func (m *Metric) InQuadruples() int {
	n := 0
	for n < len(m.Counters) && m.inUnit(n) {
		n++
	}
	return n
}

// Of are the products of one metric.
func (m *Moments) Of(metric int) *Products { return m.metrics[metric] }

// Add adds one article. The overall counters are multiplied with each other,
// and those of every class with those of every other.
func (m *Moments) Add(t *Tally) {
	m.classes = m.classes[:0]
	for c, row := range t.rows {
		if row != nil {
			m.classes = append(m.classes, Class(c))
		}
	}
	m.know(t.names)
	for i, p := range m.metrics {
		m.order, m.rows = m.order[:0], m.rows[:0]
		for _, c := range m.classes {
			row := m.counters(t, i, c, p.width)
			if !slices.ContainsFunc(row, func(v int64) bool { return v != 0 }) {
				continue
			}
			if m.ids[i][c] < 0 {
				m.ids[i][c] = p.row(t.names[c])
			}
			m.order, m.rows = append(m.order, m.ids[i][c]), append(m.rows, row)
			if c == Overall {
				p.add(m.order, m.rows)
				m.order, m.rows = m.order[:0], m.rows[:0]
			}
		}
		p.add(m.order, m.rows)
		m.buffer = m.buffer[:0]
	}
}

// know prepares for tallies of the classes.
func (m *Moments) know(names []string) {
	if slices.Equal(m.known, names) {
		return
	}
	m.known, m.ids = append(m.known[:0], names...), make([][]int32, len(m.metrics))
	for i := range m.ids {
		m.ids[i] = slices.Repeat([]int32{-1}, len(names))
	}
}

// counters are the class's counters that ratios are made of, as Get has them.
func (m *Moments) counters(t *Tally, metric int, c Class, width int) []int64 {
	from := t.layout.offsets[metric]
	row := t.rows[c][from : from+width]
	if t.layout.metrics[metric].Unit != FixedPoint {
		return row
	}
	at := len(m.buffer)
	for i, v := range row {
		m.buffer = append(m.buffer, t.fractionsAt(c, from+i).rounded(v))
	}
	return m.buffer[at:len(m.buffer):len(m.buffer)]
}

// Merge adds the articles of another shard, counted under an equal layout.
func (m *Moments) Merge(o *Moments) error {
	if m.layout != o.layout && !m.layout.equal(o.layout) {
		return ErrLayout
	}
	for i, p := range o.metrics {
		m.metrics[i].merge(p)
	}
	return nil
}

// Products are sums over articles of products of counters, in rows of one
// width by name.
type Products struct {
	width  int
	names  []string
	ids    map[string]int32
	blocks [][]int128 // by [pairOf] of rows: width × width, by the first one's counter and then the second's; nil for none
}

// NewProducts are the sums of no article for rows of that many counters.
func NewProducts(width int) *Products {
	return &Products{width: width, ids: map[string]int32{}}
}

func (p *Products) row(name string) int32 {
	id, ok := p.ids[name]
	if !ok {
		id = int32(len(p.names))
		p.names = append(p.names, name)
		p.ids[name] = id
	}
	return id
}

// Add adds the products of every pair of an article's rows of counters, each
// with its name.
func (p *Products) Add(names []string, rows [][]int64) {
	ids := make([]int32, len(rows))
	for i := range rows {
		ids[i] = p.row(names[i])
	}
	p.add(ids, rows)
}

func (p *Products) add(ids []int32, rows [][]int64) {
	for i, a := range ids {
		for j, b := range ids {
			if a > b || a == b && i != j {
				continue
			}
			block := p.block(a, b)
			for k, v := range rows[i] {
				if v == 0 {
					continue
				}
				line := block[k*p.width:][:p.width]
				for n, w := range rows[j] {
					line[n].add(uint64(v), uint64(w))
				}
			}
		}
	}
}

// pairOf numbers the pairs of rows a ≤ b.
func pairOf(a, b int32) int { return int(b)*(int(b)+1)/2 + int(a) }

func (p *Products) block(a, b int32) []int128 {
	at := pairOf(a, b)
	for len(p.blocks) <= at {
		p.blocks = append(p.blocks, nil)
	}
	if p.blocks[at] == nil {
		p.blocks[at] = make([]int128, p.width*p.width)
	}
	return p.blocks[at]
}

// each calls f for the products of each pair of rows that has any.
func (p *Products) each(f func(a, b int32, block []int128)) {
	a, b := int32(0), int32(0)
	for _, block := range p.blocks {
		if block != nil {
			f(a, b, block)
		}
		if a++; a > b {
			a, b = 0, b+1
		}
	}
}

func (p *Products) merge(o *Products) {
	o.each(func(of, with int32, from []int128) {
		a, b := p.row(o.names[of]), p.row(o.names[with])
		to := p.block(min(a, b), max(a, b))
		for i := range p.width {
			for j := range p.width {
				at := i*p.width + j
				if a > b {
					at = j*p.width + i
				}
				to[at].plus(from[i*p.width+j])
			}
		}
	})
}

// Squares is Σ over articles of (Σ w·counter)², the weights by row; a row
// without weights counts 0.
func (p *Products) Squares(weights map[string][]*big.Int) *big.Int {
	total, term := new(big.Int), new(big.Int)
	p.each(func(a, b int32, block []int128) {
		u, v := weights[p.names[a]], weights[p.names[b]]
		if u == nil || v == nil {
			return
		}
		for i, x := range u[:p.width] {
			if x.Sign() == 0 {
				continue
			}
			for j, y := range v[:p.width] {
				if y.Sign() == 0 || block[i*p.width+j] == (int128{}) {
					continue
				}
				term.Mul(x, y)
				term.Mul(term, block[i*p.width+j].integer())
				if a != b {
					term.Lsh(term, 1)
				}
				total.Add(total, term)
			}
		}
	})
	return total
}
