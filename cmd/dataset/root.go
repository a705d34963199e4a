package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/internal/memory"
	"github.com/mizan-corpus/mizan/internal/visible"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline"
	"github.com/mizan-corpus/mizan/schema"
)

// app is what every command is given: the three streams and nothing global.
type app struct{ pipeline.Streams }

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
	newAnnotateCommand,
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
	newOntologyCommand,
}

// run executes one command line and returns its exit code. Results go to
// stdout, everything else to stderr as "dataset: …".
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &visible.Checked{To: stdout}
	results, messages := visible.NewWriter(out), visible.NewMessages(stderr)
	a := &app{pipeline.Streams{In: stdin, Out: results, Err: messages}}
	root := a.newRoot()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && (err == nil || errors.Is(err, context.Canceled)) {
		err = errors.New("interrupted") // never ok, also where a command did not listen
	}
	if err == nil {
		err = errors.Join(results.Flush(), out.Err())
	}
	if err == nil {
		return pipeline.ExitOK
	}
	if pipeline.ExitCode(err) == pipeline.ExitFailed && isCobraUsage(err) {
		err = usage(err, "")
	}
	a.Report(err)
	_ = messages.Flush() // nothing is left to tell of its error
	return pipeline.ExitCode(err)
}

// data is the streams of a command whose results are data: what stands in them goes
// to a file or a program as it is, and to a terminal as all else does.
func (a *app) data() pipeline.Streams {
	s := a.Streams
	if w, ok := s.Out.(*visible.Writer); ok && !visible.IsTerminal(w) {
		s.Out = w.Unwrap()
	}
	return s
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
	megabytes := root.PersistentFlags().Int64("memory-limit", memory.DefaultLimit>>20, "the most `MB` of memory that what a Parquet file describes may take, of all files together")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if *megabytes < 1 || *megabytes > 1<<20 {
			return usage(fmt.Errorf("--memory-limit: found %d, expected 1 to %d", *megabytes, 1<<20), "")
		}
		memory.SetLimit(*megabytes << 20)
		return nil
	}
	root.SetVersionTemplate("dataset {{.Version}}\n")
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage(err, c.CommandPath()+" --help")
	})
	cobra.EnableCommandSorting = false
	for _, newCommand := range commands {
		root.AddCommand(newCommand(a))
	}
	return root
}

// usage is a wrong command line.
func usage(err error, hint string) error {
	return &pipeline.Error{Code: pipeline.ExitUsage, Err: err, Next: hint}
}

// isCobraUsage recognises the one usage error that cobra makes without a hook.
func isCobraUsage(err error) bool {
	return strings.HasPrefix(err.Error(), "unknown command ")
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(fmt.Errorf("unknown command or argument %q", args[0]), c.CommandPath()+" --help")
	}
	return nil
}

// exactArgs wants n arguments, named in the message.
func exactArgs(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usage(fmt.Errorf("found %d arguments, expected %s", len(args), what), c.CommandPath()+" --help")
		}
		return nil
	}
}

// maxArgs wants at most n arguments, named in the message.
func maxArgs(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return usage(fmt.Errorf("found %s, expected at most %d: %s", wording.Count(len(args), "argument"), n, what), c.CommandPath()+" --help")
		}
		return nil
	}
}

// first is the first argument, "" for none.
func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
