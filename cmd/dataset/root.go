package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/extract"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // it could not be done
	exitUsage  = 2 // the command line is wrong
	exitCheck  = 3 // a check did not hold
)

// app is what every command is given: the three streams and nothing global.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// commands lists the constructors of every command, in the order of --help.
var commands = []func(*app) *cobra.Command{
	newDemoCommand,
	newBuildCommand,
	newVerifyCommand,
	newInfoCommand,
	newTextCommand,
	newDiffCommand,
	newLogCommand,
	newLintCommand,
	newLabelsCommand,
	newAgreeCommand,
	newRunCommand,
	newScoreCommand,
	newCompareCommand,
	newGateCommand,
	newReportCommand,
	newExportCommand,
	newConvertCommand,
	newMetricsCommand,
	newFormatsCommand,
}

// run executes one command line and returns its exit code. Results go to
// stdout, everything else to stderr as "dataset: …".
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{stdin, stdout, stderr}
	root := a.newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && (err == nil || errors.Is(err, context.Canceled)) {
		err = errors.New("interrupted") // never ok, also where a command did not listen
	}
	if err == nil {
		return exitOK
	}
	a.report(err)
	return exitCode(err)
}

func (a *app) newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "dataset",
		Short: "Build, check and score corpora of labelled news articles",
		Long: `Mizan turns news articles into a versioned Parquet dataset with hand-labelled
actors and events, and measures any extractor against those labels.

Without --release a command uses the embedded corpus: five Arabic news articles
on diplomacy over Syria.

Exit codes: 0 ok; 1 failed; 2 wrong usage; 3 a check did not hold.`,
		Version:       schema.ToolVersion,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		Args:          noArgs,
	}
	root.SetVersionTemplate("dataset {{.Version}}\n")
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return &usageError{err: err, hint: fmt.Sprintf("%s --help", c.CommandPath())}
	})
	cobra.EnableCommandSorting = false
	for _, newCommand := range commands {
		root.AddCommand(newCommand(a))
	}
	return root
}

// usageError is a wrong command line: exit code 2.
type usageError struct {
	err  error
	hint string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }
func (e *usageError) Hint() string  { return e.hint }

func usagef(format string, args ...any) error {
	return &usageError{err: fmt.Errorf(format, args...)}
}

// checkError is a check that did not hold: exit code 3.
type checkError struct {
	err  error
	hint string
}

func (e *checkError) Error() string { return e.err.Error() }
func (e *checkError) Unwrap() error { return e.err }
func (e *checkError) Hint() string  { return e.hint }

// hinted is implemented by errors that know the next step.
type hinted interface{ Hint() string }

// hintOf is the error's next step, "" for none.
func hintOf(err error) string {
	var h hinted
	switch {
	case errors.As(err, &h):
		return h.Hint()
	case errors.Is(err, eval.ErrNothingInCommon):
		return "name the dataset that they are of with --release"
	}
	return ""
}

// withHint adds a next step to an error.
type withHint struct {
	error
	hint string
}

func (e *withHint) Unwrap() error { return e.error }
func (e *withHint) Hint() string  { return e.hint }

func exitCode(err error) int {
	var usage *usageError
	var check *checkError
	var spec *extract.SpecError
	var format *labels.UnknownFormatError
	switch {
	case errors.As(err, &usage), errors.As(err, &spec), errors.As(err, &format), isCobraUsage(err):
		return exitUsage
	case errors.As(err, &check):
		return exitCheck
	}
	return exitFailed
}

// isCobraUsage recognises the one usage error that cobra makes without a hook.
func isCobraUsage(err error) bool {
	return strings.HasPrefix(err.Error(), "unknown command ")
}

// report prints the error and its hint to stderr, each line as "dataset: …".
func (a *app) report(err error) {
	for line := range strings.SplitSeq(strings.TrimRight(err.Error(), "\n"), "\n") {
		a.say("%s", line)
	}
	if hint := hintOf(err); hint != "" {
		fmt.Fprintf(a.stderr, "hint: %s\n", hint)
	}
}

// say prints one line to stderr.
func (a *app) say(format string, args ...any) {
	fmt.Fprintf(a.stderr, "dataset: "+format+"\n", args...)
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{err: fmt.Errorf("unknown command or argument %q", args[0]), hint: c.CommandPath() + " --help"}
	}
	return nil
}

// exactArgs wants n arguments, named in the message.
func exactArgs(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return &usageError{err: fmt.Errorf("found %d arguments, expected %s", len(args), what), hint: c.CommandPath() + " --help"}
		}
		return nil
	}
}

// maxArgs wants at most n arguments, named in the message.
func maxArgs(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return &usageError{err: fmt.Errorf("found %s, expected at most %d: %s", count(len(args), "argument"), n, what), hint: c.CommandPath() + " --help"}
		}
		return nil
	}
}
