package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/schema"
)

// TestCommittedReleaseIsWhatBuildGives: the release in data/releases verifies,
// and building the embedded corpus anew gives the same content, and the same
// bytes as long as the tool's version is the one that wrote it.
func TestCommittedReleaseIsWhatBuildGives(t *testing.T) {
	ds, err := data.Default()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join("..", "..", "data", "releases", ds.Meta().Version)
	violations, err := release.Verify(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range violations {
		t.Error(v)
	}
	fresh := filepath.Join(t.TempDir(), "release")
	if _, err := release.Build(t.Context(), fresh, ds, release.BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	old, err := release.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	now, err := release.Open(fresh)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range old.Manifest().Tables {
		if got, ok := now.Manifest().Table(want.Name); !ok || got != want {
			t.Errorf("table %s: built %+v, the release has %+v", want.Name, got, want)
		}
	}
	if old.Manifest().ToolVersion != schema.ToolVersion {
		return
	}
	same(t, dir, fresh)
	same(t, fresh, dir)
}

// same wants every file of a in b with the same bytes.
func same(t *testing.T, a, b string) {
	err := fs.WalkDir(os.DirFS(a), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		x, err := os.ReadFile(filepath.Join(a, name))
		if err != nil {
			return err
		}
		y, err := os.ReadFile(filepath.Join(b, name))
		if err != nil || !bytes.Equal(x, y) {
			t.Errorf("%s: other bytes in %s (%v); rebuild with `make release`", name, b, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
