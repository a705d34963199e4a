package scoring

import (
	"context"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
)

// fill renders the totals and then every slice in sorted order, each with its
// intervals.
func (r *Result) fill(ctx context.Context, s *eval.Scorer, opt Options) error {
	var bounds boundWarnings
	for _, part := range s.Parts() {
		if err := r.add(ctx, s, part, opt, &bounds); err != nil {
			return err
		}
	}
	r.Warnings = append(r.Warnings, bounds.list()...)
	return nil
}

// add renders everything or one slice.
func (r *Result) add(ctx context.Context, s *eval.Scorer, part *eval.Part, opt Options, warn *boundWarnings) error {
	values, slice := part.Values, map[string]string{}
	for i, v := range values {
		slice[s.By()[i].Name] = v
	}
	figures := eval.Figures(part.Total, slice)
	sliced := func(f *eval.Figure) bool {
		return s.Layout().Metrics()[s.Layout().Find(f.Name)].SlicedBy(s.By()[:len(values)])
	}
	if opt.Resamples > 0 {
		bounds, err := stats.Intervals(ctx, s.Layout(), part, opt.resampling())
		if err != nil {
			return err
		}
		if values == nil {
			r.Warnings = append(r.Warnings, sampleSize(bounds, part.Articles, opt.Level)...)
		}
		for i := range figures {
			figures[i].Interval = &bounds[i].Interval
			if sliced(&figures[i]) {
				warn.add(&figures[i], bounds[i].Warnings)
			}
		}
	}
	empty := map[string]bool{} // metrics that count nothing in this slice
	for _, f := range figures {
		if f.Class == "" && f.Average == "" && values != nil {
			empty[f.Name] = !part.Total.Has(s.Layout().Find(f.Name), "")
		}
		if sliced(&f) && !empty[f.Name] {
			r.Metrics = append(r.Metrics, f)
		}
	}
	return nil
}

// sampleSize says for one figure how many articles would be needed to see a
// difference of 5 points at 80 % power: for strict mentions where they are
// counted, else for the first figure over everything that has an error.
func sampleSize(bounds []stats.Bounds, articles int, level float64) []string {
	var chosen *stats.Bounds
	for i := range bounds {
		b := &bounds[i]
		if b.Class != "" || b.Average != "" || !b.StandardErrors.F1.Defined || b.StandardErrors.F1.Value == 0 {
			continue
		}
		if chosen == nil || b.Name == "mentions.strict" {
			chosen = b
		}
	}
	if chosen == nil {
		return nil
	}
	if w := stats.SampleSizeWarning(articles, chosen.StandardErrors.F1.Value, 5, level, 0.8); w != "" {
		return []string{chosen.Name + " F1: " + w}
	}
	return nil
}

// PartsWarning ends the warning about intervals of figures that are not over
// everything. A renderer that shows no such figures may leave it out.
const PartsWarning = "figures of single classes or slices rest on too few articles for a sound interval"

// boundWarnings gathers what must be said of intervals: one line a reason for
// figures over everything, one line in all for single classes, means and slices.
type boundWarnings struct {
	reasons []string
	count   map[string]int
	first   map[string]string
	parts   int
}

// add takes warnings of the form "ratio: reason" about one figure.
func (b *boundWarnings) add(f *eval.Figure, warnings []string) {
	if f.Class != "" || f.Average != "" || len(f.Slice) > 0 {
		b.parts += min(1, len(warnings))
		return
	}
	for _, w := range warnings {
		ratio, reason, _ := strings.Cut(w, ": ")
		if b.count == nil {
			b.count, b.first = map[string]int{}, map[string]string{}
		}
		if b.count[reason] == 0 {
			b.reasons = append(b.reasons, reason)
			b.first[reason] = f.Name + " " + ratio
		}
		b.count[reason]++
	}
}

func (b *boundWarnings) list() []string {
	var out []string
	for _, reason := range b.reasons {
		where := b.first[reason]
		if more := b.count[reason] - 1; more > 0 {
			where = fmt.Sprintf("%s and %d more", where, more)
		}
		out = append(out, where+": "+reason)
	}
	if b.parts > 0 {
		out = append(out, fmt.Sprintf("%d %s", b.parts, PartsWarning))
	}
	return out
}
