package scoring

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewScore makes the command that scores predictions.
func NewScore(a *cli.App) *cobra.Command {
	opt := pipeline.ScoreDefaults()
	c := &cobra.Command{
		Use:   "score PRED",
		Short: "Precision, recall and F1 of predictions, with intervals",
		Long: `Score measures a file of predictions against the gold labels: counts,
precision, recall and F1 with intervals: of one metric for each task, or of those that
--metrics names, and of these per class.

Where the predictions hold no label of the kind that a metric is about, as links
without ids of actors, its ratios are dashes. An article that the predictions leave out counts as all missed.

Of a release, and of predictions in Parquet, only the columns that the metrics
look at are read. Offsets in Parquet are code points: they are held against the
texts only where a metric reads these anyway.`,
		Example: `  dataset score predictions.jsonl
  dataset score predictions.jsonl --metrics mentions
  dataset score predictions.jsonl --metrics all --classes=false
  dataset score predictions.jsonl --metrics mentions --by level
  dataset score predictions.jsonl --where outlet='شبكة شام' --json > result.json`,
		Args: cli.ExactArgs(1, "one file of predictions"),
		RunE: func(c *cobra.Command, args []string) error {
			opt.Predictions = args[0]
			if !c.Flags().Changed("classes") {
				opt.Classes = len(opt.Evaluation.Metrics) > 0
			}
			_, err := pipeline.Score(c.Context(), a.Streams, opt)
			return err
		},
	}
	scoringFlags(c, &opt.Scoring)
	c.Flags().BoolVar(&opt.JSON, "json", false, "print the result as JSON")
	c.Flags().BoolVar(&opt.Classes, "classes", false, "also the classes of each metric and the means over them (default: where --metrics names what to show); --json has them always")
	c.Flags().BoolVar(&opt.Evaluation.Details, "details", false, "also the errors by kind, the confusion of classes, and what confidences are worth")
	c.Flags().BoolVar(&opt.Ceiling, "ceiling", false, "beside each F1 the one that annotation passes reach against each other")
	c.Flags().StringVar(&opt.Expect, "expect", "", "stored result (score --json) that this one must equal; exit code 3 if it does not")
	return c
}
