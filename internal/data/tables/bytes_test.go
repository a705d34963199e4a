package tables

import (
	"crypto/sha256"
	"fmt"
	"testing"
)

// The bytes of a table depend on the versions of parquet-go and klauspost/compress, which
// are fixed in go.mod, and on the schema. Where this hash changes, releases that are built
// anew have other bytes and the same content: say so in CHANGELOG.md as **bytes**.
func TestBytesOfATable(t *testing.T) {
	const want = "3e72719be21a8384c7165e8fd6e5ea004f78002d63858cd3a969d5e5d8754d34"
	if got := fmt.Sprintf("%x", sha256.Sum256(written(t, mentionRows(5000)))); got != want {
		t.Errorf("the bytes of a table hash to %s, expected %s", got, want)
	}
}
