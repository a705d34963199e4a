package eval

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"testing"
)

// gttFixture reads a template of the fixture: mentions are texts, in gold
// pairs of text and offset.
func gttFixture(t *testing.T, raw map[string]json.RawMessage) GTTTemplate {
	t.Helper()
	out := GTTTemplate{Roles: map[string][][]string{}}
	for role, value := range raw {
		if role == GTTIncidentType {
			_ = json.Unmarshal(value, &out.IncidentType) // what is no string is no type
			continue
		}
		var entities [][]any
		if err := json.Unmarshal(value, &entities); err != nil {
			t.Fatalf("%s: %v", role, err)
		}
		for _, mentions := range entities {
			var e []string
			for _, m := range mentions {
				if pair, ok := m.([]any); ok {
					m = pair[0]
				}
				e = append(e, m.(string))
			}
			out.Roles[role] = append(out.Roles[role], e)
		}
	}
	return out
}

// TestGTTConformance holds the scheme against the output of GTT's scorer for
// its own predictions on the 200 test documents of MUC-4.
func TestGTTConformance(t *testing.T) {
	dir := conformance(t, "gtt")
	var file struct {
		Gold map[string]struct {
			Templates []map[string]json.RawMessage
		}
		Pred     map[string][]map[string]json.RawMessage
		Expected map[string][3]float64 `json:"expected_prf_percent"`
	}
	readJSON(t, filepath.Join(dir, "muc4_gtt_template_filling.json"), &file)
	var docs []GTTDocument
	for id, gold := range file.Gold {
		var d GTTDocument
		for _, raw := range gold.Templates {
			d.Gold = append(d.Gold, gttFixture(t, raw))
		}
		for _, raw := range file.Pred[id] {
			d.Pred = append(d.Pred, gttFixture(t, raw))
		}
		docs = append(docs, d)
	}
	if len(docs) != 200 || len(file.Expected) != 7 {
		t.Fatalf("%d documents and %d rows, expected 200 and 7", len(docs), len(file.Expected))
	}
	got := ScoreGTT(docs)
	for role, want := range file.Expected {
		s := PRF(got[role])
		for i, r := range []Ratio{s.Precision, s.Recall, s.F1} {
			if math.Abs(100*r.Value-want[i]) > 0.00501 { // printed to two places
				t.Errorf("%s: %.4f, expected %v (counts %v)", role, 100*r.Value, want, got[role])
				break
			}
		}
	}
}

// TestGTT: worked out by hand from the scorer's rules. Aligning the first
// prediction with the second gold template wins; the other prediction has a
// type that gold does not have.
func TestGTT(t *testing.T) {
	got := ScoreGTT([]GTTDocument{{
		Gold: []GTTTemplate{
			{"attack / bombing", map[string][][]string{"Victim": {{"the mayor", "J. Diaz"}}, "Weapon": {{"a bomb"}}}},
			{"attack / bombing", map[string][][]string{"Victim": {{"two guards"}}, "Weapon": {{"bombs"}, {"rifles"}}}},
			{"attack / bombing", map[string][][]string{"Victim": {{"two guards"}}, "Weapon": {{"bombs"}, {"rifles"}}}},
		},
		Pred: []GTTTemplate{
			{"", map[string][][]string{"Victim": {{"Two guards!"}, {"mayor"}}, "Weapon": {{"rifles"}}}},
			{"kidnapping", map[string][][]string{"Victim": {{"J Diaz"}}}},
		},
	}})
	for role, want := range map[string][]int64{ // correct, predicted, correct, gold
		GTTIncidentType: {1, 2, 1, 2},
		"Victim":        {1, 3, 1, 2},
		"Weapon":        {1, 1, 1, 3},
		GTTMicro:        {3, 6, 3, 7},
	} {
		if !slices.Equal(got[role], want) {
			t.Errorf("%s: %v, expected %v", role, got[role], want)
		}
	}
}

// TestGTTMany: a document with more alignments than can be tried still gives
// counts, and gold against itself is right.
func TestGTTMany(t *testing.T) {
	var d GTTDocument
	for i := range 30 {
		d.Gold = append(d.Gold, GTTTemplate{"attack", map[string][][]string{"Victim": {{string(rune('b' + i))}}}})
	}
	d.Pred = d.Gold
	if got := ScoreGTT([]GTTDocument{d})[GTTMicro]; !slices.Equal(got, []int64{60, 60, 60, 60}) {
		t.Errorf("%v", got)
	}
}
