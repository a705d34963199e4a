package eval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// fill renders the totals and then every slice in sorted order, each with its
// intervals.
func (r *Result) fill(ctx context.Context, s *Scorer, opt Options) error {
	var bounds boundWarnings
	if err := r.add(ctx, s, s.articles, nil, opt, &bounds); err != nil {
		return err
	}
	r.Warnings = append(r.Warnings, s.unsliced()...)
	for _, slice := range s.slices() {
		if err := r.add(ctx, s, slice.articles, slice.values, opt, &bounds); err != nil {
			return err
		}
	}
	r.Warnings = append(r.Warnings, bounds.list()...)
	return nil
}

// add renders the articles' sum. values names the slice that they are; nil is
// everything.
func (r *Result) add(ctx context.Context, s *Scorer, articles []ArticleCounts, values []string, opt Options, warn *boundWarnings) error {
	slice := map[string]string{}
	for i, v := range values {
		slice[s.by[i].Name] = v
	}
	total := Sum(s.layout, articles)
	if values == nil {
		total.add(s.total)
	}
	figures := Figures(total, slice)
	sliced := func(f *Figure) bool { return s.layout.metrics[s.layout.Find(f.Name)].slicedBy(s.columnsOf(values)) }
	if opt.Resamples > 0 {
		bounds, err := Bootstrap(ctx, NewCountMatrix(s.layout, articles), opt.resampling())
		if err != nil {
			return err
		}
		if values == nil {
			r.Warnings = append(r.Warnings, sampleSize(bounds, len(articles), opt.Level)...)
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
			empty[f.Name] = f.Gold == 0 && f.Predicted == 0
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
func sampleSize(bounds []Bounds, articles int, level float64) []string {
	var chosen *Bounds
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
	if w := SampleSizeWarning(articles, chosen.StandardErrors.F1.Value, 5, level, 0.8); w != "" {
		return []string{chosen.Name + " F1: " + w}
	}
	return nil
}

// columnsOf are the columns that a slice with these values is cut by.
func (s *Scorer) columnsOf(values []string) []*Column { return s.by[:len(values)] }

// byArticles reports whether every slice is made of whole articles.
func (s *Scorer) byArticles() bool {
	return !slices.ContainsFunc(s.by, func(c *Column) bool { return c.Article == nil })
}

// unsliced says which metrics have no slices: those that look at the whole
// corpus, where a slice is a part of an article.
func (s *Scorer) unsliced() []string {
	if len(s.by) == 0 || s.byArticles() {
		return nil
	}
	var names []string
	for _, f := range s.families {
		if f.NewCorpus != nil {
			names = append(names, f.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"metrics over the whole corpus are not sliced by mentions or events: " + strings.Join(names, ", ")}
}

type slicedArticles struct {
	values   []string
	articles []ArticleCounts
}

// slices gathers the articles' parts by their values, in sorted order.
func (s *Scorer) slices() []*slicedArticles {
	byKey := map[string]*slicedArticles{}
	var keys []string
	for i := range s.articles {
		for _, part := range s.articles[i].Slices {
			key := strings.Join(part.Values, "\x00")
			if byKey[key] == nil {
				byKey[key] = &slicedArticles{values: part.Values}
				keys = append(keys, key)
			}
			counts := part.Tally
			if s.byArticles() { // the whole article, with its share of what looks at the corpus
				counts = s.articles[i].Tally
			}
			byKey[key].articles = append(byKey[key].articles, ArticleCounts{DocID: s.articles[i].DocID, Tally: counts})
		}
	}
	slices.SortFunc(keys, func(a, b string) int { return compareValues(byKey[a].values, byKey[b].values) })
	out := make([]*slicedArticles, len(keys))
	for i, key := range keys {
		out[i] = byKey[key]
	}
	return out
}

// compareValues orders slices: numbers at the start of a value by size, as in
// "6-10" before "11-20", everything else by its letters.
func compareValues(a, b []string) int {
	for i := range a {
		if c := cmp.Or(cmp.Compare(leadingNumber(a[i]), leadingNumber(b[i])), cmp.Compare(a[i], b[i])); c != 0 {
			return c
		}
	}
	return 0
}

// leadingNumber is the number that a short value begins with, -1 for none.
func leadingNumber(s string) int {
	digits := strings.IndexFunc(s+"x", func(r rune) bool { return r < '0' || r > '9' })
	if n, err := strconv.Atoi(s[:digits]); err == nil && digits <= 4 {
		return n
	}
	return -1
}

// PartsWarning ends the warning about intervals of figures that are not over
// everything. A renderer that shows no such figures may leave it out.
const PartsWarning = "figures of single classes or slices rest on so few articles that an interval is missing, a point, or leaves out undefined resamples"

// boundWarnings gathers what must be said of intervals: one line a reason for
// figures over everything, one line in all for single classes, means and slices.
type boundWarnings struct {
	reasons []string
	count   map[string]int
	first   map[string]string
	parts   int
}

// add takes warnings of the form "ratio: reason" about one figure.
func (b *boundWarnings) add(f *Figure, warnings []string) {
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
