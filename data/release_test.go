package data

import (
	"bytes"
	"os"
	"testing"
)

func TestManifestRoundTrip(t *testing.T) {
	dir := built(t, Build, synthetic{articles: 3, passes: true}, BuildOptions{})
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
