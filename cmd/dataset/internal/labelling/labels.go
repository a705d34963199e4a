package labelling

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewLabels makes the command that groups what is done to label files.
func NewLabels(a *cli.App) *cobra.Command {
	c := &cobra.Command{
		Use:   "labels",
		Short: "Carry labels over when the text under them changes",
		Args:  cli.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newRebaseCommand(a))
	return c
}

func newRebaseCommand(a *cli.App) *cobra.Command {
	var opt pipeline.RebaseOptions
	var reading cli.ArticleFlags
	c := &cobra.Command{
		Use:   "rebase [LABELS] --old TEXTS --new TEXTS -o OUT",
		Short: "Carry labels over to texts that changed, and list what has no place",
		Long: `Rebase aligns the old text of every article with its new one and writes the
labels with their new offsets into the folder OUT, with actors.json and the
passes. TEXTS is articles, as build takes them, or a release. Without LABELS it takes
the labels of the release --old, without --old those of the embedded corpus.

  kept        the same offsets
  moved       other offsets, the same surface
  reworded    the surface changed, most of it stayed: look at it
  by surface  its passage is gone, and the surface stands in one place only:
              look at it
  not placed  taken out, with the reason
  dropped     an argument, a source, a head or a cue that went with it

Labels of an article whose text did not change are copied byte for byte.`,
		Example: `  dataset labels rebase labels --old texts --new texts-corrected -o labels-corrected
  dataset labels rebase --old release-1.0.0 --new texts-corrected -o labels
  dataset labels rebase labels --old texts --new texts-corrected -o out --strict`,
		Args: cli.MaxArgs(1, "the folder of label files"),
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if opt.Reading, err = reading.Read(c); err != nil {
				return err
			}
			opt.Labels = cli.First(args)
			return pipeline.Rebase(c.Context(), a.Streams, opt)
		},
	}
	fl := c.Flags()
	fl.StringVar(&opt.Old, "old", "", "texts that the labels stand on, articles or a release (default: the embedded corpus)")
	fl.StringVar(&opt.New, "new", "", "texts that they shall stand on, articles or a release")
	fl.StringVarP(&opt.Output, "output", "o", "", "folder to write the label files into")
	reading.AddReading(fl)
	fl.BoolVar(&opt.Overwrite, "overwrite", false, "replace files that are there")
	fl.BoolVar(&opt.Strict, "strict", false, "write nothing and exit with 1 if anything has no place in the new texts")
	fl.BoolVar(&opt.JSON, "json", false, "print what was done as JSON")
	return c
}
