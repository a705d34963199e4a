package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/diff"
	"github.com/mizan-corpus/mizan/internal/data/export"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/schema"
)

// older makes a release what an older tool would have written: a table without
// some columns, in its file, its hashes and the manifest.
func older[T tables.Row](t *testing.T, dir string, drop ...string) {
	t.Helper()
	table := tables.TableOf[T]()
	content, err := os.ReadFile(filepath.Join(dir, dataset.ManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	m, err := dataset.ParseManifest(content)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(m.Files, func(f dataset.FileInfo) bool { return f.Table == table.Name })
	path := filepath.Join(dir, m.Files[at].Path)
	rows := datatest.AllRows[T](t, dir, m.Files[at].Path)

	var keep []string
	for _, f := range table.Fields {
		if !slices.Contains(drop, f.Name) {
			keep = append(keep, f.Name)
		}
	}
	var b bytes.Buffer
	w := tables.WriterOf(&b, table.Only(keep...), tables.Metadata{Name: m.Name, Version: m.Version})
	sum := sha256.New()
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
		// The canonical form without the columns, by way of encoding/json.
		members := map[string]json.RawMessage{}
		if err := json.Unmarshal(tables.AppendRow(nil, r), &members); err != nil {
			t.Fatal(err)
		}
		for _, column := range drop {
			delete(members, column)
		}
		e := json.NewEncoder(sum)
		e.SetEscapeHTML(false)
		if err := e.Encode(members); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	file := sha256.Sum256(b.Bytes())
	m.Files[at].Bytes, m.Files[at].SHA256 = int64(b.Len()), hex.EncodeToString(file[:])
	for i := range m.Tables {
		if m.Tables[i].Name == table.Name {
			m.Tables[i].ContentSHA256 = hex.EncodeToString(sum.Sum(nil))
		}
	}
	m.ContentSHA256 = dataset.ContentHash(m.Tables)
	if content, err = m.Encode(); err == nil {
		err = os.WriteFile(filepath.Join(dir, dataset.ManifestFile), content, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A whole release of an older schema version is verified, described, read,
// compared and exported by a program that knows more columns; one of a newer
// version opens, and verifying it says that it is newer.
func TestOlderReleaseOpens(t *testing.T) {
	defer func(was string) { tables.KnownSchema = was }(tables.KnownSchema)
	dir := datatest.Built(t, release.Build, datatest.Synthetic{Size: 3, WithPasses: true}, release.BuildOptions{})
	older[tables.ArticleRow](t, dir, "author", "url")
	older[tables.ActorRow](t, dir, "aliases", "wikidata")
	older[tables.EventRow](t, dir, "quoted")
	if violations, err := release.Verify(os.DirFS(dir)); err != nil || len(violations) == 0 {
		t.Fatalf("columns are missing under the same schema version: %v, %v", violations, err)
	}
	tables.KnownSchema = "1.2.0"
	violations, err := release.Verify(os.DirFS(dir))
	violations = slices.DeleteFunc(violations, func(v release.Violation) bool { // which speak of the tables as they were built
		return slices.Contains([]string{"README.md", "croissant.json", "datapackage.json"}, v.File)
	})
	if err != nil || len(violations) > 0 {
		t.Fatalf("%v, %v", violations, err)
	}
	r, err := release.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := release.Info(r); err != nil || s.WriteText(&bytes.Buffer{}) != nil {
		t.Error(err)
	}
	articles, actors, events := 0, 0, 0
	for a, err := range r.Articles() {
		if err != nil || a.Text == "" || a.Author != "" || a.URL != "" {
			t.Errorf("%+v, %v", a, err)
		}
		articles++
	}
	for a, err := range r.Actors() {
		if err != nil || a.ID == "" || a.Aliases != nil || a.Wikidata != "" {
			t.Errorf("%+v, %v", a, err)
		}
		actors++
	}
	for a, err := range r.Annotations() {
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range a.Events {
			if e.Text == "" || e.Quoted != nil {
				t.Errorf("%+v", e)
			}
			events++
		}
	}
	if articles != 3 || actors == 0 || events == 0 {
		t.Errorf("%d articles, %d actors, %d events", articles, actors, events)
	}
	if c, err := diff.Diff(r, r); err != nil || c.Bump != "none" {
		t.Errorf("%+v, %v", c, err)
	}
	for _, name := range []string{"nested", "csv", "duckdb"} {
		if err := export.Lookup(name).Write(t.Context(), r, export.Target{Path: filepath.Join(t.TempDir(), "out")}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}

	tables.KnownSchema = schema.SchemaVersion
	newer := datatest.Built(t, release.Build, datatest.Synthetic{Size: 1}, release.BuildOptions{})
	content, err := os.ReadFile(filepath.Join(newer, dataset.ManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	content = bytes.Replace(content, []byte(`"schema_version": "`+schema.SchemaVersion+`"`), []byte(`"schema_version": "1.4.0"`), 1)
	if err := os.WriteFile(filepath.Join(newer, dataset.ManifestFile), content, 0o644); err != nil {
		t.Fatal(err)
	}
	violations, err = release.Verify(os.DirFS(newer))
	if err != nil || len(violations) == 0 || violations[0].Column != "schema_version" && !strings.Contains(violations[0].String(), "1.4.0") {
		t.Errorf("%v, %v", violations, err)
	}
}
