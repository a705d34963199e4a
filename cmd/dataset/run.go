package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/eval/extract"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// runFlags are the flags that say which extractor to run and how.
type runFlags struct {
	release   string
	spec      string
	out       string
	trace     string
	overwrite bool
	opt       extract.Options
}

func newRunCommand(a *app) *cobra.Command {
	var f runFlags
	var schemes []string
	for _, s := range extract.Schemes() {
		schemes = append(schemes, fmt.Sprintf("  %-20s %s", s.Usage, s.Summary))
	}
	for _, b := range extract.Builtins() {
		schemes = append(schemes, fmt.Sprintf("  %-20s %s", "builtin:"+b.Name, b.Summary))
	}
	c := &cobra.Command{
		Use:   "run --extractor SPEC -o PRED",
		Short: "Run an extractor over the articles and write its predictions",
		Long: `Run asks an extractor about every article and writes one JSON line an article.
What fails for one article is recorded as an error line and the rest goes on.

Extractors:
` + strings.Join(schemes, "\n"),
		Example: `  dataset run --extractor builtin:rules -o rules.jsonl
  dataset run --extractor 'exec:python3 examples/extractor.py' -o mine.jsonl`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if f.spec == "" || f.out == "" {
				return &usageError{err: fmt.Errorf("--extractor and -o are both needed"), hint: c.CommandPath() + " --help"}
			}
			if _, err := os.Stat(f.out); err == nil && !f.overwrite {
				return &withHint{fmt.Errorf("%s exists already", f.out), "choose another name, or give --overwrite"}
			}
			ds, err := openDataset(f.release)
			if err != nil {
				return err
			}
			return a.runExtractor(c.Context(), ds, f)
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.release, "release", "", "folder of a release (default: the embedded corpus)")
	fl.StringVar(&f.spec, "extractor", "", "what to run, see above")
	fl.StringVarP(&f.out, "output", "o", "", "file of predictions to write (JSON lines)")
	fl.IntVar(&f.opt.Jobs, "jobs", 1, "processes at a time")
	fl.DurationVar(&f.opt.Timeout, "timeout", time.Minute, "time for one article")
	fl.IntVar(&f.opt.Retries, "retries", 1, "times that an article that crashed the extractor is asked again")
	fl.StringVar(&f.trace, "trace", "", "file that gets every line exchanged with the extractor")
	fl.BoolVar(&f.overwrite, "overwrite", false, "replace the output file")
	return c
}

// runExtractor writes the predictions of one extractor and says how it went.
func (a *app) runExtractor(ctx context.Context, ds data.Dataset, f runFlags) (err error) {
	if strings.HasPrefix(f.spec, "builtin:") {
		if f.opt.Gold, err = goldLabels(ds); err != nil {
			return err
		}
	}
	if f.trace != "" {
		t, err := os.Create(f.trace)
		if err != nil {
			return err
		}
		defer t.Close()
		f.opt.Trace = t
	}
	f.opt.Report = func(e *extract.Error) { a.say("%v", e) }
	ex, err := extract.Open(f.spec, f.opt)
	if err != nil {
		return err
	}
	defer extract.Close(ex)

	total, failed := 0, 0
	err = labels.FileOutput(f.out).WriteFile("", func(w io.Writer) error {
		var line []byte
		for r := range extract.Run(ctx, ds.Articles(), ex, extract.RunOptions{Jobs: f.opt.Jobs}) {
			total++
			d := labels.Document{}
			switch {
			case r.Err != nil && r.Article == nil:
				return r.Err
			case r.Err != nil:
				failed++
				a.say("%v", r.Err)
				d.DocID, d.Error = r.Article.DocID, r.Err.Error()
			default:
				d.Annotation = *r.Annotation
			}
			var err error
			if line, err = labels.AppendJSONL(line[:0], &d); err != nil {
				return err
			}
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	a.say("%s: %d articles, %d failed, predictions in %s", f.spec, total, failed, f.out)
	if failed == total && total > 0 {
		return fmt.Errorf("%s failed on every article", f.spec)
	}
	return nil
}

// goldLabels are the labels from which the baselines take their names; an
// article is never coded from its own.
func goldLabels(ds data.Dataset) ([]*schema.Annotation, error) {
	var all []*schema.Annotation
	for g, err := range ds.Annotations() {
		if err != nil {
			return nil, err
		}
		all = append(all, g)
	}
	return all, nil
}
