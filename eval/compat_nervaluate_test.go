package eval

import (
	"math"
	"path/filepath"
	"testing"
)

// TestNervaluateConformance holds the scheme against nervaluate's own cases:
// counts of v1.1.0 overall and by type, ratios as its pull request 109 has them.
func TestNervaluateConformance(t *testing.T) {
	dir := conformance(t, "nervaluate")
	type want struct {
		Correct, Incorrect, Partial, Missed, Spurious, Possible, Actual int64
		Precision, Recall, F1                                           float64
	}
	var cases []struct {
		ID         string
		Gold, Pred [][]NervaluateEntity
		Tags       []string
		Options    struct {
			MinOverlap float64 `json:"min_overlap_percentage"`
		}
		V110 struct {
			Overall map[string]want
			PerType map[string]map[string]want `json:"per_type"`
		} `json:"v1_1_0"`
		Fixed map[string]want `json:"pr109_fixed_overall_prf"`
	}
	readJSON(t, filepath.Join(dir, "cases.json"), &cases)
	if len(cases) != 15 {
		t.Fatalf("%d cases, expected 15", len(cases))
	}
	check := func(what string, got NervaluateCounts, w want) {
		t.Helper()
		if got != (NervaluateCounts{w.Correct, w.Incorrect, w.Partial, w.Missed, w.Spurious}) || got.Possible() != w.Possible || got.Actual() != w.Actual {
			t.Errorf("%s: %+v, expected %+v", what, got, w)
		}
	}
	prf := func(what string, got NervaluateCounts, w want) {
		t.Helper()
		p, r, f := got.PRF()
		for _, d := range []float64{p - w.Precision, r - w.Recall, f - w.F1} {
			if math.Abs(d) > 1e-12 {
				t.Errorf("%s: %v %v %v, expected %v %v %v", what, p, r, f, w.Precision, w.Recall, w.F1)
				break
			}
		}
	}
	for _, c := range cases {
		r, err := ScoreNervaluate(c.Gold, c.Pred, NervaluateOptions{c.Tags, c.Options.MinOverlap})
		if err != nil {
			t.Fatal(err)
		}
		for _, scheme := range nervaluateSchemes {
			check(c.ID+" "+scheme, r.Overall[scheme], c.V110.Overall[scheme])
			prf(c.ID+" "+scheme, r.Overall[scheme], c.Fixed[scheme])
			for label, w := range c.V110.PerType {
				check(c.ID+" "+label+" "+scheme, r.PerType[label][scheme], w[scheme])
				if len(c.Gold) == 1 || scheme != "partial" { // v1.1.0 loses partial credit over documents
					prf(c.ID+" "+label+" "+scheme, r.PerType[label][scheme], w[scheme])
				}
			}
		}
		if len(r.PerType) != len(c.V110.PerType) {
			t.Errorf("%s: %d types, expected %d", c.ID, len(r.PerType), len(c.V110.PerType))
		}
	}
}

// TestNervaluateOrder: worked out by hand from nervaluate's strategies. The
// prediction takes whichever gold entity comes first in the list.
func TestNervaluateOrder(t *testing.T) {
	a, b := NervaluateEntity{"A", 0, 12}, NervaluateEntity{"B", 14, 17}
	whole := []NervaluateEntity{{"A", 0, 17}}
	for _, c := range []struct {
		gold []NervaluateEntity
		want NervaluateCounts
	}{
		{[]NervaluateEntity{a, b}, NervaluateCounts{Correct: 1, Missed: 1}},
		{[]NervaluateEntity{b, a}, NervaluateCounts{Incorrect: 1, Missed: 1}},
	} {
		r, err := ScoreNervaluate([][]NervaluateEntity{c.gold}, [][]NervaluateEntity{whole}, NervaluateOptions{})
		if err != nil || r.Overall["ent_type"] != c.want {
			t.Errorf("%v: %+v, %v, expected %+v", c.gold, r, err, c.want)
		}
	}
	if _, err := ScoreNervaluate(nil, [][]NervaluateEntity{nil}, NervaluateOptions{}); err == nil {
		t.Error("different numbers of documents were accepted")
	}
	if _, err := ScoreNervaluate(nil, nil, NervaluateOptions{MinOverlap: 101}); err == nil {
		t.Error("an overlap of 101 per cent was accepted")
	}
	// Entities without a place never match.
	none := []NervaluateEntity{{"A", -1, -2}}
	r, _ := ScoreNervaluate([][]NervaluateEntity{none}, [][]NervaluateEntity{none}, NervaluateOptions{})
	if got := r.Overall["strict"]; got != (NervaluateCounts{Missed: 1, Spurious: 1}) {
		t.Errorf("entities without a place: %+v", got)
	}
}
