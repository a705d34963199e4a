package report

import (
	"io"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// ComparisonMarkdown writes the comparison as GitHub-flavoured Markdown, the
// best figures in bold.
func ComparisonMarkdown(w io.Writer, c *scoring.Comparison, view ComparisonView) error {
	var b strings.Builder
	t := &mdTable{&b}
	slice := ""
	for i := range c.Figures {
		f := &c.Figures[i]
		if s := figures.SliceLabel(f.Slice); s != slice || i == 0 {
			slice = s
			if s != "" {
				b.WriteString("\n### " + mdCode(s) + "\n\n")
			}
			t.header(2, append([]string{"metric", "system"}, comparisonHead(c, view)...))
		}
		best := bestOf(f, view.Ratio)
		for j := range f.Systems {
			row := append([]string{"", mdCode(c.Systems[j].Name)}, comparisonCells(&f.Systems[j], view)...)
			if j == 0 {
				row[0] = "**" + mdText(figureLabel(f)) + "**"
			}
			if best[j] {
				row[2] = "**" + row[2] + "**"
			}
			for len(row) < 12 {
				row = append(row, "")
			}
			t.row(row)
		}
	}
	for _, s := range c.Systems[1:] {
		if len(s.Changes) == 0 {
			continue
		}
		b.WriteString("\n")
		t.header(1, append([]string{mdCode(s.Name) + " against " + mdCode(c.Systems[0].Name)}, changesHead...))
		for i := range s.Changes {
			change := &s.Changes[i]
			if !shownChange(change) {
				continue
			}
			label := "**" + mdText(change.Metric) + "**"
			if change.Class != "" {
				label = "↳ " + mdCode(change.Class)
			}
			t.row(append([]string{label}, changesCells(change)...))
		}
		for i := range s.Changes {
			for k, it := range s.Changes[i].Items {
				if k == 0 {
					b.WriteString("\n")
				}
				b.WriteString("- " + it.Change + ": " + mdText(s.Changes[i].Metric) + " " + mdCode(it.Class) + ", " + mdCode(itemPlace(&it)) + ": " + mdText(it.Text) + "\n")
			}
		}
	}
	b.WriteString("\n" + mdText(comparisonNote(c)) + "\n")
	mdNotes(&b, slices.Concat(c.Warnings, differenceWarnings(c, view.Ratio)), c.Signature)
	_, err := io.WriteString(w, b.String())
	return err
}
