package scoring

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/internal/suggest"
)

// GateVersion is the version of the gate's JSON form.
const GateVersion = 1

// Outcomes of a condition and of a gate.
const (
	Passed       = "passed"
	Failed       = "failed"
	NotEvaluated = "not_evaluated" // there is no figure to hold against the limit
)

// GateOptions say what a gate demands.
type GateOptions struct {
	Conditions []Condition
	// Significant lets a drop beyond its limit fail only when a paired
	// permutation test of the difference, corrected after Holm for all drops
	// tested, gives p ≤ Alpha.
	Significant bool
	Alpha       float64
	Permuting   stats.Permuting
	Mismatch    bool // hold against a baseline of another signature
	// Show names metrics whose pooled figures are put beside the conditions.
	Show []string
}

// Gate is every condition with its outcome.
type Gate struct {
	Version   int       `json:"gate_version"`
	Outcome   string    `json:"outcome"` // failed before not_evaluated before passed
	Signature Signature `json:"signature"`
	Articles  int       `json:"articles"`
	Baseline  string    `json:"baseline,omitempty"` // its name
	// Significant and Alpha are set when drops were tested.
	Significant bool          `json:"significant,omitempty"`
	Alpha       float64       `json:"alpha,omitempty"`
	Conditions  []Verdict     `json:"conditions"`
	Figures     []eval.Figure `json:"figures,omitempty"` // see GateOptions.Show
	Warnings    []string      `json:"warnings"`
}

// Verdict is one condition with what was found.
type Verdict struct {
	Condition
	Outcome  string      `json:"outcome"`
	Found    *float64    `json:"figure"` // nil is undefined
	Interval *[2]float64 `json:"interval,omitempty"`
	Baseline *float64    `json:"baseline,omitempty"`
	Drop     *float64    `json:"drop,omitempty"` // baseline − figure
	// Margin is how far the figure is from its limit: 0 or more holds.
	Margin *float64 `json:"margin"`
	P      *float64 `json:"p,omitempty"`
	PHolm  *float64 `json:"p_holm,omitempty"`
	// Reason is why the condition failed, could not be evaluated, or holds
	// although a drop is beyond its limit; else "".
	Reason string `json:"reason,omitempty"`
}

// Judge holds a result against the conditions, all of them, whatever their
// outcomes. baseline may be nil when no condition is about a drop. The error
// is a [SignatureError], an [eval.OptionError], wraps [stats.ErrArticles], or is the
// context's.
func Judge(ctx context.Context, current System, baseline *System, opt GateOptions) (*Gate, error) {
	if err := opt.check(baseline); err != nil {
		return nil, &eval.OptionError{Err: err}
	}
	g := &Gate{
		Version: GateVersion, Outcome: Passed, Signature: current.Result.Signature, Articles: current.Result.Articles,
		Conditions: []Verdict{}, Warnings: slices.Clone(current.Result.Warnings),
	}
	if g.Warnings == nil {
		g.Warnings = []string{}
	}
	if baseline != nil {
		g.Baseline = baseline.Name
		// What unpaired systems would need is no answer about a pair.
		g.Warnings = slices.DeleteFunc(g.Warnings, func(w string) bool { return strings.Contains(w, stats.WideInterval) })
		if bad := baseline.Result.Signature.CountDifferences(current.Result.Signature); len(bad) > 0 {
			if !opt.Mismatch {
				return nil, &SignatureError{baseline.Name, current.Name, bad}
			}
			for _, d := range bad {
				g.Warnings = append(g.Warnings, "the baseline was not computed alike: "+d)
			}
		}
	}
	for _, c := range opt.Conditions {
		v := Verdict{Condition: c}
		if c.Kind == KindMaxDrop {
			v.judgeDrop(current.Result, baseline.Result)
		} else {
			v.judgeMin(current.Result)
		}
		g.Conditions = append(g.Conditions, v)
	}
	if opt.Significant {
		g.Significant, g.Alpha = true, opt.Alpha
		if err := g.test(ctx, current, baseline, opt); err != nil {
			return nil, err
		}
	}
	for _, name := range opt.Show {
		if f := current.Result.Find(name, ""); f != nil {
			g.Figures = append(g.Figures, *f)
		}
	}
	for i := range g.Conditions {
		switch g.Conditions[i].Outcome {
		case Failed:
			g.Outcome = Failed
		case NotEvaluated:
			if g.Outcome == Passed {
				g.Outcome = NotEvaluated
			}
		}
	}
	return g, nil
}

func (o *GateOptions) check(baseline *System) error {
	drops := slices.ContainsFunc(o.Conditions, func(c Condition) bool { return c.Kind == KindMaxDrop })
	switch {
	case len(o.Conditions) == 0:
		return fmt.Errorf("no condition is given")
	case drops && baseline == nil:
		return fmt.Errorf("a greatest drop needs a baseline")
	case !o.Significant:
		return nil
	case !drops:
		return fmt.Errorf("only drops are tested for significance, and no greatest drop is given")
	case !(o.Alpha > 0 && o.Alpha < 1):
		return fmt.Errorf("alpha %g: expected a number between 0 and 1", o.Alpha)
	}
	return o.Permuting.Check()
}

// judgeMin holds when figure ≥ limit.
func (v *Verdict) judgeMin(r *Result) {
	f, exact, _ := v.look(r, "")
	if exact == nil {
		return
	}
	v.Found, v.Interval = float(exact), intervalOf(f, v.Ratio)
	v.decide(new(big.Rat).Sub(exact, v.Limit.rat()))
}

// judgeDrop holds when baseline − figure ≤ limit.
func (v *Verdict) judgeDrop(r, baseline *Result) {
	f, exact, sure := v.look(r, "")
	g, before, sureBefore := v.look(baseline, " of the baseline")
	exact, before = asExact(exact, sure, before, sureBefore)
	if exact != nil {
		v.Found, v.Interval = float(exact), intervalOf(f, v.Ratio)
	}
	if before != nil {
		v.Baseline = float(before)
	}
	drop := new(big.Rat)
	switch {
	case exact != nil && before != nil:
		drop.Sub(before, exact)
	case exact != nil || before != nil || f == nil || g == nil:
		return
	default: // undefined in both is no drop
		v.Reason = ""
	}
	v.Drop = float(drop)
	v.decide(new(big.Rat).Sub(v.Limit.rat(), drop))
}

func (v *Verdict) decide(margin *big.Rat) {
	v.Margin = float(margin)
	if margin.Sign() >= 0 {
		v.Outcome = Passed
		return
	}
	v.Outcome = Failed
	v.Reason = "below the limit"
	if v.Kind == KindMaxDrop {
		v.Reason = "the drop is beyond the limit"
	}
}

// look finds the condition's figure. Without one, or where it is undefined, the
// condition is neither held nor broken. sure is false for a rounded value.
func (v *Verdict) look(r *Result, whose string) (f *eval.Figure, exact *big.Rat, sure bool) {
	var classes []string
	for i := range r.Metrics {
		f := &r.Metrics[i]
		if f.Name != v.Metric || len(f.Slice) > 0 {
			continue
		}
		if f.Class == v.Class && f.Average == v.Average {
			exact, sure := exactValue(f, v.Ratio)
			if exact == nil {
				v.Outcome = NotEvaluated
				v.Reason = fmt.Sprintf("the %s%s is undefined: %s", v.Ratio, whose, emptySide(f))
			}
			return f, exact, sure
		}
		if f.Class != "" {
			classes = append(classes, f.Class)
		}
	}
	v.Outcome = NotEvaluated
	switch {
	case v.Average != "":
		v.Reason = fmt.Sprintf("the result%s has no mean over classes of %s", whose, v.Metric)
	case v.Class == "":
		v.Reason = fmt.Sprintf("the result%s has no metric %s", whose, v.Metric)
	case len(classes) == 0:
		v.Reason = fmt.Sprintf("neither gold nor predictions%s have the class %s", whose, v.Class)
	default:
		v.Reason = fmt.Sprintf("neither gold nor predictions%s have the class %s; nearest: %v", whose, v.Class, suggest.Nearest(v.Class, classes, 3))
	}
	return nil, nil, false
}

func emptySide(f *eval.Figure) string {
	switch {
	case f.Average != "":
		return "it is undefined in every class"
	case f.Predicted == 0 && f.Gold == 0:
		return "nothing was predicted and there is nothing to find"
	case f.Predicted == 0:
		return "nothing was predicted"
	}
	return "there is nothing to find"
}

func intervalOf(f *eval.Figure, which string) *[2]float64 {
	if f.Interval == nil {
		return nil
	}
	switch which {
	case "precision":
		return f.Interval.Precision
	case "recall":
		return f.Interval.Recall
	}
	return f.Interval.F1
}

func float(r *big.Rat) *float64 {
	v, _ := r.Float64()
	return &v
}

// WriteJSON writes the gate's canonical JSON, indented, with a final newline.
func (g *Gate) WriteJSON(w io.Writer) error { return writeIndented(w, g) }

// ReadGate reads a gate back and refuses other versions of its form.
func ReadGate(r io.Reader) (*Gate, error) {
	var g Gate
	if err := json.NewDecoder(r).Decode(&g); err != nil {
		return nil, fmt.Errorf("gate: %w", err)
	}
	return &g, checkVersion("gate", g.Version, GateVersion)
}
