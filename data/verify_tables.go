package data

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/schema"
)

// checkTables checks each table's files and content hash.
func (v *verifier) checkTables() {
	verifyTable(v, articlesTable, func(r *ArticleRow) string { return r.Split })
	verifyTable(v, mentionsTable, nil)
	verifyTable(v, actorsTable, nil)
	verifyTable(v, eventsTable, nil)
	verifyTable(v, argumentsTable, nil)
	verifyTable(v, passMentionsTable, nil)
	verifyTable(v, passEventsTable, nil)
	verifyTable(v, passArgumentsTable, nil)
}

// verifyTable checks one table. split, where given, is the split that a row
// says it belongs to.
func verifyTable[T Row](v *verifier, t *table[T], split func(*T) string) {
	files := v.manifest.TableFiles(t.name)
	readable := true
	lacking := map[string]bool{} // columns that an older release does not have
	var streams []iter.Seq2[*T, error]
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for i, f := range files[name] {
			if want := shardPath(t.name, name, i, len(files[name])); f.Path != want {
				v.add(Violation{File: f.Path, Table: t.name, Found: "this name", Expected: want})
			}
			readable = verifyFile(v, t, f, lacking) && readable
		}
		streams = append(streams, verifySplit(v, t, name, chain(v.fsys, files[name], t), split))
	}
	if !readable {
		v.unreadable = true
		return
	}
	h := newTableHash[T]()
	h.leaveOut(lacking)
	for row, err := range merge(streams, t.compare) {
		if err != nil {
			v.unreadable = true
			v.add(Violation{Table: t.name, Found: err.Error()})
			return
		}
		h.add(row)
	}
	want, listed := v.manifest.Table(t.name)
	got := h.table()
	if got.Rows != want.Rows {
		v.add(Violation{Table: t.name, Found: count(got.Rows, "row"), Expected: fmt.Sprintf("%d by the manifest", want.Rows)})
	}
	if listed && got.ContentSHA256 != want.ContentSHA256 {
		v.add(Violation{Table: t.name, Found: "content hash " + got.ContentSHA256, Expected: want.ContentSHA256})
	}
}

// verifySplit passes the rows of a split on and checks that they say so.
func verifySplit[T Row](v *verifier, t *table[T], name string, rows iter.Seq2[*T, error], split func(*T) string) iter.Seq2[*T, error] {
	if split == nil {
		return rows
	}
	return func(yield func(*T, error) bool) {
		for row, err := range rows {
			if err == nil && split(row) != name {
				v.add(Violation{Table: t.name, Row: t.key(row), Column: "split", Found: split(row), Expected: name + ", the split of its file"})
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// verifyFile checks one Parquet file but for its rows, and reports whether it
// can be opened. It notes in lacking the columns of later schema versions.
func verifyFile[T Row](v *verifier, t *table[T], info FileInfo, lacking map[string]bool) bool {
	bad := func(column, found, expected string) {
		v.add(Violation{File: info.Path, Table: t.name, Column: column, Found: found, Expected: expected})
	}
	f, err := OpenFile[T](v.fsys, info.Path)
	if err != nil {
		var s *SchemaError
		switch {
		case errors.Is(err, fs.ErrNotExist): // reported with the files
		case errors.As(err, &s):
			bad(s.Column, s.Found, s.Expected)
		default:
			v.add(Violation{File: info.Path, Table: t.name, Found: strings.TrimPrefix(err.Error(), info.Path+": ")})
		}
		return false
	}
	defer f.Close()
	for _, c := range f.Extra {
		bad(c, "a column that the table does not have", "none")
	}
	verifyColumns(f.pq.Root(), t.schema, bad, lacking)
	verifyMetadata(f.pq, t.name, v.manifest, bad)
	verifyGroups(f.pq, t.groupRows, t.sorting, bad)
	if f.Rows() != info.Rows {
		bad("", count(f.Rows(), "row"), fmt.Sprintf("%d by the manifest", info.Rows))
	}
	return true
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
func verifyMetadata(pq *parquet.File, tableName string, m *Manifest, bad func(column, found, expected string)) {
	by := pq.Metadata().CreatedBy
	if want := "mizan version " + m.ToolVersion + " (build "; !strings.HasPrefix(by, want) || !strings.HasSuffix(by, ")") {
		bad("", fmt.Sprintf("created_by %q", by), want+"…)")
	}
	meta := Metadata{Name: m.Name, Version: m.Version}
	for _, kv := range meta.pairs(tableName) {
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
