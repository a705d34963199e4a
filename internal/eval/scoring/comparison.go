package scoring

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
)

// ComparisonVersion is the version of the comparison's JSON form.
const ComparisonVersion = 1

// System is one side of a comparison.
type System struct {
	Name   string
	Result *Result
	// Scorer holds the counts by article, without which there are figures but
	// no tests; nil for a stored result.
	Scorer *eval.Scorer
	// Items says which gold items were found; nil when that was not recorded.
	Items *Items
}

// CompareOptions say what a comparison looks at.
type CompareOptions struct {
	stats.Comparing
	Classes  bool // every class and mean, not the pooled figures alone
	Articles bool // list each article, not the counts alone
	Errors   bool // list each item, not the counts alone
	// Mismatch compares systems although their signatures differ, and says
	// so; otherwise that is a [SignatureError].
	Mismatch bool
}

// Comparison is several systems side by side, each against the first.
type Comparison struct {
	Version      int       `json:"comparison_version"`
	Signature    Signature `json:"signature"` // of the first system
	Articles     int       `json:"articles"`
	Level        float64   `json:"level"`        // of the intervals; tests are held against 1 − level
	Permutations int       `json:"permutations"` // samples where swaps were not enumerated
	Power        float64   `json:"power"`        // of what could be found
	Delta        float64   `json:"delta"`        // the difference that articles_needed plans for
	// LeastArticles is the least number of articles with which the test can tell
	// any difference from chance; with fewer, minimal_difference and
	// articles_needed are null.
	LeastArticles int              `json:"least_articles"`
	Comparisons   int              `json:"comparisons"` // p-values of one ratio that were corrected together
	Systems       []ComparedSystem `json:"systems"`
	Figures       []ComparedFigure `json:"figures"`
	Warnings      []string         `json:"warnings"`
}

// ComparedSystem is one system of a comparison.
type ComparedSystem struct {
	Name string `json:"name"`
	// SignatureDifferences are the fields in which the system's signature
	// differs from the first one's.
	SignatureDifferences []string      `json:"signature_differences,omitempty"`
	Changes              []ItemChanges `json:"changes,omitempty"` // against the first system
}

// ComparedFigure is one figure of every system, in their order.
type ComparedFigure struct {
	eval.FigureKey
	Slice   map[string]string `json:"slice"`
	Systems []SystemFigure    `json:"systems"`
}

// SystemFigure is one system's figure; nil is undefined.
type SystemFigure struct {
	Correct   eval.Credit          `json:"correct"`
	Predicted float64              `json:"predicted"`
	Gold      float64              `json:"gold"`
	Precision *float64             `json:"precision"`
	Recall    *float64             `json:"recall"`
	F1        *float64             `json:"f1"`
	Interval  *eval.FigureInterval `json:"interval,omitempty"`
	Versus    *Versus              `json:"versus_first,omitempty"` // nil for the first system
}

// Versus is a system's figure against the first system's.
type Versus struct {
	Precision stats.RatioDifference `json:"precision"`
	Recall    stats.RatioDifference `json:"recall"`
	F1        stats.RatioDifference `json:"f1"`
	// Articles is set for pooled figures over all articles.
	Articles *ArticleChanges `json:"articles,omitempty"`
}

// Ratio is the difference in "precision", "recall" or "f1", nil for any other
// name.
func (v *Versus) Ratio(which string) *stats.RatioDifference {
	switch which {
	case "precision":
		return &v.Precision
	case "recall":
		return &v.Recall
	case "f1":
		return &v.F1
	}
	return nil
}

// Ratio is "precision", "recall" or "f1" with its interval; nil is undefined.
func (f *SystemFigure) Ratio(which string) (value *float64, interval *[2]float64) {
	var iv eval.FigureInterval
	if f.Interval != nil {
		iv = *f.Interval
	}
	switch which {
	case "precision":
		return f.Precision, iv.Precision
	case "recall":
		return f.Recall, iv.Recall
	}
	return f.F1, iv.F1
}

// SignatureError is returned for results that were computed from different
// things or in different ways.
type SignatureError struct {
	A, B        string   // names of the two systems
	Differences []string // as [Signature.Differences] gives them
}

func (e *SignatureError) Error() string {
	return fmt.Sprintf("%s and %s cannot be compared, their signatures differ:\n  %s", e.A, e.B, strings.Join(e.Differences, "\n  "))
}

// CountDifferences lists the fields in which two signatures disagree and on
// which the counts of a metric depend: neither which metrics were chosen, of
// which the scheme is a summary, nor how the intervals were drawn.
func (s Signature) CountDifferences(t Signature) []string {
	s.Metrics, s.Slices, s.Scheme = t.Metrics, t.Slices, t.Scheme
	s.Level, s.Method, s.Resamples, s.Seed = t.Level, t.Method, t.Resamples, t.Seed
	return s.Differences(t)
}

// drawingDifferences lists the differences in how intervals were drawn.
func (s Signature) drawingDifferences(t Signature) []string {
	u := t
	u.Level, u.Method, u.Resamples, u.Seed = s.Level, s.Method, s.Resamples, s.Seed
	return u.Differences(t)
}

// CompareSystems puts two or more systems side by side and tests each against
// the first: differences with paired intervals, permutation tests corrected
// for all comparisons shown, what the articles at hand could have found, and
// which articles and items changed. The error is a [SignatureError], an
// [eval.OptionError], wraps [stats.ErrArticles], or is the context's.
func CompareSystems(ctx context.Context, systems []System, opt CompareOptions) (*Comparison, error) {
	if err := opt.Check(); err != nil {
		return nil, &eval.OptionError{Err: err}
	}
	first := systems[0]
	c := &Comparison{
		Version: ComparisonVersion, Signature: first.Result.Signature, Articles: first.Result.Articles,
		Level: opt.Resampling.Level, Permutations: opt.Permuting.Samples, Power: opt.Power, Delta: opt.Delta,
		LeastArticles: stats.LeastArticles(opt.Resampling.Level),
		Systems:       []ComparedSystem{}, Figures: []ComparedFigure{}, Warnings: []string{},
	}
	for i, s := range systems {
		listed := ComparedSystem{Name: s.Name, SignatureDifferences: first.Result.Signature.Differences(s.Result.Signature)}
		if bad := first.Result.Signature.CountDifferences(s.Result.Signature); len(bad) > 0 {
			if !opt.Mismatch {
				return nil, &SignatureError{first.Name, s.Name, bad}
			}
			c.Warnings = append(c.Warnings, fmt.Sprintf("%s and %s were not computed alike, their difference may mean nothing: %s", first.Name, s.Name, strings.Join(bad, "; ")))
		}
		if other := first.Result.Signature.drawingDifferences(s.Result.Signature); len(other) > 0 {
			c.Warnings = append(c.Warnings, fmt.Sprintf("the intervals of %s and %s were not drawn alike: %s", first.Name, s.Name, strings.Join(other, "; ")))
		}
		if i > 0 && first.Items != nil && s.Items != nil {
			listed.Changes = s.Items.Since(first.Items, opt.Errors)
		}
		c.Systems = append(c.Systems, listed)
	}
	if err := c.fill(ctx, systems, opt); err != nil {
		return nil, err
	}
	c.correct()
	c.warn(systems)
	return c, nil
}

// correct adjusts the p-values of each ratio for all comparisons shown.
func (c *Comparison) correct() {
	for _, ratio := range Ratios {
		var tests []*stats.RatioDifference
		for i := range c.Figures {
			for j := range c.Figures[i].Systems {
				if v := c.Figures[i].Systems[j].Versus; v != nil && v.Ratio(ratio).P != nil {
					tests = append(tests, v.Ratio(ratio))
				}
			}
		}
		stats.AdjustedTests(tests)
		c.Comparisons = max(c.Comparisons, len(tests))
	}
}

// Ratios are the names of the three ratios of a figure.
var Ratios = [...]string{"precision", "recall", "f1"}

// warn says what a reader must know: too few articles for any test to reject,
// systems without tests, and what each system's own result warns of.
func (c *Comparison) warn(systems []System) {
	alpha := 1 - c.Level
	if least := stats.SmallestP(c.Articles); least > alpha && systems[0].Scorer != nil {
		c.Warnings = append(c.Warnings, fmt.Sprintf("%d articles allow no p below %s = %g: no difference can be told from chance at %.4g; %d can",
			c.Articles, SmallestPFraction(c.Articles), least, alpha, c.LeastArticles))
	}
	names := map[string][]string{} // who has the warning
	var lines []string
	for _, s := range systems {
		if s.Scorer == nil {
			c.Warnings = append(c.Warnings, s.Name+" is a stored result, without counts by article: no interval of the difference, no test")
		}
		for _, w := range s.Result.Warnings {
			if strings.Contains(w, stats.WideInterval) { // the comparison says what its own test needs
				continue
			}
			if names[w] == nil {
				lines = append(lines, w)
			}
			names[w] = append(names[w], s.Name)
		}
	}
	for _, w := range lines {
		c.Warnings = append(c.Warnings, strings.Join(names[w], ", ")+": "+w)
	}
}

// SmallestPFraction is [stats.SmallestP] as a fraction, "2/32".
func SmallestPFraction(n int) string {
	if n < 63 {
		return fmt.Sprintf("2/%d", int64(1)<<n)
	}
	return fmt.Sprintf("2/2^%d", n)
}

// WriteJSON writes the comparison's canonical JSON, indented, with a final
// newline.
func (c *Comparison) WriteJSON(w io.Writer) error { return writeIndented(w, c) }

// ReadComparison reads a comparison back and refuses other versions of its form.
func ReadComparison(r io.Reader) (*Comparison, error) {
	var c Comparison
	if err := json.NewDecoder(r).Decode(&c); err != nil {
		return nil, fmt.Errorf("comparison: %w", err)
	}
	if len(c.Systems) == 0 {
		return nil, fmt.Errorf("comparison: found no systems")
	}
	for i := range c.Figures {
		if found := len(c.Figures[i].Systems); found != len(c.Systems) {
			return nil, fmt.Errorf("comparison: figure %d (%s): found %d systems, expected %d", i+1, c.Figures[i].Name, found, len(c.Systems))
		}
	}
	return &c, checkVersion("comparison", c.Version, ComparisonVersion)
}

func writeIndented(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
