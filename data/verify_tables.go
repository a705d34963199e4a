package data

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
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
	var splits []iter.Seq2[*T, error]
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for i, f := range files[name] {
			if want := shardPath(t.name, name, i, len(files[name])); f.Path != want {
				v.add(Violation{File: f.Path, Table: t.name, Found: "this name", Expected: want})
			}
			readable = verifyFile(v, t, f, lacking) && readable
		}
		splits = append(splits, verifySplit(v, t, name, chain(v.fsys, files[name], t), split))
	}
	if !readable {
		v.unreadable = true
		return
	}
	h := newTableHash[T]()
	h.leaveOut(lacking)
	for row, err := range merge(splits, t.compare) {
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
	f.check(t, v.manifest, lacking, bad)
	if f.Rows() != info.Rows {
		bad("", count(f.Rows(), "row"), fmt.Sprintf("%d by the manifest", info.Rows))
	}
	return true
}
