package evaltest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Conformance is the folder of other scorers' fixtures; the test is skipped
// without it.
func Conformance(t *testing.T, folder string) string {
	t.Helper()
	root := os.Getenv("DATASET_CONFORMANCE")
	if root == "" {
		t.Skip("DATASET_CONFORMANCE is not set: other scorers' fixtures are not checked")
	}
	return filepath.Join(root, folder)
}

func ReadJSON(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
