package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval/agreement"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
)

// AgreeOptions are what [Agree] is asked for.
type AgreeOptions struct {
	Release   string   // folder; "" for the embedded corpus
	Dataset   Dataset  // an open one instead of Release
	Passes    []string // their names, "gold" for the adjudicated labels; none for all
	ByArticle bool     // one row an article below each figure
	JSON      bool
}

// Agree compares the independent annotation passes with each other and with the
// adjudicated labels.
func Agree(ctx context.Context, s Streams, opt AgreeOptions) ([]Agreement, error) {
	ds, err := join.Open(opt.Release, opt.Dataset)
	if err != nil {
		return nil, err
	}
	agreements, err := agree(ctx, ds, opt.Passes)
	if err != nil {
		return nil, err
	}
	if opt.JSON {
		return agreements, s.json(agreements)
	}
	return agreements, report.Text(s.out(), agreements, report.View{ByArticle: opt.ByArticle})
}

// agree compares every two of the named passes, of all when none is named.
func agree(ctx context.Context, ds *join.Dataset, names []string) ([]report.NamedAgreement, error) {
	passes, err := ds.Passes()
	if err != nil {
		return nil, err
	}
	known := slices.Sorted(maps.Keys(passes))
	if len(names) == 0 {
		names = append(slices.DeleteFunc(slices.Clone(known), func(s string) bool { return s == join.Gold }), join.Gold)
	}
	for _, n := range names {
		if passes[n] == nil {
			return nil, exit.Usage(fmt.Errorf("no pass is named %q", n), fmt.Sprintf("there are %v", known))
		}
	}
	if len(names) < 2 {
		return nil, exit.Usagef("found %d passes, expected two or more to compare", len(names))
	}
	settings, err := ds.Settings(0)
	if err != nil {
		return nil, err
	}
	var out []report.NamedAgreement
	for i, x := range names {
		for _, y := range names[i+1:] {
			agreed, err := agreement.Agree(ctx, ds.Pair(passes[y], passes[x]), settings)
			if err != nil {
				return nil, err
			}
			out = append(out, report.NamedAgreement{A: x, B: y, Agreement: agreed})
		}
	}
	return out, nil
}
