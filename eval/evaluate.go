package eval

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// Options say what to compute. The zero value computes every metric that is
// not optional, without slices.
type Options struct {
	Metrics   []string // names or prefixes, see [SelectMetrics]
	By        []string // columns, see [Columns]
	Where     []string // filters, see [ParseFilter]
	Resamples int      // bootstrap replicates; 0 for no intervals
	Level     float64  // of the intervals, e.g. 0.95
	Method    string   // "bca" or "percentile"
	Seed      uint64
	// TotalOnly forgets each article's counts once they are added up; see
	// [Scorer.KeepTotalOnly]. It is for large corpora without intervals.
	TotalOnly bool
	// Details asks for errors by kind, confusion and confidence.
	Details bool
}

// Evaluation is a result together with the counts that it was rendered from.
type Evaluation struct {
	Result *Result
	Scorer *Scorer
}

// Evaluate counts the pairs and renders the result. base is the signature with
// what only the caller knows: dataset, versions, split. report is filled by
// the join that makes the pairs, and read when they are exhausted; nil for none.
func Evaluate(ctx context.Context, pairs iter.Seq2[*Pair, error], settings *Settings, base Signature, report *JoinReport, opt Options) (*Evaluation, error) {
	metrics, filters, by, err := opt.resolve()
	if err != nil {
		return nil, err
	}
	if settings.IoU < 0 || settings.IoU > 100 {
		return nil, &OptionError{fmt.Errorf("intersection over union of %d per cent: expected 0 to 100", settings.IoU)}
	}
	sig := sign(base, metrics, filters, by, settings, opt)
	scorer := NewScorer(metrics, settings, filters, by, countingText(sig))
	details := NewDetailCounts()
	if opt.Details {
		scorer.Watch(func(p *Pair) { details.Add(p) })
	}
	if opt.TotalOnly && opt.Resamples == 0 {
		scorer.KeepTotalOnly()
	}
	if err := scorer.Run(ctx, pairs); err != nil {
		return nil, err
	}
	if err := report.check(); err != nil {
		return nil, err
	}
	for _, f := range filters {
		if err := f.nothing(); err != nil {
			return nil, err
		}
	}
	res := &Result{Version: ResultVersion, Signature: sig, Articles: scorer.Counted(), Warnings: []string{}}
	res.Warnings = append(res.Warnings, report.warnings()...)
	if opt.Details {
		res.Details = details.Details()
	}
	if err := res.fill(ctx, scorer, opt); err != nil {
		return nil, err
	}
	return &Evaluation{res, scorer}, nil
}

// OptionError is a setting that cannot be: an unknown metric or column, a
// filter or interval that does not parse.
type OptionError struct{ Err error }

func (e *OptionError) Error() string { return e.Err.Error() }
func (e *OptionError) Unwrap() error { return e.Err }

// resolve looks everything up that the options name. The error is an
// [OptionError].
func (o *Options) resolve() (metrics []*Metric, filters []*Filter, by []*Column, err error) {
	fail := func(err error) ([]*Metric, []*Filter, []*Column, error) {
		return nil, nil, nil, &OptionError{err}
	}
	if metrics, err = SelectMetrics(o.Metrics); err != nil {
		return fail(err)
	}
	for _, w := range o.Where {
		f, err := ParseFilter(w)
		if err != nil {
			return fail(err)
		}
		filters = append(filters, f)
	}
	for _, name := range o.By {
		c, err := LookupColumn(name)
		if err != nil {
			return fail(err)
		}
		by = append(by, c)
	}
	if o.Resamples != 0 {
		if err := o.resampling().Check(); err != nil {
			return fail(fmt.Errorf("%w (0 for no intervals)", err))
		}
	}
	return metrics, filters, by, nil
}

func (o *Options) resampling() Resampling {
	return Resampling{Seed: o.Seed, Resamples: o.Resamples, Level: o.Level, Method: o.Method}
}

func sign(sig Signature, metrics []*Metric, filters []*Filter, by []*Column, settings *Settings, opt Options) Signature {
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
	sig.Resamples, sig.Seed, sig.Tool = opt.Resamples, opt.Seed, schema.ToolVersion
	if opt.Resamples > 0 {
		sig.Level, sig.Method = opt.Level, opt.Method
	} else {
		sig.Method = "none"
	}
	return sig
}

// countingText is the part of a signature that the counts themselves depend
// on: two tallies under the same text may be merged.
func countingText(s Signature) string {
	s.Level, s.Method, s.Resamples, s.Seed = 0, "", 0, 0
	return s.String()
}
