package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/report/page"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
)

// checkPage refuses options that the form has no use for.
func (opt *ReportOptions) checkPage(form string) error {
	switch {
	case opt.Predictions != "" && form != "html":
		return exit.Usage(fmt.Errorf("--predictions is for the form html, found %s", form), "dataset report RESULT -o report.html --predictions PRED")
	case opt.Predictions == "" && (opt.Release != "" || opt.From != ""):
		return exit.Usagef("--release and --from need --predictions")
	case opt.Articles < 0:
		return exit.Usagef("--articles %d: expected 1 or more", opt.Articles)
	case opt.Articles == 0:
		opt.Articles = page.DefaultArticles
	}
	return nil
}

// page is how the result is written with its articles.
func (opt *ReportOptions) page(ctx context.Context, r *scoring.Result) (func(io.Writer) error, error) {
	ds, err := join.Open(opt.Release, opt.Dataset)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(opt.Predictions); err != nil {
		return nil, err
	}
	base, err := ds.Signature()
	if err != nil {
		return nil, err
	}
	if base.Dataset != r.Signature.Dataset || base.ContentHash != r.Signature.ContentHash {
		return nil, exit.WithHint(fmt.Errorf("the result is of %s, the labels are of %s", identity(r.Signature), identity(base)), "name the release that was scored with --release")
	}
	o, err := ds.Data.Ontology()
	if err != nil {
		return nil, err
	}
	filters, err := eval.ParseFilters(r.Signature.Filters)
	if err != nil {
		return nil, err
	}
	in := join.Input{Dataset: ds, Path: opt.Predictions, Format: opt.From}
	if r.Signature.Map != "" {
		if in.Map, err = parseMap([]string{r.Signature.Map}); err != nil {
			return nil, err
		}
	}
	var builder *page.Builder
	err = in.Pairs(func() func(*eval.Pair) error {
		builder = page.NewBuilder(r, page.Options{Predictions: opt.Predictions, Articles: opt.Articles})
		return func(p *eval.Pair) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if p = eval.Judge(p, o, filters); p != nil {
				builder.Add(p)
			}
			return nil
		}
	})
	if err != nil {
		return nil, err
	}
	shown := builder.Page()
	if err := samePredictions(r, shown.Details.Errors); err != nil {
		return nil, exit.WithHint(fmt.Errorf("%s: %w", opt.Predictions, err), "give the predictions from which the result was computed, or score them again")
	}
	return func(w io.Writer) error { return page.HTML(w, shown) }, nil
}

func identity(s scoring.Signature) string {
	return fmt.Sprintf("%s#%.12s", s.Dataset, s.ContentHash)
}

// samePredictions holds the labels against the figures of the result that
// count the same things.
func samePredictions(r *scoring.Result, s *analysis.ErrorSummary) error {
	for _, c := range []struct {
		metric string
		layer  analysis.ErrorLayer
	}{{"mentions.strict", analysis.MentionErrors}, {"events.trigger.classified", analysis.EventErrors}} {
		f, l := r.Find(c.metric, ""), s.Layers[c.layer]
		if f == nil || l == nil {
			continue
		}
		// Under filters the metric judges a prediction with what it is matched to
		// there, which may be no counterpart here.
		predicted := len(r.Signature.Filters) > 0 || f.Predicted == float64(l.Predicted)
		if f.Correct.Precision != float64(l.Correct) || !predicted || f.Gold != float64(l.Gold) {
			return fmt.Errorf("%s: %d of %d predicted are right and gold has %d; the result says %g of %g and %g",
				c.metric, l.Correct, l.Predicted, l.Gold, f.Correct.Precision, f.Predicted, f.Gold)
		}
	}
	return nil
}
