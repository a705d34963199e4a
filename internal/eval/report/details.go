package report

import (
	"fmt"
	"io"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
)

// details writes the errors by kind, the confusion of classes, and what the
// confidences are worth.
func details(w io.Writer, d *analysis.Details) error {
	rows := [][]string{{"errors", "correct"}}
	for _, k := range analysis.ErrorKinds {
		rows[0] = append(rows[0], string(k))
	}
	for _, layer := range analysis.ErrorLayers {
		l := d.Errors.Layers[layer]
		if l == nil {
			continue
		}
		row := []string{"  " + string(layer), strconv.FormatInt(l.Correct, 10)}
		for _, k := range analysis.ErrorKinds {
			row = append(row, strconv.FormatInt(l.Kinds[k], 10))
		}
		rows = append(rows, row)
	}
	for _, layer := range analysis.ErrorLayers {
		t := d.Confusion[layer]
		if len(t.Counts) == 0 {
			continue
		}
		rows = append(rows, nil, append([]string{"gold ↓ predicted →: " + string(layer)}, t.Columns...))
		for i, counts := range t.Counts {
			row := []string{"  " + t.Rows[i]}
			for _, n := range counts {
				row = append(row, strconv.FormatInt(n, 10))
			}
			rows = append(rows, row)
		}
	}
	fmt.Fprintln(w)
	if err := columns(w, rows); err != nil {
		return err
	}
	for _, layer := range analysis.ErrorLayers {
		c := d.Confidence[layer]
		if c == nil {
			continue
		}
		best := "–"
		if c.BestF1 != nil && c.BestF1.F1 != nil {
			best = fmt.Sprintf("%.4f at %g and above", *c.BestF1.F1, c.BestF1.Threshold)
		}
		fmt.Fprintf(w, "\nconfidence of %ss: average precision %s, best F1 %s, Brier %s, calibration error %s\n",
			layer, figures.Number(c.AveragePrecision), best, figures.Number(c.Brier), figures.Number(c.ECE))
	}
	return nil
}
