package main

import (
	"fmt"
	"io"
	"sync"
)

// checkedWriter remembers the first error of what it writes to: a result that did
// not arrive is no success, whatever a command made of the error.
type checkedWriter struct {
	to  io.Writer
	mu  sync.Mutex
	err error
}

func (w *checkedWriter) Write(b []byte) (int, error) {
	n, err := w.to.Write(b)
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
func (w *checkedWriter) Unwrap() io.Writer { return w.to }

func (w *checkedWriter) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
