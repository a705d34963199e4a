package data

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// older makes a release what an older tool would have written: a table without
// some columns, in its file, its hashes and the manifest.
func older[T Row](t *testing.T, dir string, drop ...string) {
	t.Helper()
	table := tableOf[T]()
	content, err := os.ReadFile(filepath.Join(dir, ManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	m, err := ParseManifest(content)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(m.Files, func(f FileInfo) bool { return f.Table == table.name })
	path := filepath.Join(dir, m.Files[at].Path)
	rows := allRows[T](t, dir, m.Files[at].Path)

	var fields []reflect.StructField
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if name, _, _ := strings.Cut(field.Tag.Get("parquet"), ","); !slices.Contains(drop, name) {
			fields = append(fields, field)
		}
	}
	row := reflect.StructOf(fields)
	var b bytes.Buffer
	options := []parquet.WriterOption{parquet.SchemaOf(reflect.New(row).Interface()), &parquet.WriterConfig{CreatedBy: CreatedBy}}
	for _, kv := range (Metadata{Name: m.Name, Version: m.Version}).pairs(table.name) {
		options = append(options, parquet.KeyValueMetadata(kv[0], kv[1]))
	}
	var sorting []parquet.SortingColumn
	for _, c := range table.sorting {
		sorting = append(sorting, parquet.Ascending(c))
	}
	w := parquet.NewWriter(&b, append(options, parquet.SortingWriterConfig(parquet.SortingColumns(sorting...)))...)
	sum := sha256.New()
	for _, r := range rows {
		lean := reflect.New(row)
		for _, field := range fields {
			lean.Elem().FieldByName(field.Name).Set(reflect.ValueOf(r).Elem().FieldByName(field.Name))
		}
		if err := w.Write(lean.Interface()); err != nil {
			t.Fatal(err)
		}
		// The canonical form without the columns, by way of encoding/json.
		members := map[string]json.RawMessage{}
		if err := json.Unmarshal(appendRow(nil, r), &members); err != nil {
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
		if m.Tables[i].Name == table.name {
			m.Tables[i].ContentSHA256 = hex.EncodeToString(sum.Sum(nil))
		}
	}
	m.ContentSHA256 = contentHash(m.Tables)
	if content, err = m.Encode(); err == nil {
		err = os.WriteFile(filepath.Join(dir, ManifestFile), content, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A whole release of an older schema version is verified, described, read,
// compared and exported by a program that knows more columns; one of a newer
// version opens, and verifying it says that it is newer.
func TestOlderReleaseOpens(t *testing.T) {
	defer func(was string) { knownSchema = was }(knownSchema)
	dir := built(t, Build, synthetic{articles: 3, passes: true}, BuildOptions{})
	older[ArticleRow](t, dir, "author", "url")
	older[ActorRow](t, dir, "aliases", "wikidata")
	older[EventRow](t, dir, "quoted")
	if violations, err := Verify(os.DirFS(dir)); err != nil || len(violations) == 0 {
		t.Fatalf("columns are missing under the same schema version: %v, %v", violations, err)
	}
	knownSchema = "1.1.0"
	violations, err := Verify(os.DirFS(dir))
	if err != nil || len(violations) > 0 {
		t.Fatalf("%v, %v", violations, err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := Info(r); err != nil || s.WriteText(&bytes.Buffer{}) != nil {
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
	if c, err := Diff(r, r); err != nil || c.Bump != "none" {
		t.Errorf("%+v, %v", c, err)
	}
	for _, name := range []string{"jsonl", "csv", "duckdb"} {
		if err := LookupExport(name).Write(t.Context(), r, Target{Path: filepath.Join(t.TempDir(), "out")}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}

	knownSchema = "1.0.0"
	newer := built(t, Build, synthetic{articles: 1}, BuildOptions{})
	content, err := os.ReadFile(filepath.Join(newer, ManifestFile))
	if err != nil {
		t.Fatal(err)
	}
	content = bytes.Replace(content, []byte(`"schema_version": "1.0.0"`), []byte(`"schema_version": "1.4.0"`), 1)
	if err := os.WriteFile(filepath.Join(newer, ManifestFile), content, 0o644); err != nil {
		t.Fatal(err)
	}
	violations, err = Verify(os.DirFS(newer))
	if err != nil || len(violations) == 0 || violations[0].Column != "schema_version" && !strings.Contains(violations[0].String(), "1.4.0") {
		t.Errorf("%v, %v", violations, err)
	}
}
