package corpus

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewDiff makes the command that compares releases.
func NewDiff(a *cli.App) *cobra.Command {
	var opt pipeline.DiffOptions
	c := &cobra.Command{
		Use:   "diff OLD [NEW]",
		Short: "What changed between two releases, and the version bump it asks for",
		Long: `Diff compares two releases, or a release with the embedded corpus when NEW is
left out: articles and labels added, removed, moved and retyped, arguments,
actors, metadata. It says by what the version must be raised:

  major  a score of the same predictions may change, or a row is gone
  minor  articles, labels of unlabelled articles, actors or columns were added
  patch  other bytes, card or metadata`,
		Example: `  dataset diff release-1.0.0 release-1.1.0
  dataset diff release-1.0.0 --exit-code
  dataset diff release-1.0.0 release-1.1.0 --markdown >> CHANGELOG.md`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return cli.ExactArgs(2, "the folders of two releases")(c, args)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			opt.Old, opt.New = args[0], cli.First(args[1:])
			_, err := pipeline.Diff(a.Streams, opt)
			return err
		},
	}
	fl := c.Flags()
	fl.BoolVar(&opt.JSON, "json", false, "print the changes as JSON")
	fl.BoolVar(&opt.Markdown, "markdown", false, "print an entry for a changelog")
	fl.BoolVar(&opt.Check, "exit-code", false, "exit with 3 if there is any difference")
	return c
}
