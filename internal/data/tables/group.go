package tables

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/mizan-corpus/mizan/internal/data/tables/pages"
	"github.com/mizan-corpus/mizan/schema"
)

// group reads chosen columns of one row group. The first error stays, so that
// a decoder asks for it once, at the end.
type group struct {
	file  *parquet.File
	row   parquet.RowGroup
	flat  map[string]*cursor
	lists map[string]*listCursor
	err   error

	made  int64 // bytes of texts of the rows that are read at once
	shown int64 // the same, those that several rows share counted for each
	table string
	has   map[string]bool // columns of a foreign file that can be read; nil asks for all
	row0  int64           // rows of the file before those read now
}

// fail keeps an error; one of a value is told with its row in the file.
func (g *group) fail(column string, err error) {
	if bad, ok := err.(*valueError); ok {
		err = &ColumnError{Table: g.table, Row: strconv.FormatInt(g.row0+int64(bad.row), 10), Column: column, Found: bad.found, Expected: bad.expected}
	}
	g.err = err
}

// lacks reports whether there is nothing to read in the column.
func (g *group) lacks(name string) bool { return g.err != nil || g.has != nil && !g.has[name] }

func newGroup(file *parquet.File, row parquet.RowGroup) *group {
	return &group{file: file, row: row, flat: map[string]*cursor{}, lists: map[string]*listCursor{}}
}

// leaf is the column below the top-level column name, the one called field
// where there are several; what the footer says of it, and its greatest levels. It
// reports false where there is none.
func (g *group) leaf(name, field string) (*format.ColumnMetaData, parquet.LeafColumn, bool) {
	for i, path := range g.file.Schema().Columns() {
		if path[0] == name && (field == "" || path[len(path)-1] == field) {
			leaf, ok := g.file.Schema().Lookup(path...)
			group := slices.Index(g.file.RowGroups(), g.row)
			return &g.file.Metadata().RowGroups[group].Columns[i].MetaData, leaf, ok
		}
	}
	return nil, parquet.LeafColumn{}, false
}

// open is the reader of a column.
func (g *group) open(name, field string) (*pages.Reader, parquet.LeafColumn) {
	m, leaf, ok := g.leaf(name, field)
	switch {
	case !ok:
		g.err = errors.New("no column " + strings.TrimSuffix(name+"."+field, "."))
		return nil, leaf
	case leaf.MaxRepetitionLevel == 0 && m.NumValues != g.row.NumRows():
		g.err = fmt.Errorf("column %s: found %d values in a row group of %d rows", name, m.NumValues, g.row.NumRows())
		return nil, leaf
	}
	r, err := pages.New(g.file, g.file.Size(), m, leaf.MaxDefinitionLevel, leaf.MaxRepetitionLevel)
	if err != nil {
		g.err = fmt.Errorf("column %s: %w", name, err)
	}
	return r, leaf
}

// column is the cursor of a flat column; nil, after an error, where there is
// none.
func (g *group) column(name string) *cursor {
	c := g.flat[name]
	if c == nil && g.err == nil {
		r, leaf := g.open(name, "")
		if g.err != nil {
			return nil
		}
		c = &cursor{name: name, pages: r, maxDef: byte(leaf.MaxDefinitionLevel), made: &g.made, shown: &g.shown, Chunk: &pages.Chunk{}}
		g.flat[name] = c
	}
	return c
}

func (g *group) list(name, field string) *listCursor {
	key := name + "." + field
	c := g.lists[key]
	if c == nil && g.err == nil {
		r, leaf := g.open(name, field)
		if g.err != nil {
			return nil
		}
		c = &listCursor{name: key, pages: r, maxDef: byte(leaf.MaxDefinitionLevel), made: &g.made, Chunk: &pages.Chunk{}}
		g.lists[key] = c
	}
	return c
}

func (g *group) strings(n int, name string, set func(row int, v string)) {
	if g.lacks(name) {
		return
	}
	if c := g.column(name); g.err == nil {
		g.err = c.strings(n, set)
	}
}

func (g *group) int32s(n int, name string, set func(row int, v int32)) {
	if g.lacks(name) {
		return
	}
	if c := g.column(name); g.err == nil {
		g.fail(name, c.int32s(n, set))
	}
}

func (g *group) bools(n int, name string, set func(row int, v bool)) {
	if g.lacks(name) {
		return
	}
	if c := g.column(name); g.err == nil {
		g.err = c.bools(n, set)
	}
}

// shares reads a column of numbers from 0 to 1 where the file has it, as files
// of predictions may.
func (g *group) shares(n int, name string, set func(row int, v *float64)) {
	if g.lacks(name) {
		return
	}
	if _, leaf, ok := g.leaf(name, ""); !ok || g.has == nil && leaf.Node.Type().Kind() != parquet.Double {
		return
	}
	values := make([]float64, n)
	c := g.column(name)
	var bad *valueError
	g.err = c.doubles(n, func(row int, v float64) {
		if v != v { // NaN is a null
			return
		}
		if (v < 0 || v > 1) && bad == nil {
			bad = &valueError{row, strconv.FormatFloat(v, 'g', -1, 64), "a number from 0 to 1"}
		}
		values[row] = v
		set(row, &values[row])
	})
	if g.err == nil && bad != nil {
		g.fail(name, bad)
	}
}

// stringLists reads a column that is a list of strings.
func (g *group) stringLists(n int, name string, at func(row int) *[]string) {
	if g.lacks(name) {
		return
	}
	c := g.list(name, "")
	if g.err != nil {
		return
	}
	g.err = c.each(n, func(row, value int) {
		if value < 0 {
			return
		}
		list := at(row)
		*list = append(*list, c.Texts[value])
		g.shown += int64(len(c.Texts[value]))
	})
	if g.err == nil {
		g.err = checkShown(name, g.shown)
	}
}

// spanLists reads a column that is a list of struct{start, end}.
func (g *group) spanLists(n int, name string, at func(row int) *[]schema.Span) {
	structLists(g, n, name, at, map[string]func(*schema.Span) *int32{
		"start": func(s *schema.Span) *int32 { return &s.Start }, "end": func(s *schema.Span) *int32 { return &s.End },
	}, "start", "end")
}

// segmentLists reads a column that is a list of struct{start, raw_start,
// length}.
func (g *group) segmentLists(n int, name string, at func(row int) *[]schema.RawSegment) {
	structLists(g, n, name, at, map[string]func(*schema.RawSegment) *int32{
		"start": func(s *schema.RawSegment) *int32 { return &s.Start }, "raw_start": func(s *schema.RawSegment) *int32 { return &s.RawStart },
		"length": func(s *schema.RawSegment) *int32 { return &s.Length },
	}, "start", "raw_start", "length")
}

// structLists reads a column that is a list of structs of numbers, member by
// member: the first makes the elements.
func structLists[E any](g *group, n int, name string, at func(row int) *[]E, places map[string]func(*E) *int32, members ...string) {
	if g.lacks(name) {
		return
	}
	var bad *valueError
	number := func(row int, c *pages.Chunk, value int) int32 {
		if len(c.Ints) > 0 {
			return c.Ints[value]
		}
		long := c.Longs[value]
		if long != int64(int32(long)) && bad == nil {
			bad = &valueError{row, strconv.FormatInt(long, 10), "a whole number of 32 bits"}
		}
		return int32(long)
	}
	for k, member := range members {
		c, place := g.list(name, member), places[member]
		if g.err != nil {
			return
		}
		row, i := -1, 0
		g.err = c.each(n, func(r, value int) {
			if value < 0 {
				return
			}
			if r != row {
				row, i = r, 0
			}
			list := at(r)
			if k == 0 {
				*list = append(*list, *new(E))
			}
			if i < len(*list) {
				*place(&(*list)[i]) = number(r, c.Chunk, value)
				i++
			} else if bad == nil {
				bad = &valueError{r, "an " + member + " without a " + members[0], "both"}
			}
		})
	}
	if g.err == nil && bad != nil {
		g.fail(name, bad)
	}
}

// end is an error unless all values of the flat columns were read.
func (g *group) end() {
	for name, c := range g.flat {
		if g.err == nil && c.more() {
			g.err = errors.New("column " + name + " goes on after its row group")
		}
	}
}

// close gives back what the columns have taken.
func (g *group) close() {
	for _, c := range g.flat {
		c.pages.Close()
	}
	for _, c := range g.lists {
		c.pages.Close()
	}
}
