package stats

import "github.com/mizan-corpus/mizan/internal/eval"

// Difference compares two systems, A and B, in one figure.
type Difference struct {
	eval.FigureKey
	Precision RatioDifference `json:"precision"`
	Recall    RatioDifference `json:"recall"`
	F1        RatioDifference `json:"f1"`
}

// RatioDifference compares two systems in one ratio. A nil pointer is an
// undefined value.
type RatioDifference struct {
	A          *float64    `json:"a"`
	B          *float64    `json:"b"`
	Difference *float64    `json:"difference"` // B − A
	Interval   *[2]float64 `json:"interval"`   // of the difference, by paired bootstrap
	Test                   // p-value by paired permutation
	// PHolm and PBenjaminiHochberg are set by [AdjustedTests].
	PHolm              *float64 `json:"p_holm,omitempty"`
	PBenjaminiHochberg *float64 `json:"p_benjamini_hochberg,omitempty"`
	// StandardError of the difference, by the paired jackknife.
	StandardError *float64 `json:"standard_error"`
	// Effect is the difference in standard deviations of an article's
	// influence: difference / (error · √n), Cohen's d for paired data on
	// jackknife pseudo-values.
	Effect *float64 `json:"effect"`
	// MinimalDifference could be found with the articles at hand.
	MinimalDifference *float64 `json:"minimal_difference"`
	// ArticlesNeeded to find a difference of Comparing.Delta.
	ArticlesNeeded *int     `json:"articles_needed"`
	Warnings       []string `json:"warnings,omitempty"`
}

// Test is a two-sided permutation test of one ratio of one figure.
type Test struct {
	P *float64 `json:"p"` // nil when the ratio is undefined for either system
	// Method is "exact" when every swap was enumerated, else "sampled".
	Method string `json:"method"`
	// Articles is the number of articles in which the two systems' counts of
	// the figure differ; only these can be swapped with effect.
	Articles int `json:"articles"`
	// Smallest is the least p that the test can give: 2/2^Articles when exact,
	// 1/(R+1) when sampled.
	Smallest float64 `json:"smallest_p"`
}
