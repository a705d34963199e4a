package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/report"
)

// comparisonForms are the forms of --to.
var comparisonForms = map[string]func(io.Writer, *eval.Comparison, report.ComparisonView) error{
	"text":     report.ComparisonText,
	"markdown": report.ComparisonMarkdown,
	"csv": func(w io.Writer, c *eval.Comparison, _ report.ComparisonView) error {
		return report.ComparisonCSV(w, c)
	},
	"json": func(w io.Writer, c *eval.Comparison, _ report.ComparisonView) error { return c.WriteJSON(w) },
}

func newCompareCommand(a *app) *cobra.Command {
	f := scoreFlags{}
	opt := eval.CompareOptions{Comparing: eval.DefaultComparing}
	var asJSON bool
	form, ratio := "text", "f1"
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
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usagef("found %d systems, expected two or more files of predictions", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if asJSON {
				form = "json"
			}
			show := comparisonForms[form]
			if show == nil {
				return usagef("unknown form %q; known: %s", form, strings.Join(sortedNames(comparisonForms), ", "))
			}
			if !slices.Contains(eval.Ratios[:], ratio) {
				return usagef("%q is not a ratio: expected precision, recall or f1", ratio)
			}
			compared, err := f.compare(c.Context(), args, opt)
			if err != nil {
				return err
			}
			return show(a.stdout, compared, report.ComparisonView{Ratio: ratio, Bold: wantsBold(a.stdout)})
		},
	}
	f.register(c)
	fl := c.Flags()
	fl.StringVar(&ratio, "ratio", "f1", "what the table compares: f1, precision or recall")
	fl.BoolVar(&opt.Classes, "classes", false, "every class and mean, not the pooled figures alone")
	fl.BoolVar(&opt.Articles, "articles", false, "list every article's F1")
	fl.BoolVar(&opt.Errors, "errors", false, "list the items that were fixed or broken, and wrong ones gone or new")
	fl.IntVar(&opt.Permuting.Samples, "permutations", eval.DefaultPermuting.Samples, "samples of the test where the swaps are too many to enumerate")
	fl.Float64Var(&opt.Power, "power", eval.DefaultComparing.Power, "power at which a difference counts as findable")
	fl.Float64Var(&opt.Delta, "delta", eval.DefaultComparing.Delta, "difference for which the needed articles are counted")
	fl.BoolVar(&opt.Mismatch, "allow-mismatch", false, "compare stored results although their signatures differ")
	fl.BoolVar(&asJSON, "json", false, "the same as --to json")
	fl.StringVar(&form, "to", "text", "form: text, json, markdown or csv")
	return c
}

// compare scores the systems and compares them.
func (f *scoreFlags) compare(ctx context.Context, args []string, opt eval.CompareOptions) (*eval.Comparison, error) {
	inputs, err := namePaths(args)
	if err != nil {
		return nil, err
	}
	opt.Resampling = eval.Resampling{Seed: f.opt.Seed, Resamples: f.opt.Resamples, Level: f.opt.Level, Method: f.opt.Method}
	opt.Permuting.Seed = f.opt.Seed
	if err := opt.Check(); err != nil {
		return nil, asUsage(&eval.OptionError{Err: err})
	}
	var systems []eval.System
	for _, in := range inputs {
		s, err := f.system(ctx, in, true)
		if err != nil {
			return nil, err
		}
		systems = append(systems, s)
	}
	compared, err := eval.CompareSystems(ctx, systems, opt)
	return compared, asMismatch(asUsage(err))
}

// asMismatch adds the next step to signatures that differ.
func asMismatch(err error) error {
	var differ *eval.SignatureError
	if errors.As(err, &differ) {
		return &withHint{err, "score both with the same release and flags, or give --allow-mismatch"}
	}
	return err
}

// wantsBold reports whether the output is a terminal that shows bold type and
// whose user has not asked for plain text (https://no-color.org).
func wantsBold(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}
