package streams

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
)

// SortWindow is how many bytes of a source are kept in memory to be sorted.
const SortWindow = 256 << 20

// A WindowError says that a source is not in order and too large to be sorted
// in memory.
type WindowError struct {
	What, Key, After string
}

func (e *WindowError) Error() string {
	return fmt.Sprintf("%s %s came after %s, and the source is too large to be sorted in memory", e.What, e.Key, e.After)
}

// Hint is the next step.
func (e *WindowError) Hint() string {
	switch e.What {
	case "actor":
		return "give the actors in ascending order of actor_id"
	case "labels of":
		return "give the labels in ascending order of doc_id"
	}
	return "give the articles in ascending order of doc_id"
}

// Ordered streams a source in ascending key order: it sorts a source of up to
// window bytes in memory, and streams a larger one that is in order already.
// Errors are passed on when they are met.
func Ordered[T any](source iter.Seq2[*T, error], what string, key func(*T) string, size func(*T) int, window int) iter.Seq2[*T, error] {
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
