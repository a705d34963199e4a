package tables

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/schema"
)

// Check holds what the file says of itself against its table and the release's
// manifest. It notes in lacking the columns of later schema versions.
func (f *File[T]) Check(t *Table[T], m *dataset.Manifest, lacking map[string]bool, bad func(column, found, expected string)) {
	for _, c := range f.Extra {
		bad(c, "a column that the table does not have", "none")
	}
	verifyColumns(f.pq.Root(), t.schema(), bad, lacking)
	verifyMetadata(f.pq, t.Name, m, bad)
	verifyGroups(f.pq, t.groupRows, t.Sorting, bad)
}

// verifyColumns asks for the very types of the table; [OpenFile] lets a column
// be nullable, and missing from an older file.
func verifyColumns(root parquet.Node, want *parquet.Schema, bad func(column, found, expected string), lacking map[string]bool) {
	found := map[string]parquet.Field{}
	for _, f := range root.Fields() {
		found[f.Name()] = f
	}
	for _, w := range want.Fields() {
		f := found[w.Name()]
		if f == nil {
			lacking[w.Name()] = true
			continue
		}
		if have, expected := describe(f), describe(w); have != expected {
			bad(w.Name(), have, expected)
		}
	}
}

// verifyMetadata checks who wrote the file and what it says of itself.
func verifyMetadata(pq *parquet.File, tableName string, m *dataset.Manifest, bad func(column, found, expected string)) {
	by := pq.Metadata().CreatedBy
	if want := "mizan version " + m.ToolVersion + " (build "; !strings.HasPrefix(by, want) || !strings.HasSuffix(by, ")") {
		bad("", fmt.Sprintf("created_by %q", by), want+"…)")
	}
	meta := Metadata{Name: m.Name, Version: m.Version}
	for _, kv := range meta.Pairs(tableName) {
		want := kv[1]
		if kv[0] == "schema_version" {
			want = m.SchemaVersion
		}
		if got, ok := pq.Lookup(kv[0]); !ok || got != want {
			bad("", fmt.Sprintf("metadata %s=%q", kv[0], got), want)
		}
	}
	if m.OffsetUnit != schema.OffsetUnit {
		bad("", "offset unit "+m.OffsetUnit, schema.OffsetUnit)
	}
}

// verifyGroups checks the size and the declared order of the row groups.
func verifyGroups(pq *parquet.File, most int, sorting []string, bad func(column, found, expected string)) {
	for i, g := range pq.RowGroups() {
		if g.NumRows() > int64(most) {
			bad("", fmt.Sprintf("%d rows in row group %d", g.NumRows(), i), fmt.Sprintf("%d at most", most))
		}
		var declared []string
		for _, c := range g.SortingColumns() {
			declared = append(declared, strings.Join(c.Path(), "."))
		}
		if !slices.Equal(declared, sorting) {
			bad("", fmt.Sprintf("row group %d declared as sorted by %s", i, strings.Join(declared, ", ")), strings.Join(sorting, ", "))
		}
	}
}
