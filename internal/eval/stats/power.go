package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/wording"
)

// JackknifeError is the standard error of a statistic from its values without
// one article after the other: √((n−1)/n · Σ(vᵢ − v̄)²) (Tukey 1958; Efron and
// Tibshirani 1993, An Introduction to the Bootstrap, ch. 11). It is undefined
// for fewer than two values.
func JackknifeError(values []float64) eval.Ratio {
	if len(values) < 2 || hasNaN(values) {
		return eval.Undefined
	}
	mean := meanOf(values)
	var squares float64
	for _, v := range values {
		squares += float64((v - mean) * (v - mean))
	}
	n := float64(len(values))
	return eval.Defined(math.Sqrt(float64((n - 1) / n * squares)))
}

// MinimalDifference is the smallest true difference that a two-sided test at
// the level (0.95 tests at 0.05) finds with the given power, where the
// difference has that standard error: (z(1−α/2) + z(power)) · error. It is the
// normal approximation; on power in this field see Card, Henderson, Khandelwal,
// Jia, Mahowald and Jurafsky 2020, "With little power comes great
// responsibility" (EMNLP).
func MinimalDifference(standardError, level, power float64) float64 {
	return float64(criticalSum(level, power) * standardError)
}

// ArticlesNeeded is the number of articles at which a true difference of delta
// would be found with the given power, when the standard error over n articles
// is standardError and shrinks with the square root of their number:
// ⌈n · ((z(1−α/2) + z(power)) · error / delta)²⌉, at least [LeastArticles]. It
// is 0 when delta is not positive.
func ArticlesNeeded(n int, standardError, delta, level, power float64) int {
	if !(delta > 0) {
		return 0
	}
	times := MinimalDifference(standardError, level, power) / delta
	// Rounded, so that the last bits of a quantile never decide between two
	// whole numbers.
	need := math.Round(float64(float64(n)*float64(times*times))*1e6) / 1e6
	return int(max(float64(LeastArticles(level)), min(math.Ceil(need), math.MaxInt32)))
}

// LeastArticles is the least number of articles with which the paired
// permutation test can give a p of 1−level or less: its least p is 2/2ⁿ.
func LeastArticles(level float64) int {
	n := 1
	for n < 1000 && SmallestP(n) > (1-level)*(1+1e-12) {
		n++
	}
	return n
}

// SmallestP is the least p that a paired permutation test over n articles can
// give, 2/2ⁿ: only the swaps of all articles and of none are as extreme.
func SmallestP(n int) float64 { return min(1, math.Ldexp(2, -n)) }

// criticalSum is z(1−α/2) + z(power), α = 1−level.
func criticalSum(level, power float64) float64 {
	z := distuv.UnitNormal.Quantile((1+level)/2) + distuv.UnitNormal.Quantile(power)
	return math.Round(float64(z*1e12)) / 1e12
}

// SampleSizeWarning says in words how far the articles at hand carry: "5
// articles: the interval is wide; 40 would be needed to see a difference of 5
// points between unpaired systems". standardError is that of one system's
// figure; two systems whose errors have nothing in common would differ with √2
// times as much. A paired test, as in a comparison, needs fewer. delta is in points of a hundred. It is "" when the
// articles at hand suffice.
func SampleSizeWarning(articles int, standardError, delta, level, power float64) string {
	need := ArticlesNeeded(articles, float64(standardError*math.Sqrt2), delta/100, level, power)
	if need <= articles {
		return ""
	}
	return fmt.Sprintf("%s: %s; %d would be needed to see a difference of %g points between unpaired systems",
		wording.Count(articles, "article"), WideInterval, need, delta)
}

// WideInterval is part of every [SampleSizeWarning].
const WideInterval = "the interval is wide"
