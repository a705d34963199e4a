package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/report"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// scoreFlags are the flags of every command that scores.
type scoreFlags struct {
	release string
	from    string
	iou     int
	opt     eval.Options
	// watch, when set, sees the pairs on their way to the counts.
	watch func(pairs) pairs
}

func (f *scoreFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.release, "release", "", "folder of a release (default: the embedded corpus)")
	fl.StringVar(&f.from, "from", "", "format of the predictions (default: detected; see dataset formats)")
	fl.StringSliceVar(&f.opt.Metrics, "metrics", nil, "metrics or prefixes, e.g. mentions,events.trigger (default: all common ones; see dataset metrics)")
	fl.StringSliceVar(&f.opt.By, "by", nil, "slice by columns: article, outlet, type, level, realis, length, nesting …")
	fl.StringArrayVar(&f.opt.Where, "where", nil, "keep only column=value,value or column!=value (repeatable)")
	fl.IntVar(&f.opt.Resamples, "resamples", 1000, "bootstrap replicates for the intervals, 0 for none")
	fl.Uint64Var(&f.opt.Seed, "seed", 1, "seed of the resampling")
	fl.Float64Var(&f.opt.Level, "level", 0.95, "level of the intervals")
	fl.StringVar(&f.opt.Method, "interval", "bca", "method of the intervals: bca or percentile")
	fl.IntVar(&f.iou, "iou", 0, "least intersection over union of mentions.overlap, per cent; 0 is any overlap")
}

func newScoreCommand(a *app) *cobra.Command {
	var f scoreFlags
	var asJSON, ceiling bool
	var expected string
	c := &cobra.Command{
		Use:   "score PRED",
		Short: "Precision, recall and F1 of predictions, with intervals",
		Long: `Score measures a file of predictions against the gold labels: counts,
precision, recall and F1 for every metric, per class, with intervals.

An article that the predictions leave out counts as all missed.

Of a release, and of predictions in Parquet, only the columns that the metrics
look at are read. Offsets in Parquet are code points: they are held against the
texts only where a metric reads these anyway.`,
		Example: `  dataset score predictions.jsonl
  dataset score predictions.jsonl --metrics mentions --by level
  dataset score predictions.jsonl --where outlet='شبكة شام' --json > result.json`,
		Args: exactArgs(1, "one file of predictions"),
		RunE: func(c *cobra.Command, args []string) error {
			f.opt.TotalOnly = true
			ev, err := f.score(c.Context(), args[0])
			if err != nil {
				return err
			}
			if ceiling {
				if err := f.setCeiling(c.Context(), ev.Result); err != nil {
					return err
				}
			}
			show := report.Text
			if asJSON {
				show = func(w io.Writer, r *eval.Result) error { return r.WriteJSON(w) }
			}
			if err := show(a.stdout, ev.Result); err != nil || expected == "" {
				return err
			}
			return checkExpected(expected, ev.Result)
		},
	}
	f.register(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	c.Flags().BoolVar(&f.opt.Details, "details", false, "also the errors by kind, the confusion of classes, and what confidences are worth")
	c.Flags().BoolVar(&ceiling, "ceiling", false, "beside each F1 the one that annotation passes reach against each other")
	c.Flags().StringVar(&expected, "expect", "", "stored result (score --json) that this one must equal; exit code 3 if it does not")
	return c
}

// score evaluates one file of predictions.
func (f *scoreFlags) score(ctx context.Context, path string) (*eval.Evaluation, error) {
	ds, err := openDataset(f.release)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	all := f.watch != nil
	ev, err := f.scoreOnce(ctx, ds, path, all, eval.Join)
	if errors.Is(err, errNoOffsets) {
		all = true
		ev, err = f.scoreOnce(ctx, ds, path, all, eval.Join)
	}
	if errors.Is(err, eval.ErrUnsorted) {
		ev, err = f.scoreOnce(ctx, ds, path, all, eval.JoinBuffered)
	}
	return ev, asUsage(err)
}

type joinFunc = func(gold, pred annotations, article func(string) (*schema.Article, error), r *eval.JoinReport) pairs

func (f *scoreFlags) scoreOnce(ctx context.Context, ds data.Dataset, path string, all bool, join joinFunc) (*eval.Evaluation, error) {
	settings, base, err := f.settings(ds)
	if err != nil {
		return nil, err
	}
	texts, articles := newArticleCursor(ds), newArticleCursor(ds)
	defer texts.close()
	defer articles.close()
	pred, err := openPredictions(path, f.from, texts)
	if err != nil {
		return nil, err
	}
	read, err := plan(&f.opt, pred, all)
	if err != nil {
		return nil, err
	}
	lookUp := articles.article
	if !read.needs.Articles {
		lookUp = nil
	}
	var joined eval.JoinReport
	stream := join(read.gold(ds), pred.annotations(labels.ReadOptions{Text: texts.text}, read), lookUp, &joined)
	if f.watch != nil {
		stream = f.watch(stream)
	}
	ev, err := eval.Evaluate(ctx, stream, settings, base, &joined, f.opt)
	if err = errors.Join(texts.err, err); err != nil {
		return nil, err
	}
	ev.Result.Warnings = append(ev.Result.Warnings, pred.warnings()...)
	return ev, nil
}

func (f *scoreFlags) settings(ds data.Dataset) (*eval.Settings, eval.Signature, error) {
	id, err := ds.Identity()
	if err != nil {
		return nil, eval.Signature{}, err
	}
	actors, err := actorTable(ds)
	if err != nil {
		return nil, eval.Signature{}, err
	}
	return &eval.Settings{Ontology: schema.PLOVER(), Actors: actors, IoU: f.iou}, baseSignature(id), nil
}

// asUsage turns a setting that cannot be into an error of usage.
func asUsage(err error) error {
	var unknown *eval.UnknownMetricError
	var option *eval.OptionError
	switch {
	case errors.As(err, &unknown):
		return &usageError{err: err, hint: "dataset metrics lists them all"}
	case errors.As(err, &option):
		return &usageError{err: err, hint: "the settings are explained by --help"}
	}
	return err
}
