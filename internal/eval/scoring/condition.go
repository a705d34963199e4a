package scoring

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/suggest"
)

// Kinds of condition.
const (
	// KindMin wants a figure to be at least the limit.
	KindMin = "min"
	// KindMaxDrop wants a figure to be at most the limit below the baseline's.
	KindMaxDrop = "max_drop"
)

// Condition is one demand that a gate makes of a result. Limits are inclusive.
type Condition struct {
	Kind    string  `json:"kind"` // [KindMin] or [KindMaxDrop]
	Metric  string  `json:"metric"`
	Class   string  `json:"class"`             // "" for all classes together
	Average string  `json:"average,omitempty"` // "macro" or "weighted" for a mean over classes
	Ratio   string  `json:"ratio"`             // "precision", "recall" or "f1"
	Limit   Decimal `json:"limit"`
}

// Decimal is a number from 0 to 1 as it was written, so that 0.8 is exactly
// eight tenths.
type Decimal string

var decimalForm = regexp.MustCompile(`^[01](\.[0-9]{1,18})?$`)

// ParseDecimal reads a decimal number from 0 to 1, such as 0.8.
func ParseDecimal(s string) (Decimal, error) {
	d := Decimal(s)
	if !decimalForm.MatchString(s) || d.rat().Cmp(big.NewRat(1, 1)) > 0 {
		return "", fmt.Errorf("limit %q: expected a decimal number from 0 to 1, for example 0.8", s)
	}
	return d, nil
}

// MarshalJSON writes the number as it was given.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d), nil }

// UnmarshalJSON reads a number.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	v, err := ParseDecimal(string(b))
	*d = v
	return err
}

func (d Decimal) rat() *big.Rat {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return new(big.Rat)
	}
	return r
}

// Figure is how the condition names its figure: metric.ratio[class].
func (c Condition) Figure() string {
	name := c.Metric + "." + c.Ratio
	switch {
	case c.Average != "":
		return name + "[(" + c.Average + ")]"
	case c.Class != "":
		return name + "[" + c.Class + "]"
	}
	return name
}

// String is the condition in words: "mentions.strict.f1 ≥ 0.8".
func (c Condition) String() string {
	if c.Kind == KindMaxDrop {
		return fmt.Sprintf("drop of %s ≤ %s", c.Figure(), c.Limit)
	}
	return fmt.Sprintf("%s ≥ %s", c.Figure(), c.Limit)
}

// Key names what the condition is about, whatever its limit.
func (c Condition) Key() string { return c.Kind + " " + c.Figure() }

// ConditionError is a condition that cannot be read.
type ConditionError struct {
	Text string
	Why  string
	Next string // what may have been meant, "" when unknown
}

func (e *ConditionError) Error() string { return fmt.Sprintf("condition %q: %s", e.Text, e.Why) }

// Hint is the next step.
func (e *ConditionError) Hint() string { return e.Next }

const conditionExample = "write METRIC.f1=0.8, METRIC.recall[CLASS]=0.6 or METRIC.f1[(macro)]=0.5"

// ParseCondition reads "METRIC.RATIO=LIMIT" or "METRIC.RATIO[CLASS]=LIMIT",
// where CLASS may be (macro) or (weighted) for a mean over the classes. The
// error is a [ConditionError], or an [eval.UnknownMetricError].
func ParseCondition(kind, text string) (Condition, error) {
	at := strings.LastIndexByte(text, '=')
	if at < 0 {
		return Condition{}, &ConditionError{text, "found no limit", conditionExample}
	}
	return NewCondition(kind, strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+1:]))
}

// NewCondition is [ParseCondition] of a figure and a limit that are already
// apart.
func NewCondition(kind, figure, limit string) (Condition, error) {
	text := figure + "=" + limit
	c := Condition{Kind: kind}
	name, class, hasClass := strings.Cut(figure, "[")
	if hasClass {
		var closed bool
		if class, closed = strings.CutSuffix(class, "]"); !closed || class == "" {
			return c, &ConditionError{text, "found no class in brackets before the limit", conditionExample}
		}
	}
	switch class {
	case "(macro)", "(weighted)":
		c.Average = strings.Trim(class, "()")
	default:
		c.Class = class
	}
	at := strings.LastIndexByte(name, '.')
	if at < 0 {
		at = len(name)
	}
	c.Metric = name[:at]
	c.Ratio = strings.TrimPrefix(name[at:], ".")
	known := false
	for _, r := range Ratios {
		known = known || r == c.Ratio
	}
	if !known {
		next := conditionExample
		if _, ok := eval.LookupMetric(name); ok {
			next = "say which ratio: " + name + ".f1, " + name + ".precision or " + name + ".recall"
		}
		return c, &ConditionError{text, fmt.Sprintf("%q names no ratio; nearest: %s", name, nearestFigure(name)), next}
	}
	if _, ok := eval.LookupMetric(c.Metric); !ok {
		return c, &eval.UnknownMetricError{Name: c.Metric, Nearest: eval.NearestMetrics(c.Metric)}
	}
	var err error
	if c.Limit, err = ParseDecimal(limit); err != nil {
		return c, &ConditionError{text, err.Error(), ""}
	}
	return c, nil
}

func nearestFigure(name string) string {
	var all []string
	for _, m := range eval.Metrics() {
		for _, r := range Ratios {
			all = append(all, m.Name+"."+r)
		}
	}
	return strings.Join(suggest.Nearest(name, all, 3), ", ")
}
