package agreement

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// alphaOf is Krippendorff's α of ratings, coders × units, NaN where a coder gave
// no value.
func alphaOf(ratings [][]float64, level Measurement) (float64, error) {
	var values []float64
	for coder, row := range ratings {
		if len(row) != len(ratings[0]) {
			return 0, fmt.Errorf("coder %d rated %d units, expected %d as coder 0", coder, len(row), len(ratings[0]))
		}
		for unit, v := range row {
			if math.IsNaN(v) {
				continue
			}
			if math.IsInf(v, 0) || level == RatioScaled && v < 0 {
				return 0, fmt.Errorf("coder %d, unit %d: %g is no value on a scale of level %s", coder, unit, v, level)
			}
			values = append(values, v)
		}
	}
	slices.Sort(values)
	values = slices.Compact(values)
	c := NewCoincidences(len(values))
	if len(ratings) > 0 {
		unit := make([]int, 0, len(ratings))
		for u := range ratings[0] {
			unit = unit[:0]
			for _, row := range ratings {
				if !math.IsNaN(row[u]) {
					at, _ := slices.BinarySearch(values, row[u])
					unit = append(unit, at)
				}
			}
			c.Add(unit, 1)
		}
	}
	return c.Alpha(values, level)
}

var nan = math.NaN()

// The examples of Krippendorff 2011, "Computing Krippendorff's
// alpha-reliability", in its letters, with the values printed there. Their
// further digits were computed by hand from the coincidences printed there.
var krippendorff2011 = []struct {
	name    string
	ratings [][]float64
	level   Measurement
	want    float64
}{
	{"A, binary, two observers: 0.095", [][]float64{
		{0, 1, 0, 0, 0, 0, 0, 0, 1, 0},
		{1, 1, 1, 0, 0, 1, 0, 0, 0, 0},
	}, Nominal, 1 - 19.0*4/(14*6)},
	{"B, nominal, two observers: 0.692", [][]float64{ // a=1 … e=5
		{1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1},
		{2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4},
	}, Nominal, 0.692},
	{"C, nominal: 0.743", exampleC, Nominal, 0.743},
	{"D, ordinal: 0.815", exampleC, Ordinal, 0.815},
	{"D, interval: 0.849", exampleC, IntervalScaled, 0.849},
	{"D, ratio: 0.797", exampleC, RatioScaled, 0.797},
}

var exampleC = [][]float64{
	{1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan},
	{1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3},
	{nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan},
	{1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan},
}

func TestAlphaOfKrippendorff2011(t *testing.T) {
	for _, c := range krippendorff2011 {
		got, err := alphaOf(c.ratings, c.level)
		if err != nil || math.Abs(got-c.want) > 0.0005 {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
}

func TestAlphaErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		ratings [][]float64
		level   Measurement
		want    error // nil for any
	}{
		{"one value", [][]float64{{1, 1}, {1, 1}}, Nominal, ErrOneValue},
		{"one value that is paired", [][]float64{{1, 1, 2}, {1, 1, nan}}, Nominal, ErrOneValue},
		{"one coder", [][]float64{{1, 2, 3}}, Nominal, ErrNoPairs},
		{"no unit with two values", [][]float64{{1, nan}, {nan, 2}}, Ordinal, ErrNoPairs},
		{"nobody", nil, Nominal, ErrNoPairs},
		{"unknown level", [][]float64{{1, 2}, {1, 2}}, "absolute", ErrMeasurement},
		{"uneven rows", [][]float64{{1, 2}, {1}}, Nominal, nil},
		{"a negative ratio", [][]float64{{-1, 2}, {1, 2}}, RatioScaled, nil},
		{"infinity", [][]float64{{math.Inf(1), 2}, {1, 2}}, IntervalScaled, nil},
	} {
		got, err := alphaOf(c.ratings, c.level)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, %v, expected %v", c.name, got, err, c.want)
		}
	}
}

// TestAlphaConformance reads the cases of the conformance fixtures.
func TestAlphaConformance(t *testing.T) {
	dir := os.Getenv("DATASET_CONFORMANCE")
	if dir == "" {
		t.Skip("DATASET_CONFORMANCE is not set: skipping the conformance cases of Krippendorff's alpha")
	}
	data, err := os.ReadFile(filepath.Join(dir, "krippendorff", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		ID      string
		Ratings [][]*float64 `json:"reliability_data_coders_x_units"`
		Alpha   map[Measurement]any
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, c := range cases {
		ratings := make([][]float64, len(c.Ratings))
		for i, row := range c.Ratings {
			for _, v := range row {
				if v == nil {
					v = &nan
				}
				ratings[i] = append(ratings[i], *v)
			}
		}
		for level, want := range c.Alpha {
			checked++
			got, err := alphaOf(ratings, level)
			if v, ok := want.(float64); ok {
				if err != nil || math.Abs(got-v) > 1e-12 {
					t.Errorf("%s, %s: %v, %v, expected %v", c.ID, level, got, err, v)
				}
				continue
			}
			contract := map[string]error{"single_value_domain": ErrOneValue, "single_rater": ErrNoPairs}[c.ID]
			if contract == nil || !errors.Is(err, contract) {
				t.Errorf("%s, %s: %v, %v, expected %v", c.ID, level, got, err, want)
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d values were checked", checked)
	}
}

func TestAlphaLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coders, units := rapid.IntRange(2, 4).Draw(t, "coders"), rapid.IntRange(1, 8).Draw(t, "units")
		ratings := make([][]float64, coders)
		for i := range ratings {
			for range units {
				v := float64(rapid.IntRange(-1, 3).Draw(t, "value"))
				if v < 0 {
					v = nan
				}
				ratings[i] = append(ratings[i], v)
			}
		}
		level := rapid.SampledFrom([]Measurement{Nominal, Ordinal, IntervalScaled, RatioScaled}).Draw(t, "level")
		got, err := alphaOf(ratings, level)
		if err != nil {
			return
		}
		if got > 1 || math.IsNaN(got) {
			t.Fatalf("alpha is %v", got)
		}
		order := rapid.Permutation(ratings).Draw(t, "order")
		if again, _ := alphaOf(order, level); again != got {
			t.Fatalf("the order of the coders matters: %v, %v", got, again)
		}
		same := [][]float64{ratings[0], ratings[0]}
		if one, err := alphaOf(same, level); err == nil && one != 1 {
			t.Fatalf("a coder agrees with itself by %v", one)
		}
	})
}
