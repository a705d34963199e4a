package report

import (
	"io"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// comparisonHeader is stable: columns are only ever added at the end.
var comparisonHeader = []string{
	"metric", "class", "average", "slice", "system", "ratio", "value", "low", "high",
	"difference", "difference_low", "difference_high", "p", "p_method", "p_smallest", "p_holm", "p_benjamini_hochberg",
	"standard_error", "effect", "minimal_difference", "articles_needed", "better", "worse", "equal", "signature",
}

// ComparisonCSV writes one row a figure, system and ratio, with every digit.
// What is undefined, and differences of the first system, are empty cells;
// better, worse and equal count articles by F1 and stand in that row alone.
func ComparisonCSV(w io.Writer, c *scoring.Comparison) error {
	t := &csvTable{}
	t.header(comparisonHeader)
	signature := c.Signature.String()
	for i := range c.Figures {
		f := &c.Figures[i]
		for j := range f.Systems {
			s := &f.Systems[j]
			for _, ratio := range scoring.Ratios {
				value, interval := s.Ratio(ratio)
				t.text(f.Name, f.Class, f.Average, sliceJSON(f.Slice), c.Systems[j].Name, ratio)
				t.optional(value)
				t.ends(interval)
				t.versus(s.Versus, ratio)
				t.text(signature)
				t.end()
			}
		}
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

func (t *csvTable) versus(v *scoring.Versus, ratio string) {
	d := &eval.RatioDifference{}
	if v != nil {
		d = v.Ratio(ratio)
	}
	t.optional(d.Difference)
	t.ends(d.Interval)
	t.optional(d.P)
	if d.P == nil {
		t.text("", "")
	} else {
		t.text(d.Method)
		t.float(d.Smallest)
	}
	t.optional(d.PHolm, d.PBenjaminiHochberg, d.StandardError, d.Effect, d.MinimalDifference)
	if d.ArticlesNeeded == nil {
		t.text("")
	} else {
		t.float(float64(*d.ArticlesNeeded))
	}
	if v == nil || v.Articles == nil || ratio != "f1" {
		t.text("", "", "")
	} else {
		t.float(float64(v.Articles.Better), float64(v.Articles.Worse), float64(v.Articles.Equal))
	}
}
