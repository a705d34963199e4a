package stats

import (
	"math"
	"slices"
)

// Holm adjusts p-values for the number of comparisons so that the chance of
// even one false discovery stays below the level they are held against (Holm
// 1979, "A simple sequentially rejective multiple test procedure"). With the m
// values ascending, the adjusted one is the running maximum of (m−i)·pᵢ (i from
// 0), at most 1. The result has the order of p.
func Holm(p []float64) []float64 {
	out := make([]float64, len(p))
	running := 0.0
	for i, at := range ascending(p) {
		running = max(running, min(1, float64(len(p)-i)*p[at]))
		out[at] = running
	}
	return out
}

// BenjaminiHochberg adjusts p-values so that the expected share of false
// discoveries among all discoveries stays below the level they are held
// against (Benjamini and Hochberg 1995, "Controlling the false discovery rate").
// With the m values ascending, the adjusted one is the running minimum from
// the end of m/(i+1)·pᵢ (i from 0), at most 1. The result has the order of p.
func BenjaminiHochberg(p []float64) []float64 {
	out := make([]float64, len(p))
	running := 1.0
	for i, at := range slices.Backward(ascending(p)) {
		running = min(running, float64(len(p))*p[at]/float64(i+1))
		out[at] = running
	}
	return out
}

// ascending lists the positions of p by value, equal values in their order.
func ascending(p []float64) []int {
	at := make([]int, len(p))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(i, j int) int {
		switch {
		case p[i] < p[j]:
			return -1
		case p[i] > p[j]:
			return 1
		}
		return 0
	})
	return at
}

// AdjustedTests fills in the adjusted p-values of differences that are looked
// at together: one ratio ("precision", "recall", "f1") of several figures or
// several pairs of systems. Differences without a p-value are left alone and
// not counted.
func AdjustedTests(tests []*RatioDifference) {
	var p []float64
	var with []*RatioDifference
	for _, t := range tests {
		if t.P != nil && !math.IsNaN(*t.P) {
			p, with = append(p, *t.P), append(with, t)
		}
	}
	holm, bh := Holm(p), BenjaminiHochberg(p)
	for i, t := range with {
		t.PHolm, t.PBenjaminiHochberg = &holm[i], &bh[i]
	}
}
