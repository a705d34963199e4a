package data

import (
	"iter"
)

// joined is the side of a merge join that has any number of items a key. The
// stream must be in ascending order of the key.
type joined[T any] struct {
	key    func(*T) string
	orphan func(*T) error // says that no one asked for the item
	next   func() (*T, error, bool)
	stop   func()
	ahead  *T // read and not yet taken
	done   bool
	err    error
	items  []*T
}

func newJoined[T any](stream iter.Seq2[*T, error], key func(*T) string, orphan func(*T) error) *joined[T] {
	j := &joined[T]{key: key, orphan: orphan}
	j.next, j.stop = iter.Pull2(stream)
	return j
}

// peek is the next item, nil at the end. An error stays.
func (j *joined[T]) peek() (*T, error) {
	if j.ahead == nil && !j.done && j.err == nil {
		item, err, ok := j.next()
		j.ahead, j.err, j.done = item, err, !ok
	}
	return j.ahead, j.err
}

// take is the items with that key, valid until the next call. Keys must be
// taken in ascending order; an item whose key was passed over is an orphan.
func (j *joined[T]) take(key string) ([]*T, error) {
	j.items = j.items[:0]
	for {
		item, err := j.peek()
		if err != nil {
			return nil, err
		}
		if item == nil || j.key(item) > key {
			return j.items, nil
		}
		if j.key(item) < key {
			return nil, j.orphan(item)
		}
		j.items = append(j.items, item)
		j.ahead = nil
	}
}

// end is an error unless all items were taken.
func (j *joined[T]) end() error {
	item, err := j.peek()
	if err == nil && item != nil {
		err = j.orphan(item)
	}
	return err
}
