package corpus

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewText makes the command that prints the canonical text of an article.
func NewText(a *cli.App) *cobra.Command {
	var articles cli.ArticleFlags
	var opt pipeline.TextOptions
	c := &cobra.Command{
		Use:   "text [DOC_ID]",
		Short: "The canonical text of an article, in which offsets count",
		Long: `Text prints the canonical text of an article: title, subtitle and body as labels
and extractors see them. Offsets are counted in it, in Unicode code points from
0, the line breaks included, half-open.

Without DOC_ID it prints every article, each after a line "==> DOC_ID <==", or
with --json as JSON Lines. Without --articles or --release it reads the embedded
corpus.

With --dropped it prints instead what a reader of the input sees and the text has
not, each with its line in the file and the rule that left it out: menus and
comments of a page, captions, second copies. Letters and digits of the input are
those of the text and those of this list.`,
		Example: `  dataset text a1 --articles texts
  dataset text --json --release release
  dataset text a1 --articles pages --dropped`,
		Args: cli.MaxArgs(1, "the doc_id of an article"),
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if opt.Articles, err = articles.Read(c); err != nil {
				return err
			}
			opt.DocID = cli.First(args)
			return pipeline.Text(c.Context(), a.Data(), opt)
		},
	}
	fl := c.Flags()
	articles.Add(fl, "the embedded corpus")
	fl.StringVar(&opt.Release, "release", "", "folder of a release")
	fl.BoolVar(&opt.Dropped, "dropped", false, "print what is in the input and not in the text: line, rule and text of each")
	fl.BoolVar(&opt.JSON, "json", false, `print {"doc_id","text"}, an article a line; with --dropped its list`)
	return c
}
