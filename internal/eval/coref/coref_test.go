package coref_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
)

// drawClusters draws clusters over some of the mentions 0 to 8.
func drawClusters(t *rapid.T, label string) [][]int {
	numbers := rapid.SliceOfN(rapid.IntRange(-1, 4), 9, 9).Draw(t, label)
	var clusters [5][]int
	for m, c := range numbers {
		if c >= 0 {
			clusters[c] = append(clusters[c], m)
		}
	}
	var out [][]int
	for _, c := range clusters {
		if len(c) > 0 {
			out = append(out, c)
		}
	}
	return out
}

func common(a, b []int) float64 {
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x == y {
				n++
			}
		}
	}
	return float64(n)
}

func clusterOf(m int, clusters [][]int) []int {
	for _, c := range clusters {
		if common([]int{m}, c) > 0 {
			return c
		}
	}
	return nil
}

func mentionsOf(clusters [][]int) float64 {
	n := 0
	for _, c := range clusters {
		n += len(c)
	}
	return float64(n)
}

// The definitions below give numerator and denominator of recall; those of
// precision follow by swapping the sides. They share no code with the package.

func mucByDefinition(key, response [][]int) (num, den float64) {
	for _, k := range key {
		pieces := 0
		for _, r := range response {
			if common(k, r) > 0 {
				pieces++
			}
		}
		for _, m := range k {
			if clusterOf(m, response) == nil {
				pieces++
			}
		}
		num += float64(len(k) - pieces)
		den += float64(len(k) - 1)
	}
	return num, den
}

func b3ByDefinition(key, response [][]int) (num, den float64) {
	for _, k := range key {
		for _, m := range k {
			num += common(k, clusterOf(m, response)) / float64(len(k))
			den++
		}
	}
	return num, den
}

func leaByDefinition(key, response [][]int) (num, den float64) {
	linked := func(a, b int, clusters [][]int) bool {
		c := clusterOf(a, clusters)
		if a == b {
			return len(c) == 1
		}
		return common([]int{a, b}, c) == 2
	}
	for _, k := range key {
		links, found := 0.0, 0.0
		for i, a := range k {
			for _, b := range k[i:] {
				if a == b && len(k) > 1 {
					continue
				}
				links++
				if linked(a, b, response) {
					found++
				}
			}
		}
		num += float64(len(k)) * found / links
		den += float64(len(k))
	}
	return num, den
}

// ceafByDefinition tries every alignment.
func ceafByDefinition(key, response [][]int, similarity func(a, b []int) float64) float64 {
	if len(key) == 0 {
		return 0
	}
	best := ceafByDefinition(key[1:], response, similarity)
	for i, r := range response {
		rest := append(append([][]int(nil), response[:i]...), response[i+1:]...)
		best = math.Max(best, similarity(key[0], r)+ceafByDefinition(key[1:], rest, similarity))
	}
	return best
}

// pairSets lists the coreferent pairs of mentions and the others.
func pairSets(clusters [][]int) (links, others map[[2]int]bool) {
	links, others = map[[2]int]bool{}, map[[2]int]bool{}
	for i, a := range clusters {
		for j, b := range clusters {
			for _, x := range a {
				for _, y := range b {
					switch {
					case x >= y: // each pair once, the lesser mention first
					case i == j:
						links[[2]int{x, y}] = true
					default:
						others[[2]int{x, y}] = true
					}
				}
			}
		}
	}
	return links, others
}

func both(a, b map[[2]int]bool) float64 {
	n := 0
	for p := range a {
		if b[p] {
			n++
		}
	}
	return float64(n)
}

func TestCorefEqualsTheDefinitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, response := drawClusters(t, "key"), drawClusters(t, "response")
		counts := evaltest.ScoreCoref(key, response)
		check := func(part int, what string, want [4]float64) {
			for i, v := range counts.Counters([]int{part}) {
				if got, _ := v.Float64(); math.Abs(got-want[i]) > 1e-12 {
					t.Fatalf("%s: counter %s is %v, expected %v", what, eval.StandardCounters[i], got, want[i])
				}
			}
		}
		for part, definition := range map[int]func(key, response [][]int) (num, den float64){
			coref.PartMUC: mucByDefinition, coref.PartB3: b3ByDefinition, coref.PartLEA: leaByDefinition,
		} {
			rn, rd := definition(key, response)
			pn, pd := definition(response, key)
			check(part, "part", [4]float64{pn, pd, rn, rd})
		}
		phi3 := ceafByDefinition(key, response, common)
		phi4 := ceafByDefinition(key, response, func(a, b []int) float64 { return 2 * common(a, b) / float64(len(a)+len(b)) })
		check(coref.PartCEAFm, "CEAFm", [4]float64{phi3, mentionsOf(response), phi3, mentionsOf(key)})
		check(coref.PartCEAFe, "CEAFe", [4]float64{phi4, float64(len(response)), phi4, float64(len(key))})
		keyLinks, keyOthers := pairSets(key)
		responseLinks, responseOthers := pairSets(response)
		n, m := both(keyLinks, responseLinks), both(keyOthers, responseOthers)
		check(coref.PartLinks, "coreferent pairs", [4]float64{n, float64(len(responseLinks)), n, float64(len(keyLinks))})
		check(coref.PartNonLinks, "other pairs", [4]float64{m, float64(len(responseOthers)), m, float64(len(keyOthers))})
	})
}

var one = big.NewRat(1, 1)

func equal(a, b *big.Rat) bool { return a == nil && b == nil || a != nil && b != nil && a.Cmp(b) == 0 }

func TestCorefLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, response := drawClusters(t, "key"), drawClusters(t, "response")
		counts, swapped, same := evaltest.ScoreCoref(key, response), evaltest.ScoreCoref(response, key), evaltest.ScoreCoref(key, key)
		worse := append([][]int(nil), response...)
		if i := rapid.IntRange(0, len(worse)).Draw(t, "spoiled"); i < len(worse) {
			worse[i] = append(append([]int(nil), worse[i]...), 99)
		} else {
			worse = append(worse, []int{99})
		}
		spoiled := evaltest.ScoreCoref(key, worse)
		shuffled := rapid.Permutation(response).Draw(t, "shuffled")
		for i, c := range shuffled {
			shuffled[i] = rapid.Permutation(c).Draw(t, "mentions")
		}
		if again := evaltest.ScoreCoref(rapid.Permutation(key).Draw(t, "keys"), shuffled); !again.Equal(counts) {
			t.Fatalf("counts %v in another order, %v at first", again, counts)
		}
		for k := range counts {
			if c, s := counts[k], swapped[k]; !c[0].Equal(&s[2]) || !c[1].Equal(&s[3]) {
				t.Fatalf("part %d: %v, with the sides swapped %v", k, c, s)
			}
		}
		for _, m := range coref.Metrics {
			s, _ := same.Score(m.Name)
			for _, r := range s.Ratios() {
				if r != nil && r.Cmp(one) != 0 || (r == nil) != (s.F1 == nil) {
					t.Fatalf("%s: gold against itself is %v", m.Name, s)
				}
			}
			before, _ := counts.Score(m.Name)
			after, _ := spoiled.Score(m.Name)
			if before.Precision != nil && after.Precision.Cmp(before.Precision) > 0 {
				t.Fatalf("%s: precision rose from %v to %v by a wrong mention", m.Name, before.Precision, after.Precision)
			}
			if _, breaks := m.Breaks[eval.LawSwap]; breaks {
				continue
			}
			turned, _ := swapped.Score(m.Name)
			if !equal(before.Precision, turned.Recall) || !equal(before.Recall, turned.Precision) || !equal(before.F1, turned.F1) {
				t.Fatalf("%s: %v, with the sides swapped %v", m.Name, before, turned)
			}
		}
	})
}
