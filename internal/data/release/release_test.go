package release

import (
	"bytes"
	"os"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
)

func TestManifestRoundTrip(t *testing.T) {
	dir := datatest.Built(t, Build, datatest.Synthetic{Size: 3, WithPasses: true}, BuildOptions{})
	b, err := os.ReadFile(dir + "/" + dataset.ManifestFile)
	if err != nil {
		t.Fatal(err)
	}
	m, err := dataset.ParseManifest(b)
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Encode()
	if err != nil || !bytes.Equal(b, again) {
		t.Errorf("reading and writing changed the manifest (%v)", err)
	}
}

// A release of an earlier minor version of the schema opens; one of another
// major version does not.
func TestManifestOfOtherSchemaVersions(t *testing.T) {
	r, err := Open(datatest.Built(t, Build, datatest.Synthetic{Size: 1}, BuildOptions{}))
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
		if _, err := dataset.ParseManifest(content); (err == nil) != opens {
			t.Errorf("schema %s: %v, opens: %v", version, err, opens)
		}
	}
}
