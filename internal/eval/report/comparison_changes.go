package report

import (
	"fmt"
	"io"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

var changesHead = []string{"fixed", "broken", "found by both", "missed by both", "wrong: gone", "new", "in both"}

func changesCells(c *scoring.ItemChanges) []string {
	var cells []string
	for _, n := range []int{c.Fixed, c.Broken, c.Found, c.Missed, c.Gone, c.Added, c.Stayed} {
		cells = append(cells, fmt.Sprint(n))
	}
	return cells
}

// changesText writes what became of single items from the first system to each
// other one, and the articles and items themselves where they are listed.
func changesText(w io.Writer, c *scoring.Comparison) error {
	for _, s := range c.Systems[1:] {
		if len(s.Changes) == 0 {
			continue
		}
		rows := [][]string{append([]string{s.Name + " against " + c.Systems[0].Name}, changesHead...)}
		var items [][]string
		for i := range s.Changes {
			change := &s.Changes[i]
			if !shownChange(change) {
				continue
			}
			label := change.Metric
			if change.Class != "" {
				label = "  " + change.Class
			}
			rows = append(rows, append([]string{label}, changesCells(change)...))
			for _, it := range change.Items {
				items = append(items, []string{it.Change + "  " + change.Metric + "  " + it.Class + "  " + itemPlace(&it) + "  " + it.Text})
			}
		}
		for _, table := range [][][]string{rows, items} {
			if len(table) == 0 {
				continue
			}
			fmt.Fprintln(w)
			if err := columns(w, table); err != nil {
				return err
			}
		}
	}
	return articlesText(w, c)
}

// shownChange leaves classes out in which nothing changed.
func shownChange(c *scoring.ItemChanges) bool {
	return c.Class == "" || c.Fixed+c.Broken+c.Gone+c.Added > 0
}

// itemPlace is doc_id and span.
func itemPlace(it *scoring.ItemChange) string {
	if it.Start < 0 {
		return it.DocID + " (not placed)"
	}
	return fmt.Sprintf("%s [%d,%d)", it.DocID, it.Start, it.End)
}

// articlesText lists each article's F1 where the comparison has it.
func articlesText(w io.Writer, c *scoring.Comparison) error {
	rows := [][]string{{"F1 by article", c.Systems[0].Name, "other", "Δ", "change"}}
	for i := range c.Figures {
		f := &c.Figures[i]
		for j := range f.Systems {
			v := f.Systems[j].Versus
			if v == nil || v.Articles == nil || len(v.Articles.Each) == 0 {
				continue
			}
			rows = append(rows, []string{f.Name + ", " + c.Systems[j].Name})
			for _, a := range v.Articles.Each {
				rows = append(rows, []string{"  " + a.DocID, figures.Number(a.First), figures.Number(a.This), signed(minus(a.This, a.First)), a.Change})
			}
		}
	}
	if len(rows) == 1 {
		return nil
	}
	fmt.Fprintln(w)
	return columns(w, rows)
}

func minus(a, b *float64) *float64 {
	if a == nil || b == nil {
		return nil
	}
	d := *a - *b
	return &d
}
