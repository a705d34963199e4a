package tables

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// benchFile is a file of a million mentions.
func benchFile(b *testing.B, rows []MentionRow) fs.FS {
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "f.parquet"), written(b, rows), 0o644); err != nil {
		b.Fatal(err)
	}
	return os.DirFS(dir)
}

func BenchmarkReadMentionRows(b *testing.B) {
	fsys := benchFile(b, mentionRows(1_000_000))
	n := 0
	for b.Loop() {
		f, err := OpenFile[MentionRow](fsys, "f.parquet")
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range f.All() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		f.Close()
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}
