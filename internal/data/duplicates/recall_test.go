package duplicates

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Worked by hand: (1-0.8³)²¹ = 0.488²¹ = 2.9·10⁻⁷, (1-0.7³)²¹ = 0.657²¹ =
// 1.5·10⁻⁴, (1-0.5²)³² = 0.75³² = 1.0·10⁻⁴; one value more in a band and fewer
// than 999 in 1,000 pairs are met.
func TestBands(t *testing.T) {
	for _, c := range []struct {
		threshold     float64
		bands, values int
		missed        float64
	}{
		{0.3, 64, 1, 1.2e-10},
		{0.5, 32, 2, 1.0e-4},
		{0.7, 21, 3, 1.5e-4},
		{0.8, 16, 4, 2.2e-4},
		{0.9, 10, 6, 5.1e-4},
		{1, 4, 16, 0},
	} {
		bands, values, recall := Bands(c.threshold)
		if bands != c.bands || values != c.values || math.Abs(1-recall-c.missed) > c.missed/10+1e-15 {
			t.Errorf("%v: %d bands of %d, %v missed; want %d of %d, %v", c.threshold, bands, values, 1-recall, c.bands, c.values, c.missed)
		}
	}
}

// Of pairs a little over a threshold as many are found as Bands says, whether the
// texts have few shingles or many: at most 6 of 300 less, which is five standard
// errors and more of the least recall.
func TestRecall(t *testing.T) {
	for _, threshold := range []float64{0.5, 0.7, 0.8} {
		for _, words := range []int{25, 130, 400} {
			r := rand.New(rand.NewPCG(uint64(words), uint64(100*threshold)))
			const pairs = 300
			var list []string
			for i := 0; len(list) < 2*pairs; i++ {
				a := strings.Fields(strings.ReplaceAll(strings.Join(randomText(r, words), " "), "w", fmt.Sprintf("p%dw", i)))
				b := slices.Clone(a)
				for {
					b[r.IntN(words)] = "changed"
					now := Resemblance(strings.Join(a, " "), strings.Join(b, " "))
					if now < threshold {
						break
					}
					if now < threshold+0.1 {
						list = append(list, strings.Join(a, " "), strings.Join(b, " "))
						break
					}
				}
			}
			var sketches []*Sketch
			for _, s := range list {
				sketches = append(sketches, NewSketch(s))
			}
			got, err := Find(sketches, threshold, func(i, j int) (float64, error) { return Resemblance(list[i], list[j]), nil })
			if err != nil {
				t.Fatal(err)
			}
			found := 0
			for i := 0; i < len(list); i += 2 {
				if got[i] == got[i+1] {
					found++
				}
			}
			if found < pairs-6 {
				t.Errorf("threshold %v, %d words: %d of %d pairs found", threshold, words, found, pairs)
			}
		}
	}
}
