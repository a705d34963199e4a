package data

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"
)

func TestManifestRoundTrip(t *testing.T) {
	dir := build(t, synthetic{articles: 3, passes: true}, BuildOptions{})
	b, err := os.ReadFile(dir + "/" + ManifestFile)
	if err != nil {
		t.Fatal(err)
	}
	m, err := ParseManifest(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Encode()
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("reading and writing changed the manifest (%v)", err)
	}
}

func TestManifestRefuses(t *testing.T) {
	dir := build(t, synthetic{articles: 1}, BuildOptions{})
	good, err := os.ReadFile(dir + "/" + ManifestFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, edit := range map[string][2]string{
		"unknown field":     {`"name": "synthetic"`, `"nome": "x"`},
		"not JSON":          {"{", ""},
		"manifest version":  {`"manifest_version": 1`, `"manifest_version": 2`},
		"name":              {`"name": "synthetic"`, `"name": "Two Words"`},
		"version":           {`"version": "1.0.0"`, `"version": "1"`},
		"offset unit":       {"unicode_code_point", "byte"},
		"absolute path":     {"data/actors/test", "/data/actors/test"},
		"path that leaves":  {"data/actors/test", "../actors/test"},
		"split":             {`"split": "test"`, `"split": "a/b"`},
		"splits":            {"    \"test\"\n", "    \"a b\"\n"},
		"negative rows":     {`"rows": 1,`, `"rows": -1,`},
		"negative bytes":    {`"bytes": `, `"bytes": -`},
		"hash":              {`"content_sha256": "`, `"content_sha256": "x`},
		"same file twice":   {"data/arguments/test", "data/actors/test"},
		"same table twice":  {`"name": "events"`, `"name": "mentions"`},
		"more after it":     {"\n}\n", "\n}\n{}"},
		"a number as text":  {`"bytes": `, `"bytes": "1", "bytes": `},
		"the manifest file": {"README.md", "manifest.json"},
	} {
		bad := strings.Replace(string(good), edit[0], edit[1], 1)
		if bad == string(good) {
			t.Errorf("%s: nothing was changed", name)
		}
		_, err := ReadManifest(fstest.MapFS{ManifestFile: {Data: []byte(bad)}})
		if err == nil || !strings.HasPrefix(err.Error(), ManifestFile+": ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := ReadManifest(fstest.MapFS{}); !errors.Is(err, ErrNoManifest) {
		t.Errorf("no manifest: got %v", err)
	}
}

func FuzzParseManifest(f *testing.F) {
	dir := build(f, synthetic{articles: 1}, BuildOptions{})
	good, err := os.ReadFile(dir + "/" + ManifestFile)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"manifest_version":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := ParseManifest(b)
		if err != nil {
			return
		}
		again, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseManifest(again); err != nil {
			t.Fatalf("what was read does not read again: %v", err)
		}
	})
}

// A release of an earlier minor version of the schema opens, and its tables may
// lack columns that later versions added; one of another major version does not.
func TestOlderSchemaVersions(t *testing.T) {
	type olderMention struct {
		DocID     string `parquet:"doc_id,dict"`
		MentionID string `parquet:"mention_id,dict"`
		Start     int32  `parquet:"start"`
		End       int32  `parquet:"end"`
		Text      string `parquet:"text"`
		Type      string `parquet:"type,dict"`
		Metonym   bool   `parquet:"metonym"`
	}
	older := func(version string) fs.FS {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[olderMention](&b, parquet.KeyValueMetadata("schema_version", version))
		if _, err := w.Write([]olderMention{{"a", "m1", 0, 4, "text", "PER", true}}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return memory(b.Bytes())
	}
	defer func(was string) { knownSchema = was }(knownSchema)
	knownSchema = "1.2.0"
	want := MentionRow{DocID: "a", MentionID: "m1", End: 4, Text: "text", Type: "PER", Metonym: true}
	f, err := OpenFile[MentionRow](older("1.1.0"), "f.parquet")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for r, err := range f.All() {
		if err != nil || !reflect.DeepEqual(*r, want) {
			t.Errorf("by rows: %+v, %v", r, err)
		}
	}
	s := streamBatches[MentionRow](older("1.1.0"), []FileInfo{{Path: "f.parquet"}}, decodeMentions, true)
	defer s.stop()
	for b := range s.batches {
		if b.err != nil || len(b.batch.items) != 1 || !reflect.DeepEqual(b.batch.items[0], want.Mention()) {
			t.Errorf("by columns: %+v, %v", b.batch, b.err)
		}
	}
	for _, version := range []string{"1.2.0", "0.9.0", ""} {
		var missing *SchemaError
		if _, err := OpenFile[MentionRow](older(version), "f.parquet"); !errors.As(err, &missing) {
			t.Errorf("schema %q: %v, expected a SchemaError", version, err)
		}
	}

	r, err := Open(build(t, synthetic{articles: 1}, BuildOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	for version, opens := range map[string]bool{"1.0.0": true, "1.7.0": true, "2.0.0": false, "0.9.0": false} {
		m := *r.Manifest()
		m.SchemaVersion = version
		content, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseManifest(content); (err == nil) != opens {
			t.Errorf("schema %s: %v, opens: %v", version, err, opens)
		}
	}
}
