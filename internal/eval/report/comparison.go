package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// ComparisonView says how a comparison is shown.
type ComparisonView struct {
	Ratio string // "precision", "recall" or "f1"
	Bold  bool   // best figures in bold; for terminals
}

// ComparisonText writes one block a figure with one row a system, then what
// became of single items, the articles and items where they are listed, the
// warnings and the signature.
func ComparisonText(w io.Writer, c *scoring.Comparison, view ComparisonView) error {
	rows := [][]string{append([]string{"metric, system"}, comparisonHead(c, view)...)}
	bold := map[cellAt]bool{}
	slice := ""
	for i := range c.Figures {
		f := &c.Figures[i]
		if s := figures.SliceLabel(f.Slice); s != slice {
			slice = s
			rows = append(rows, nil, []string{s})
		}
		rows = append(rows, []string{figureLabel(f)})
		best := bestOf(f, view.Ratio)
		for j := range f.Systems {
			if view.Bold && best[j] {
				bold[cellAt{len(rows), 1}] = true
			}
			rows = append(rows, append([]string{"  " + c.Systems[j].Name}, comparisonCells(&f.Systems[j], view)...))
		}
	}
	if err := columnsWith(w, rows, bold); err != nil {
		return err
	}
	if err := changesText(w, c); err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, line := range slices.Concat(c.Warnings, differenceWarnings(c, view.Ratio)) {
		fmt.Fprintln(w, "warning: "+visible(line))
	}
	fmt.Fprintln(w, visible(comparisonNote(c)))
	_, err := fmt.Fprintln(w, "signature: "+visible(c.Signature.String()))
	return err
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

func comparisonHead(c *scoring.Comparison, view ComparisonView) []string {
	title := ratioTitles[view.Ratio]
	level := fmt.Sprintf("%g%%", c.Level*100)
	return []string{title, level, "Δ", "Δ " + level, "p", "p Holm", "p BH", "least Δ", fmt.Sprintf("n for %g", c.Delta), "better/worse/same"}
}

func comparisonCells(s *scoring.SystemFigure, view ComparisonView) []string {
	value, interval := s.Ratio(view.Ratio)
	cells := []string{figures.Number(value), between(interval)}
	if s.Versus == nil {
		return cells
	}
	d := s.Versus.Ratio(view.Ratio)
	cells = append(cells, signed(d.Difference), signedBetween(d.Interval), pValue(d.P), pValue(d.PHolm), pValue(d.PBenjaminiHochberg),
		figures.Number(d.MinimalDifference), wholeNumber(d.ArticlesNeeded))
	if a := s.Versus.Articles; a != nil {
		cells = append(cells, fmt.Sprintf("%d/%d/%d", a.Better, a.Worse, a.Equal))
	}
	return cells
}

func wholeNumber(n *int) string {
	if n == nil {
		return "–"
	}
	return fmt.Sprint(*n)
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

// comparisonNote says what the columns mean.
func comparisonNote(c *scoring.Comparison) string {
	return fmt.Sprintf("Δ is against %s; p by paired permutation of articles, corrected for %d comparisons; least Δ is what these articles would show at %g%% power, n how many articles Δ = %g would take; articles are better or worse by F1.",
		c.Systems[0].Name, c.Comparisons, c.Power*100, c.Delta)
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
