package eval

import (
	"encoding/json"
	"fmt"
	"math/big"
)

// Figure is one row of a result: a metric over everything, over one class, or
// over one slice of the articles.
type Figure struct {
	Name  string `json:"name"`
	Class string `json:"class"` // "" for all classes together
	// Average is "macro" or "weighted" for a mean over classes, "" for a
	// figure of pooled counts (micro). A mean has no counts.
	Average   string            `json:"average,omitempty"`
	Slice     map[string]string `json:"slice"` // column → value; empty for all articles
	Correct   Credit            `json:"correct"`
	Predicted float64           `json:"predicted"`
	Gold      float64           `json:"gold"`
	Precision *float64          `json:"precision"` // nil is undefined
	Recall    *float64          `json:"recall"`
	F1        *float64          `json:"f1"`
	// Counts are the further counters of the metric by name, in items as Correct
	// is, such as the categories cor, inc, par, mis, spu.
	Counts   map[string]float64 `json:"counts,omitempty"`
	Interval *FigureInterval    `json:"interval,omitempty"`
	// Ceiling is the F1 of one annotation pass against another, see
	// [scoring.Result.SetCeiling]; nil when not asked for or undefined.
	Ceiling *float64 `json:"ceiling,omitempty"`

	exact *ExactScore // nil for a figure of a stored result
	gold  *big.Rat
}

// Exact is the figure's "precision", "recall" or "f1" as an exact fraction, nil
// where undefined; false for a figure that was read from a stored result.
func (f *Figure) Exact(which string) (*big.Rat, bool) {
	if f.exact == nil {
		return nil, false
	}
	switch which {
	case "precision":
		return f.exact.Precision, true
	case "recall":
		return f.exact.Recall, true
	}
	return f.exact.F1, true
}

// FigureInterval is a two-sided interval of each ratio; nil where it could not
// be had.
type FigureInterval struct {
	Level     float64     `json:"level"`
	Method    string      `json:"method"`
	Precision *[2]float64 `json:"precision"`
	Recall    *[2]float64 `json:"recall"`
	F1        *[2]float64 `json:"f1"`
}

// Credit is what was correct, in items: one number where precision and recall
// share their numerator, else {"precision":n,"recall":n}.
type Credit struct{ Precision, Recall float64 }

type creditPair struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// MarshalJSON writes a number, or an object where the two differ.
func (c Credit) MarshalJSON() ([]byte, error) {
	if c.Precision == c.Recall {
		return json.Marshal(c.Precision)
	}
	return json.Marshal(creditPair(c))
}

// UnmarshalJSON reads either form.
func (c *Credit) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, (*creditPair)(c))
	}
	err := json.Unmarshal(b, &c.Precision)
	c.Recall = c.Precision
	return err
}

// Value is the figure's "precision", "recall" or "f1".
func (f *Figure) Value(which string) (Ratio, error) {
	var p *float64
	switch which {
	case "precision":
		p = f.Precision
	case "recall":
		p = f.Recall
	case "f1":
		p = f.F1
	default:
		return Undefined, fmt.Errorf("%q is not a ratio: expected precision, recall or f1", which)
	}
	if p == nil {
		return Undefined, nil
	}
	return Defined(*p), nil
}

// FigureKey names one figure of a result: a metric over everything (Class and
// Average empty), over one class, or a mean over the classes.
type FigureKey struct {
	Name    string `json:"name"`
	Class   string `json:"class"`
	Average string `json:"average,omitempty"` // "macro", "weighted" or ""
}
