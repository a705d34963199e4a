package corpus

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewInfo makes the command that summarises a release.
func NewInfo(a *cli.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "info [DIR]",
		Short: "What is in a release: tables, labels per type, versions, hashes",
		Long:  "Info summarises a release, or without DIR the embedded corpus.",
		Args:  cli.MaxArgs(1, "the folder of a release"),
		RunE: func(_ *cobra.Command, args []string) error {
			_, err := pipeline.Info(a.Streams, cli.First(args), asJSON)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the summary as JSON")
	return c
}
