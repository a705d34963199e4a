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

// Text writes one aligned row a figure, the counts beside the ratios: each
// metric, below it its classes and the means over them, then every slice in the
// same way, the warnings and the signature.
func Text(w io.Writer, r *eval.Result) error {
	interval := intervalTitle(r)
	head := []string{"metric", "correct", "predicted", "gold", "precision", "recall", "F1"}
	if interval != "" {
		head = append(head, interval)
	}
	rows := [][]string{head}
	slice := ""
	for i := range r.Metrics {
		f := &r.Metrics[i]
		if s := sliceLabel(f.Slice); s != slice {
			slice = s
			rows = append(rows, nil, []string{s})
		}
		row := []string{label(f), "", "", "", number(f.Precision), number(f.Recall), number(f.F1)}
		if f.Average == "" {
			row[1], row[2], row[3] = credit(f.Correct), count(f.Predicted), count(f.Gold)
		}
		if interval != "" {
			row = append(row, bounds(f))
		}
		rows = append(rows, row)
	}
	if err := columns(w, rows); err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, line := range r.Warnings {
		fmt.Fprintln(w, "warning: "+line)
	}
	_, err := fmt.Fprintln(w, "signature: "+r.Signature.String())
	return err
}

// label is the metric's name, or indented below it the class or the mean.
func label(f *eval.Figure) string {
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
