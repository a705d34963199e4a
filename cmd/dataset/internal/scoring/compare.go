package scoring

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewCompare makes the command that compares systems.
func NewCompare(a *cli.App) *cobra.Command {
	opt := pipeline.CompareDefaults()
	var asJSON bool
	c := &cobra.Command{
		Use:   "compare A B [C…]",
		Short: "Systems side by side: differences, intervals, significance",
		Long: `Compare scores two or more files of predictions and sets each against the first:
the difference with a paired interval, a permutation test over articles corrected
for all comparisons after Holm and after Benjamini and Hochberg, the least
difference that these articles could show, and how many articles would be needed.
It counts the articles that got better or worse and the single items that were
fixed or broken.

A system is a file of predictions or a stored result (score --json), which has no
tests. Systems are named after their files; NAME=PATH names them otherwise.`,
		Example: `  dataset compare main.jsonl branch.jsonl --metrics mentions.strict,events.trigger
  dataset compare before=a.jsonl after=b.jsonl --errors --articles
  dataset compare a.jsonl b.jsonl c.jsonl --to markdown`,
		RunE: func(c *cobra.Command, args []string) error {
			if asJSON {
				opt.Form = "json"
			}
			opt.Systems = args
			_, err := pipeline.Compare(c.Context(), a.Streams, opt)
			return err
		},
	}
	scoringFlags(c, &opt.Scoring)
	fl := c.Flags()
	fl.Lookup("resamples").Usage = "replicates of a bootstrap interval, 100 or more: a comparison has intervals"
	fl.StringVar(&opt.Ratio, "ratio", opt.Ratio, "what the table compares: f1, precision or recall")
	fl.BoolVar(&opt.Comparing.Classes, "classes", false, "every class and mean, not the pooled figures alone")
	fl.BoolVar(&opt.Comparing.Articles, "articles", false, "list every article's F1")
	fl.BoolVar(&opt.Comparing.Errors, "errors", false, "list the items that were fixed or broken, and wrong ones gone or new")
	fl.IntVar(&opt.Comparing.Permuting.Samples, "permutations", opt.Comparing.Permuting.Samples, "samples of the test where the swaps are too many to enumerate")
	fl.Float64Var(&opt.Comparing.Power, "power", opt.Comparing.Power, "power at which a difference counts as findable")
	fl.Float64Var(&opt.Comparing.Delta, "delta", opt.Comparing.Delta, "difference for which the needed articles are counted")
	fl.BoolVar(&opt.Comparing.Mismatch, "allow-mismatch", false, "compare stored results although their signatures differ")
	fl.BoolVar(&asJSON, "json", false, "the same as --to json")
	fl.StringVar(&opt.Form, "to", opt.Form, "form: text, json, markdown or csv")
	return c
}
