package labelling

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewLint makes the command that checks labels.
func NewLint(a *cli.App) *cobra.Command {
	var articles cli.ArticleFlags
	var unit string
	var opt pipeline.LintOptions
	c := &cobra.Command{
		Use:   "lint [LABELS]",
		Short: "Check label files against the texts and the ontology",
		Long: `Lint checks label files: offsets match their surfaces, ids resolve, codes are in
the ontology, and whatever else the rules ask. Every finding is one line
file:line. Errors give exit code 3; notes and questions do not. An article that
cannot be read is an error, too, and the others are checked all the same.

LABELS is a folder of label files with its table of actors, or labels or
predictions in any other format; their actors are looked up in actors.json
beside them, or in the embedded table when the articles are the embedded ones.
With --fix a folder of label files is mended first: a span that has only a text, or
whose text is not at its offsets, gets the offsets of the one place where it stands.

Without LABELS it checks the labels of the embedded corpus.`,
		Example: `  dataset lint
  dataset lint labels --articles texts
  dataset lint predictions.jsonl
  dataset lint labels --articles texts --fix
  dataset lint --rules`,
		Args: cli.MaxArgs(1, "the folder of label files, or a file or folder in another format"),
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if opt.Articles, err = articles.Read(c); err != nil {
				return err
			}
			if opt.Unit, err = statedUnit(unit); err != nil {
				return err
			}
			opt.Labels = cli.First(args)
			_, err = pipeline.Lint(c.Context(), a.Streams, opt)
			return err
		},
	}
	fl := c.Flags()
	articles.Add(fl, "the texts that LABELS carry, or the embedded corpus")
	fl.StringVar(&opt.From, "from", "", "format of LABELS (default: told from its content)")
	fl.StringVar(&opt.Ontology, "ontology", "", "ontology of the labels: a name or a file (default: that of the embedded corpus, or made of the labels where they are not made for it)")
	addUnit(c, &unit)
	fl.BoolVar(&opt.JSON, "json", false, "print the findings as JSON")
	fl.BoolVarP(&opt.Quiet, "quiet", "q", false, "print errors only")
	fl.BoolVar(&opt.Fix, "fix", false, "set the offsets of label files where the surface has one place only, and write them anew")
	fl.BoolVar(&opt.Rules, "rules", false, "list the rules")
	return c
}
