// Package memory is the limit of what may be taken for data that a file describes and
// nobody has seen yet.
package memory

import (
	"fmt"
	"sync/atomic"
)

// DefaultLimit is the most bytes, of all open files together.
const DefaultLimit = 512 << 20

var limit, taken atomic.Int64

func init() { limit.Store(DefaultLimit) }

// SetLimit sets the most bytes that all open files together may take.
func SetLimit(bytes int64) { limit.Store(bytes) }

// Limit is the most bytes that may be taken.
func Limit() int64 { return limit.Load() }

// A LimitError is what a file asks for and the limit of memory does not give.
type LimitError struct{ What string }

func (e *LimitError) Error() string {
	return fmt.Sprintf("%s: more than the limit of memory of %d MB allows (--memory-limit)", e.What, Limit()>>20)
}

// Hint is the next step.
func (e *LimitError) Hint() string {
	return "write the file in smaller pages and row groups, or give a higher --memory-limit"
}

// Taken is how many bytes are in use.
func Taken() int64 { return taken.Load() }

// Lease is a part of the memory that is in use.
type Lease struct{ bytes int64 }

// Take makes the lease one of n bytes more.
func (l *Lease) Take(n int64, what string) error {
	if taken.Add(n) > Limit() {
		taken.Add(-n)
		return &LimitError{fmt.Sprintf("%s of %d bytes", what, n)}
	}
	l.bytes += n
	return nil
}

// Give ends the lease.
func (l *Lease) Give() {
	taken.Add(-l.bytes)
	l.bytes = 0
}
