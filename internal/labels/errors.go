package labels

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/wording"
)

// RecordError says why one record of a file cannot be read or used. It is an
// item of a reader's stream: the records after it are still read.
type RecordError struct {
	At       Position
	DocID    string // "" when not known
	What     string // the field or rule, e.g. "mentions[3].start"
	Found    string
	Expected string // "" when Found says it all
	Advice   string // what to do next, "" for none
}

// Error is `file:line: what: found …, expected …`.
func (e *RecordError) Error() string {
	var b strings.Builder
	if e.At.File != "" {
		b.WriteString(e.At.String() + ": ")
	}
	b.WriteString(wording.Line(e.What + ": found " + e.Found))
	if e.Expected != "" {
		b.WriteString(wording.Line(", expected " + e.Expected))
	}
	return b.String()
}

// Hint is the next step, "" for none.
func (e *RecordError) Hint() string { return e.Advice }

// RecordErrors is several problems of one record, in file order.
type RecordErrors []*RecordError

// Error joins the problems, one a line.
func (es RecordErrors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the problems to errors.Is and errors.As.
func (es RecordErrors) Unwrap() []error {
	list := make([]error, len(es))
	for i, e := range es {
		list[i] = e
	}
	return list
}

// UnknownFormatError is a format name that is in no table.
type UnknownFormatError struct {
	Name    string
	Nearest string   // the known name most like it, "" when none is near
	Known   []string // all known names, sorted
}

func (e *UnknownFormatError) Error() string {
	if e.Nearest != "" {
		return fmt.Sprintf("format %q is unknown; did you mean %q?", e.Name, e.Nearest)
	}
	return fmt.Sprintf("format %q is unknown", e.Name)
}

// Hint lists the known formats.
func (e *UnknownFormatError) Hint() string { return "known formats: " + strings.Join(e.Known, ", ") }

// IsRecordError reports whether an item of a reader's stream is a bad record,
// after which others may follow.
func IsRecordError(err error) bool {
	var e *RecordError
	return errors.As(err, &e)
}
