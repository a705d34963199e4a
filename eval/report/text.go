package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
)

func init() {
	Register(Renderer{Name: "text", Title: "aligned columns for a terminal", Render: Text})
}

// Text writes one aligned row a figure, the counts beside the ratios: first
// every metric over everything, then the classes of each metric with the means
// over them, then every slice in the same way, the warnings and the signature.
func Text(w io.Writer, r *eval.Result) error {
	interval := intervalTitle(r)
	head := []string{"metric", "correct", "predicted", "gold", "precision", "recall", "F1"}
	if interval != "" {
		head = append(head, interval)
	}
	ceiling := hasCeiling(r)
	if ceiling {
		head = append(head, "F1 of annotators")
	}
	rows := [][]string{head}
	for _, block := range blocks(r.Metrics) {
		if block.title != "" {
			rows = append(rows, nil, []string{block.title})
		}
		for _, f := range block.figures {
			row := []string{block.label(f), "", "", "", number(f.Precision), number(f.Recall), number(f.F1)}
			if f.Average == "" {
				row[1], row[2], row[3] = credit(f.Correct), count(f.Predicted), count(f.Gold)
			}
			if interval != "" {
				row = append(row, bounds(f))
			}
			if ceiling {
				row = append(row, number(f.Ceiling))
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

// block is a part of the table under one title.
type block struct {
	title   string
	figures []*eval.Figure
	classes bool // the figures are classes of the metric in the title
}

// blocks divides the figures: what is over everything, the classes of each
// metric, the slices.
func blocks(figures []eval.Figure) []*block {
	whole := &block{}
	out := []*block{whole}
	for i := range figures {
		f := &figures[i]
		title, classes := sliceLabel(f.Slice), false
		if title == "" && f.Class == "" && f.Average == "" {
			whole.figures = append(whole.figures, f)
			continue
		}
		if title == "" {
			title, classes = f.Name, true
		}
		last := out[len(out)-1]
		if last.title != title {
			last = &block{title: title, classes: classes}
			out = append(out, last)
		}
		last.figures = append(last.figures, f)
	}
	return out
}

// label is the metric's name, or indented the class or the mean.
func (b *block) label(f *eval.Figure) string {
	switch {
	case f.Average != "":
		return "  (" + f.Average + ")"
	case f.Class != "":
		return "  " + f.Class
	}
	return f.Name
}

func sliceLabel(slice map[string]string) string {
	var parts []string
	for _, k := range sortedKeys(slice) {
		v := slice[k]
		if v == "" {
			v = "(none)"
		}
		parts = append(parts, k+"="+v)
	}
	return strings.Join(parts, ", ")
}

// number is a ratio with four decimals, or "–" where it is undefined.
func number(v *float64) string {
	if v == nil {
		return "–"
	}
	return strconv.FormatFloat(*v, 'f', 4, 64)
}

// count is a number of items without needless decimals.
func count(v float64) string {
	if v == float64(int64(v)) {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

func credit(c eval.Credit) string {
	if c.Precision == c.Recall {
		return count(c.Precision)
	}
	return count(c.Precision) + "/" + count(c.Recall)
}

// hasCeiling reports whether any figure has its human ceiling.
func hasCeiling(r *eval.Result) bool {
	for i := range r.Metrics {
		if r.Metrics[i].Ceiling != nil {
			return true
		}
	}
	return false
}

// intervalTitle heads the column of intervals; "" when there are none.
func intervalTitle(r *eval.Result) string {
	for i := range r.Metrics {
		if iv := r.Metrics[i].Interval; iv != nil {
			return fmt.Sprintf("F1, %g%%", iv.Level*100)
		}
	}
	return ""
}

func bounds(f *eval.Figure) string {
	if f.Interval == nil || f.Interval.F1 == nil {
		return "–"
	}
	return fmt.Sprintf("%.4f–%.4f", f.Interval.F1[0], f.Interval.F1[1])
}
