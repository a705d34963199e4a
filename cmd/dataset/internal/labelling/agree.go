package labelling

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewAgree makes the command that compares annotation passes.
func NewAgree(a *cli.App) *cobra.Command {
	var articles cli.ArticleFlags
	var opt pipeline.AgreeOptions
	c := &cobra.Command{
		Use:   "agree [PASS…]",
		Short: "Agreement between the annotation passes, and of each with gold",
		Long: `Agree compares the independent annotation passes with each other and with the
adjudicated labels: F1 of mentions, triggers, arguments and coreference, Cohen's
kappa of types and realis, Krippendorff's alpha over code points and for
unitizing.

PASS is the name of a pass, or "gold"; without any, all are compared. The passes are
those of a release, or with --labels those of a folder that dataset annotate writes.
With --time it prints instead how long each pass took over each article, when its
labels were declared done, and which labels of others were seen before.`,
		Example: `  dataset agree
  dataset agree a b --json
  dataset agree --labels labels --articles texts
  dataset agree --labels labels --time`,
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if opt.Articles, err = articles.Read(c); err != nil {
				return err
			}
			opt.Passes = args
			_, err = pipeline.Agree(c.Context(), a.Streams, opt)
			return err
		},
	}
	c.Flags().StringVar(&opt.Release, "release", "", "folder of a release (default: the embedded corpus)")
	c.Flags().StringVar(&opt.Labels, "labels", "", "folder of label files with passes, instead of a release")
	articles.Add(c.Flags(), "the embedded corpus")
	c.Flags().StringVar(&opt.Ontology, "ontology", "", "ontology of --labels: a name or a file (default: the one that the folder keeps, or that of the embedded corpus)")
	c.Flags().BoolVar(&opt.Time, "time", false, "print the time that each pass took over each article, from the journals of --labels")
	c.Flags().BoolVar(&opt.JSON, "json", false, "print everything as JSON, per article and per class too")
	c.Flags().BoolVar(&opt.ByArticle, "by-article", false, "one row an article below each figure")
	return c
}
