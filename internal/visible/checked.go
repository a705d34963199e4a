package visible

import (
	"fmt"
	"io"
	"sync"
)

// Checked remembers the first error of what it writes to: a result that did
// not arrive is no success, whatever a command made of the error.
type Checked struct {
	To  io.Writer
	mu  sync.Mutex
	err error
}

// Write writes to To.
func (w *Checked) Write(b []byte) (int, error) {
	n, err := w.To.Write(b)
	if err != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.err == nil {
			w.err = fmt.Errorf("standard output: %w", err)
		}
	}
	return n, err
}

// Unwrap is what is written to.
func (w *Checked) Unwrap() io.Writer { return w.To }

// Err is the first error, nil for none.
func (w *Checked) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
