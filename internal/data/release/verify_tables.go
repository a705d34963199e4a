package release

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/describe"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/regular"
)

// checkTables checks each table's files and content hash.
func (v *verifier) checkTables() {
	verifyTable(v, tables.ArticlesTable, func(r *tables.ArticleRow) string { return r.Split })
	verifyTable(v, tables.MentionsTable, nil)
	verifyTable(v, tables.ActorsTable, nil)
	verifyTable(v, tables.EventsTable, nil)
	verifyTable(v, tables.ArgumentsTable, nil)
	verifyTable(v, tables.PassMentionsTable, nil)
	verifyTable(v, tables.PassEventsTable, nil)
	verifyTable(v, tables.PassArgumentsTable, nil)
}

// verifyTable checks one table. split, where given, is the split that a row
// says it belongs to.
func verifyTable[T tables.Row](v *verifier, t *tables.Table[T], split func(*T) string) {
	files := v.manifest.TableFiles(t.Name)
	readable := true
	lacking := map[string]bool{} // columns that an older release does not have
	var splits []iter.Seq2[*T, error]
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for i, f := range files[name] {
			if want := shardPath(t.Name, name, i, len(files[name])); f.Path != want {
				v.add(Violation{File: f.Path, Table: t.Name, Found: "this name", Expected: want})
			}
			readable = verifyFile(v, t, f, lacking) && readable
		}
		splits = append(splits, verifySplit(v, t, name, tables.Chain(v.fsys, files[name], t), split))
	}
	if !readable {
		v.unreadable = true
		return
	}
	h := tables.NewTableHash[T]()
	h.LeaveOut(lacking)
	for row, err := range streams.Merge(splits, t.Compare) {
		if err != nil {
			v.unreadable = true
			v.add(Violation{Table: t.Name, Found: err.Error()})
			return
		}
		h.Add(row)
	}
	want, listed := v.manifest.Table(t.Name)
	got := h.Table()
	if got.Rows != want.Rows {
		v.add(Violation{Table: t.Name, Found: describe.Count(got.Rows, "row"), Expected: fmt.Sprintf("%d by the manifest", want.Rows)})
	}
	if listed && !v.manifest.WithoutTexts && got.ContentSHA256 != want.ContentSHA256 {
		v.add(Violation{Table: t.Name, Found: "content hash " + got.ContentSHA256, Expected: want.ContentSHA256})
	}
}

// verifySplit passes the rows of a split on and checks that they say so.
func verifySplit[T tables.Row](v *verifier, t *tables.Table[T], name string, rows iter.Seq2[*T, error], split func(*T) string) iter.Seq2[*T, error] {
	if split == nil {
		return rows
	}
	return func(yield func(*T, error) bool) {
		for row, err := range rows {
			if err == nil && split(row) != name {
				v.add(Violation{Table: t.Name, Row: t.Key(row), Column: "split", Found: split(row), Expected: name + ", the split of its file"})
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// verifyFile checks one Parquet file but for its rows, and reports whether it
// can be opened. It notes in lacking the columns of later schema versions.
func verifyFile[T tables.Row](v *verifier, t *tables.Table[T], info dataset.FileInfo, lacking map[string]bool) bool {
	bad := func(column, found, expected string) {
		v.add(Violation{File: info.Path, Table: t.Name, Column: column, Found: found, Expected: expected})
	}
	f, err := tables.OpenFile[T](v.fsys, info.Path)
	if err != nil {
		var s *tables.SchemaError
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, regular.ErrKind): // reported with the files
		case errors.As(err, &s):
			bad(s.Column, s.Found, s.Expected)
		default:
			v.add(Violation{File: info.Path, Table: t.Name, Found: strings.TrimPrefix(err.Error(), info.Path+": ")})
		}
		return false
	}
	defer f.Close()
	f.Check(t, v.manifest, lacking, bad)
	if f.Rows() != info.Rows {
		bad("", describe.Count(f.Rows(), "row"), fmt.Sprintf("%d by the manifest", info.Rows))
	}
	return true
}
