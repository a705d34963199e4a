package agreement

import (
	"cmp"
	"math"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// Unitizing counts what Krippendorff's α for unitizing needs: how well coders
// agree on where units of a category begin and end in a text.
//
// The coefficient is _Uα of Krippendorff 1995, "On the reliability of unitizing
// continuous data" (Sociological Methodology 25), as in Content Analysis, 2nd
// ed. 2004, ch. 11.6. For one category, each coder divides each text into units
// and gaps. Two sections of two coders in the same text differ by
//
//	(b₁−b₂)² + (e₁−e₂)²  two units that overlap, from b to e
//	l²                   a unit of length l that lies inside the other's gap
//	0                    otherwise
//
// D_o is the sum over all ordered pairs of coders, divided by m(m−1)L²; m is
// the number of coders, L the length of all texts in code points. D_e is the
// same over all possible positions of all coders' sections:
//
//	D_e = (2/L) Σ_units [ (N−1)/3·(2l³−3l²+l) + l² Σ_gaps≥l (g−l+1) ] / (mL(mL−1) − Σ_units l(l−1))
//
// with N the number of units and g the lengths of gaps, over all coders.
// α = 1 − D_o/D_e; over several categories, α = 1 − ΣD_o/ΣD_e.
//
// Several texts form one continuum. Gaps end where a text ends, so the order
// of texts does not matter. Units of one coder and category must not overlap:
// of nested ones the outermost is kept, crossing ones are joined. Units of
// different categories may overlap freely: each category is measured alone.
type Unitizing struct {
	coders     int
	length     int64
	categories map[string]*unitizedCategory
	texts      []unitizedText // lengths of texts, with the categories that have units there
}

type unitizedText struct {
	length  int64
	present map[string]bool
}

type unitizedCategory struct {
	observed int64 // Σ δ² over ordered pairs of coders
	units    []int64
	gaps     []int64
}

// Unit is one coder's unit: a span with a category.
type Unit struct {
	Category string
	Span     schema.Span
}

// NewUnitizing compares that many coders, two or more.
func NewUnitizing(coders int) *Unitizing {
	return &Unitizing{coders: coders, categories: map[string]*unitizedCategory{}}
}

// Add counts one text of length code points; units holds each coder's units.
// Units that are not valid spans are left out, and the part of a unit beyond
// the text's end.
func (u *Unitizing) Add(length int32, units [][]Unit) {
	u.length += int64(length)
	t := unitizedText{int64(length), map[string]bool{}}
	for _, list := range units {
		for _, unit := range list {
			t.present[unit.Category] = true
		}
	}
	u.texts = append(u.texts, t)
	for name := range t.present {
		c := u.categories[name]
		if c == nil {
			c = &unitizedCategory{}
			u.categories[name] = c
		}
		spans := make([][]schema.Span, u.coders)
		for coder := range spans {
			if coder < len(units) {
				spans[coder] = outermostSpans(units[coder], name, length)
			}
			for _, s := range spans[coder] {
				c.units = append(c.units, int64(s.Len()))
			}
			for _, g := range gapsBetween(spans[coder], length) {
				c.gaps = append(c.gaps, int64(g.Len()))
			}
		}
		for i := range spans {
			for j := range spans {
				if i < j {
					c.observed += 2 * unitizedDifference(spans[i], spans[j], length)
				}
			}
		}
	}
}

// outermostSpans are the category's spans, ascending and without overlaps:
// overlapping ones are joined.
func outermostSpans(units []Unit, category string, length int32) []schema.Span {
	var all, out []schema.Span
	for _, u := range units {
		s := u.Span
		s.End = min(s.End, length)
		if u.Category == category && s.Valid() {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, schema.Span.Compare)
	for _, s := range all {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// gapsBetween are the sections of a text that no unit covers.
func gapsBetween(units []schema.Span, length int32) []schema.Span {
	var out []schema.Span
	at := int32(0)
	for _, s := range units {
		if at < s.Start {
			out = append(out, schema.Span{Start: at, End: s.Start})
		}
		at = s.End
	}
	if at < length {
		out = append(out, schema.Span{Start: at, End: length})
	}
	return out
}

// unitizedDifference is Σ δ² over all pairs of sections of two coders.
func unitizedDifference(a, b []schema.Span, length int32) int64 {
	square := func(n int32) int64 { return int64(n) * int64(n) }
	var sum int64
	j := 0
	for _, s := range a {
		for j < len(b) && b[j].End <= s.Start {
			j++
		}
		for k := j; k < len(b) && b[k].Start < s.End; k++ {
			sum += square(s.Start-b[k].Start) + square(s.End-b[k].End)
		}
	}
	inside := func(units, gaps []schema.Span) {
		k := 0
		for _, s := range units {
			for k < len(gaps) && gaps[k].End <= s.Start {
				k++
			}
			if k < len(gaps) && gaps[k].Contains(s) {
				sum += square(s.Len())
			}
		}
	}
	inside(a, gapsBetween(b, length))
	inside(b, gapsBetween(a, length))
	return sum
}

// UnitizingAlpha is α of one category, or of all together.
type UnitizingAlpha struct {
	Category string   `json:"category"` // "" for all
	Alpha    *float64 `json:"alpha"`    // nil when undefined: no units, or nothing could differ by chance
	Observed *float64 `json:"observed_disagreement"`
	Expected *float64 `json:"expected_disagreement"`
	Units    int64    `json:"units"`  // over all coders, after joining
	Length   int64    `json:"length"` // of all texts, in code points
}

// Alpha computes α over all categories, then for each in name order.
func (u *Unitizing) Alpha() []UnitizingAlpha {
	all := UnitizingAlpha{Length: u.length}
	out := []UnitizingAlpha{all}
	if u.length == 0 || u.coders < 2 {
		return out
	}
	names := make([]string, 0, len(u.categories))
	for name := range u.categories {
		names = append(names, name)
	}
	slices.Sort(names)
	var observed, expected float64
	for _, name := range names {
		c := u.categories[name]
		o, e := u.observed(c), u.expected(name, c)
		observed += o
		expected += e
		out = append(out, unitizingAlpha(name, o, e, int64(len(c.units)), u.length))
		all.Units += int64(len(c.units))
	}
	if len(names) > 0 {
		n := float64(len(names))
		out[0] = unitizingAlpha("", observed/n, expected/n, all.Units, u.length)
	}
	return out
}

func unitizingAlpha(name string, observed, expected float64, units, length int64) UnitizingAlpha {
	a := UnitizingAlpha{Category: name, Observed: &observed, Expected: &expected, Units: units, Length: length}
	if expected > 0 {
		a.Alpha = finite(1 - float64(observed/expected))
	}
	return a
}

func (u *Unitizing) observed(c *unitizedCategory) float64 {
	m, l := float64(u.coders), float64(u.length)
	return float64(c.observed) / float64(float64(m*(m-1))*float64(l*l))
}

func (u *Unitizing) expected(name string, c *unitizedCategory) float64 {
	gaps := slices.Clone(c.gaps)
	for _, t := range u.texts { // texts without the category are gaps from end to end
		if !t.present[name] && t.length > 0 {
			for range u.coders {
				gaps = append(gaps, t.length)
			}
		}
	}
	slices.SortFunc(gaps, func(a, b int64) int { return cmp.Compare(b, a) })
	units := slices.Clone(c.units)
	slices.SortFunc(units, func(a, b int64) int { return cmp.Compare(b, a) })

	n := int64(len(units))
	var sum, own float64
	fits, room := 0, int64(0) // gaps at least as long as the unit, and their sum
	for _, l := range units {
		for fits < len(gaps) && gaps[fits] >= l {
			room += gaps[fits]
			fits++
		}
		x := float64(l)
		cubic := float64(float64(n-1) * float64(x*(x-1)*(x+x-1)) / 3)
		positions := float64(room - int64(fits)*(l-1))
		sum += cubic + float64(x*x*positions)
		own += float64(x * (x - 1))
	}
	length := float64(u.length)
	ml := float64(float64(u.coders) * length)
	return float64(2/length*sum) / (float64(ml*(ml-1)) - own)
}

// finite is nil for NaN.
func finite(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}
