package agreement

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
)

// Kappa is the agreement of two coders on the labels of the same items. A nil
// pointer is an undefined value.
type Kappa struct {
	// Kappa is Cohen's κ = (p_o − p_e)/(1 − p_e) (Cohen 1960, "A coefficient of
	// agreement for nominal scales"), in [−1, 1]. It is undefined without
	// items, and when both coders gave every item the same one label (p_e = 1).
	Kappa    *float64 `json:"kappa"`
	Observed *float64 `json:"observed_agreement"` // p_o: share of items with equal labels
	Expected *float64 `json:"expected_agreement"` // p_e: Σ over labels of the product of both coders' shares
	Equal    int64    `json:"equal"`              // items with equal labels
	Items    int64    `json:"items"`
}

// kappaOf computes κ of the counted items.
func kappaOf(c *analysis.Confusion) Kappa {
	var k Kappa
	first, second := map[string]int64{}, map[string]int64{}
	for labels, n := range c.All() {
		k.Items += n
		if labels[0] == labels[1] {
			k.Equal += n
		}
		first[labels[0]] += n
		second[labels[1]] += n
	}
	if k.Items == 0 {
		return k
	}
	// Everything is multiplied by n², so that the sums are of whole numbers.
	n := float64(k.Items)
	square, equal, chance := float64(n*n), float64(float64(k.Equal)*n), 0.0
	for _, label := range c.Labels() {
		chance += float64(float64(first[label]) * float64(second[label]))
	}
	k.Observed = eval.Of(k.Equal, k.Items).Pointer()
	k.Expected = finite(chance / square)
	if chance < square {
		k.Kappa = finite((equal - chance) / (square - chance))
	}
	return k
}

// nominalAlpha is Krippendorff's nominal α of the counted items; see
// [Coincidences.Alpha] for its errors.
func nominalAlpha(c *analysis.Confusion) (float64, error) {
	labels := c.Labels()
	co := NewCoincidences(len(labels))
	for k, n := range c.All() {
		a, _ := slices.BinarySearch(labels, k[0])
		b, _ := slices.BinarySearch(labels, k[1])
		co.Add([]int{a, b}, n)
	}
	return co.Alpha(nil, Nominal)
}
