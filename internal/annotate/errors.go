package annotate

import "errors"

// ErrReadOnly says that nothing can be changed.
var ErrReadOnly = errors.New("these labels are shown only: name a folder of labels to change some")

// NotFoundError is an article that the session does not have.
type NotFoundError struct{ DocID string }

func (e *NotFoundError) Error() string { return "no article " + e.DocID }

// RefusedError is an action that would make labels which are none.
type RefusedError struct{ Message, Next string }

func (e *RefusedError) Error() string { return e.Message }

// Hint is the next step, "" for none.
func (e *RefusedError) Hint() string { return e.Next }

// StaleError is an action on labels that are no longer what the page shows: nothing
// was done.
type StaleError struct{ Message string }

func (e *StaleError) Error() string { return e.Message }
