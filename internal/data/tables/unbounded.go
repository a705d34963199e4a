package tables

import (
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// A column of long text gets no min and max: they would be copied whole into
// the footer, and statistics over 8 MiB break other readers. The library's own
// switch for that (SkipPageBounds) leaves the bounds of the column index as
// empty strings, which an engine that prunes pages takes at their word, so it
// would find no text at all. The index written here says the widest truth:
// from "" to the byte FF, which no UTF-8 text reaches.

// unbounded is the schema with such column indexes for the named columns.
func unbounded(s *parquet.Schema, columns []string) *parquet.Schema {
	root := unboundedRoot{Node: s}
	for _, f := range s.Fields() {
		if slices.Contains(columns, f.Name()) {
			f = unboundedField{f}
		}
		root.fields = append(root.fields, f)
	}
	return parquet.NewSchema(s.Name(), root)
}

type unboundedRoot struct {
	parquet.Node
	fields []parquet.Field
}

func (r unboundedRoot) Fields() []parquet.Field { return r.fields }

type unboundedField struct{ parquet.Field }

func (f unboundedField) Type() parquet.Type { return unboundedType{f.Field.Type()} }

type unboundedType struct{ parquet.Type }

func (unboundedType) NewColumnIndexer(int) parquet.ColumnIndexer { return &unboundedIndexer{} }

// unboundedIndexer counts nulls and knows no values.
type unboundedIndexer struct{ index format.ColumnIndex }

func (x *unboundedIndexer) Reset() { x.index = format.ColumnIndex{} }

func (x *unboundedIndexer) IndexPage(numValues, numNulls int64, _, _ parquet.Value) {
	onlyNulls := numValues == numNulls
	maximum := []byte{0xFF}
	if onlyNulls {
		maximum = []byte{}
	}
	x.index.NullPages = append(x.index.NullPages, onlyNulls)
	x.index.NullCounts = append(x.index.NullCounts, numNulls)
	x.index.MinValues = append(x.index.MinValues, []byte{})
	x.index.MaxValues = append(x.index.MaxValues, maximum)
}

func (x *unboundedIndexer) ColumnIndex() format.ColumnIndex { return x.index }
