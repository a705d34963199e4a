package tables

import (
	"fmt"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/mizan-corpus/mizan/internal/version"
)

// A SchemaError is a column of a Parquet file that is missing or is not of the
// type that the table asks for.
type SchemaError struct {
	File, Column    string
	Found, Expected string
}

func (e *SchemaError) Error() string {
	return fmt.Sprintf("%s: column %s: found %s, expected %s", e.File, e.Column, e.Found, e.Expected)
}

// checkSchema compares the columns of a file with those of a table. A column
// may be nullable in the file where it is not in the table. It returns the
// columns that the table does not have.
//
// An older file may lack columns that may be null or are lists: later versions
// of the schema added them.
func checkSchema(path string, root parquet.Node, want *parquet.Schema, older bool) (extra []string, err error) {
	found := map[string]parquet.Field{}
	for _, f := range root.Fields() {
		if _, twice := found[f.Name()]; twice {
			return nil, &SchemaError{File: path, Column: f.Name(), Found: "two columns of that name", Expected: "one"}
		}
		found[f.Name()] = f
	}
	for _, w := range want.Fields() {
		f, ok := found[w.Name()]
		if !ok && older && (w.Optional() || listElement(w) != nil) {
			continue
		}
		if !ok {
			return nil, &SchemaError{File: path, Column: w.Name(), Found: "none", Expected: describe(w)}
		}
		if have, expected := describe(f), describe(w); have != expected && have != "nullable "+expected && "nullable "+have != expected {
			return nil, &SchemaError{File: path, Column: w.Name(), Found: have, Expected: expected}
		}
		delete(found, w.Name())
	}
	for _, f := range root.Fields() {
		if _, ok := found[f.Name()]; ok {
			extra = append(extra, f.Name())
		}
	}
	return extra, nil
}

// isOlder reports whether a file says that it is of an earlier schema version
// than the known one, of the same major version.
func isOlder(pq *parquet.File, known string) bool {
	found, _ := pq.Lookup("schema_version")
	return IsOlderVersion(found, known)
}

func IsOlderVersion(found, known string) bool {
	f, errF := version.Parse(found)
	k, errK := version.Parse(known)
	return errF == nil && errK == nil && f.Major == k.Major && f.Compare(k) < 0
}

// describe is the type of a column in words: "int32", "nullable string",
// "list of struct{start int32, end int32}", "date".
func describe(n parquet.Node) string {
	prefix := ""
	if n.Optional() {
		prefix = "nullable "
	}
	if n.Repeated() {
		prefix = "repeated "
	}
	if n.Leaf() {
		return prefix + describeLeaf(n.Type())
	}
	if element := listElement(n); element != nil {
		// Elements are never null in a release; a writer that makes every field
		// nullable means the same.
		return prefix + "list of " + strings.TrimPrefix(describe(element), "nullable ")
	}
	var fields []string
	for _, f := range n.Fields() {
		fields = append(fields, f.Name()+" "+strings.TrimPrefix(describe(f), "nullable "))
	}
	return prefix + "struct{" + strings.Join(fields, ", ") + "}"
}

// listElement is the element of a list in the standard three levels, or nil.
func listElement(n parquet.Node) parquet.Node {
	fields := n.Fields()
	if len(fields) != 1 || !fields[0].Repeated() || fields[0].Leaf() {
		return nil
	}
	if inner := fields[0].Fields(); len(inner) == 1 {
		return inner[0]
	}
	return nil
}

func describeLeaf(t parquet.Type) string {
	physical := strings.ToLower(t.Kind().String())
	logical := t.LogicalType()
	if logical == nil || logical.Value == nil {
		switch {
		case t.Kind() == parquet.Boolean:
			return "bool"
		case t.ConvertedType() != nil:
			return fmt.Sprintf("%s of converted type %d", physical, *t.ConvertedType())
		case t.Kind() == parquet.Int32:
			return "int32"
		case t.Kind() == parquet.ByteArray:
			return "bytes"
		}
		return physical
	}
	switch l := logical.Value.(type) {
	case *format.StringType:
		return "string"
	case *format.DateType:
		return "date"
	case *format.IntType:
		if l.BitWidth == 32 && l.IsSigned {
			return "int32"
		}
	}
	return physical + " " + t.String()
}
