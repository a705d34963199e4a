package main

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/pipeline"
)

func newMetricsCommand(a *app) *cobra.Command {
	var markdown bool
	c := &cobra.Command{
		Use:   "metrics [NAME…]",
		Short: "List the metrics, or explain some: meaning, formula, source",
		Example: `  dataset metrics
  dataset metrics mentions.strict
  dataset metrics actors.coref`,
		RunE: func(_ *cobra.Command, args []string) error {
			return pipeline.Metrics(a.Streams, args, markdown)
		},
	}
	c.Flags().BoolVar(&markdown, "markdown", false, "print the page docs/metrics.md")
	return c
}
