package tables

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/data/tables/pages"
	"github.com/mizan-corpus/mizan/internal/memory"
)

// cursor reads the values of one flat column of a row group, some at a time.
type cursor struct {
	name   string
	pages  *pages.Reader
	maxDef byte
	made   *int64 // bytes of texts, counted for the whole group
	shown  *int64 // the same as the rows repeat them

	*pages.Chunk
	row  int // next row of the chunk
	next int // next value of the chunk, nulls left out
}

// load goes on to the next chunk.
func (c *cursor) load() (err error) {
	if c.Chunk, err = c.pages.Next(); err == io.EOF {
		err = errors.New("ends before its row group")
	}
	if err != nil {
		c.Chunk = &pages.Chunk{}
		return fmt.Errorf("column %s: %w", c.name, err)
	}
	c.row, c.next = 0, 0
	if *c.made += c.Bytes(); *c.made > memory.Limit()/4 {
		return fmt.Errorf("column %s: %w", c.name, &memory.LimitError{What: fmt.Sprintf("rows of %d bytes of text", *c.made)})
	}
	return nil
}

// each calls set for every run of the next n rows that are not null: with the
// number of the first, that of its value in the chunk, and how many they are.
func (c *cursor) each(n int, set func(row, value, count int)) error {
	for i := 0; i < n; {
		if c.row == c.Values {
			if err := c.load(); err != nil {
				return err
			}
		}
		m := min(n-i, c.Values-c.row)
		if len(c.Defs) == 0 {
			set(i, c.next, m)
			c.next += m
		} else {
			c.runs(i, c.Defs[c.row:c.row+m], set)
		}
		c.row += m
		i += m
	}
	return nil
}

// runs is each for rows of one chunk by their definition levels.
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
	err := c.each(n, func(row, value, count int) {
		shown := 0
		for k, v := range c.Texts[value : value+count] {
			set(row+k, v)
			shown += len(v)
		}
		*c.shown += int64(shown)
	})
	if err == nil {
		err = checkShown(c.name, *c.shown)
	}
	return err
}

// checkShown bounds the texts of the rows that are read at once, as they are when each
// row has its own. A dictionary holds a text once, and what is made of the rows does not.
func checkShown(column string, bytes int64) error {
	if bytes <= memory.Limit()/4 {
		return nil
	}
	return fmt.Errorf("column %s: %w", column, &memory.LimitError{What: fmt.Sprintf("rows of %d bytes of text", bytes)})
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
		if len(c.Ints) > 0 {
			for k, v := range c.Ints[value : value+count] {
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
	if len(c.Longs) > 0 {
		v = c.Longs[i]
	} else {
		f := c.Floats[i]
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
		for k, v := range c.Bools[value : value+count] {
			set(row+k, v)
		}
	})
}

func (c *cursor) doubles(n int, set func(row int, v float64)) error {
	return c.each(n, func(row, value, count int) {
		for k := range count {
			switch i := value + k; {
			case len(c.Longs) > 0:
				set(row+k, float64(c.Longs[i]))
			case len(c.Ints) > 0:
				set(row+k, float64(c.Ints[i]))
			default:
				set(row+k, c.Floats[i])
			}
		}
	})
}

// more reports whether there are rows left.
func (c *cursor) more() bool { return c.row < c.Values || c.load() == nil }
