package agreement

import (
	"errors"
	"slices"
)

// Measurement is the level of measurement of the values that coders assign.
type Measurement string

// The levels, each with its difference δ² between two values c and k.
const (
	Nominal        Measurement = "nominal"  // 1 when they differ
	Ordinal        Measurement = "ordinal"  // (Σ n_g from c to k − (n_c+n_k)/2)²: values between them in rank
	IntervalScaled Measurement = "interval" // (c−k)²
	RatioScaled    Measurement = "ratio"    // ((c−k)/(c+k))², for values of 0 or more
)

// Errors of Krippendorff's α, which then has no value.
var (
	ErrOneValue    = errors.New("alpha is undefined: all paired values are the same, so agreement cannot be told from a lack of variation")
	ErrNoPairs     = errors.New("alpha is undefined: no unit has values of two coders")
	ErrMeasurement = errors.New("unknown level of measurement: expected nominal, ordinal, interval or ratio")
)

// Coincidences count how often two values were given to the same unit. They
// are additive, so articles can be counted apart and merged.
type Coincidences struct {
	values int
	// pairs[m] counts ordered pairs of values in units with m values; the
	// weight 1/(m−1) is applied on reading, so that the counts are integers.
	pairs map[int][]int64
}

// NewCoincidences counts pairs of that many values, numbered from 0.
func NewCoincidences(values int) *Coincidences {
	return &Coincidences{values, map[int][]int64{}}
}

// Add counts the values that one unit was given, one a coder, as though it
// occurred times times. Units with fewer than two values count nothing.
func (c *Coincidences) Add(unit []int, times int64) {
	m := len(unit)
	if m < 2 {
		return
	}
	if c.pairs[m] == nil {
		c.pairs[m] = make([]int64, c.values*c.values)
	}
	p := c.pairs[m]
	for i, v := range unit {
		for j, w := range unit {
			if i != j {
				p[v*c.values+w] += times
			}
		}
	}
}

// matrix is the coincidence matrix, its margins and their sum.
func (c *Coincidences) matrix() (o, margin []float64, n float64) {
	o, margin = make([]float64, c.values*c.values), make([]float64, c.values)
	var sizes []int
	for m := range c.pairs {
		sizes = append(sizes, m)
	}
	slices.Sort(sizes)
	for _, m := range sizes {
		for i, k := range c.pairs[m] {
			o[i] += float64(k) / float64(m-1)
		}
	}
	for v := range c.values {
		for w := range c.values {
			margin[v] += o[v*c.values+w]
		}
		n += margin[v]
	}
	return o, margin, n
}

// Alpha is Krippendorff's α of the counted pairs, for any number of coders and
// missing values: α = 1 − D_o/D_e = 1 − (n−1) Σ o_ck δ²_ck / Σ n_c n_k δ²_ck,
// with o_ck the coincidences of values c and k within units, each unit with m
// values giving its pairs a weight of 1/(m−1), n_c the coincidences of value c
// and n their sum (Krippendorff 2011, "Computing Krippendorff's
// alpha-reliability"; 2019, Content Analysis, 4th ed., ch. 12). 1 is perfect
// agreement, 0 what chance gives, below 0 systematic disagreement. values are
// what the numbers stand for, ascending; nominal and ordinal α do not look at
// them, and nil will do. Errors: [ErrNoPairs], [ErrOneValue], [ErrMeasurement].
func (c *Coincidences) Alpha(values []float64, level Measurement) (float64, error) {
	o, margin, n := c.matrix()
	difference, err := differenceOf(level, values, margin)
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, ErrNoPairs
	}
	var observed, expected float64
	for v := range c.values {
		for w := v + 1; w < c.values; w++ {
			d := difference(v, w)
			observed += float64(o[v*c.values+w] * d)
			expected += float64(float64(margin[v]*margin[w]) * d)
		}
	}
	if expected == 0 {
		return 0, ErrOneValue
	}
	return 1 - float64((n-1)*observed/expected), nil
}

// differenceOf is δ² between the values numbered v < w.
func differenceOf(level Measurement, values, margin []float64) (func(v, w int) float64, error) {
	switch level {
	case Nominal:
		return func(int, int) float64 { return 1 }, nil
	case Ordinal:
		return func(v, w int) float64 {
			between := -(margin[v] + margin[w]) / 2
			for g := v; g <= w; g++ {
				between += margin[g]
			}
			return between * between
		}, nil
	case IntervalScaled:
		return func(v, w int) float64 { return (values[v] - values[w]) * (values[v] - values[w]) }, nil
	case RatioScaled:
		return func(v, w int) float64 {
			d := (values[v] - values[w]) / (values[v] + values[w]) // the greater one is above 0
			return d * d
		}, nil
	}
	return nil, ErrMeasurement
}
