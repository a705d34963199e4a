package tables

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

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
