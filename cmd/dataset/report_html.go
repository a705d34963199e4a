package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/report"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// pageFlags are the flags of a report that shows articles.
type pageFlags struct {
	predictions string
	release     string
	from        string
	articles    int
}

func (f *pageFlags) register(c *cobra.Command) {
	fl := c.Flags()
	fl.StringVar(&f.predictions, "predictions", "", "html: the predictions that the result was computed from; shows every article")
	fl.StringVar(&f.release, "release", "", "html: folder of the release that they were scored on (default: the embedded corpus)")
	fl.StringVar(&f.from, "from", "", "html: format of the predictions (default: detected; see dataset formats)")
	fl.IntVar(&f.articles, "articles", report.DefaultPageArticles, "html: most articles shown in full, those with the most errors first")
}

// check refuses flags that the form has no use for.
func (f *pageFlags) check(form string) error {
	switch {
	case f.predictions != "" && form != "html":
		return &usageError{fmt.Errorf("--predictions is for the form html, found %s", form), "dataset report RESULT -o report.html --predictions PRED"}
	case f.predictions == "" && (f.release != "" || f.from != ""):
		return usagef("--release and --from need --predictions")
	case f.articles < 1:
		return usagef("--articles %d: expected 1 or more", f.articles)
	}
	return nil
}

// render is how the result is written with its articles.
func (f *pageFlags) render(ctx context.Context, r *eval.Result) (func(io.Writer) error, error) {
	ds, err := openDataset(f.release)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(f.predictions); err != nil {
		return nil, err
	}
	id, err := ds.Identity()
	if err != nil {
		return nil, err
	}
	if base := baseSignature(id); base.Dataset != r.Signature.Dataset || base.ContentHash != r.Signature.ContentHash {
		return nil, &withHint{fmt.Errorf("the result is of %s, the labels are of %s", identity(r.Signature), identity(base)), "name the release that was scored with --release"}
	}
	page, err := f.page(ctx, ds, r, eval.Join)
	if errors.Is(err, eval.ErrUnsorted) {
		page, err = f.page(ctx, ds, r, eval.JoinBuffered)
	}
	if err != nil {
		return nil, err
	}
	if err := samePredictions(r, page.Details.Errors); err != nil {
		return nil, &withHint{fmt.Errorf("%s: %w", f.predictions, err), "give the predictions from which the result was computed, or score them again"}
	}
	return func(w io.Writer) error { return report.HTML(w, page) }, nil
}

func identity(s eval.Signature) string {
	return fmt.Sprintf("%s#%.12s", s.Dataset, s.ContentHash)
}

func (f *pageFlags) page(ctx context.Context, ds data.Dataset, r *eval.Result, join joinFunc) (*report.Page, error) {
	texts, articles := newArticleCursor(ds), newArticleCursor(ds)
	defer texts.close()
	defer articles.close()
	pred, err := openPredictions(f.predictions, f.from, texts)
	if err != nil {
		return nil, err
	}
	builder := report.NewPageBuilder(r, report.PageOptions{Predictions: f.predictions, Articles: f.articles})
	var joined eval.JoinReport
	for p, err := range join(ds.Annotations(), pred.annotations(labels.ReadOptions{Text: texts.text}, everything), articles.article, &joined) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			p, err = eval.Restrict(p, schema.PLOVER(), r.Signature.Filters)
		}
		if err != nil {
			return nil, err
		}
		if p != nil {
			builder.Add(p)
		}
	}
	return builder.Page(), nil
}

// samePredictions holds the labels against the figures of the result that
// count the same things.
func samePredictions(r *eval.Result, s *eval.ErrorSummary) error {
	for _, c := range []struct {
		metric string
		layer  eval.ErrorLayer
	}{{"mentions.strict", eval.MentionErrors}, {"events.trigger.classified", eval.EventErrors}} {
		f, l := r.Find(c.metric, ""), s.Layers[c.layer]
		if f == nil || l == nil {
			continue
		}
		if f.Correct.Precision != float64(l.Correct) || f.Predicted != float64(l.Predicted) || f.Gold != float64(l.Gold) {
			return fmt.Errorf("%s: %d of %d predicted are right and gold has %d; the result says %g of %g and %g",
				c.metric, l.Correct, l.Predicted, l.Gold, f.Correct.Precision, f.Predicted, f.Gold)
		}
	}
	return nil
}
