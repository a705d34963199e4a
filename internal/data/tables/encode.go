package tables

import (
	"fmt"
	"reflect"
	"strings"
	"unsafe"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/schema"
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
func schemaOf[T any](name string, fields []schema.Field[T]) *parquet.Schema {
	members := make([]reflect.StructField, len(fields))
	for i := range fields {
		typ, tag := columnType(&fields[i].Column)
		members[i] = reflect.StructField{Name: fmt.Sprintf("C%d", i), Type: typ, Tag: reflect.StructTag(`parquet:"` + tag + `"`)}
	}
	row := reflect.New(reflect.StructOf(members)).Interface()
	return parquet.NewSchema(name, parquet.SchemaOf(row))
}

// columnType is the Go type and the tag by which the library makes the column.
func columnType(c *schema.Column) (reflect.Type, string) {
	typ := [...]reflect.Type{
		schema.Text: reflect.TypeFor[string](), schema.Date: reflect.TypeFor[int32](),
		schema.Start: reflect.TypeFor[int32](), schema.End: reflect.TypeFor[int32](), schema.Whole: reflect.TypeFor[int32](),
		schema.Flag: reflect.TypeFor[bool](), schema.Maybe: reflect.TypeFor[bool](), schema.Number: reflect.TypeFor[float64](),
		schema.Texts: reflect.TypeFor[[]string](), schema.Spans: reflect.TypeFor[[]spanElement](), schema.Segments: reflect.TypeFor[[]segmentElement](),
	}[c.Kind]
	tag := []string{c.Name}
	if c.Has(schema.Nullable) {
		if typ.Kind() != reflect.Slice {
			typ = reflect.PointerTo(typ)
		}
		if c.Kind != schema.Date { // a pointer to a date is nullable by itself
			tag = append(tag, "optional")
		}
	}
	switch {
	case c.Kind == schema.Date:
		tag = append(tag, "date")
	case typ.Kind() == reflect.Slice:
		tag = append(tag, "list")
	case c.Has(schema.Repeating):
		tag = append(tag, "dict")
	}
	return typ, strings.Join(tag, ",")
}

// deconstruct appends the row's values in the order of the columns.
func (t *Table[T]) deconstruct(dst parquet.Row, row *T) parquet.Row {
	column := 0
	for i := range t.Fields {
		f := &t.Fields[i]
		nullable := f.Has(schema.Nullable)
		defined := btoi(nullable) // definition level of a value
		leaves := 1
		switch f.Kind {
		case schema.Texts:
			list := *f.Texts(row)
			dst = appendList(dst, len(list), column, list == nil && nullable, defined, func(k int) parquet.Value { return stringValue(list[k]) })
		case schema.Spans:
			leaves = 2
			list := *f.Spans(row)
			dst = appendList(dst, len(list), column, nullable, defined, func(k int) parquet.Value { return parquet.Int32Value(list[k].Start) })
			dst = appendList(dst, len(list), column+1, nullable, defined, func(k int) parquet.Value { return parquet.Int32Value(list[k].End) })
		case schema.Segments:
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
func flatValue[T any](f *schema.Field[T], row *T) (null parquet.Value) {
	nullable := f.Has(schema.Nullable)
	switch f.Kind {
	case schema.Text:
		if s := *f.Text(row); s != "" || !nullable {
			return stringValue(s)
		}
	case schema.Date:
		if s := *f.Text(row); s != "" {
			if days, err := dateToDays(s); err == nil { // [NewArticleRow] refused any other
				return parquet.Int32Value(days)
			}
		}
	case schema.Start, schema.End:
		if v := *f.Offset(row); !nullable || v >= 0 && f.Span(row).IsSet() {
			return parquet.Int32Value(v)
		}
	case schema.Whole:
		return parquet.Int32Value(*f.Whole(row))
	case schema.Flag:
		return parquet.BooleanValue(*f.Flag(row))
	case schema.Maybe:
		if v := *f.Maybe(row); v != nil {
			return parquet.BooleanValue(*v)
		}
	case schema.Number:
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
