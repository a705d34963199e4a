package agreement

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/schema"
)

func units(category string, spans ...[2]int32) []Unit {
	var out []Unit
	for _, s := range spans {
		out = append(out, Unit{category, schema.Span{Start: s[0], End: s[1]}})
	}
	return out
}

// TestUnitizingOfKrippendorff2004 is the worked example of Content Analysis,
// 2nd ed., pp. 254–255: two observers, a continuum of 300 from 150, categories
// c and k. The expected numbers are the book's, to its digits; α over both
// categories is 1 − ΣD_o/ΣD_e from them, 0.859.
func TestUnitizingOfKrippendorff2004(t *testing.T) {
	u := NewUnitizing(2)
	k := units("k", [2]int32{30, 90}, [2]int32{150, 200})
	u.Add(300, [][]Unit{
		append(units("c", [2]int32{75, 145}, [2]int32{220, 250}), k...),
		append(units("c", [2]int32{70, 150}, [2]int32{205, 225}, [2]int32{250, 270}), k...),
	})
	got := u.Alpha()
	for i, want := range []struct {
		category                  string
		alpha, observed, expected float64
		units                     int64
	}{
		{"", 0.8591, 0.0072, 0.0511, 9}, // means over the categories
		{"c", 0.7286, 0.0144, 0.0532, 5},
		{"k", 1, 0, 0.0490, 4},
	} {
		g := got[i]
		if g.Category != want.category || math.Abs(*g.Alpha-want.alpha) > 0.0005 || math.Abs(*g.Observed-want.observed) > 0.0001 ||
			math.Abs(*g.Expected-want.expected) > 0.0001 || g.Units != want.units || g.Length != 300 {
			t.Errorf("%q: alpha %v, observed %v, expected %v, %d units; want %+v", g.Category, *g.Alpha, *g.Observed, *g.Expected, g.Units, want)
		}
	}
}

// TestUnitizedDifferences are the differences that the same book works out on
// p. 252 and in the example: a unit of 70 from 225 against one of 80 from 220:
// 5² + 5² = 50; one of 30 from 370 against one of 20 from 355: 15² + 25² = 850;
// one of 20 in a gap of 50: 20² = 400.
func TestUnitizedDifferences(t *testing.T) {
	for _, c := range []struct {
		a, b []schema.Span
		want int64
	}{
		{[]schema.Span{{Start: 75, End: 145}}, []schema.Span{{Start: 70, End: 150}}, 50},
		{[]schema.Span{{Start: 220, End: 250}}, []schema.Span{{Start: 205, End: 225}}, 850},
		{nil, []schema.Span{{Start: 250, End: 270}}, 400},
		{[]schema.Span{{Start: 5, End: 11}}, []schema.Span{{Start: 5, End: 11}}, 0},
		{[]schema.Span{{Start: 5, End: 11}}, []schema.Span{{Start: 2, End: 4}}, 36 + 4}, // each in the other's gap
		{[]schema.Span{{Start: 0, End: 300}}, nil, 90000},
	} {
		if got := unitizedDifference(c.a, c.b, 300); got != c.want {
			t.Errorf("%v against %v: %d, expected %d", c.a, c.b, got, c.want)
		}
	}
}

func TestUnitizingUndefinedAndBorders(t *testing.T) {
	if got := NewUnitizing(2).Alpha(); len(got) != 1 || got[0].Alpha != nil {
		t.Errorf("nothing at all: %+v", got)
	}
	u := NewUnitizing(2)
	u.Add(100, [][]Unit{nil, nil})
	if got := u.Alpha(); len(got) != 1 || got[0].Alpha != nil || got[0].Length != 100 {
		t.Errorf("no units: %+v", got)
	}
	// Nested and crossing units of a category count as one; what is invalid or
	// beyond the text does not count.
	u.Add(50, [][]Unit{
		units("x", [2]int32{10, 20}, [2]int32{12, 15}, [2]int32{18, 25}, [2]int32{40, 90}),
		units("x", [2]int32{10, 25}, [2]int32{40, 50}, [2]int32{7, 7}, [2]int32{60, 70}, [2]int32{-1, -1}),
	})
	got := u.Alpha()
	if got[1].Units != 4 || *got[1].Alpha != 1 || got[1].Length != 150 {
		t.Errorf("joined units: %+v", got[1])
	}
}

// plainUnitizing is the definition without any of the shortcuts: sections in
// plain lists, every pair of sections compared.
func plainUnitizing(texts [][2][]schema.Span, lengths []int32) (observed, expected float64) {
	type section struct {
		b, l int64
		unit bool
	}
	var total int64
	var all []section
	for i, coders := range texts {
		total += int64(lengths[i])
		var sections [2][]section
		for c, spans := range coders {
			at := int32(0)
			for _, s := range spans {
				if s.Start > at {
					sections[c] = append(sections[c], section{int64(at), int64(s.Start - at), false})
				}
				sections[c] = append(sections[c], section{int64(s.Start), int64(s.Len()), true})
				at = s.End
			}
			if at < lengths[i] {
				sections[c] = append(sections[c], section{int64(at), int64(lengths[i] - at), false})
			}
			all = append(all, sections[c]...)
		}
		for _, s := range sections[0] {
			for _, r := range sections[1] {
				d := s.b - r.b
				switch {
				case s.unit && r.unit && -s.l < d && d < r.l:
					e := s.b + s.l - r.b - r.l
					observed += 2 * float64(d*d+e*e)
				case s.unit && !r.unit && r.l-s.l >= d && d >= 0:
					observed += 2 * float64(s.l*s.l)
				case !s.unit && r.unit && r.l-s.l <= d && d <= 0:
					observed += 2 * float64(r.l*r.l)
				}
			}
		}
	}
	l := float64(total)
	n, own := 0.0, 0.0
	for _, s := range all {
		if s.unit {
			n++
			own += float64(s.l * (s.l - 1))
		}
	}
	for _, s := range all {
		if !s.unit {
			continue
		}
		x := float64(s.l)
		expected += (n - 1) / 3 * (2*x*x*x - 3*x*x + x)
		for _, g := range all {
			if !g.unit && g.l >= s.l {
				expected += x * x * float64(g.l-s.l+1)
			}
		}
	}
	return observed / (2 * l * l), 2 / l * expected / (2*l*(2*l-1) - own)
}

func TestUnitizingIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var texts [][2][]schema.Span
		var lengths []int32
		type text struct {
			length int32
			units  [][]Unit
		}
		var all []text
		for range rapid.IntRange(1, 3).Draw(t, "texts") {
			length := rapid.Int32Range(5, 40).Draw(t, "length")
			var coders [2][]schema.Span
			x := text{length, [][]Unit{nil, nil}}
			for c := range coders {
				at := int32(0)
				for range rapid.IntRange(0, 4).Draw(t, "units") {
					s := at + rapid.Int32Range(0, 5).Draw(t, "gap")
					e := s + rapid.Int32Range(1, 6).Draw(t, "unit")
					if e > length {
						break
					}
					coders[c] = append(coders[c], schema.Span{Start: s, End: e})
					x.units[c] = append(x.units[c], Unit{"x", schema.Span{Start: s, End: e}})
					at = e
				}
			}
			texts, lengths, all = append(texts, coders), append(lengths, length), append(all, x)
		}
		alpha := func(order []text) []UnitizingAlpha {
			u := NewUnitizing(2)
			for _, x := range order {
				u.Add(x.length, x.units)
			}
			return u.Alpha()
		}
		got := alpha(all)
		if len(got) < 2 {
			return
		}
		observed, expected := plainUnitizing(texts, lengths)
		if math.Abs(*got[1].Observed-observed) > 1e-9 || math.Abs(*got[1].Expected-expected) > 1e-9 {
			t.Fatalf("observed %v, expected %v; the definition gives %v, %v", *got[1].Observed, *got[1].Expected, observed, expected)
		}
		again := alpha(rapid.Permutation(all).Draw(t, "order"))
		if *again[1].Observed != *got[1].Observed || *again[1].Expected != *got[1].Expected {
			t.Fatal("the order of the texts matters")
		}
	})
}
