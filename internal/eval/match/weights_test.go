package match

import "testing"

// TestWeightsKeepTies: 1/3 + 1/6 and 1/2 + 0 are equal, as they are not in
// parts of a power of two.
func TestWeightsKeepTies(t *testing.T) {
	edges := make([]Edge, 3)
	SetWeights(edges, []Fraction{{1, 3}, {1, 6}, {2, 4}})
	if edges[0].Weight+edges[1].Weight != edges[2].Weight || edges[0].Weight != 2*edges[1].Weight {
		t.Errorf("weights %v", edges)
	}
	// Without a small common denominator the order of the weights stays.
	SetWeights(edges, []Fraction{{1, 1<<31 - 1}, {2, 1<<31 - 19}, {1, 1<<31 - 61}})
	if !(edges[0].Weight > 0 && edges[0].Weight <= edges[2].Weight && edges[2].Weight < edges[1].Weight) {
		t.Errorf("weights %v", edges)
	}
}
