package pipeline

import (
	"context"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/internal/visible"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// comparisonForms are the forms that a comparison is printed in.
var comparisonForms = []string{"csv", "json", "markdown", "text"}

// CompareOptions are what [Compare] is asked for. The seed and the intervals are
// those of the scoring.
type CompareOptions struct {
	Scoring
	Systems   []string // files of predictions or stored results, each PATH or NAME=PATH
	Comparing scoring.CompareOptions
	Form      string // text, json, markdown or csv
	Ratio     string // that the table compares: f1, precision or recall
}

// CompareDefaults compares by F1 with all common metrics.
func CompareDefaults() CompareOptions {
	return CompareOptions{Scoring: defaultScoring(), Comparing: scoring.CompareOptions{Comparing: stats.DefaultComparing}, Form: "text", Ratio: "f1"}
}

// Compare scores two or more systems and sets each against the first.
func Compare(ctx context.Context, s Streams, opt CompareOptions) (*Comparison, error) {
	if len(opt.Systems) < 2 {
		return nil, exit.Usagef("found %d systems, expected two or more files of predictions", len(opt.Systems))
	}
	if !slices.Contains(comparisonForms, opt.Form) {
		return nil, exit.Usagef("unknown form %q; known: %s", opt.Form, strings.Join(comparisonForms, ", "))
	}
	show, err := report.Lookup(opt.Form)
	if err != nil {
		return nil, err
	}
	if err := checkRatio(opt.Ratio); err != nil {
		return nil, err
	}
	compared, err := opt.compare(ctx)
	if err != nil {
		return nil, err
	}
	return compared, show.Render(s.out(), compared, report.View{Ratio: opt.Ratio, Bold: visible.Bold(s.Out)})
}

func checkRatio(ratio string) error {
	if !slices.Contains(scoring.Ratios[:], ratio) {
		return exit.Usagef("%q is not a ratio: expected precision, recall or f1", ratio)
	}
	return nil
}

// compare scores the systems and compares them.
func (opt *CompareOptions) compare(ctx context.Context) (*scoring.Comparison, error) {
	inputs, err := namePaths(opt.Systems)
	if err != nil {
		return nil, err
	}
	comparing, each := opt.Comparing, opt.Evaluation
	comparing.Resampling = stats.Resampling{Seed: each.Seed, Resamples: each.Resamples, Level: each.Level, Method: each.Method}
	comparing.Permuting.Seed = each.Seed
	if err := comparing.Check(); err != nil {
		return nil, exit.Settings(&eval.OptionError{Err: err})
	}
	j := scoringJob{Scoring: opt.Scoring}
	var systems []scoring.System
	for _, in := range inputs {
		system, err := j.system(ctx, in, true, comparing.Errors)
		if err != nil {
			return nil, err
		}
		systems = append(systems, system)
	}
	compared, err := scoring.CompareSystems(ctx, systems, comparing)
	return compared, exit.Mismatch(exit.Settings(err))
}
