package corpus

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewVerify makes the command that checks a release.
func NewVerify(a *cli.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check a release against its manifest and the label rules",
		Long: `Verify recomputes everything that a release says of itself: hashes, sizes, rows,
column types, sort order, content hashes; that every surface is text[start:end];
that every reference between tables resolves; and the label rules. Each
violation is one line. Violations give exit code 3.`,
		Args: cli.ExactArgs(1, "the folder of a release"),
		RunE: func(_ *cobra.Command, args []string) error {
			_, err := pipeline.Verify(a.Streams, args[0], asJSON)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the violations as JSON")
	return c
}
