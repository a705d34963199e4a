// Package exit holds errors that know the exit code of a command and what to do
// next.
package exit

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/labels"
)

// The exit codes of a command.
const (
	OK          = 0
	Failed      = 1 // it could not be done
	WrongUsage  = 2 // what was asked for makes no sense
	CheckFailed = 3 // a check did not hold
)

// Error is an error with its exit code and the next step.
type Error struct {
	Code int
	Err  error
	Next string // what to do about it; "" where nothing is known
}

func (e *Error) Error() string { return e.Err.Error() }

// Unwrap is the error within.
func (e *Error) Unwrap() error { return e.Err }

// Hint is the next step.
func (e *Error) Hint() string { return e.Next }

// Is tells errors of one exit code from those of another.
func (e *Error) Is(target error) bool {
	code, ok := target.(codeError)
	return ok && e.Code == int(code)
}

// codeError matches the errors that have this exit code.
type codeError int

func (c codeError) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// Usage is wrong usage.
func Usage(err error, next string) error { return &Error{WrongUsage, err, next} }

// Usagef is wrong usage, in words.
func Usagef(format string, args ...any) error { return Usage(fmt.Errorf(format, args...), "") }

// Check is a check that did not hold.
func Check(err error, next string) error { return &Error{CheckFailed, err, next} }

// Done is the last word of a command that ran until it was told to end: nothing is
// wrong.
func Done(word error) error { return &Error{OK, word, ""} }

// WithHint adds a next step to an error.
func WithHint(err error, next string) error { return &Error{Failed, err, next} }

// Join joins errors under the first next step that any of them knows.
func Join(errs []error) error {
	if len(errs) == 0 {
		return nil
	}
	next := ""
	for _, err := range errs {
		next = cmp.Or(next, Hint(err))
	}
	return WithHint(errors.Join(errs...), next)
}

// Code is the exit code of an error. Wrong usage counts before a check that did
// not hold, and that before a failure.
func Code(err error) int {
	var spec *extract.SpecError
	var format *labels.UnknownFormatError
	switch {
	case err == nil:
		return OK
	case errors.Is(err, codeError(WrongUsage)), errors.As(err, &spec), errors.As(err, &format):
		return WrongUsage
	case errors.Is(err, codeError(CheckFailed)):
		return CheckFailed
	case errors.Is(err, codeError(OK)):
		return OK
	}
	return Failed
}

// Hint is the next step after an error, "" for none.
func Hint(err error) string {
	var hinted interface{ Hint() string }
	switch {
	case errors.As(err, &hinted):
		return hinted.Hint()
	case errors.Is(err, scoring.ErrNothingInCommon):
		return "name the dataset that they are of with --release"
	}
	return ""
}

// Settings turns a setting of an evaluation that cannot be into wrong usage.
func Settings(err error) error {
	var unknown *eval.UnknownMetricError
	var option *eval.OptionError
	switch {
	case errors.As(err, &unknown):
		return Usage(err, "dataset metrics lists them all")
	case errors.As(err, &option):
		return Usage(err, "the settings are explained by --help")
	}
	return err
}

// Mismatch adds the next step to signatures that differ.
func Mismatch(err error) error {
	var differ *scoring.SignatureError
	if errors.As(err, &differ) {
		return WithHint(err, "score both with the same release and flags, or give --allow-mismatch")
	}
	return err
}
