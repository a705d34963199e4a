package corpus

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewHydrate makes the command that puts texts back into a release without them.
func NewHydrate(a *cli.App) *cobra.Command {
	var articles cli.ArticleFlags
	var opt pipeline.BuildOptions
	c := &cobra.Command{
		Use:   "hydrate DIR --articles COPIES -o DIR",
		Short: "Put the texts back into a release that was built without them",
		Long: `Hydrate makes the whole release of one that dataset build --without-texts wrote, with
the texts of your own copies of its articles. A copy is found by the hash of the page
that the text was taken from, under any name; where the release has no pages, by the
hash of the text. The content hash has to be that of the whole release, or nothing is
written: scores on it compare with those of everybody else.`,
		Example: `  dataset hydrate labels-only --articles pages -o release
  dataset hydrate labels-only --articles 'crawl/*.warc.gz' -o release`,
		Args: cli.ExactArgs(1, "the folder of a release without texts"),
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if opt.Articles, err = articles.Read(c); err != nil {
				return err
			}
			_, err = pipeline.Hydrate(c.Context(), a.Streams, args[0], opt)
			return err
		},
	}
	fl := c.Flags()
	fl.StringVarP(&opt.Output, "output", "o", "", "folder of the whole release")
	articles.Add(fl, "none, they are needed")
	fl.BoolVar(&opt.Replace, "replace", false, "put the release in the place of another")
	fl.BoolVarP(&opt.Quiet, "quiet", "q", false, "no progress bar")
	return c
}
