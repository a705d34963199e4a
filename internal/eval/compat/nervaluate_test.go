package compat

import (
	"github.com/mizan-corpus/mizan/internal/eval/match"

	"math"
	"path/filepath"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
)

// nervaluateOptions are the options of nervaluate's Evaluator.
type nervaluateOptions struct {
	// Tags are the labels that are looked at; entities of others are dropped
	// before matching. nil keeps every label.
	Tags []string
	// MinOverlap is the least overlap, in per cent of the gold entity, 1 to
	// 100; 0 means nervaluate's default of 1.
	MinOverlap float64
}

// nervaluateResult holds counts by scheme: "strict", "exact", "partial",
// "ent_type".
type nervaluateResult struct {
	Overall map[string]nervaluateCounts
	// PerType has an entry for each label that occurs and is not filtered out.
	// nervaluate matches each label on its own, so these do not add up to
	// Overall.
	PerType map[string]map[string]nervaluateCounts
}

// nervaluateCounts are the counts of one scheme.
type nervaluateCounts struct {
	Correct, Incorrect, Partial, Missed, Spurious int64
}

// actual is the number of predicted entities.
func (c nervaluateCounts) actual() int64 {
	return c.Correct + c.Incorrect + c.Partial + c.Spurious
}

// possible is the number of gold entities.
func (c nervaluateCounts) possible() int64 {
	return c.Correct + c.Incorrect + c.Partial + c.Missed
}

// counts are those of the pairs.
func (x nervaluatePairs) counts() nervaluateCounts {
	var c nervaluateCounts
	for _, g := range x.grades {
		switch g {
		case match.Correct:
			c.Correct++
		case match.Partial:
			c.Partial++
		case match.Incorrect:
			c.Incorrect++
		default:
			c.Spurious++
		}
	}
	for _, u := range x.used {
		if !u {
			c.Missed++
		}
	}
	return c
}

// nervaluatePRF is precision, recall and F1 in [0,1]: (COR + PAR/2) over ACT and POS. A
// division by zero gives 0, as in nervaluate. Partial is 0 in the schemes that
// have no partial credit.
func nervaluatePRF(c nervaluateCounts) (precision, recall, f1 float64) {
	credit := float64(c.Correct) + 0.5*float64(c.Partial)
	if n := c.actual(); n > 0 {
		precision = credit / float64(n)
	}
	if n := c.possible(); n > 0 {
		recall = credit / float64(n)
	}
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

// The two ways of choosing.
var nervaluate12, nervaluate11 = nervaluateVersions[0], nervaluateVersions[1]

// scoreNervaluate scores documents as a version of nervaluate does, 1.1 with the
// fix of its pull request 109 (partial credit is kept over several documents).
func scoreNervaluate(v nervaluateVersion, gold, pred [][]nervaluateEntity, opt nervaluateOptions) *nervaluateResult {
	if opt.MinOverlap == 0 {
		opt.MinOverlap = 1
	}
	r := &nervaluateResult{Overall: map[string]nervaluateCounts{}, PerType: map[string]map[string]nervaluateCounts{}}
	for d := range gold {
		g, p := keepLabels(gold[d], opt.Tags), keepLabels(pred[d], opt.Tags)
		sumNervaluate(v, r.Overall, g, p, opt.MinOverlap)
		for _, label := range labelsOf(g, p) {
			if r.PerType[label] == nil {
				r.PerType[label] = map[string]nervaluateCounts{}
			}
			sumNervaluate(v, r.PerType[label], keepLabels(g, []string{label}), keepLabels(p, []string{label}), opt.MinOverlap)
		}
	}
	return r
}

func sumNervaluate(v nervaluateVersion, to map[string]nervaluateCounts, gold, pred []nervaluateEntity, minOverlap float64) {
	for _, scheme := range nervaluateSchemes {
		c, d := to[scheme], v.match(scheme, gold, pred, minOverlap).counts()
		to[scheme] = nervaluateCounts{c.Correct + d.Correct, c.Incorrect + d.Incorrect, c.Partial + d.Partial,
			c.Missed + d.Missed, c.Spurious + d.Spurious}
	}
}

// TestNervaluateConformance holds the scheme of 1.1 against nervaluate's own cases:
// counts of v1.1.0 overall and by type, ratios as its pull request 109 has them.
func TestNervaluateConformance(t *testing.T) {
	dir := evaltest.Conformance(t, "nervaluate")
	type want struct {
		Correct, Incorrect, Partial, Missed, Spurious, Possible, Actual int64
		Precision, Recall, F1                                           float64
	}
	var cases []struct {
		ID         string
		Gold, Pred [][]nervaluateEntity
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
	evaltest.ReadJSON(t, filepath.Join(dir, "cases.json"), &cases)
	if len(cases) != 15 {
		t.Fatalf("%d cases, expected 15", len(cases))
	}
	check := func(what string, got nervaluateCounts, w want) {
		t.Helper()
		if got != (nervaluateCounts{w.Correct, w.Incorrect, w.Partial, w.Missed, w.Spurious}) || got.possible() != w.Possible || got.actual() != w.Actual {
			t.Errorf("%s: %+v, expected %+v", what, got, w)
		}
	}
	prf := func(what string, got nervaluateCounts, w want) {
		t.Helper()
		p, r, f := nervaluatePRF(got)
		for _, d := range []float64{p - w.Precision, r - w.Recall, f - w.F1} {
			if math.Abs(d) > 1e-12 {
				t.Errorf("%s: %v %v %v, expected %v %v %v", what, p, r, f, w.Precision, w.Recall, w.F1)
				break
			}
		}
	}
	for _, c := range cases {
		r := scoreNervaluate(nervaluate11, c.Gold, c.Pred, nervaluateOptions{c.Tags, c.Options.MinOverlap})
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

// TestNervaluateOrder: worked out by hand from the strategies of 1.1. The
// prediction takes whichever gold entity comes first in the list.
func TestNervaluateOrder(t *testing.T) {
	a, b := nervaluateEntity{"A", 0, 12}, nervaluateEntity{"B", 14, 17}
	whole := []nervaluateEntity{{"A", 0, 17}}
	for _, c := range []struct {
		gold []nervaluateEntity
		want nervaluateCounts
	}{
		{[]nervaluateEntity{a, b}, nervaluateCounts{Correct: 1, Missed: 1}},
		{[]nervaluateEntity{b, a}, nervaluateCounts{Incorrect: 1, Missed: 1}},
	} {
		r := scoreNervaluate(nervaluate11, [][]nervaluateEntity{c.gold}, [][]nervaluateEntity{whole}, nervaluateOptions{})
		if r.Overall["ent_type"] != c.want {
			t.Errorf("%v: %+v, expected %+v", c.gold, r, c.want)
		}
	}
	// Entities without a place never match.
	none := []nervaluateEntity{{"A", -1, -2}}
	r := scoreNervaluate(nervaluate11, [][]nervaluateEntity{none}, [][]nervaluateEntity{none}, nervaluateOptions{})
	if got := r.Overall["strict"]; got != (nervaluateCounts{Missed: 1, Spurious: 1}) {
		t.Errorf("entities without a place: %+v", got)
	}
}

// TestNervaluatePrefersTheBest: worked out by hand from the strategies of
// nervaluate 1.2.1, and checked with it.
func TestNervaluatePrefersTheBest(t *testing.T) {
	outer, inner := nervaluateEntity{"A", 0, 5}, nervaluateEntity{"A", 3, 5}
	for _, c := range []struct {
		name       string
		scheme     string
		gold, pred []nervaluateEntity
		new, old   nervaluateCounts
	}{
		{"the nested one", "strict", []nervaluateEntity{outer, inner}, []nervaluateEntity{inner},
			nervaluateCounts{Correct: 1, Missed: 1}, nervaluateCounts{Incorrect: 1, Missed: 1}},
		{"the nested one", "partial", []nervaluateEntity{outer, inner}, []nervaluateEntity{inner},
			nervaluateCounts{Correct: 1, Missed: 1}, nervaluateCounts{Partial: 1, Missed: 1}},
		{"whatever its type", "exact", []nervaluateEntity{outer, {"B", 3, 5}}, []nervaluateEntity{inner},
			nervaluateCounts{Correct: 1, Missed: 1}, nervaluateCounts{Incorrect: 1, Missed: 1}},
		{"one of its type", "ent_type", []nervaluateEntity{{"B", 3, 5}, outer}, []nervaluateEntity{inner},
			nervaluateCounts{Correct: 1, Missed: 1}, nervaluateCounts{Incorrect: 1, Missed: 1}},
		// The nearest of its type leaves the far one to the next, which only that one overlaps.
		{"the nearest of its type", "ent_type", []nervaluateEntity{outer, inner}, []nervaluateEntity{inner, {"A", 0, 2}},
			nervaluateCounts{Correct: 2}, nervaluateCounts{Correct: 1, Spurious: 1, Missed: 1}},
		{"not what is gone", "strict", []nervaluateEntity{inner}, []nervaluateEntity{outer, inner},
			nervaluateCounts{Incorrect: 1, Spurious: 1}, nervaluateCounts{Incorrect: 1, Spurious: 1}},
	} {
		if got := nervaluate12.match(c.scheme, c.gold, c.pred, 1).counts(); got != c.new {
			t.Errorf("%s, %s: 1.2 gives %+v, expected %+v", c.scheme, c.name, got, c.new)
		}
		if got := nervaluate11.match(c.scheme, c.gold, c.pred, 1).counts(); got != c.old {
			t.Errorf("%s, %s: 1.1 gives %+v, expected %+v", c.scheme, c.name, got, c.old)
		}
	}
}
