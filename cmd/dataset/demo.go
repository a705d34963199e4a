package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

func newDemo(a *cli.App) *cobra.Command {
	return &cobra.Command{
		Use:   "demo [DIR]",
		Short: "The main job in one go: build, verify, run the baselines, score them",
		Long: `Demo builds the embedded corpus into a release, verifies it, runs the two
built-in baselines over the articles and scores them against the gold labels.
Each baseline takes its names from the other articles only. Everything it writes
is in DIR (default: mizan-demo).`,
		Args: cli.MaxArgs(1, "the folder to write into"),
		RunE: func(c *cobra.Command, args []string) error {
			return pipeline.Demo(c.Context(), a.Streams, cmp.Or(cli.First(args), "mizan-demo"))
		},
	}
}
