package tables

import (
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/field"
)

// spanElement is the element of a list of spans, segmentElement that of a list
// of raw segments.
type (
	spanElement struct {
		Start int32 `parquet:"start"`
		End   int32 `parquet:"end"`
	}
	segmentElement struct {
		Start    int32 `parquet:"start"`
		RawStart int32 `parquet:"raw_start"`
		Length   int32 `parquet:"length"`
	}
)

// schemaOf is the Parquet schema of fields: that of a struct with a tag a
// column.
func schemaOf[T any](name string, fields []field.Field[T]) *parquet.Schema {
	members := make([]reflect.StructField, len(fields))
	for i := range fields {
		typ, tag := columnType(&fields[i].Column)
		members[i] = reflect.StructField{Name: fmt.Sprintf("C%d", i), Type: typ, Tag: reflect.StructTag(`parquet:"` + tag + `"`)}
	}
	row := reflect.New(reflect.StructOf(members)).Interface()
	return parquet.NewSchema(name, parquet.SchemaOf(row))
}

// columnType is the Go type and the tag by which the library makes the column.
func columnType(c *field.Column) (reflect.Type, string) {
	typ := [...]reflect.Type{
		field.Text: reflect.TypeFor[string](), field.Date: reflect.TypeFor[int32](),
		field.Start: reflect.TypeFor[int32](), field.End: reflect.TypeFor[int32](), field.Whole: reflect.TypeFor[int32](),
		field.Flag: reflect.TypeFor[bool](), field.Maybe: reflect.TypeFor[bool](), field.Number: reflect.TypeFor[float64](),
		field.Texts: reflect.TypeFor[[]string](), field.Spans: reflect.TypeFor[[]spanElement](), field.Segments: reflect.TypeFor[[]segmentElement](),
	}[c.Kind]
	tag := []string{c.Name}
	if c.Has(field.Nullable) {
		if typ.Kind() != reflect.Slice {
			typ = reflect.PointerTo(typ)
		}
		if c.Kind != field.Date { // a pointer to a date is nullable by itself
			tag = append(tag, "optional")
		}
	}
	switch {
	case c.Kind == field.Date:
		tag = append(tag, "date")
	case typ.Kind() == reflect.Slice:
		tag = append(tag, "list")
	case c.Has(field.Repeating):
		tag = append(tag, "dict")
	}
	return typ, strings.Join(tag, ",")
}

// deconstruct appends the row's values in the order of the columns.
func (t *Table[T]) deconstruct(dst parquet.Row, row *T) parquet.Row {
	column := 0
	for i := range t.Fields {
		f := &t.Fields[i]
		nullable := f.Has(field.Nullable)
		defined := btoi(nullable) // definition level of a value
		leaves := 1
		switch f.Kind {
		case field.Texts:
			list := *f.Texts(row)
			dst = appendList(dst, len(list), column, list == nil && nullable, defined, func(k int) parquet.Value { return stringValue(list[k]) })
		case field.Spans:
			leaves = 2
			list := *f.Spans(row)
			dst = appendList(dst, len(list), column, nullable, defined, func(k int) parquet.Value { return parquet.Int32Value(list[k].Start) })
			dst = appendList(dst, len(list), column+1, nullable, defined, func(k int) parquet.Value { return parquet.Int32Value(list[k].End) })
		case field.Segments:
			leaves = 3
			list := *f.Segments(row)
			dst = appendList(dst, len(list), column, nullable, defined, func(k int) parquet.Value { return parquet.Int32Value(list[k].Start) })
			dst = appendList(dst, len(list), column+1, nullable, defined, func(k int) parquet.Value { return parquet.Int32Value(list[k].RawStart) })
			dst = appendList(dst, len(list), column+2, nullable, defined, func(k int) parquet.Value { return parquet.Int32Value(list[k].Length) })
		default:
			v := flatValue(f, row)
			if v.IsNull() {
				defined = 0
			}
			dst = append(dst, v.Level(0, defined, column))
		}
		column += leaves
	}
	return dst
}

// appendList appends the values of one column below a list, or the one that
// stands for a list without elements: null, or empty.
func appendList(dst parquet.Row, n, column int, null bool, defined int, element func(int) parquet.Value) parquet.Row {
	if n == 0 {
		if null {
			defined = 0
		}
		return append(dst, parquet.Value{}.Level(0, defined, column))
	}
	for k := range n {
		dst = append(dst, element(k).Level(btoi(k > 0), defined+1, column))
	}
	return dst
}

// flatValue is the value of a column that is no list.
func flatValue[T any](f *field.Field[T], row *T) (null parquet.Value) {
	nullable := f.Has(field.Nullable)
	switch f.Kind {
	case field.Text:
		if s := *f.Text(row); s != "" || !nullable {
			return stringValue(s)
		}
	case field.Date:
		if s := *f.Text(row); s != "" {
			if days, err := dateToDays(s); err == nil { // [NewArticleRow] refused any other
				return parquet.Int32Value(days)
			}
		}
	case field.Start, field.End:
		if v := *f.Offset(row); !nullable || v >= 0 && f.Span(row).IsSet() {
			return parquet.Int32Value(v)
		}
	case field.Whole:
		return parquet.Int32Value(*f.Whole(row))
	case field.Flag:
		return parquet.BooleanValue(*f.Flag(row))
	case field.Maybe:
		if v := *f.Maybe(row); v != nil {
			return parquet.BooleanValue(*v)
		}
	case field.Number:
		if v := *f.Number(row); v != nil {
			return parquet.DoubleValue(*v)
		}
	}
	return null
}

// stringValue is the string as a value that shares its memory.
func stringValue(s string) parquet.Value {
	return parquet.ByteArrayValue(unsafe.Slice(unsafe.StringData(s), len(s)))
}
