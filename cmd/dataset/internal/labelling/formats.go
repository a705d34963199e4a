package labelling

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewFormats makes the command that lists annotation formats.
func NewFormats(a *cli.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "formats [NAME]",
		Short: "List the annotation formats that can be read and written, or tell of one",
		Example: `  dataset formats
  dataset formats brat`,
		Args: cli.MaxArgs(1, "the name of a format"),
		RunE: func(_ *cobra.Command, args []string) error {
			return pipeline.Formats(a.Streams, cli.First(args), asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print them as JSON")
	return c
}
