package scoring

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/schema"
)

// Options say what to compute. The zero value computes every metric that is
// not optional, without slices.
type Options struct {
	Metrics   []string // names or prefixes, see [eval.SelectMetrics]
	By        []string // columns, see [eval.Columns]
	Where     []string // filters, see [eval.ParseFilter]
	Resamples int      // bootstrap replicates where the method draws any; 0 for no intervals
	Level     float64  // of the intervals, e.g. 0.95
	Method    string   // "logit-t", "bca" or "percentile"
	Seed      uint64
	// ZeroDivision is what a class whose ratio is undefined counts in the mean of
	// that ratio over classes: "0" or "", or "nan" for leaving it out.
	ZeroDivision string
	// Untested says that no article's counts are asked for later: they are
	// forgotten once they are added up, unless the intervals need them.
	Untested bool
	// Details asks for errors by kind, confusion and confidence.
	Details bool
}

// leftOut is the [Options.ZeroDivision] that leaves classes out of means.
const leftOut = "nan"

// Evaluation is a result together with the counts that it was rendered from.
type Evaluation struct {
	Result *Result
	Scorer *eval.Scorer
}

// Evaluate counts the pairs and renders the result. base is the signature with
// what only the caller knows: dataset, versions, split. report is filled by
// the join that makes the pairs, and read when they are exhausted; nil for none.
func Evaluate(ctx context.Context, pairs iter.Seq2[*eval.Pair, error], settings *eval.Settings, base Signature, report *JoinReport, opt Options) (*Evaluation, error) {
	metrics, filters, by, err := opt.resolve()
	if err != nil {
		return nil, err
	}
	if settings.IoU < 0 || settings.IoU > 100 {
		return nil, &eval.OptionError{Err: fmt.Errorf("intersection over union of %d per cent: expected 0 to 100", settings.IoU)}
	}
	counted := *settings
	counted.LeaveOut = opt.ZeroDivision == leftOut
	settings = &counted
	metrics, missing, err := computable(metrics, settings.Ontology)
	if err != nil {
		return nil, err
	}
	sig := sign(base, metrics, filters, by, settings, opt)
	scorer := eval.NewScorer(metrics, settings, filters, by, countingText(sig))
	details := analysis.NewDetailCounts()
	if opt.Details {
		scorer.Watch(func(p *eval.Pair) { details.Add(p) })
	}
	logit := opt.Resamples > 0 && opt.Method == stats.MethodLogit
	if logit {
		scorer.WithMoments()
	}
	if opt.Untested && (logit || opt.Resamples == 0) {
		scorer.KeepSums()
	}
	if err := scorer.Run(ctx, pairs); err != nil {
		return nil, err
	}
	if err := report.check(); err != nil {
		return nil, err
	}
	for _, f := range filters {
		if err := f.Nothing(); err != nil {
			return nil, err
		}
	}
	res := &Result{Version: ResultVersion, Signature: sig, Articles: scorer.Counted(), Warnings: []string{}}
	res.Warnings = append(res.Warnings, report.warnings()...)
	res.Warnings = append(res.Warnings, missing...)
	res.unclaimed(scorer, metrics)
	if opt.Details {
		res.Details = details.Details()
	}
	if err := res.fill(ctx, scorer, opt); err != nil {
		return nil, err
	}
	return &Evaluation{res, scorer}, nil
}

// resolve looks everything up that the options name. The error is an
// [eval.OptionError].
func (o *Options) resolve() (metrics []*eval.Metric, filters []*eval.Filter, by []*eval.Column, err error) {
	fail := func(err error) ([]*eval.Metric, []*eval.Filter, []*eval.Column, error) {
		return nil, nil, nil, &eval.OptionError{Err: err}
	}
	if metrics, err = eval.SelectMetrics(o.Metrics); err != nil {
		return fail(err)
	}
	if filters, err = eval.ParseFilters(o.Where); err != nil {
		return fail(err)
	}
	for _, name := range o.By {
		c, err := eval.LookupColumn(name)
		if err != nil {
			return fail(err)
		}
		by = append(by, c)
	}
	if !slices.Contains([]string{"", "0", leftOut}, o.ZeroDivision) {
		return fail(fmt.Errorf("zero division %q: expected 0, or nan to leave classes whose ratio is undefined out of means over classes", o.ZeroDivision))
	}
	if o.Resamples != 0 {
		if err := o.resampling().Check(); err != nil {
			return fail(fmt.Errorf("%w (0 for no intervals)", err))
		}
	}
	return metrics, filters, by, nil
}

func (o *Options) resampling() stats.Resampling {
	return stats.Resampling{Seed: o.Seed, Resamples: o.Resamples, Level: o.Level, Method: o.Method}
}

func sign(sig Signature, metrics []*eval.Metric, filters []*eval.Filter, by []*eval.Column, settings *eval.Settings, opt Options) Signature {
	sig.Metrics, sig.Filters, sig.Slices = []string{}, []string{}, []string{}
	for _, m := range metrics {
		sig.Metrics = append(sig.Metrics, m.Name)
	}
	for _, f := range filters {
		sig.Filters = append(sig.Filters, f.String())
	}
	slices.Sort(sig.Filters)
	for _, c := range by {
		sig.Slices = append(sig.Slices, c.Name)
	}
	sig.Scheme, sig.Undefined, sig.Omitted = schemeOf(metrics), "null", "missed"
	sig.IoU = settings.IoU
	if settings.LeaveOut {
		sig.ZeroDivision = leftOut
	}
	sig.Resamples, sig.Seed, sig.Tool = opt.Resamples, opt.Seed, schema.ToolVersion
	switch {
	case opt.Resamples == 0:
		sig.Method = "none"
	default:
		sig.Level, sig.Method = opt.Level, opt.Method
		if opt.Method == stats.MethodLogit { // which draws nothing
			sig.Resamples = 0
		}
	}
	return sig
}

// countingText is the part of a signature that the counts themselves depend
// on: two tallies under the same text may be merged.
func countingText(s Signature) string {
	s.Level, s.Method, s.Resamples, s.Seed, s.ZeroDivision = 0, "", 0, 0, ""
	return s.String()
}

// Needs is what a score under the options looks at: what its metrics and
// columns declare. The error is an [eval.OptionError].
func (o *Options) Needs() (eval.Needs, error) {
	metrics, filters, by, err := o.resolve()
	if err != nil {
		return eval.Needs{}, err
	}
	n := eval.Needs{Events: o.Details, Details: o.Details}
	for _, m := range metrics {
		n = n.And(*m.Needs)
	}
	for _, f := range filters {
		by = append(by, f.Column)
	}
	for _, c := range by {
		n = n.And(eval.Needs{Articles: c.Article != nil && c.Name != "article", Events: c.Event != nil, Details: c.Article == nil})
	}
	return n, nil
}
