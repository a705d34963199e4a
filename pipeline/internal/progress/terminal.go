// Package progress tells on a terminal how far a job has come, and what it met on
// the way.
package progress

import (
	"io"
	"os"

	"golang.org/x/term"
)

// IsTerminal reports whether somebody watches.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Bold reports whether the output is a terminal that shows bold type and whose
// user has not asked for plain text (https://no-color.org).
func Bold(w io.Writer) bool {
	f, ok := w.(interface{ Fd() uintptr })
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
