package stats

import (
	"math/bits"
	"slices"
)

// packedColumns hold a matrix of integers so that weighted sums of its rows are
// fast: several columns share a 64-bit word, each in a field that is wide
// enough for the greatest sum, so that one multiplication and one addition
// serve them all and no field ever carries into the next. Equal columns are
// stored once, constant ones not at all. The sums are exact.
type packedColumns struct {
	rows, words int
	data        []uint64 // rows × words
	fields      []field  // by original column
}

// field is the place of one column: sum = (word >> shift) & mask + base×total.
type field struct {
	word  int // -1 for a constant column
	shift uint
	mask  uint64
	base  int64
}

// packColumns packs a row-major matrix of the given width. total is the
// greatest sum of weights that will be asked for.
func packColumns(values []int64, rows, width int, total uint64) *packedColumns {
	p := &packedColumns{rows: rows, fields: make([]field, width)}
	type column struct {
		index int
		bits  int
	}
	var columns []column
	for c := range width {
		lo, hi := columnRange(values, rows, width, c)
		p.fields[c] = field{word: -1, base: lo}
		if lo == hi {
			continue
		}
		over, top := bits.Mul64(uint64(hi)-uint64(lo), total)
		n := bits.Len64(top)
		if over != 0 || n > 63 {
			n = 64 // the sum is taken modulo 2⁶⁴, which is exact for any int64
		}
		columns = append(columns, column{c, n})
	}
	twins := newTwinFinder(values, rows, width)
	slices.SortStableFunc(columns, func(a, b column) int { return b.bits - a.bits })
	var free []int // bits left in each word
	first := map[int]int{}
	for _, c := range columns {
		if twin := twins.find(c.index); twin != c.index {
			first[c.index] = twin
			continue
		}
		w := slices.IndexFunc(free, func(left int) bool { return left >= c.bits })
		if w < 0 {
			w = len(free)
			free = append(free, 64)
		}
		f := &p.fields[c.index]
		f.word, f.shift = w, uint(64-free[w])
		f.mask = ^uint64(0) >> (64 - uint(c.bits))
		free[w] -= c.bits
	}
	p.words = len(free)
	p.data = make([]uint64, rows*p.words)
	for c, f := range p.fields {
		if f.word < 0 {
			continue
		}
		for r := range rows {
			p.data[r*p.words+f.word] |= (uint64(values[r*width+c]) - uint64(f.base)) << f.shift
		}
	}
	for c, twin := range first {
		p.fields[c] = p.fields[twin]
	}
	return p
}

func columnRange(values []int64, rows, width, c int) (lo, hi int64) {
	for r := range rows {
		v := values[r*width+c]
		if r == 0 {
			lo, hi = v, v
		}
		lo, hi = min(lo, v), max(hi, v)
	}
	return lo, hi
}

// sum sets out[c] to Σ weights[r]·values[r][c] for every column. total is the
// sum of the weights. acc is scratch of p.words elements.
func (p *packedColumns) sum(weights []uint32, total int64, acc []uint64, out []int64) {
	clear(acc)
	// Four rows at a time: each accumulator is read and written once for all.
	var at [4]int
	var times [4]uint64
	n := 0
	for r, w := range weights {
		if w == 0 {
			continue
		}
		at[n], times[n] = r, uint64(w)
		if n++; n == len(at) {
			p.addRows(acc, at, times)
			n = 0
		}
	}
	for i := range n {
		row := p.data[at[i]*p.words:][:len(acc)]
		for j := range acc {
			acc[j] += row[j] * times[i]
		}
	}
	for c := range p.fields {
		f := &p.fields[c]
		v := f.base * total
		if f.word >= 0 {
			v += int64(acc[f.word] >> f.shift & f.mask)
		}
		out[c] = v
	}
}

// addRows adds four rows times their weights.
func (p *packedColumns) addRows(acc []uint64, at [4]int, times [4]uint64) {
	a := p.data[at[0]*p.words:][:len(acc)]
	b := p.data[at[1]*p.words:][:len(acc)]
	c := p.data[at[2]*p.words:][:len(acc)]
	d := p.data[at[3]*p.words:][:len(acc)]
	for j := range acc {
		acc[j] += a[j]*times[0] + b[j]*times[1] + c[j]*times[2] + d[j]*times[3]
	}
}

// twinFinder finds equal columns: the number of predictions, for one, is the
// same in many metrics.
type twinFinder struct {
	values      []int64
	rows, width int
	byHash      map[uint64][]int
}

func newTwinFinder(values []int64, rows, width int) *twinFinder {
	return &twinFinder{values, rows, width, map[uint64][]int{}}
}

// find is the first column asked for that equals column c, or c itself.
func (t *twinFinder) find(c int) int {
	h := uint64(0)
	for r := range t.rows {
		h = mix64(h + uint64(t.values[r*t.width+c]) + golden)
	}
	for _, d := range t.byHash[h] {
		if t.equal(c, d) {
			return d
		}
	}
	t.byHash[h] = append(t.byHash[h], c)
	return c
}

func (t *twinFinder) equal(c, d int) bool {
	for r := range t.rows {
		if t.values[r*t.width+c] != t.values[r*t.width+d] {
			return false
		}
	}
	return true
}
