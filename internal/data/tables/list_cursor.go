package tables

import (
	"errors"
	"fmt"
	"io"

	"github.com/mizan-corpus/mizan/internal/data/tables/pages"
	"github.com/mizan-corpus/mizan/internal/memory"
)

// listCursor reads the values of one column below a list.
type listCursor struct {
	name   string
	pages  *pages.Reader
	maxDef byte
	made   *int64 // bytes of texts, counted for the whole group

	*pages.Chunk
	at, next int // next place of the chunk, and its next value
	ended    bool
}

// maxElements is how many elements the lists of the rows that are read at once, 256 at
// most, may have.
const maxElements = 1 << 21

// each calls set for each element of the next n rows, in order: with the number of its
// value in the chunk, -1 for a null in a list. A row without elements has none.
func (c *listCursor) each(n int, set func(row, value int)) error {
	elements := 0
	for row := range n {
		for first := true; ; first = false {
			ok, err := c.peek()
			switch {
			case err != nil:
				return fmt.Errorf("column %s: %w", c.name, err)
			case first && !ok:
				return fmt.Errorf("column %s ends before its row group", c.name)
			case first && c.Reps[c.at] != 0:
				return fmt.Errorf("column %s: a row begins inside a list", c.name)
			}
			if !first && (!ok || c.Reps[c.at] == 0) {
				break
			}
			if elements++; elements > maxElements+n {
				return fmt.Errorf("column %s: %w", c.name, &memory.LimitError{What: fmt.Sprintf("lists of more than %d elements in %d rows", maxElements, n)})
			}
			switch def := c.Defs[c.at]; {
			case def == c.maxDef:
				set(row, c.next)
				c.next++
			case def == c.maxDef-1 && (!first || c.maxDef > 2):
				set(row, -1)
			}
			c.at++
		}
	}
	return nil
}

// peek sees to it that there is a value ahead; it reports false at the end.
func (c *listCursor) peek() (bool, error) {
	for c.at == c.Values && !c.ended {
		chunk, err := c.pages.Next()
		if err == io.EOF {
			c.ended = true
			break
		}
		if err != nil {
			return false, err
		}
		if chunk.Reps == nil || chunk.Defs == nil {
			return false, errors.New("found no levels of a list")
		}
		c.Chunk, c.at, c.next = chunk, 0, 0
		if *c.made += c.Bytes(); *c.made > memory.Limit()/4 {
			return false, &memory.LimitError{What: fmt.Sprintf("rows of %d bytes of text", *c.made)}
		}
	}
	return c.at < c.Values, nil
}
