package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// SideBySide writes precision, recall and F1 of several results in the given
// metrics, a block of columns a result, then the warnings that any of them
// carries and the signature of the first. The results must be of the same
// metrics and articles.
func SideBySide(w io.Writer, names []string, results []*scoring.Result, metrics []string) error {
	top, head := []string{""}, []string{"metric"}
	for _, name := range names {
		top = append(top, name, "", "", "")
		head = append(head, "precision", "recall", "F1", figures.IntervalTitle(results[0]))
	}
	rows := [][]string{top, head}
	for _, m := range metrics {
		row := []string{m}
		for _, r := range results {
			f := r.Find(m, "")
			if f == nil {
				return fmt.Errorf("the result has no metric %s", m)
			}
			if !r.Claims(f) {
				row = append(row, "–", "–", "–", "–")
				continue
			}
			row = append(row, figures.Number(f.Precision), figures.Number(f.Recall), figures.Number(f.F1), figures.Bounds(f))
		}
		rows = append(rows, row)
	}
	if err := columns(w, rows, nil); err != nil {
		return err
	}
	fmt.Fprintln(w)
	seen := map[string]bool{}
	for _, r := range results {
		for _, line := range r.Warnings {
			if !seen[line] && !strings.HasSuffix(line, scoring.PartsWarning) {
				seen[line] = true
				fmt.Fprintln(w, "warning: "+line)
			}
		}
	}
	_, err := fmt.Fprintln(w, "signature: "+results[0].Signature.String())
	return err
}
