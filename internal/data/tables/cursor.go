package tables

import (
	"bytes"
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
	flags  *boolPages // instead of pages
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
	if c.flags != nil {
		return c.loadBools()
	}
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

func (c *cursor) loadBools() (err error) {
	for c.row, c.rows, c.next = 0, 0, 0; c.rows == 0; {
		if c.rows, c.defs, c.bits, err = c.flags.next(); err == io.EOF {
			return fmt.Errorf("column %s ends before its row group", c.name)
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", c.name, err)
		}
	}
	return nil
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

// each calls set for every run of the next n rows that are not null: with the
// number of the first, that of its value in the page, and how many they are.
func (c *cursor) each(n int, set func(row, value, count int)) error {
	for i := 0; i < n; {
		if c.row == c.rows {
			if err := c.load(); err != nil {
				return err
			}
		}
		m := min(n-i, c.rows-c.row)
		if len(c.defs) == 0 {
			set(i, c.next, m)
			c.next += m
		} else {
			c.runs(i, c.defs[c.row:c.row+m], set)
		}
		c.row += m
		i += m
	}
	return nil
}

// runs is each for rows of one page by their definition levels.
func (c *cursor) runs(row int, defs []byte, set func(row, value, count int)) {
	for k := 0; ; {
		from := bytes.IndexByte(defs[k:], c.maxDef)
		if from < 0 {
			return
		}
		from += k
		if k = bytes.IndexByte(defs[from:], c.maxDef-1); k < 0 { // a flat column: null is one less
			k = len(defs)
		} else {
			k += from
		}
		set(row+from, c.next, k-from)
		c.next += k - from
	}
}

// The following read the next n rows of a column of their type; set is not
// called for a null.

func (c *cursor) strings(n int, set func(row int, v string)) error {
	return c.each(n, func(row, value, count int) {
		if c.offsets == nil {
			for k, v := range c.ints[value : value+count] {
				set(row+k, c.dict[v])
			}
			return
		}
		for k := range count {
			set(row+k, c.text[c.offsets[value+k]:c.offsets[value+k+1]])
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
	err := c.each(n, func(row, value, count int) {
		if c.longs == nil && c.floats == nil {
			for k, v := range c.ints[value : value+count] {
				set(row+k, v)
			}
			return
		}
		for k := range count {
			v, none, e := c.whole(row+k, value+k)
			if e != nil && bad == nil {
				bad = e
			}
			if !none {
				set(row+k, v)
			}
		}
	})
	if err == nil && bad != nil {
		return bad
	}
	return err
}

// whole is the value at i of a column that other writers made wider; none says
// that it is a null.
func (c *cursor) whole(row, i int) (n int32, none bool, bad *valueError) {
	const expected = "a whole number of 32 bits"
	var v int64
	if c.longs != nil {
		v = c.longs[i]
	} else {
		f := c.floats[i]
		if math.IsNaN(f) {
			return 0, true, nil
		}
		v = int64(max(math.MinInt32-1, min(f, math.MaxInt32+1)))
		if float64(v) != f {
			bad = &valueError{row, strconv.FormatFloat(f, 'g', -1, 64), expected}
		}
	}
	if v != int64(int32(v)) && bad == nil {
		bad = &valueError{row, strconv.FormatInt(v, 10), expected}
	}
	return int32(v), false, bad
}

func (c *cursor) bools(n int, set func(row int, v bool)) error {
	return c.each(n, func(row, value, count int) {
		for k := range count {
			i := value + k
			set(row+k, c.bits[i/8]>>(i%8)&1 == 1)
		}
	})
}

func (c *cursor) doubles(n int, set func(row int, v float64)) error {
	return c.each(n, func(row, value, count int) {
		for k := range count {
			switch i := value + k; {
			case c.longs != nil:
				set(row+k, float64(c.longs[i]))
			case c.ints != nil:
				set(row+k, float64(c.ints[i]))
			default:
				set(row+k, c.floats[i])
			}
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
	if c.pages == nil {
		return nil
	}
	return c.pages.Close()
}
