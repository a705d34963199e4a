package pipeline

import "github.com/mizan-corpus/mizan/pipeline/internal/exit"

// The exit codes of the commands.
const (
	ExitOK     = exit.OK
	ExitFailed = exit.Failed      // it could not be done
	ExitUsage  = exit.WrongUsage  // what was asked for makes no sense
	ExitCheck  = exit.CheckFailed // a check did not hold: gate, verify, lint, an expected result
)

// Error is an error with its exit code and the next step.
type Error = exit.Error

// ExitCode is the exit code of an error, [ExitOK] of none. Any error in the tree
// that is wrong usage makes it [ExitUsage], else any check that did not hold
// makes it [ExitCheck].
func ExitCode(err error) int { return exit.Code(err) }

// Hint is what to do about an error, "" where nothing is known.
func Hint(err error) string { return exit.Hint(err) }
