package figures

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// block is a part of the table under one title.
type block struct {
	Title   string
	Figures []*eval.Figure
	Classes bool // the figures are classes of the metric in the title
}

// Blocks divides the figures: what is over everything, the classes of each
// metric, the slices.
func Blocks(figures []eval.Figure) []*block {
	whole := &block{}
	out := []*block{whole}
	for i := range figures {
		f := &figures[i]
		title, classes := SliceLabel(f.Slice), false
		if title == "" && f.Class == "" && f.Average == "" {
			whole.Figures = append(whole.Figures, f)
			continue
		}
		if title == "" {
			title, classes = f.Name, true
		}
		last := out[len(out)-1]
		if last.Title != title {
			last = &block{Title: title, Classes: classes}
			out = append(out, last)
		}
		last.Figures = append(last.Figures, f)
	}
	return out
}

func SliceLabel(slice map[string]string) string {
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

// Number is a ratio with four decimals, or "–" where it is undefined.
func Number(v *float64) string {
	if v == nil {
		return "–"
	}
	return strconv.FormatFloat(*v, 'f', 4, 64)
}

// Count is a number of items without needless decimals.
func Count(v float64) string {
	if v == float64(int64(v)) {
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

func Credit(c eval.Credit) string {
	if c.Precision == c.Recall {
		return Count(c.Precision)
	}
	return Count(c.Precision) + "/" + Count(c.Recall)
}

// HasCeiling reports whether any figure has its ceiling, the agreement of annotation passes.
func HasCeiling(r *scoring.Result) bool {
	for i := range r.Metrics {
		if r.Metrics[i].Ceiling != nil {
			return true
		}
	}
	return false
}

// IntervalTitle heads the column of intervals; "" when there are none.
func IntervalTitle(r *scoring.Result) string {
	for i := range r.Metrics {
		if iv := r.Metrics[i].Interval; iv != nil {
			return fmt.Sprintf("F1, %g%%", iv.Level*100)
		}
	}
	return ""
}

func Bounds(f *eval.Figure) string {
	if f.Interval == nil || f.Interval.F1 == nil {
		return "–"
	}
	return fmt.Sprintf("%.4f–%.4f", f.Interval.F1[0], f.Interval.F1[1])
}
