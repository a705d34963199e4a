package describe

import (
	"bytes"
	"fmt"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
)

// datasetInfo is the card's dataset_info: the features of each configuration
// as Hugging Face datasets names them, so that a client has the types before it
// has a file, also of a column that is null in every row.
func datasetInfo(b *bytes.Buffer, m *dataset.Manifest) {
	b.WriteString("dataset_info:\n")
	for _, t := range m.Tables {
		if t.Rows == 0 {
			continue // it has no configuration either
		}
		fmt.Fprintf(b, "- config_name: %s\n  features:\n", t.Name)
		for _, c := range tableOf(t.Name).Columns {
			fmt.Fprintf(b, "  - name: %s\n", c.Name)
			writeFeature(b, &c)
		}
	}
}

// tableOf is what the schema says of a table, nothing of an unknown one.
func tableOf(name string) *field.Table {
	if t := field.TableByName(name); t != nil {
		return t
	}
	return &field.Table{Name: name}
}

// writeFeature is the type of one feature. A feature may always be null there,
// so that nullable columns look like the others.
func writeFeature(b *bytes.Buffer, c *field.Column) {
	// The name that Arrow, and so Hugging Face datasets, has for the type.
	typ := c.Element() // string, int32, bool
	if typ == "date" {
		typ = "date32"
	}
	switch members := c.Members(); {
	case members != nil:
		b.WriteString("    list:\n")
		for _, m := range members {
			fmt.Fprintf(b, "    - name: %s\n      dtype: %s\n", m, typ)
		}
	case c.List():
		fmt.Fprintf(b, "    list: %s\n", typ)
	default:
		fmt.Fprintf(b, "    dtype: %s\n", typ)
	}
}
