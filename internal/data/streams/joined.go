package streams

import "iter"

// Joined is the side of a merge join that has any number of items a key. The
// stream must be in ascending order of the key.
type Joined[T any] struct {
	Key    func(*T) string
	orphan func(*T) error // says that no one asked for the item
	next   func() (*T, error, bool)
	Stop   func()
	Ahead  *T // read and not yet taken
	Done   bool
	Err    error
	items  []*T
}

func NewJoined[T any](stream iter.Seq2[*T, error], key func(*T) string, orphan func(*T) error) *Joined[T] {
	j := &Joined[T]{Key: key, orphan: orphan}
	j.next, j.Stop = iter.Pull2(stream)
	return j
}

// Peek is the next item, nil at the end. An error stays.
func (j *Joined[T]) Peek() (*T, error) {
	if j.Ahead == nil && !j.Done && j.Err == nil {
		item, err, ok := j.next()
		j.Ahead, j.Err, j.Done = item, err, !ok
	}
	return j.Ahead, j.Err
}

// Take is the items with that key, valid until the next call. Keys must be
// taken in ascending order; an item whose key was passed over is an orphan.
func (j *Joined[T]) Take(key string) ([]*T, error) {
	j.items = j.items[:0]
	for {
		item, err := j.Peek()
		if err != nil {
			return nil, err
		}
		if item == nil || j.Key(item) > key {
			return j.items, nil
		}
		if j.Key(item) < key {
			return nil, j.orphan(item)
		}
		j.items = append(j.items, item)
		j.Ahead = nil
	}
}

// End is an error unless all items were taken.
func (j *Joined[T]) End() error {
	item, err := j.Peek()
	if err == nil && item != nil {
		err = j.orphan(item)
	}
	return err
}
