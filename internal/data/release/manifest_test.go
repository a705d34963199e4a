package release

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
)

func TestManifestRefuses(t *testing.T) {
	dir := datatest.Built(t, Build, datatest.Synthetic{Size: 1}, BuildOptions{})
	good, err := os.ReadFile(dir + "/" + dataset.ManifestFile)
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
		_, err := dataset.ReadManifest(fstest.MapFS{dataset.ManifestFile: {Data: []byte(bad)}})
		if err == nil || !strings.HasPrefix(err.Error(), dataset.ManifestFile+": ") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := dataset.ReadManifest(fstest.MapFS{}); !errors.Is(err, dataset.ErrNoManifest) {
		t.Errorf("no manifest: got %v", err)
	}
}

func FuzzParseManifest(f *testing.F) {
	dir := datatest.Built(f, Build, datatest.Synthetic{Size: 1}, BuildOptions{})
	good, err := os.ReadFile(dir + "/" + dataset.ManifestFile)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"manifest_version":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := dataset.ParseManifest(b)
		if err != nil {
			return
		}
		again, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := dataset.ParseManifest(again); err != nil {
			t.Fatalf("what was read does not read again: %v", err)
		}
	})
}
