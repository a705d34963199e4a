package streams

import (
	"iter"
	"slices"
)

// Merge merges streams that are each in ascending order. An error item is
// passed on as soon as it is met.
func Merge[T any](streams []iter.Seq2[*T, error], compare func(a, b *T) int) iter.Seq2[*T, error] {
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
