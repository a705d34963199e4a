package tables

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

// Tables of predictions come from any writer. They may lack columns and have
// others; offsets may be of any integer type, or floating point where a data
// frame with missing values made them so; a column that holds nothing may have
// no type at all.

// openForeign opens a file of predictions of a table. The second result names
// the columns that can be read.
func openForeign(fsys fs.FS, path, name, tableName string, want *parquet.Schema) (f *tableFile, err error) {
	file, pq, err := openParquet(fsys, path)
	if err != nil {
		return nil, Renamed(err, path, name)
	}
	defer func() {
		if err != nil {
			file.Close()
		}
	}()
	defer recoverAs(&err, name+": not a readable Parquet file")
	columns, err := foreignColumns(name, tableName, pq.Root(), want, emptyColumns(pq.Metadata()))
	if err != nil {
		return nil, err
	}
	return &tableFile{file, pq, name, columns}, nil
}

// Renamed puts the name that the user knows in front of the error.
func Renamed(err error, path, name string) error {
	if err == nil || path == name {
		return err
	}
	if text, ok := strings.CutPrefix(err.Error(), path); ok {
		return &namedError{name + text, err}
	}
	return fmt.Errorf("%s: %w", name, err)
}

type namedError struct {
	text string
	err  error
}

func (e *namedError) Error() string { return e.text }
func (e *namedError) Unwrap() error { return e.err }

// An UnsortedError says that a table of predictions is not in order.
type UnsortedError struct {
	File string
	Err  *OrderError
}

func (e *UnsortedError) Error() string { return e.File + ": " + e.Err.Error() }
func (e *UnsortedError) Unwrap() error { return e.Err }

// Hint is the next step.
func (e *UnsortedError) Hint() string {
	return `sort each table by doc_id before writing it, for example df.sort_values("doc_id", kind="stable") or df.sort("doc_id", maintain_order=True)`
}

// needed are the columns without which a table says nothing.
var needed = map[string][]string{
	dataset.TableMentions: {"doc_id"}, dataset.TableEvents: {"doc_id"}, dataset.TableArguments: {"doc_id", "event_id", "role"}, TableDocuments: {"doc_id"},
}

// emptyColumns are the columns that hold nothing but nulls and empty lists, whatever
// their type: a data frame makes numbers or bytes of a column without a value.
func emptyColumns(meta *format.FileMetaData) map[string]bool {
	values, nulls := map[string]int64{}, map[string]int64{}
	for _, g := range meta.RowGroups {
		for i := range g.Columns {
			c := &g.Columns[i].MetaData
			values[c.PathInSchema[0]] += c.NumValues
			nulls[c.PathInSchema[0]] += c.Statistics.NullCount
		}
	}
	empty := map[string]bool{}
	for name, n := range values {
		empty[name] = n > 0 && n == nulls[name]
	}
	return empty
}

// foreignColumns finds the columns of the table that the file has and that hold
// anything.
func foreignColumns(name, tableName string, root parquet.Node, want *parquet.Schema, empty map[string]bool) (map[string]bool, error) {
	wanted := map[string]parquet.Field{}
	for _, w := range want.Fields() {
		wanted[w.Name()] = w
	}
	columns := map[string]bool{}
	for _, f := range root.Fields() {
		w := wanted[f.Name()]
		if w == nil {
			continue
		}
		if _, twice := columns[f.Name()]; twice {
			return nil, &SchemaError{File: name, Column: f.Name(), Found: "two columns of that name", Expected: "one"}
		}
		have, expected := kindOf(f), kindOf(w)
		if empty[f.Name()] && !stands(have, expected) {
			have = "null"
		}
		if !stands(have, expected) {
			return nil, &SchemaError{File: name, Column: f.Name(), Found: describe(f), Expected: expected}
		}
		columns[f.Name()] = !strings.HasSuffix(have, "null")
	}
	for _, column := range needed[tableName] {
		if !columns[column] {
			return nil, &SchemaError{File: name, Column: column, Found: "none", Expected: kindOf(wanted[column])}
		}
	}
	spans := columns["start"] && columns["end"]
	if (tableName == dataset.TableMentions || tableName == dataset.TableEvents) && !spans && !columns["text"] {
		return nil, &SchemaError{File: name, Column: "start", Found: "none", Expected: "columns start and end, or a column text"}
	}
	return columns, nil
}

// stands reports whether a column of kind have can be read as one of kind want.
func stands(have, want string) bool {
	switch {
	case have == want, have == "null", have == "list of null" && strings.HasPrefix(want, "list of "):
		return true
	}
	numbers := have == "integer" || have == "number"
	return numbers && (want == "integer" || want == "number")
}

// kindOf is what a column holds, whatever its width and whether or not it may
// be null: "string", "integer", "number", "bool", "null", "list of …".
func kindOf(n parquet.Node) string {
	if n.Leaf() {
		if n.Repeated() {
			return "repeated " + kindOfLeaf(n.Type())
		}
		return kindOfLeaf(n.Type())
	}
	if element := listElement(n); element != nil && !n.Repeated() {
		return "list of " + kindOf(element)
	}
	var start, end bool
	for _, f := range n.Fields() {
		start = start || f.Name() == "start" && kindOf(f) == "integer"
		end = end || f.Name() == "end" && kindOf(f) == "integer"
	}
	if start && end && !n.Repeated() {
		return "struct{start integer, end integer}"
	}
	return describe(n)
}

func kindOfLeaf(t parquet.Type) string {
	var logical format.LogicalTypeValue
	if l := t.LogicalType(); l != nil {
		logical = l.Value
	}
	if _, ok := logical.(*format.NullType); ok {
		return "null"
	}
	_, isInt := logical.(*format.IntType)
	_, isString := logical.(*format.StringType)
	_, isEnum := logical.(*format.EnumType)
	converted := t.ConvertedType()
	switch kind := t.Kind(); {
	case kind == parquet.Boolean:
		return "bool"
	case (kind == parquet.Int32 || kind == parquet.Int64) && (isInt || logical == nil && (converted == nil || *converted >= deprecated.Uint8 && *converted <= deprecated.Int64)):
		return "integer"
	case (kind == parquet.Float || kind == parquet.Double) && logical == nil:
		return "number"
	case kind == parquet.ByteArray && (isString || isEnum || logical == nil && converted != nil && *converted == deprecated.UTF8):
		return "string"
	}
	return describeLeaf(t)
}
