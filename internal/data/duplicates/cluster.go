package duplicates

import (
	"cmp"
	"slices"
)

// Bands of a sketch: texts become candidates when they agree in all bins of a
// band. With 16 bands of 4 bins a pair of resemblance 0.8 is met with
// probability 1-(1-0.8⁴)¹⁶ = 0.9999998, one of 0.5 with 0.64.
const (
	bands    = 16
	bandBins = sketchBins / bands
)

// estimateMargin is how far the estimate may lie below the threshold for a pair
// to be compared exactly: four standard errors.
const estimateMargin = 0.24

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
	for i := range c.parent {
		c.parent[i] = int32(i)
	}
	type entry struct {
		key uint64
		i   int32
	}
	entries := make([]entry, 0, len(sketches))
	for band := range bands {
		entries = entries[:0]
		for i, s := range sketches {
			if s.set {
				entries = append(entries, entry{s.band(band), int32(i)})
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

// band is the key of a band of bins.
func (s *Sketch) band(n int) uint64 {
	var key uint64
	for _, b := range s.bins[n*bandBins : (n+1)*bandBins] {
		key = key<<16 | uint64(b)
	}
	return key
}
