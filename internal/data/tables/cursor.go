package tables

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding"
)

// cursor reads the values of one flat column of a row group, page by page.
// Values of a dictionary are made into strings once a row group.
type cursor struct {
	name   string
	pages  parquet.Pages
	maxDef byte

	page    parquet.Page
	defs    []byte // definition levels; nil when the column has no nulls
	rows    int    // of the page
	row     int    // next row of the page
	next    int    // next value of the page, nulls left out
	ints    []int32
	longs   []int64 // of a column of 64-bit integers
	floats  []float64
	bits    []byte
	text    string
	offsets []uint32

	dict   []string // of the row group
	dictOf parquet.Dictionary
}

// load goes on to the next page that has rows.
func (c *cursor) load() error {
	for {
		if c.page != nil {
			parquet.Release(c.page)
			c.page = nil
		}
		page, err := c.pages.ReadPage()
		if err == io.EOF {
			return fmt.Errorf("column %s ends before its row group", c.name)
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", c.name, err)
		}
		c.page, c.rows, c.row, c.next = page, int(page.NumRows()), 0, 0
		c.defs = page.DefinitionLevels()
		c.ints, c.longs, c.floats, c.bits, c.text, c.offsets = nil, nil, nil, nil, "", nil
		values := page.Data()
		if d := page.Dictionary(); d != nil {
			c.loadIndexed(d, values.Int32())
		} else {
			c.loadPlain(page.Type().Kind(), values)
		}
		if c.rows > 0 {
			return nil
		}
	}
}

func (c *cursor) loadPlain(kind parquet.Kind, values encoding.Values) {
	switch kind {
	case parquet.Int32:
		c.ints = values.Int32()
	case parquet.Int64:
		c.longs = values.Int64()
	case parquet.Double:
		c.floats = values.Double()
	case parquet.Float:
		singles := values.Float()
		c.floats = make([]float64, len(singles))
		for i, v := range singles {
			c.floats[i] = float64(v)
		}
	case parquet.Boolean:
		c.bits = values.Boolean()
	default:
		var text []byte
		text, c.offsets = values.ByteArray()
		c.text = string(text)
	}
}

// loadIndexed takes a page of indexes into a dictionary. Indexes of strings
// stay as they are; numbers, of which only other writers make dictionaries, are
// looked up at once.
func (c *cursor) loadIndexed(d parquet.Dictionary, indexes []int32) {
	switch d.Type().Kind() {
	case parquet.Int32:
		c.ints = make([]int32, len(indexes))
		for i, k := range indexes {
			c.ints[i] = d.Index(k).Int32()
		}
	case parquet.Int64:
		c.longs = make([]int64, len(indexes))
		for i, k := range indexes {
			c.longs[i] = d.Index(k).Int64()
		}
	case parquet.Double:
		c.floats = make([]float64, len(indexes))
		for i, k := range indexes {
			c.floats[i] = d.Index(k).Double()
		}
	case parquet.Float:
		c.floats = make([]float64, len(indexes))
		for i, k := range indexes {
			c.floats[i] = float64(d.Index(k).Float())
		}
	default:
		c.ints = indexes
		if c.dictOf != d {
			c.dictOf = d
			c.dict = make([]string, d.Len())
			for i := range c.dict {
				c.dict[i] = string(d.Index(int32(i)).ByteArray())
			}
		}
	}
}

// each calls set with the number of each of the next n rows that is not null,
// and with the number of its value in the page.
func (c *cursor) each(n int, set func(row, value int)) error {
	for i := 0; i < n; {
		if c.row == c.rows {
			if err := c.load(); err != nil {
				return err
			}
		}
		m := min(n-i, c.rows-c.row)
		if len(c.defs) == 0 {
			for k := range m {
				set(i+k, c.next+k)
			}
			c.next += m
		} else {
			for k, d := range c.defs[c.row : c.row+m] {
				if d == c.maxDef {
					set(i+k, c.next)
					c.next++
				}
			}
		}
		c.row += m
		i += m
	}
	return nil
}

// The following read the next n rows of a column of their type; set is not
// called for a null.

func (c *cursor) strings(n int, set func(row int, v string)) error {
	return c.each(n, func(row, i int) {
		if c.offsets == nil {
			set(row, c.dict[c.ints[i]])
		} else {
			set(row, c.text[c.offsets[i]:c.offsets[i+1]])
		}
	})
}

// A valueError is a value that a column of another writer has and the table
// cannot hold.
type valueError struct {
	row             int // of the rows read
	found, expected string
}

func (e *valueError) Error() string {
	return fmt.Sprintf("row %d: found %s, expected %s", e.row, e.found, e.expected)
}

// int32s takes wider integers and whole floating-point numbers too, as other
// writers have them; NaN is a null.
func (c *cursor) int32s(n int, set func(row int, v int32)) error {
	var bad *valueError
	err := c.each(n, func(row, i int) {
		var v int64
		switch {
		case c.longs != nil:
			v = c.longs[i]
		case c.floats != nil:
			f := c.floats[i]
			if math.IsNaN(f) {
				return
			}
			v = int64(max(math.MinInt32-1, min(f, math.MaxInt32+1)))
			if float64(v) != f && bad == nil {
				bad = &valueError{row, strconv.FormatFloat(f, 'g', -1, 64), "a whole number of 32 bits"}
			}
		default:
			set(row, c.ints[i])
			return
		}
		if v != int64(int32(v)) && bad == nil {
			bad = &valueError{row, strconv.FormatInt(v, 10), "a whole number of 32 bits"}
		}
		set(row, int32(v))
	})
	if err == nil && bad != nil {
		return bad
	}
	return err
}

func (c *cursor) bools(n int, set func(row int, v bool)) error {
	return c.each(n, func(row, i int) { set(row, c.bits[i/8]>>(i%8)&1 == 1) })
}

func (c *cursor) doubles(n int, set func(row int, v float64)) error {
	return c.each(n, func(row, i int) {
		switch {
		case c.longs != nil:
			set(row, float64(c.longs[i]))
		case c.ints != nil:
			set(row, float64(c.ints[i]))
		default:
			set(row, c.floats[i])
		}
	})
}

// more reports whether there are rows left.
func (c *cursor) more() bool { return c.row < c.rows || c.load() == nil }

func (c *cursor) close() error {
	if c.page != nil {
		parquet.Release(c.page)
		c.page = nil
	}
	return c.pages.Close()
}

// listCursor reads the values of one column below a list.
type listCursor struct {
	name   string
	pages  parquet.Pages
	maxDef int

	page   parquet.Page
	values parquet.ValueReader
	nulls  int // rows without elements that are left of a page of only such
	buffer [256]parquet.Value
	ahead  []parquet.Value
	ended  bool
}

// each calls set for each element of the next n rows, in order.
func (c *listCursor) each(n int, set func(row int, v parquet.Value)) error {
	for row := range n {
		if c.nulls > 0 {
			c.nulls--
			continue
		}
		for first := true; ; first = false {
			v, ok, err := c.peek()
			if err != nil {
				return err
			}
			if !first && (!ok || v.RepetitionLevel() == 0) {
				break
			}
			if !ok {
				if c.nulls > 0 { // a page of empty rows came next
					c.nulls--
					break
				}
				return fmt.Errorf("column %s ends before its row group", c.name)
			}
			if v.DefinitionLevel() == c.maxDef {
				set(row, v)
			}
			c.ahead = c.ahead[1:]
		}
	}
	return nil
}

// peek is the next value. It reports false at the end, and before a page whose
// rows all have no elements, which nulls then counts.
func (c *listCursor) peek() (parquet.Value, bool, error) {
	for len(c.ahead) == 0 && !c.ended && c.nulls == 0 {
		if c.values == nil {
			if err := c.load(); err != nil {
				return parquet.Value{}, false, err
			}
			continue
		}
		n, err := c.values.ReadValues(c.buffer[:])
		c.ahead = c.buffer[:n]
		if err == io.EOF || n == 0 {
			c.values = nil
		} else if err != nil {
			return parquet.Value{}, false, fmt.Errorf("column %s: %w", c.name, err)
		}
	}
	if len(c.ahead) == 0 {
		return parquet.Value{}, false, nil
	}
	return c.ahead[0], true, nil
}

func (c *listCursor) load() error {
	if c.page != nil {
		parquet.Release(c.page)
		c.page = nil
	}
	page, err := c.pages.ReadPage()
	if err == io.EOF {
		c.ended = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("column %s: %w", c.name, err)
	}
	c.page = page
	if page.NumNulls() == page.NumValues() && page.NumRows() == page.NumValues() {
		c.nulls = int(page.NumRows())
		return nil
	}
	c.values = page.Values()
	return nil
}

func (c *listCursor) close() error {
	if c.page != nil {
		parquet.Release(c.page)
		c.page = nil
	}
	return c.pages.Close()
}
