package corpus

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewLog makes the command that prints the history of releases.
func NewLog(a *cli.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "log DIR",
		Short: "List the releases in a folder, and how each differs from the one before",
		Long: `Log lists every subfolder that holds a release, by name and version: its content
hash, by what its version was raised, and by what the changes asked for.`,
		Args: cli.ExactArgs(1, "a folder of releases"),
		RunE: func(_ *cobra.Command, args []string) error {
			_, err := pipeline.Log(a.Streams, args[0], asJSON)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the list as JSON")
	return c
}
