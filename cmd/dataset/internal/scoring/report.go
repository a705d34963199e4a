package scoring

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/report/page"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewReport makes the command that renders stored results.
func NewReport(a *cli.App) *cobra.Command {
	var opt pipeline.ReportOptions
	var forms []string
	for _, r := range report.All() {
		forms = append(forms, fmt.Sprintf("  %-10s %s", r.Name, r.Title))
	}
	c := &cobra.Command{
		Use:   "report RESULT",
		Short: "Render a stored result in another form",
		Long: `Report renders what dataset score, compare, gate or agree --json wrote. RESULT
may be - for standard input. The form is --to, or else what the output's name ends in.

Forms:
` + strings.Join(forms, "\n"),
		Example: `  dataset score predictions.jsonl --json > result.json
  dataset report result.json --to markdown
  dataset report result.json -o figures.csv
  dataset compare a.jsonl b.jsonl --json | dataset report - --to markdown
  dataset report result.json -o report.html --predictions predictions.jsonl
  dataset report result.json --to eval-results --hub-dataset me/corpus -o .eval_results/corpus.yaml`,
		Args: cli.ExactArgs(1, "one stored result"),
		RunE: func(c *cobra.Command, args []string) error {
			if opt.Articles < 1 {
				return cli.Usage(fmt.Errorf("--articles %d: expected 1 or more", opt.Articles), "")
			}
			opt.Result = args[0]
			return pipeline.Report(c.Context(), a.Data(), opt)
		},
	}
	fl := c.Flags()
	fl.StringVar(&opt.Form, "to", "", "form of the report, see above (default: by the output's name, else text)")
	fl.StringVar(&opt.Ratio, "ratio", "", "of a comparison: what the table compares: f1, precision or recall (default f1)")
	fl.BoolVar(&opt.ByArticle, "by-article", false, "of an agreement: one row an article below each figure")
	fl.StringVar(&opt.HubDataset, "hub-dataset", "", "eval-results: the dataset on the hub that was scored on, OWNER/NAME")
	fl.BoolVar(&opt.Classes, "classes", false, "of a score, in text and markdown: the classes of each metric and the means over them, too")
	fl.StringVar(&opt.Predictions, "predictions", "", "html: the predictions that the result was computed from; shows every article")
	fl.StringVar(&opt.Release, "release", "", "html: folder of the release that they were scored on (default: the embedded corpus)")
	fl.StringVar(&opt.From, "from", "", "html: format of the predictions (default: detected; see dataset formats)")
	fl.IntVar(&opt.Articles, "articles", page.DefaultArticles, "html: most articles shown in full, those with the most errors first")
	fl.StringVarP(&opt.Output, "output", "o", "", "file to write (default: standard output)")
	return c
}
