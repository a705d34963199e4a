// Package cli is what every command of the program is made with: the streams, the
// flags that several share, and the errors of a wrong command line.
package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/internal/visible"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline"
)

// App is what every command is given: the three streams and nothing global.
type App struct{ pipeline.Streams }

// Data is the streams of a command whose results are data: what stands in them goes
// to a file or a program as it is, and to a terminal as all else does.
func (a *App) Data() pipeline.Streams {
	s := a.Streams
	if w, ok := s.Out.(*visible.Writer); ok && !visible.IsTerminal(w) {
		s.Out = w.Unwrap()
	}
	return s
}

// Usage is a wrong command line.
func Usage(err error, hint string) error {
	return &pipeline.Error{Code: pipeline.ExitUsage, Err: err, Next: hint}
}

// NoArgs wants no argument.
func NoArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return Usage(fmt.Errorf("unknown command or argument %q", args[0]), c.CommandPath()+" --help")
	}
	return nil
}

// ExactArgs wants n arguments, named in the message.
func ExactArgs(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return Usage(fmt.Errorf("found %d arguments, expected %s", len(args), what), c.CommandPath()+" --help")
		}
		return nil
	}
}

// MaxArgs wants at most n arguments, named in the message.
func MaxArgs(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return Usage(fmt.Errorf("found %s, expected at most %d: %s", wording.Count(len(args), "argument"), n, what), c.CommandPath()+" --help")
		}
		return nil
	}
}

// First is the first argument, "" for none.
func First(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
