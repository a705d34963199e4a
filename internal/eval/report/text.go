package report

import (
	"fmt"
	"io"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

func init() {
	Register(Renderer{Name: "text", Title: "aligned columns for a terminal", Render: Text})
}

// Text writes one aligned row a figure, the counts beside the ratios: first
// every metric over everything, then the classes of each metric with the means
// over them, then every slice in the same way, the warnings and the signature.
func Text(w io.Writer, r *scoring.Result) error {
	interval := figures.IntervalTitle(r)
	head := []string{"metric", "correct", "predicted", "gold", "precision", "recall", "F1"}
	if interval != "" {
		head = append(head, interval)
	}
	ceiling := figures.HasCeiling(r)
	if ceiling {
		head = append(head, "F1 of annotators")
	}
	rows := [][]string{head}
	for _, block := range figures.Blocks(r.Metrics) {
		if block.Title != "" {
			rows = append(rows, nil, []string{block.Title})
		}
		for _, f := range block.Figures {
			row := []string{block.Label(f), "", "", "", figures.Number(f.Precision), figures.Number(f.Recall), figures.Number(f.F1)}
			if f.Average == "" {
				row[1], row[2], row[3] = figures.Credit(f.Correct), figures.Count(f.Predicted), figures.Count(f.Gold)
			}
			if interval != "" {
				row = append(row, figures.Bounds(f))
			}
			if ceiling {
				row = append(row, figures.Number(f.Ceiling))
			}
			rows = append(rows, row)
		}
	}
	if err := columns(w, rows); err != nil {
		return err
	}
	if r.Details != nil {
		if err := details(w, r.Details); err != nil {
			return err
		}
	}
	fmt.Fprintln(w)
	for _, line := range r.Warnings {
		fmt.Fprintln(w, "warning: "+visible(line))
	}
	_, err := fmt.Fprintln(w, "signature: "+visible(r.Signature.String()))
	return err
}
