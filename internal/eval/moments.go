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
	for i, p := range m.metrics {
		m.order, m.rows = m.order[:0], m.rows[:0]
		for _, c := range m.classes {
			row := m.counters(t, i, c, p.width)
			switch {
			case !slices.ContainsFunc(row, func(v int64) bool { return v != 0 }):
			case c == Overall:
				p.add([]int32{p.row("")}, [][]int64{row})
			default:
				m.order, m.rows = append(m.order, p.row(t.names[c])), append(m.rows, row)
			}
		}
		p.add(m.order, m.rows)
		m.buffer = m.buffer[:0]
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
		var parts fractions
		if t.parts[c] != nil {
			parts = t.parts[c][from+i]
		}
		m.buffer = append(m.buffer, parts.rounded(v))
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
	blocks map[[2]int32][]int128 // of rows a ≤ b: width × width, by a's counter and then b's
}

// NewProducts are the sums of no article for rows of that many counters.
func NewProducts(width int) *Products {
	return &Products{width: width, ids: map[string]int32{}, blocks: map[[2]int32][]int128{}}
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

func (p *Products) block(a, b int32) []int128 {
	key := [2]int32{a, b}
	block := p.blocks[key]
	if block == nil {
		block = make([]int128, p.width*p.width)
		p.blocks[key] = block
	}
	return block
}

func (p *Products) merge(o *Products) {
	for key, from := range o.blocks {
		a, b := p.row(o.names[key[0]]), p.row(o.names[key[1]])
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
	}
}

// Squares is Σ over articles of (Σ w·counter)², the weights by row; a row
// without weights counts 0.
func (p *Products) Squares(weights map[string][]*big.Int) *big.Int {
	total, term := new(big.Int), new(big.Int)
	for key, block := range p.blocks {
		u, v := weights[p.names[key[0]]], weights[p.names[key[1]]]
		if u == nil || v == nil {
			continue
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
				if key[0] != key[1] {
					term.Lsh(term, 1)
				}
				total.Add(total, term)
			}
		}
	}
	return total
}
