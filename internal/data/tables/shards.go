package tables

import (
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/streams"
)

// Chain streams the rows of files one after the other, as the shards of one
// split follow each other. The rows must be in ascending order over all of
// them. An error ends the stream.
func Chain[T any](fsys fs.FS, files []dataset.FileInfo, t *Table[T]) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		var last *T
		for _, info := range files {
			f, err := openListed(fsys, info, t)
			if err != nil {
				yield(nil, err)
				return
			}
			more := func() bool {
				defer f.Close()
				for row, err := range f.All() {
					if err == nil && last != nil && t.Compare(last, row) >= 0 {
						err = fmt.Errorf("%s: %w", info.Path, &OrderError{Table: t.Name, Row: t.Key(row), After: t.Key(last)})
					}
					if err != nil {
						yield(nil, err)
						return false
					}
					if !yield(row, nil) {
						return false
					}
					last = row
				}
				return true
			}()
			if !more {
				return
			}
		}
	}
}

// TableRows streams a table of a release in key order over all splits.
func TableRows[T any](fsys fs.FS, files map[string][]dataset.FileInfo, t *Table[T]) iter.Seq2[*T, error] {
	var splits []iter.Seq2[*T, error]
	for _, split := range slices.Sorted(maps.Keys(files)) {
		splits = append(splits, Chain(fsys, files[split], t))
	}
	return streams.Merge(splits, t.Compare)
}
