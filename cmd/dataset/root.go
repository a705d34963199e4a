package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/cmd/dataset/internal/corpus"
	"github.com/mizan-corpus/mizan/cmd/dataset/internal/labelling"
	"github.com/mizan-corpus/mizan/cmd/dataset/internal/scoring"
	"github.com/mizan-corpus/mizan/internal/memory"
	"github.com/mizan-corpus/mizan/internal/visible"
	"github.com/mizan-corpus/mizan/pipeline"
	"github.com/mizan-corpus/mizan/schema"
)

// commands lists the constructors of every command, in the order of --help.
var commands = []func(*cli.App) *cobra.Command{
	newDemo,
	corpus.NewBuild,
	corpus.NewVerify,
	corpus.NewHydrate,
	corpus.NewSign,
	corpus.NewInfo,
	corpus.NewText,
	corpus.NewDiff,
	corpus.NewLog,
	labelling.NewLint,
	labelling.NewAnnotate,
	labelling.NewLabels,
	labelling.NewAgree,
	scoring.NewRun,
	scoring.NewScore,
	scoring.NewCompare,
	scoring.NewGate,
	scoring.NewReport,
	corpus.NewExport,
	labelling.NewConvert,
	scoring.NewMetrics,
	labelling.NewFormats,
	labelling.NewOntology,
}

// run executes one command line and returns its exit code. Results go to
// stdout, everything else to stderr as "dataset: …".
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &visible.Checked{To: stdout}
	results, messages := visible.NewWriter(out), visible.NewMessages(stderr)
	a := &cli.App{Streams: pipeline.Streams{In: stdin, Out: results, Err: messages}}
	root := newRoot(a)
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
		err = cli.Usage(err, "")
	}
	a.Report(err)
	_ = messages.Flush() // nothing is left to tell of its error
	return pipeline.ExitCode(err)
}

func newRoot(a *cli.App) *cobra.Command {
	root := &cobra.Command{
		Use:   "dataset",
		Short: "Build, check and score corpora of labelled news articles",
		Long: `Mizan turns news articles into a versioned Parquet dataset with labelled actors
and events, and measures any extractor against those labels.

Without --release a command uses the embedded corpus: five Arabic news articles
on diplomacy over Syria, labelled by language models that read every sentence, not
by people.

Exit codes: 0 ok; 1 failed; 2 wrong usage; 3 a check did not hold.`,
		Version:       schema.ToolVersion,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		Args:          cli.NoArgs,
	}
	megabytes := root.PersistentFlags().Int64("memory-limit", memory.DefaultLimit>>20, "the most `MB` of memory that what a Parquet file describes may take, of all files together")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if *megabytes < 1 || *megabytes > 1<<20 {
			return cli.Usage(fmt.Errorf("--memory-limit: found %d, expected 1 to %d", *megabytes, 1<<20), "")
		}
		memory.SetLimit(*megabytes << 20)
		return nil
	}
	root.SetVersionTemplate("dataset {{.Version}}\n")
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return cli.Usage(err, c.CommandPath()+" --help")
	})
	cobra.EnableCommandSorting = false
	for _, newCommand := range commands {
		root.AddCommand(newCommand(a))
	}
	return root
}

// isCobraUsage recognises the one usage error that cobra makes without a hook.
func isCobraUsage(err error) bool {
	return strings.HasPrefix(err.Error(), "unknown command ")
}
