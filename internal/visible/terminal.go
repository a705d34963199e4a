package visible

import (
	"io"
	"os"

	"golang.org/x/term"
)

// Underlying is what a writer writes to in the end.
func Underlying(w io.Writer) io.Writer {
	for {
		u, ok := w.(interface{ Unwrap() io.Writer })
		if !ok {
			return w
		}
		w = u.Unwrap()
	}
}

// IsTerminal reports whether somebody watches.
func IsTerminal(w io.Writer) bool {
	f, ok := Underlying(w).(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Bold reports whether the output is a terminal that shows bold type and whose
// user has not asked for plain text (https://no-color.org).
func Bold(w io.Writer) bool {
	f, ok := Underlying(w).(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
