package scoring

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewMetrics makes the command that lists metrics.
func NewMetrics(a *cli.App) *cobra.Command {
	var markdown, columns bool
	c := &cobra.Command{
		Use:   "metrics [NAME…]",
		Short: "List the metrics, or explain some: meaning, formula, source",
		Example: `  dataset metrics
  dataset metrics mentions.strict
  dataset metrics actors.coref
  dataset metrics --columns`,
		RunE: func(_ *cobra.Command, args []string) error {
			return pipeline.Metrics(a.Streams, args, markdown, columns)
		},
	}
	c.Flags().BoolVar(&markdown, "markdown", false, "print the page docs/metrics.md")
	c.Flags().BoolVar(&columns, "columns", false, "list the columns that --by and --where of other commands may name")
	c.MarkFlagsMutuallyExclusive("markdown", "columns")
	return c
}
