package describe

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	internaltables "github.com/mizan-corpus/mizan/internal/data/tables"
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
		for _, c := range internaltables.Columns(t.Name) {
			fmt.Fprintf(b, "  - name: %s\n", c.Name)
			writeFeature(b, c)
		}
	}
}

// writeFeature is the type of one feature. A feature may always be null there,
// so that nullable columns look like the others.
func writeFeature(b *bytes.Buffer, c internaltables.Column) {
	element, list := ColumnElement(c)
	switch members := StructMembers(element); {
	case members != nil:
		b.WriteString("    list:\n")
		for _, m := range members {
			fmt.Fprintf(b, "    - name: %s\n      dtype: %s\n", m.Name, featureType(m.Type))
		}
	case list:
		fmt.Fprintf(b, "    list: %s\n", featureType(element))
	default:
		fmt.Fprintf(b, "    dtype: %s\n", featureType(element))
	}
}

// featureType is the name that Arrow, and so Hugging Face datasets, has for the
// type of a flat column.
func featureType(columnType string) string {
	if columnType == "date" {
		return "date32"
	}
	return columnType // string, int32, bool
}

// ColumnElement is the type of a column's values, or of its elements where it
// is a list.
func ColumnElement(c internaltables.Column) (element string, list bool) {
	return strings.CutPrefix(strings.TrimPrefix(c.Type, "nullable "), "list of ")
}

// StructMembers is the members of "struct{a int32, b int32}" in their order,
// nil for any other type.
func StructMembers(columnType string) []internaltables.Column {
	inside, ok := strings.CutPrefix(columnType, "struct{")
	if !ok {
		return nil
	}
	var members []internaltables.Column
	for member := range strings.SplitSeq(strings.TrimSuffix(inside, "}"), ", ") {
		name, typ, _ := strings.Cut(member, " ")
		members = append(members, internaltables.Column{Name: name, Type: typ})
	}
	return members
}
