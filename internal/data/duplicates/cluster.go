package duplicates

import (
	"cmp"
	"math"
	"math/bits"
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
// 18 bytes a text.
func Find(sketches []*Sketch, threshold float64, resemblance func(i, j int) (float64, error)) ([]int32, error) {
	c := &clustering{parent: make([]int32, len(sketches))}
	bands, values, _ := Bands(threshold)
	for i := range c.parent {
		c.parent[i] = int32(i)
	}
	met := newMeetings(len(sketches))
	// Each band twice: of all texts, and of those of few shingles.
	for band := range 2 * bands {
		entries := met.of(sketches, band >= bands, band%bands, values)
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

// entry is a text and its key in a band.
type entry struct {
	key uint64
	i   int32
}

// meetings finds the texts that share a key with another. The top bits of most
// keys are nobody else's, so that few are sorted.
type meetings struct {
	entries     []entry
	once, again []uint64 // sets of the top bits of keys
	shift       int
}

func newMeetings(texts int) *meetings {
	const perText = 8 // bits of a set
	n := max(6, bits.Len(uint(perText*texts)))
	return &meetings{entries: make([]entry, 0, texts), once: make([]uint64, 1<<(n-6)), again: make([]uint64, 1<<(n-6)), shift: 64 - n}
}

// of are the texts by key and number, most of those that are alone left out.
func (m *meetings) of(sketches []*Sketch, few bool, band, values int) []entry {
	m.entries = m.entries[:0]
	clear(m.once)
	clear(m.again)
	for i, s := range sketches {
		b := &s.bins
		if few {
			b = s.few
		}
		if s.count == 0 || b == nil {
			continue
		}
		key := b.band(band, values)
		m.entries = append(m.entries, entry{key, int32(i)})
		at, bit := key>>m.shift>>6, uint64(1)<<(key>>m.shift&63)
		m.again[at] |= m.once[at] & bit
		m.once[at] |= bit
	}
	met := m.entries[:0]
	for _, e := range m.entries {
		if m.again[e.key>>m.shift>>6]>>(e.key>>m.shift&63)&1 != 0 {
			met = append(met, e)
		}
	}
	slices.SortFunc(met, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.i, b.i)) })
	return met
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
