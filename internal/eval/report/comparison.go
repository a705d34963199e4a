package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/internal/wording"
)

var comparisonHeader = []string{
	"metric", "class", "average", "slice", "system", "ratio", "value", "low", "high",
	"difference", "difference_low", "difference_high", "p", "p_method", "p_smallest", "p_holm", "p_benjamini_hochberg",
	"standard_error", "effect", "minimal_difference", "articles_needed", "better", "worse", "equal", "signature",
}

// comparisonTable has one block a figure with one row a system, then what became
// of single items, and the articles and items where they are listed.
func comparisonTable(c *scoring.Comparison, view View) *table {
	t := &table{warnings: slices.Concat(c.Warnings, differenceWarnings(c, view.Ratio)), legend: comparisonLegend(c),
		signature: c.Signature.String(), header: comparisonHeader}
	p := part{labels: plainCells("metric", "system"), head: plainCells(comparisonHead(c, view)...), level: 3}
	for i := range c.Figures {
		f := &c.Figures[i]
		if title := figures.SliceLabel(f.Slice); i == 0 || title != p.sections[len(p.sections)-1].title {
			p.sections = append(p.sections, section{title: title})
		}
		s := &p.sections[len(p.sections)-1]
		best := bestOf(f, view.Ratio)
		for j := range f.Systems {
			r := row{label: under(c.Systems[j].Name), cells: plainCells(comparisonCells(c, &f.Systems[j], view)...), best: best[j]}
			if j == 0 {
				r.group = name(figureLabel(f))
			}
			s.rows = append(s.rows, r)
			for _, ratio := range scoring.Ratios {
				t.records = append(t.records, comparisonRecord(c, f, j, ratio, t.signature))
			}
		}
	}
	t.parts = append([]part{p}, changesParts(c)...)
	if articles := articlesPart(c); len(articles.sections[0].rows) > 0 {
		t.parts = append(t.parts, articles)
	}
	return t
}

// comparisonRecord is one figure, system and ratio. Differences of the first
// system are empty; better, worse and equal count articles by F1 and stand in
// that row alone.
func comparisonRecord(c *scoring.Comparison, f *scoring.ComparedFigure, system int, ratio, signature string) []any {
	s := &f.Systems[system]
	value, interval := s.Ratio(ratio)
	d := &stats.RatioDifference{}
	if s.Versus != nil {
		d = s.Versus.Ratio(ratio)
	}
	record := []any{f.Name, f.Class, f.Average, sliceJSON(f.Slice), c.Systems[system].Name, ratio, value, interval, d.Difference, d.Interval, d.P, nil, nil}
	if d.P != nil {
		record = append(record[:len(record)-2], d.Method, d.Smallest)
	}
	record = append(record, d.PHolm, d.PBenjaminiHochberg, d.StandardError, d.Effect, d.MinimalDifference, nil, nil, nil, nil, signature)
	counts := record[len(record)-5:]
	if d.ArticlesNeeded != nil {
		counts[0] = float64(*d.ArticlesNeeded)
	}
	if s.Versus != nil && s.Versus.Articles != nil && ratio == "f1" {
		a := s.Versus.Articles
		counts[1], counts[2], counts[3] = float64(a.Better), float64(a.Worse), float64(a.Equal)
	}
	return record
}

// figureLabel is the metric with the class or the mean in brackets.
func figureLabel(f *scoring.ComparedFigure) string {
	switch {
	case f.Average != "":
		return f.Name + " (" + f.Average + ")"
	case f.Class != "":
		return f.Name + " [" + f.Class + "]"
	}
	return f.Name
}

var ratioTitles = map[string]string{"precision": "precision", "recall": "recall", "f1": "F1"}

func comparisonHead(c *scoring.Comparison, view View) []string {
	title := ratioTitles[view.Ratio]
	level := fmt.Sprintf("%g%%", c.Level*100)
	return []string{title, level, "Δ", "Δ " + level, "p", "p Holm", "p BH", "least Δ", fmt.Sprintf("n for %g", c.Delta), "better/worse/same"}
}

func comparisonCells(c *scoring.Comparison, s *scoring.SystemFigure, view View) []string {
	value, interval := s.Ratio(view.Ratio)
	cells := []string{figures.Number(value), between(interval)}
	if s.Versus == nil {
		return cells
	}
	d := s.Versus.Ratio(view.Ratio)
	cells = append(cells, signed(d.Difference), signedBetween(d.Interval), pValue(d.P), pValue(d.PHolm), pValue(d.PBenjaminiHochberg),
		figures.Number(d.MinimalDifference), needed(c, d))
	if a := s.Versus.Articles; a != nil {
		cells = append(cells, fmt.Sprintf("%d/%d/%d", a.Better, a.Worse, a.Equal))
	}
	return cells
}

// needed is how many articles it would take, or a dash; with too few for any
// difference also how many are the least.
func needed(c *scoring.Comparison, d *stats.RatioDifference) string {
	switch {
	case d.ArticlesNeeded != nil:
		return fmt.Sprint(*d.ArticlesNeeded)
	case c.Articles < c.LeastArticles && d.P != nil:
		return fmt.Sprintf("– (≥ %d)", c.LeastArticles)
	}
	return "–"
}

func signedBetween(v *[2]float64) string {
	if v == nil {
		return "–"
	}
	return signed(&v[0]) + "…" + signed(&v[1])
}

// bestOf marks the greatest value of the figure, all of equal ones, none when
// all systems are equal.
func bestOf(f *scoring.ComparedFigure, ratio string) []bool {
	best := make([]bool, len(f.Systems))
	var most *float64
	for i := range f.Systems {
		if v, _ := f.Systems[i].Ratio(ratio); v != nil && (most == nil || *v > *most) {
			most = v
		}
	}
	same := true
	for i := range f.Systems {
		v, _ := f.Systems[i].Ratio(ratio)
		best[i] = v != nil && *v == *most
		same = same && best[i]
	}
	if same {
		clear(best)
	}
	return best
}

// comparisonLegend says what the columns mean.
func comparisonLegend(c *scoring.Comparison) string {
	return fmt.Sprintf("Δ is against %s; p by paired permutation of articles, corrected for %s; least Δ is what these articles would show at %g%% power, n how many articles Δ = %g would take; articles are better or worse by F1.",
		c.Systems[0].Name, wording.Count(c.Comparisons, "comparison"), c.Power*100, c.Delta)
}

// differenceWarnings gathers what must be said of the differences in one
// ratio: one line a reason.
func differenceWarnings(c *scoring.Comparison, ratio string) []string {
	var reasons []string
	first, count := map[string]string{}, map[string]int{}
	for i := range c.Figures {
		f := &c.Figures[i]
		for j := range f.Systems {
			if f.Systems[j].Versus == nil {
				continue
			}
			for _, w := range f.Systems[j].Versus.Ratio(ratio).Warnings {
				reason := strings.TrimPrefix(w, ratio+": ")
				if count[reason] == 0 {
					reasons = append(reasons, reason)
					first[reason] = fmt.Sprintf("difference of %s in %s", c.Systems[j].Name, figureLabel(f))
					if label := figures.SliceLabel(f.Slice); label != "" {
						first[reason] += ", " + label
					}
				}
				count[reason]++
			}
		}
	}
	var out []string
	for _, r := range reasons {
		where := first[r]
		if more := count[r] - 1; more > 0 {
			where = fmt.Sprintf("%s and %d more", where, more)
		}
		out = append(out, where+": "+r)
	}
	return out
}
