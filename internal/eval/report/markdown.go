package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

func init() {
	Register(Renderer{Name: "markdown", Title: "a table for GitHub, warnings and signature below", Render: Markdown})
}

// Markdown writes the result as GitHub-flavoured Markdown: one table of every
// metric, one a metric with its classes and one a slice, the warnings, the
// signature. Names from data are escaped, so that they stay text.
func Markdown(w io.Writer, r *scoring.Result) error {
	var b strings.Builder
	interval, ceiling := figures.IntervalTitle(r), figures.HasCeiling(r)
	head := []string{"metric", "correct", "predicted", "gold", "precision", "recall", "F1"}
	if interval != "" {
		head = append(head, interval)
	}
	if ceiling {
		head = append(head, "F1 of annotators")
	}
	t := &mdTable{b: &b}
	for _, block := range figures.Blocks(r.Metrics) {
		if block.Title != "" {
			b.WriteString("\n#### " + mdCode(block.Title) + "\n\n")
		}
		t.header(1, head)
		for _, f := range block.Figures {
			row := []string{mdLabel(f), "", "", "", figures.Number(f.Precision), figures.Number(f.Recall), figures.Number(f.F1)}
			if f.Average == "" {
				row[1], row[2], row[3] = figures.Credit(f.Correct), figures.Count(f.Predicted), figures.Count(f.Gold)
			}
			if interval != "" {
				row = append(row, figures.Bounds(f))
			}
			if ceiling {
				row = append(row, figures.Number(f.Ceiling))
			}
			t.row(row)
		}
	}
	mdNotes(&b, r.Warnings, r.Signature)
	_, err := io.WriteString(w, b.String())
	return err
}

// mdLabel is the metric's name in bold, the class or the mean.
func mdLabel(f *eval.Figure) string {
	switch {
	case f.Average != "":
		return "*" + f.Average + "*"
	case f.Class != "":
		return mdCode(f.Class)
	}
	return "**" + mdText(f.Name) + "**"
}

// mdNotes writes warnings and signature.
func mdNotes(b *strings.Builder, warnings []string, sig scoring.Signature) {
	if len(warnings) > 0 {
		b.WriteString("\n")
	}
	for _, line := range warnings {
		b.WriteString("- ⚠ " + mdText(line) + "\n")
	}
	fmt.Fprintf(b, "\nSignature: %s\n", mdPlainCode(sig.String()))
}

// mdTable writes the rows of a table. Cells are Markdown already.
type mdTable struct{ b *strings.Builder }

// header begins a table; the first columns go to the left, the others to the
// right.
func (t *mdTable) header(left int, cells []string) {
	t.row(cells)
	t.b.WriteString(strings.Repeat("|:--", left) + strings.Repeat("|--:", len(cells)-left) + "|\n")
}

func (t *mdTable) row(cells []string) {
	t.b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// mdCode is a name from data as code. Inside code nothing is markup and GitHub
// makes no mention or link of it; what would end the code or the cell is
// written as an entity.
func mdCode(s string) string {
	s = visible(s)
	if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, "`|\\<>&") {
		return "<code>" + mdEntities(s, "`|\\<>&*_~[]!\"'$@#:() ") + "</code>"
	}
	return "`" + s + "`"
}

// mdPlainCode is mdCode outside tables, where a bar ends no cell.
func mdPlainCode(s string) string {
	if s = visible(s); strings.ContainsAny(s, "`\\<>&") {
		return mdCode(s)
	}
	return "`" + s + "`"
}

// mdText is plain text from data. An empty comment after @ keeps GitHub from
// writing to whoever has that name, and one inside an address from making a
// link.
func mdText(s string) string {
	s = mdEntities(visible(s), "`|\\<>&*_~[]!$#")
	for _, start := range []string{"@", "://", "www."} {
		s = strings.ReplaceAll(s, start, start[:1]+"<!-- -->"+start[1:])
	}
	return s
}

// mdEntities replaces the special characters by numeric entities, which are
// never markup.
func mdEntities(s, special string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(special, r) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
