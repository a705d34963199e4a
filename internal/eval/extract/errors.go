package extract

import (
	"errors"
	"fmt"
	"strings"
)

// ErrClosed is returned by extractors that were closed.
var ErrClosed = errors.New("extractor is closed")

// Kind says what went wrong with one article.
type Kind string

// The kinds of failure.
const (
	KindStart     Kind = "start"     // the process could not be started
	KindCrash     Kind = "crash"     // the process ended before it answered
	KindTimeout   Kind = "timeout"   // no answer in time
	KindReported  Kind = "reported"  // the extractor answered with an error line
	KindNotJSON   Kind = "not_json"  // a line of output that is no JSON object
	KindInvalid   Kind = "invalid"   // JSON, but no annotation
	KindWrongDoc  Kind = "wrong_doc" // an answer for an article that was not asked about
	KindDuplicate Kind = "duplicate" // a second answer for one article; the first stands
	KindTooLong   Kind = "too_long"  // a line or body of output over the limit
	KindGaveUp    Kind = "gave_up"   // too many failures in a row to ask again
	KindConnect   Kind = "connect"   // the service could not be reached
	KindStatus    Kind = "status"    // the service answered with a status that is no success
	KindRefused   Kind = "refused"   // the model refused to answer
	KindTruncated Kind = "truncated" // the model's answer was cut off
	KindOffsets   Kind = "offsets"   // the offsets of the answer do not fit the text
	KindMissing   Kind = "missing"   // the file of predictions has no such article
	KindCancelled Kind = "cancelled" // the caller gave up
	KindClosed    Kind = "closed"    // the extractor was closed
	KindPanic     Kind = "panic"     // the extractor panicked
	KindSource    Kind = "source"    // the article itself could not be read
	KindFailed    Kind = "failed"    // any other error that the extractor returned
	KindNone      Kind = ""          // no failure
)

// Error is the failure of one article.
type Error struct {
	Extractor string // the extractor's name
	DocID     string // "" when the fault belongs to no known article
	Kind      Kind
	Attempts  int      // how often the article was asked, 0 when not counted
	Detail    string   // what was found and what was expected
	Advice    string   // the next step, "" for none
	Stderr    []string // the last lines of the process's standard error
	Err       error    // the cause, nil for none
}

// Line is the error in one line without the standard error: what is the same
// whenever the same goes wrong.
func (e *Error) Line() string {
	short := *e
	short.Stderr = nil
	return strings.Join(strings.Fields(short.Error()), " ")
}

// Error is one line "NAME: DOC_ID: kind: detail: cause", and after it one line
// for each line of standard error with the extractor's name in front.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Extractor)
	if e.DocID != "" {
		b.WriteString(": " + e.DocID)
	}
	b.WriteString(": " + string(e.Kind))
	if e.Detail != "" {
		b.WriteString(": " + e.Detail)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (asked %d times)", e.Attempts)
	}
	for _, line := range e.Stderr {
		b.WriteString("\n" + e.Extractor + ": stderr: " + line)
	}
	return b.String()
}

// Hint is the next step, "" for none.
func (e *Error) Hint() string { return e.Advice }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// SpecError is a SPEC that [Open] cannot open as it is written.
type SpecError struct {
	Spec   string
	What   string // what was found and what was expected
	Advice string // the next step, "" for none
}

func (e *SpecError) Error() string { return fmt.Sprintf("extractor %q: %s", e.Spec, e.What) }

// Hint is the next step, "" for none.
func (e *SpecError) Hint() string { return e.Advice }
