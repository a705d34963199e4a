package datatest

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/tables"
)

// Built makes a release in a new folder, by release.Build, and returns its
// path.
func Built[O, R any](t testing.TB, build func(context.Context, string, dataset.Dataset, O) (R, error), ds dataset.Dataset, opt O) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "release")
	if _, err := build(t.Context(), dir, ds, opt); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Annotations is all gold labels of a dataset as JSON, a line an article, the
// lists in the order of the tables.
func Annotations(t testing.TB, ds dataset.Dataset) string {
	t.Helper()
	var b strings.Builder
	o, err := ds.Ontology()
	if err != nil {
		t.Fatal(err)
	}
	for a, err := range ds.Annotations() {
		if err != nil {
			t.Fatal(err)
		}
		mentions, events, arguments, err := tables.LabelRows(a, o)
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal([]any{a.DocID, mentions, events, arguments})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.String()
}

// AllRows is the rows of a file.
func AllRows[T tables.Row](t *testing.T, dir, path string) []*T {
	t.Helper()
	f, err := tables.OpenFile[T](os.DirFS(dir), path)
	if err != nil {
		t.Fatal(err)
	}
	var rows []*T
	for r, err := range f.All() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	f.Close()
	return rows
}

var update = flag.Bool("update", false, "write the golden files anew")

// Golden compares got with testdata/name, or with -update writes it anew.
func Golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s", path, got)
	}
}
