package scoring

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewGate makes the command that holds scores against limits.
func NewGate(a *cli.App) *cobra.Command {
	opt := pipeline.GateDefaults()
	c := &cobra.Command{
		Use:   "gate [PRED]",
		Short: "Hold a score against limits; for continuous integration",
		Long: `Gate scores predictions and holds the figures against conditions. All of them are
evaluated and printed, with figure, limit and margin. Limits are inclusive and
compared as fractions: 4 of 5 holds 0.8.

A figure is METRIC.f1, METRIC.precision or METRIC.recall, of one class
METRIC.f1[CLASS], of a mean over classes METRIC.f1[(macro)].

PRED may be a stored result (score --json) too.

Without PRED the conditions, and what to score, come from mizan.yaml.

Exit codes: 0 every condition holds; 3 one does not; 1 none is broken, but one
could not be evaluated, for instance because its figure is undefined; 2 a metric
does not exist.`,
		Example: `  dataset gate predictions.jsonl --min mentions.strict.f1=0.8 --min 'events.trigger.classified.recall[CONSULT]=0.6'
  dataset gate branch.jsonl --baseline main.jsonl --max-drop mentions.strict.f1=0.01 --significant
  dataset gate --config mizan.yaml --junit gate.xml`,
		Args: cli.MaxArgs(1, "one file of predictions"),
		RunE: func(c *cobra.Command, args []string) error {
			opt.Predictions = cli.First(args)
			opt.Given = func(key string) bool { return c.Flags().Changed(strings.ReplaceAll(key, "_", "-")) }
			if os.Getenv("GITHUB_ACTIONS") == "true" {
				opt.Annotate, opt.Summary = true, os.Getenv("GITHUB_STEP_SUMMARY")
			}
			_, err := pipeline.Gate(c.Context(), a.Streams, opt)
			return err
		},
	}
	fl := c.Flags()
	fl.StringArrayVar(&opt.Min, "min", nil, "FIGURE=LIMIT that must be reached (repeatable)")
	fl.StringArrayVar(&opt.MaxDrop, "max-drop", nil, "FIGURE=LIMIT by which it may fall below the baseline (repeatable)")
	fl.StringVar(&opt.Baseline, "baseline", "", "predictions, or a stored result, that drops are counted from")
	fl.BoolVar(&opt.Judging.Significant, "significant", false, "a drop fails only if a paired test tells it from chance")
	fl.Float64Var(&opt.Judging.Alpha, "alpha", opt.Judging.Alpha, "level of the test")
	fl.IntVar(&opt.Judging.Permuting.Samples, "permutations", opt.Judging.Permuting.Samples, "samples of the test where the swaps are too many to enumerate")
	fl.BoolVar(&opt.Judging.Mismatch, "allow-mismatch", false, "hold against a baseline whose signature differs")
	fl.StringVar(&opt.Config, "config", "", "file of settings (default: mizan.yaml where no PRED is given)")
	fl.BoolVar(&opt.JSON, "json", false, "print the gate as JSON")
	fl.StringVar(&opt.JUnit, "junit", "", "file for a JUnit report")
	fl.StringVar(&opt.Markdown, "markdown", "", "file for a Markdown report")
	scoringFlags(c, &opt.Scoring)
	fl.Lookup("metrics").Usage = "further metrics to show below the conditions"
	if err := fl.MarkHidden("by"); err != nil {
		panic(err) // the flag is registered three lines above
	}
	return c
}
