package duplicates

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Worked by hand: six words are four shingles of three, seven are five; the
// texts share three of six different ones. Ten characters without spaces are six
// shingles of five, of which one changed in the midst leaves one.
func TestResemblance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"a b c d e f", "a b c d e f", 1},
		{"a b c d e f", "a b c d e g x", 3.0 / 6},
		{"部长昨日抵达首都会谈", "部长昨日抵走首都会谈", 1.0 / 11},
		{"部长抵达", "部长 抵达", 1},
		{"मंत्री दिल्ली पहुँचे आज", "मंत्री दिल्ली पहुँचे कल", 1.0 / 3},
		{"A, b. C d\ne-f", "a b c d e f", 1},
		{"one two", "one two", 1},
		{"one two", "two one", 0},
		{"", "", 0},
		{"", "a", 0},
		{"a b c d e", "f g h i j", 0},
		{"قال الرَّئيس إن الأزمة مستمرة", "قال الرئيس ان الازمه مستمره", 1},
	} {
		if got := Resemblance(c.a, c.b); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%q, %q: got %v, want %v", c.a, c.b, got, c.want)
		}
		if got := Resemblance(c.b, c.a); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%q, %q: got %v, want %v", c.b, c.a, got, c.want)
		}
	}
}

// naive is the resemblance by sets of strings.
func naive(a, b string) float64 {
	set := func(s string) map[string]bool {
		w, m := strings.Fields(s), map[string]bool{}
		for i := 0; i+shingleWords <= len(w); i++ {
			m[strings.Join(w[i:i+shingleWords], " ")] = true
		}
		if len(w) > 0 && len(w) < shingleWords {
			m[strings.Join(w, " ")] = true
		}
		return m
	}
	x, y := set(a), set(b)
	common := 0
	for k := range x {
		if y[k] {
			common++
		}
	}
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	return float64(common) / float64(len(x)+len(y)-common)
}

func TestResemblanceIsThatOfSets(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "دمشق", "قال"}), 0, 30)
	rapid.Check(t, func(t *rapid.T) {
		a, b := strings.Join(words.Draw(t, "a"), " "), strings.Join(words.Draw(t, "b"), " ")
		if got, want := Resemblance(a, b), naive(a, b); math.Abs(got-want) > 1e-12 {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// randomText is n words of a vocabulary of 5,000.
func randomText(r *rand.Rand, n int) []string {
	w := make([]string, n)
	for i := range w {
		w[i] = fmt.Sprintf("w%d", r.IntN(5000))
	}
	return w
}

// The estimate is unbiased: over 3,000 pairs of texts whose resemblance is known
// its mean error is within three standard errors, and texts of few shingles are
// no exception.
func TestEstimate(t *testing.T) {
	for _, words := range []int{12, 60, 400} {
		r := rand.New(rand.NewPCG(uint64(words), 1))
		sum, sumSquares := 0.0, 0.0
		const pairs = 3000
		for range pairs {
			a := randomText(r, words)
			b := slices.Clone(a)
			for range max(1, words/40) {
				b[r.IntN(len(b))] = "changed"
			}
			x, y := strings.Join(a, " "), strings.Join(b, " ")
			d := NewSketch(x).Estimate(NewSketch(y)) - Resemblance(x, y)
			sum += d
			sumSquares += d * d
		}
		mean := sum / pairs
		if se := math.Sqrt(sumSquares/pairs-mean*mean) / math.Sqrt(pairs); math.Abs(mean) > 3*se {
			t.Errorf("%d words: the mean error is %v, its standard error %v", words, mean, se)
		}
		if sd := math.Sqrt(sumSquares / pairs); sd > 0.14 {
			t.Errorf("%d words: the error's deviation is %v", words, sd)
		}
	}
	if s := NewSketch(" \n."); s.Estimate(s) != 0 {
		t.Error("a text without words resembles itself")
	}
}

// Clusters are those that comparing all pairs gives, on a corpus in which
// resemblances lie on both sides of the threshold.
func TestNearDuplicates(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var list []string
	for i := range 120 {
		a := randomText(r, 150)
		list = append(list, strings.Join(a, " "))
		for range i % 4 {
			b := slices.Clone(a)
			for range r.IntN(12) {
				b[r.IntN(len(b))] = fmt.Sprintf("x%d", r.IntN(9))
			}
			list = append(list, strings.Join(b, " "))
		}
	}
	list = append(list, "", " ")
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	var sketches []*Sketch
	for _, s := range list {
		sketches = append(sketches, NewSketch(s))
	}
	const threshold = 0.8
	compared := 0
	got, err := Find(sketches, threshold, func(i, j int) (float64, error) {
		compared++
		return Resemblance(list[i], list[j]), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all := &clustering{parent: make([]int32, len(list))}
	for i := range all.parent {
		all.parent[i] = int32(i)
	}
	for i := range list {
		for j := range i {
			if Resemblance(list[i], list[j]) >= threshold {
				all.join(int32(i), int32(j))
			}
		}
	}
	clusters := map[int32]bool{}
	for i := range list {
		clusters[got[i]] = true
		if want := all.root(int32(i)); got[i] != want {
			t.Errorf("text %d is in cluster %d, want %d", i, got[i], want)
		}
	}
	if n := len(list); len(clusters) > n-40 || compared > n*n/20 {
		t.Errorf("%d texts, %d clusters, %d comparisons", n, len(clusters), compared)
	}
	failing := fmt.Errorf("disk")
	if _, err := Find(sketches, threshold, func(int, int) (float64, error) { return 0, failing }); err != failing {
		t.Errorf("got %v", err)
	}
}

func BenchmarkSketch(b *testing.B) {
	text := strings.Repeat("قال الوزير إن المحادثات ستستمر في جنيف يوم الجمعة المقبل وفق ما أعلنه المتحدث الرسمي باسم الوفد.\n", 18)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		NewSketch(text)
	}
}
