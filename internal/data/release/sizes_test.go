package release

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/schema"
)

// Rows that are not those of the manifest are never read under its hashes: not of a
// file of another size, and not of one whose footer has other rows.
func TestNothingIsReadUnderAnotherManifest(t *testing.T) {
	build := func(size int) string {
		return datatest.Built(t, Build, datatest.Synthetic{Size: size}, BuildOptions{})
	}
	file := func(dir string) (path string, m *dataset.Manifest) {
		m, err := dataset.ReadManifest(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		return m.TableFiles(dataset.TableMentions)[m.Splits[0]][0].Path, m
	}
	dir, other := build(4), build(3)
	path, m := file(dir)
	otherPath, otherManifest := file(other)
	b, err := os.ReadFile(filepath.Join(other, filepath.FromSlash(otherPath)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(path)), b, 0o666); err != nil {
		t.Fatal(err)
	}
	var size *FileError
	if _, err := Open(dir); !errors.As(err, &size) || size.Path != path {
		t.Errorf("a file of another size: %v", err)
	}
	// The size of the other file, and the rows of the first one.
	for i := range m.Files {
		if m.Files[i].Path == path {
			for _, f := range otherManifest.Files {
				if f.Path == otherPath {
					m.Files[i].Bytes = f.Bytes
				}
			}
		}
	}
	content, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, dataset.ManifestFile), content, 0o666); err != nil {
		t.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, read := range []func() error{
		func() (last error) {
			for _, err := range r.Annotations() {
				last = err
			}
			return last
		},
		func() (last error) {
			for _, err := range Rows[tables.MentionRow](r) {
				last = err
			}
			return last
		},
	} {
		if err := read(); err == nil || !strings.Contains(err.Error(), "by the manifest") {
			t.Errorf("a file of other rows: %v", err)
		}
	}
}

// Gold with a span that is reversed or null is an error, not labels that nobody can match.
func TestGoldWithoutSpansIsRefused(t *testing.T) {
	for found, span := range map[string]schema.Span{"[9000,3)": {Start: 9000, End: 3}, "[9000,9000)": {Start: 9000, End: 9000}, "null": schema.NoSpan} {
		at := func(rows int) int { // the rows stay in order
			if span == schema.NoSpan {
				return 0
			}
			return rows - 1
		}
		for table, edit := range map[string]func(dir string){
			"mentions": func(dir string) { rewrite(t, dir, func(r []*tables.MentionRow) { r[at(len(r))].Span = span }) },
			"events":   func(dir string) { rewrite(t, dir, func(r []*tables.EventRow) { r[at(len(r))].Span = span }) },
		} {
			dir := datatest.Built(t, Build, datatest.Synthetic{Size: 1}, BuildOptions{})
			edit(dir)
			r, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, opt := range []ReadOptions{{}, {SpansOnly: true, NoText: true}} {
				var last error
				for _, err := range r.AnnotationsOf(opt) {
					last = err
				}
				if last == nil || !strings.Contains(last.Error(), "column start: found "+found+", expected 0 <= start < end") {
					t.Errorf("%s with the span %s: %v", table, found, last)
				}
			}
		}
	}
}
