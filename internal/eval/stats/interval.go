package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// interval is the sample's interval, nil where none can be had. What it lacks
// goes to warnings, with the name of the ratio in front.
func (s *sample) interval(name string, set Resampling, warnings *[]string) *[2]float64 {
	warn := func(text string) { *warnings = append(*warnings, name+": "+text) }
	switch {
	case math.IsNaN(s.estimate):
		return nil // an undefined figure needs no interval, and says so itself
	case len(s.jackknife) < 2:
		warn("one article: no interval can be computed")
		return nil
	case hasNaN(s.jackknife):
		warn("a single article decides whether it is defined: no interval can be computed")
		return nil
	}
	lo, hi := (1-set.Level)/2, (1+set.Level)/2
	if set.Method == MethodBCa && s.varies() {
		reason := ""
		if lo, hi, reason = s.bca(set.Level); reason != "" {
			warn(reason + ": percentile interval instead of BCa")
		}
	}
	return s.between(lo, hi, warn)
}

// between is the interval between two quantiles of the replicates, nil when
// the statistic is undefined in more than half of them.
func (s *sample) between(lo, hi float64, warn func(string)) *[2]float64 {
	drawn := s.undefined + len(s.replicates)
	switch {
	case s.undefined > len(s.replicates) || drawn == 0:
		warn(fmt.Sprintf("undefined in %d of %d resamples: no interval can be computed", s.undefined, drawn))
		return nil
	case s.undefined > 0:
		warn(fmt.Sprintf("undefined in %d of %d resamples, which are left out", s.undefined, drawn))
	}
	if !s.varies() {
		warn("every resample gives the same value: the interval is a point and says nothing about uncertainty")
	}
	return &[2]float64{quantile(s.replicates, lo), quantile(s.replicates, hi)}
}

// varies reports whether the replicates are not all equal.
func (s *sample) varies() bool {
	for _, v := range s.replicates {
		if v != s.replicates[0] {
			return true
		}
	}
	return false
}

// bca returns the probabilities at which BCa reads the replicates' quantiles,
// or plain ones with the reason why the adjustment does not exist.
func (s *sample) bca(level float64) (lo, hi float64, reason string) {
	lo, hi = (1-level)/2, (1+level)/2
	share := s.shareBelow()
	if share <= 0 || share >= 1 {
		return lo, hi, "all resamples lie on one side of the figure"
	}
	z0 := distuv.UnitNormal.Quantile(share)
	a := acceleration(s.jackknife)
	adjust := func(p float64) float64 {
		z := z0 + distuv.UnitNormal.Quantile(p)
		d := 1 - float64(a*z)
		if d <= 0 {
			return math.NaN()
		}
		// Rounded, so that the last bits of Φ, which may differ between
		// processors, never reach the result.
		return math.Round(distuv.UnitNormal.CDF(z0+float64(z/d))*1e12) / 1e12
	}
	l, h := adjust(lo), adjust(hi)
	if math.IsNaN(l) || math.IsNaN(h) || l >= h {
		return lo, hi, "the acceleration is too great"
	}
	return l, h, ""
}

// shareBelow is the share of replicates below the estimate, ties counted half.
// Replicates within 1e-12 of the estimate count as ties: they are equal
// fractions that were rounded on different ways.
func (s *sample) shareBelow() float64 {
	const tie = 1e-12
	twice := 0
	for _, v := range s.replicates {
		switch {
		case v < s.estimate-tie:
			twice += 2
		case v <= s.estimate+tie:
			twice++
		}
	}
	return float64(twice) / float64(2*len(s.replicates))
}

// acceleration is a = Σd³ / (6 (Σd²)^1.5), d = mean − value; 0 when the values
// are all equal.
func acceleration(jackknife []float64) float64 {
	mean := meanOf(jackknife)
	var squares, cubes float64
	for _, v := range jackknife {
		d := mean - v
		squares += float64(d * d)
		cubes += float64(float64(d*d) * d)
	}
	if squares == 0 {
		return 0
	}
	return cubes / float64(6*float64(squares*math.Sqrt(squares)))
}

func meanOf(values []float64) float64 {
	var sum float64
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

func hasNaN(values []float64) bool {
	for _, v := range values {
		if math.IsNaN(v) {
			return true
		}
	}
	return false
}
