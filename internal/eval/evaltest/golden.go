package evaltest

import (
	"bytes"
	options "flag"
	"os"
	"path/filepath"
	"testing"
)

var update = options.Bool("update", false, "write the golden files anew")

// CheckGolden compares got with a golden file, or writes it under -update.
func CheckGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s changed; run the test with -update and look at the difference\n%s", name, got)
	}
}
