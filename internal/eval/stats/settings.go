package stats

import "fmt"

// Methods of interval.
const (
	// MethodLogit is the interval of a linearised figure: its standard error
	// from the articles' residuals (Cochran 1977, Sampling Techniques, ch. 6 on
	// the variance of a ratio), in logit form, with Student's t on the effective
	// number of articles less one (Kish 1965, Survey Sampling). It needs sums
	// over articles alone. As R's survey::svyciprop(method = "logit"), but for
	// the effective number.
	MethodLogit = "logit-t"
	// MethodBCa is the bias-corrected and accelerated bootstrap interval (Efron
	// 1987, "Better bootstrap confidence intervals", JASA 82; DiCiccio and Efron
	// 1996, "Bootstrap confidence intervals", Statistical Science 11). With Φ
	// the normal distribution function, its ends are the quantiles
	// Φ(z₀ + (z₀+z)/(1−a(z₀+z))) of the replicates at z = Φ⁻¹(α/2) and
	// Φ⁻¹(1−α/2). z₀ = Φ⁻¹(share of replicates below the estimate, ties counted
	// half); a = Σdᵢ³ / (6 (Σdᵢ²)^1.5) with dᵢ the jackknife values' mean less
	// the value without article i.
	MethodBCa = "bca"
	// MethodPercentile is the interval between the α/2 and 1−α/2 quantiles of
	// the replicates (Efron 1979).
	MethodPercentile = "percentile"
)

// Comparing says how two systems are compared.
type Comparing struct {
	Resampling Resampling
	Permuting  Permuting
	Power      float64 // of the planning figures, e.g. 0.8
	Delta      float64 // the difference to plan for, e.g. 0.05 for five points
}

// DefaultComparing plans for a difference of five points at 80 % power.
var DefaultComparing = Comparing{DefaultResampling, DefaultPermuting, 0.8, 0.05}

// Check returns an error that says which setting is out of range.
func (s Comparing) Check() error {
	if err := s.Resampling.Check(); err != nil {
		return err
	}
	if err := s.Permuting.Check(); err != nil {
		return err
	}
	if !(s.Power > 0 && s.Power < 1) {
		return fmt.Errorf("power %g: expected a number between 0 and 1", s.Power)
	}
	if !(s.Delta > 0 && s.Delta <= 1) {
		return fmt.Errorf("difference to plan for %g: expected a number above 0, at most 1", s.Delta)
	}
	return nil
}

// Permuting says how a permutation test is done.
type Permuting struct {
	Seed    uint64
	Samples int // R, random swaps where enumeration would take too many; at least 100
	// MaxExact is the greatest number of swaps that are enumerated rather than
	// sampled, at most 2²⁴. 0 always samples.
	MaxExact int
}

// DefaultPermuting is 10,000 samples, and enumeration up to 2¹⁶ swaps, that
// is for up to 16 articles.
var DefaultPermuting = Permuting{Seed: 1, Samples: 10_000, MaxExact: 1 << 16}

// Check returns an error that says which setting is out of range.
func (s Permuting) Check() error {
	switch {
	case s.Samples < 100 || s.Samples > 10_000_000:
		return fmt.Errorf("%d permutation samples: expected 100 to 10000000", s.Samples)
	case s.MaxExact < 0 || s.MaxExact > 1<<24:
		return fmt.Errorf("exact enumeration up to %d swaps: expected 0 to %d", s.MaxExact, 1<<24)
	}
	return nil
}

// Resampling says how intervals are made. It is part of the signature.
type Resampling struct {
	Seed      uint64
	Resamples int     // B, at least 100
	Level     float64 // of the two-sided intervals, between 0 and 1, e.g. 0.95
	Method    string  // [MethodLogit], [MethodBCa] or [MethodPercentile]
}

// DefaultResampling is logit-t intervals at 95 %, and 10,000 resamples where a
// bootstrap is asked for.
var DefaultResampling = Resampling{Seed: 1, Resamples: 10_000, Level: 0.95, Method: MethodLogit}

// Check returns an error that says which setting is out of range.
func (s Resampling) Check() error {
	switch {
	case s.Resamples < 100 || s.Resamples > 10_000_000:
		return fmt.Errorf("%d resamples: expected 100 to 10000000", s.Resamples)
	case !(s.Level > 0 && s.Level < 1):
		return fmt.Errorf("interval level %g: expected a number between 0 and 1", s.Level)
	case s.Method != MethodLogit && s.Method != MethodBCa && s.Method != MethodPercentile:
		return fmt.Errorf("interval method %q: expected %s, %s or %s", s.Method, MethodLogit, MethodBCa, MethodPercentile)
	}
	return nil
}
