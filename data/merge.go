package data

import (
	"cmp"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
)

// chain streams the rows of files one after the other, as the shards of one
// split follow each other. The rows must be in ascending order over all of
// them. An error ends the stream.
func chain[T any](fsys fs.FS, files []FileInfo, t *table[T]) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		var last *T
		for _, info := range files {
			f, err := openFile[T](fsys, info.Path, t.schema)
			if err != nil {
				yield(nil, err)
				return
			}
			more := func() bool {
				defer f.Close()
				for row, err := range f.All() {
					if err == nil && last != nil && t.compare(last, row) >= 0 {
						err = fmt.Errorf("%s: %w", info.Path, &OrderError{Table: t.name, Row: t.key(row), After: t.key(last)})
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

// tableRows streams a table of a release in key order over all splits.
func tableRows[T any](fsys fs.FS, files map[string][]FileInfo, t *table[T]) iter.Seq2[*T, error] {
	var streams []iter.Seq2[*T, error]
	for _, split := range slices.Sorted(maps.Keys(files)) {
		streams = append(streams, chain(fsys, files[split], t))
	}
	return merge(streams, t.compare)
}

// merge merges streams that are each in ascending order. An error item is
// passed on as soon as it is met.
func merge[T any](streams []iter.Seq2[*T, error], compare func(a, b *T) int) iter.Seq2[*T, error] {
	if len(streams) == 1 {
		return streams[0]
	}
	return func(yield func(*T, error) bool) {
		type head struct {
			row  *T
			next func() (*T, error, bool)
		}
		var heads []head
		// advance moves a stream on to its next row and passes on its errors.
		advance := func(h *head) (live, goOn bool) {
			for {
				row, err, ok := h.next()
				if !ok {
					return false, true
				}
				if err == nil {
					h.row = row
					return true, true
				}
				if !yield(nil, err) {
					return false, false
				}
			}
		}
		for _, s := range streams {
			next, stop := iter.Pull2(s)
			defer stop()
			h := head{next: next}
			live, goOn := advance(&h)
			if !goOn {
				return
			}
			if live {
				heads = append(heads, h)
			}
		}
		for len(heads) > 0 {
			least := 0
			for i := 1; i < len(heads); i++ {
				if compare(heads[i].row, heads[least].row) < 0 {
					least = i
				}
			}
			if !yield(heads[least].row, nil) {
				return
			}
			live, goOn := advance(&heads[least])
			if !goOn {
				return
			}
			if !live {
				heads = slices.Delete(heads, least, least+1)
			}
		}
	}
}

// sortWindow is how many bytes of a source are kept in memory to be sorted.
const sortWindow = 256 << 20

// A WindowError says that a source is not in order and too large to be sorted
// in memory.
type WindowError struct {
	What, Key, After string
}

func (e *WindowError) Error() string {
	return fmt.Sprintf("%s %s came after %s, and the source is too large to be sorted in memory", e.What, e.Key, e.After)
}

// Hint is the next step.
func (e *WindowError) Hint() string { return "give the articles in ascending order of doc_id" }

// ordered streams a source in ascending key order: it sorts a source of up to
// window bytes in memory, and streams a larger one that is in order already.
// Errors are passed on when they are met.
func ordered[T any](source iter.Seq2[*T, error], what string, key func(*T) string, size func(*T) int, window int) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		next, stop := iter.Pull2(source)
		defer stop()
		var kept []*T
		bytes, last, inOrder := 0, "", true
		for bytes < window {
			item, err, ok := next()
			if !ok {
				break
			}
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			inOrder = inOrder && (len(kept) == 0 || key(item) >= last)
			last = key(item)
			kept = append(kept, item)
			bytes += size(item)
		}
		if bytes < window || !inOrder {
			slices.SortStableFunc(kept, func(a, b *T) int { return cmp.Compare(key(a), key(b)) })
		}
		for i, item := range kept {
			kept[i] = nil
			last = key(item)
			if !yield(item, nil) {
				return
			}
		}
		kept = nil
		for {
			item, err, ok := next()
			if !ok {
				return
			}
			if err == nil && key(item) < last {
				yield(nil, &WindowError{What: what, Key: key(item), After: last})
				return
			}
			if err == nil {
				last = key(item)
			}
			if !yield(item, err) {
				return
			}
		}
	}
}
