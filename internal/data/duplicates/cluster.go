package duplicates

import (
	"cmp"
	"math"
	"slices"
)

// leastRecall is the least share of the pairs at the threshold that the bands are
// to meet.
const leastRecall = 0.999

// Bands says how the values of a sketch are cut into bands for a threshold: texts
// become candidates when they agree in all values of one. Pairs of resemblance s
// meet with probability 1-(1-s^r)^b where there are b bands of r values; r is the
// greatest with which that is leastRecall or more at the threshold, so that as few
// others as possible meet.
func Bands(threshold float64) (bands, values int, recall float64) {
	met := func(r int) float64 {
		return 1 - math.Pow(1-math.Pow(threshold, float64(r)), float64(sketchBins/r))
	}
	values = 1
	for r := 2; r <= 16 && met(r) >= leastRecall; r++ {
		values = r
	}
	return sketchBins / values, values, met(values)
}

// estimateMargin is how far the estimate may lie below the threshold for a pair
// to be compared exactly: four standard errors.
const estimateMargin = 0.25

// mostLeaders bounds the exact comparisons of one text in one band.
const mostLeaders = 64

// Find finds the texts that resemble each other by at least
// threshold, 0 < threshold ≤ 1. Texts are given as sketches; resemblance is
// asked for the pairs that may be (see [Resemblance]). The result has the number
// of each text's cluster: the least index in it, the text's own where it
// resembles no other. Clusters are connected: two texts of one may resemble each
// other less than threshold if each resembles a third.
//
// Candidates come from locality-sensitive hashing of the sketches (Indyk,
// Motwani 1998). In a bucket a text is compared with one of each cluster, of at
// most 64 clusters; a pair neither of which is that one may be missed. Memory is
// 16 bytes a text.
func Find(sketches []*Sketch, threshold float64, resemblance func(i, j int) (float64, error)) ([]int32, error) {
	c := &clustering{parent: make([]int32, len(sketches))}
	bands, values, _ := Bands(threshold)
	for i := range c.parent {
		c.parent[i] = int32(i)
	}
	type entry struct {
		key uint64
		i   int32
	}
	entries := make([]entry, 0, len(sketches))
	// Each band twice: of all texts, and of those of few shingles.
	for band := range 2 * bands {
		entries = entries[:0]
		for i, s := range sketches {
			b := &s.bins
			if band >= bands {
				b = s.few
			}
			if s.count > 0 && b != nil {
				entries = append(entries, entry{b.band(band%bands, values), int32(i)})
			}
		}
		slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.i, b.i)) })
		for first := 0; first < len(entries); {
			last := first + 1
			for last < len(entries) && entries[last].key == entries[first].key {
				last++
			}
			var leaders []int32 // one text of each cluster met in the bucket
			for _, e := range entries[first:last] {
				if err := c.place(e.i, &leaders, sketches, threshold, resemblance); err != nil {
					return nil, err
				}
			}
			first = last
		}
	}
	for i := range c.parent {
		c.parent[i] = c.root(int32(i))
	}
	return c.parent, nil
}

// clustering is a disjoint-set forest whose roots are the least of their sets.
type clustering struct{ parent []int32 }

func (c *clustering) root(i int32) int32 {
	for c.parent[i] != i {
		c.parent[i] = c.parent[c.parent[i]]
		i = c.parent[i]
	}
	return i
}

func (c *clustering) join(i, j int32) {
	i, j = c.root(i), c.root(j)
	c.parent[max(i, j)] = min(i, j)
}

// place compares a text with the clusters of its bucket.
func (c *clustering) place(i int32, leaders *[]int32, sketches []*Sketch, threshold float64, resemblance func(i, j int) (float64, error)) error {
	known := false
	for _, l := range *leaders {
		if c.root(l) == c.root(i) {
			known = true
			continue
		}
		if sketches[l].Estimate(sketches[i]) < threshold-estimateMargin {
			continue
		}
		r, err := resemblance(int(l), int(i))
		if err != nil {
			return err
		}
		if r >= threshold {
			c.join(l, i)
			known = true
		}
	}
	if !known && len(*leaders) < mostLeaders {
		*leaders = append(*leaders, i)
	}
	return nil
}

// band is the key of the n-th band of so many values.
func (b *bins) band(n, values int) uint64 {
	var key uint64
	for _, v := range b[n*values : (n+1)*values] {
		key = mix(key<<16 ^ uint64(v))
	}
	return key
}
