package scoring

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
)

func condition(kind, ratio, limit string) Condition {
	return Condition{Kind: kind, Metric: "m", Ratio: ratio, Limit: Decimal(limit)}
}

func judge(t *testing.T, current System, baseline *System, opt GateOptions) *Gate {
	t.Helper()
	opt.Permuting = stats.DefaultPermuting
	g, err := Judge(t.Context(), current, baseline, opt)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestLimitsAreInclusiveAndExact(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after [3]int64 // correct, predicted, gold
		condition     Condition
		want          string
	}{
		{"4 of 5 holds 0.8", [3]int64{}, [3]int64{4, 5, 5}, condition(KindMin, "f1", "0.8"), Passed},
		{"799 of 1000 does not", [3]int64{}, [3]int64{799, 1000, 1000}, condition(KindMin, "precision", "0.8"), Failed},
		// F1 = 2·3/(10+10) = 0.3; in floating point 2·0.3·0.3/(0.3+0.3) is 0.3 or less by rounding.
		{"3 of 10 holds 0.3", [3]int64{}, [3]int64{3, 10, 10}, condition(KindMin, "f1", "0.3"), Passed},
		{"1 of 3 is above 0.333333333333333333", [3]int64{}, [3]int64{1, 3, 3}, condition(KindMin, "recall", "0.333333333333333333"), Passed},
		{"1 of 3 is below 0.333333333333333334", [3]int64{}, [3]int64{1, 3, 3}, condition(KindMin, "recall", "0.333333333333333334"), Failed},
		// 0.5 − 0.49 is 0.010000000000000009 in floating point.
		{"from 50 to 49 of 100 drops by 0.01", [3]int64{50, 100, 100}, [3]int64{49, 100, 100}, condition(KindMaxDrop, "f1", "0.01"), Passed},
		{"from 50 to 48 of 100 drops by more", [3]int64{50, 100, 100}, [3]int64{48, 100, 100}, condition(KindMaxDrop, "f1", "0.01"), Failed},
		{"a rise is no drop", [3]int64{50, 100, 100}, [3]int64{60, 100, 100}, condition(KindMaxDrop, "f1", "0"), Passed},
		{"nothing predicted", [3]int64{}, [3]int64{0, 0, 5}, condition(KindMin, "precision", "0"), NotEvaluated},
		{"nothing predicted has F1 0", [3]int64{}, [3]int64{0, 0, 5}, condition(KindMin, "f1", "0"), Passed},
		{"the baseline predicted nothing", [3]int64{0, 0, 5}, [3]int64{1, 5, 5}, condition(KindMaxDrop, "precision", "0.5"), NotEvaluated},
		{"neither predicted anything", [3]int64{0, 0, 5}, [3]int64{0, 0, 5}, condition(KindMaxDrop, "precision", "0"), Passed},
	} {
		before := countedSystem("before", [][3]int64{c.before})
		g := judge(t, countedSystem("after", [][3]int64{c.after}), &before, GateOptions{Conditions: []Condition{c.condition}})
		v := g.Conditions[0]
		if v.Outcome != c.want || g.Outcome != c.want || (v.Margin == nil) != (c.want == NotEvaluated) || (v.Reason == "") != (c.want == Passed) {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
}

func TestGateAgreesWithWholeNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		predicted, gold := rapid.Int64Range(1, 400).Draw(t, "predicted"), rapid.Int64Range(1, 400).Draw(t, "gold")
		correct := rapid.Int64Range(0, min(predicted, gold)).Draw(t, "correct")
		thousandths := rapid.Int64Range(0, 1000).Draw(t, "limit")
		limit, err := json.Marshal(float64(thousandths) / 1000)
		if err != nil {
			t.Fatal(err)
		}
		s := countedSystem("s", [][3]int64{{correct, predicted, gold}})
		g, err := Judge(t.Context(), s, nil, GateOptions{Conditions: []Condition{condition(KindMin, "f1", string(limit))}})
		if err != nil {
			t.Fatal(err)
		}
		// F1 = 2c/(n+m) ≥ k/1000.
		want := 2*correct*1000 >= thousandths*(predicted+gold)
		if (g.Outcome == Passed) != want {
			t.Fatalf("%d of %d and %d against %s: %s", correct, predicted, gold, limit, g.Outcome)
		}
	})
}

func TestEveryConditionIsEvaluated(t *testing.T) {
	unknown := condition(KindMin, "f1", "0.5")
	unknown.Class = "NONE"
	mean := condition(KindMin, "f1", "0.5")
	mean.Average = "macro"
	g := judge(t, countedSystem("s", [][3]int64{{1, 2, 2}}), nil, GateOptions{Conditions: []Condition{
		unknown, mean, condition(KindMin, "f1", "0.6"), condition(KindMin, "f1", "0.5"),
	}})
	var outcomes []string
	for _, v := range g.Conditions {
		outcomes = append(outcomes, v.Outcome)
	}
	if got := strings.Join(outcomes, " "); got != "not_evaluated not_evaluated failed passed" || g.Outcome != Failed {
		t.Errorf("%s, gate %s", got, g.Outcome)
	}
}

func TestSignificantDrops(t *testing.T) {
	rows := func(n int, row [3]int64) [][3]int64 {
		var out [][3]int64
		for range n {
			out = append(out, row)
		}
		return out
	}
	right, wrong := [3]int64{1, 1, 1}, [3]int64{0, 1, 1}
	drop := GateOptions{Conditions: []Condition{condition(KindMaxDrop, "f1", "0.1")}, Significant: true, Alpha: 0.05}
	for _, c := range []struct {
		name          string
		before, after [][3]int64
		want, reason  string
	}{
		// All six worse: p = 2/64 = 0.03125.
		{"six of six", rows(6, right), rows(6, wrong), Failed, "not by chance: p = 0.03125"},
		// Five articles: at best p = 2/32 = 0.0625.
		{"five of five", rows(5, right), rows(5, wrong), NotEvaluated, "too few articles"},
		// One of six worse: any swap gives a difference as great, p = 1.
		{"one of six", rows(6, right), append(rows(5, right), wrong), Passed, "it may be chance: p = 1"},
		{"no drop, few articles", rows(2, right), rows(2, right), Passed, ""},
	} {
		before := countedSystem("before", c.before)
		g := judge(t, countedSystem("after", c.after), &before, drop)
		v := g.Conditions[0]
		if v.Outcome != c.want || !strings.Contains(v.Reason, c.reason) || v.P == nil || v.PHolm == nil {
			t.Errorf("%s: %+v", c.name, v)
		}
	}
	// Two drops are corrected together: 2·0.03125 is beyond 0.05, and nothing
	// smaller can come out.
	before := countedSystem("before", rows(6, right))
	both := drop
	both.Conditions = append(both.Conditions, condition(KindMaxDrop, "recall", "0.1"))
	g := judge(t, countedSystem("after", rows(6, wrong)), &before, both)
	if *g.Conditions[0].P != 0.03125 || *g.Conditions[0].PHolm != 0.0625 || g.Outcome != NotEvaluated {
		t.Errorf("%+v", g.Conditions)
	}
}

func TestLeastP(t *testing.T) {
	p := stats.Permuting{Samples: 9999, MaxExact: 1 << 4}
	// Up to four articles are enumerated: 2/2⁴; from five on, four may differ
	// (1/8) or more be sampled (1/10000).
	for n, want := range map[int]float64{1: 1, 3: 0.25, 4: 0.125, 5: 0.0001, 100: 0.0001} {
		if got := leastP(p, n); got != want {
			t.Errorf("%d articles: %g, expected %g", n, got, want)
		}
	}
}

func TestJudgeRefusesWhatItCannotDo(t *testing.T) {
	s := countedSystem("s", [][3]int64{{1, 1, 1}, {1, 1, 1}})
	stored := s
	stored.Scorer = nil
	other := s
	other.Result = &Result{Signature: Signature{Dataset: "other@1.0.0"}, Metrics: s.Result.Metrics}
	drop := condition(KindMaxDrop, "f1", "0.1")
	for name, c := range map[string]struct {
		baseline *System
		opt      GateOptions
		want     string
	}{
		"nothing":              {nil, GateOptions{}, "no condition"},
		"no baseline":          {nil, GateOptions{Conditions: []Condition{drop}}, "needs a baseline"},
		"nothing to test":      {nil, GateOptions{Conditions: []Condition{condition(KindMin, "f1", "0.1")}, Significant: true, Alpha: 0.05}, "no greatest drop"},
		"alpha":                {&s, GateOptions{Conditions: []Condition{drop}, Significant: true, Alpha: 1}, "alpha 1"},
		"stored":               {&stored, GateOptions{Conditions: []Condition{drop}, Significant: true, Alpha: 0.05}, "stored result"},
		"differing signatures": {&other, GateOptions{Conditions: []Condition{drop}}, "dataset: other@1.0.0, d@1.0.0"},
	} {
		c.opt.Permuting = stats.DefaultPermuting
		if _, err := Judge(t.Context(), s, c.baseline, c.opt); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	g := judge(t, s, &other, GateOptions{Conditions: []Condition{drop}, Mismatch: true})
	if g.Outcome != Passed || !strings.Contains(strings.Join(g.Warnings, "\n"), "not computed alike: dataset") {
		t.Errorf("%+v", g)
	}
}

func TestParseCondition(t *testing.T) {
	for text, want := range map[string]string{
		"mentions.strict.f1=0.8":                           "mentions.strict.f1 ≥ 0.8",
		"events.trigger.classified.recall[CONSULT] = 0.60": "events.trigger.classified.recall[CONSULT] ≥ 0.60",
		"mentions.strict.precision[(macro)]=1":             "mentions.strict.precision[(macro)] ≥ 1",
		"mentions.strict.f1[a=b[c]]=0":                     "mentions.strict.f1[a=b[c]] ≥ 0",
	} {
		c, err := ParseCondition(KindMin, text)
		if err != nil || c.String() != want {
			t.Errorf("%s: %s, %v", text, c, err)
		}
	}
	for text, want := range map[string]string{
		"":                        "no limit",
		"mentions.strict.f1":      "no limit",
		"mentions.strict=0.8":     "names no ratio; nearest: mentions.strict.f1",
		"mentions.strict.F1=0.8":  "names no ratio",
		"mentions.strict.f1=80":   "from 0 to 1",
		"mentions.strict.f1=-0.1": "from 0 to 1",
		"mentions.strict.f1=1.01": "from 0 to 1",
		"mentions.strict.f1=NaN":  "from 0 to 1",
		"mentions.strict.f1=1e-3": "from 0 to 1",
		"mentions.strict.f1[=1":   "no class in brackets",
		"mentions.strict.f1[]=1":  "no class in brackets",
		"mentions.strct.f1=0.8":   `unknown metric "mentions.strct"; nearest: mentions.strict`,
	} {
		if _, err := ParseCondition(KindMin, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v", text, err)
		}
	}
	var unknown *eval.UnknownMetricError
	if _, err := ParseCondition(KindMin, "nonsense.f1=0.1"); !errors.As(err, &unknown) || len(unknown.Nearest) == 0 {
		t.Errorf("error %v", err)
	}
}

func FuzzParseCondition(f *testing.F) {
	for _, s := range []string{"mentions.strict.f1=0.8", "mentions.strict.f1[A]=1", "x", "=", "[]=", "a.f1[=0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCondition(KindMaxDrop, text)
		if err != nil {
			return
		}
		again, err := NewCondition(KindMaxDrop, c.Figure(), string(c.Limit))
		if err != nil || again != c {
			t.Errorf("%q: %+v read again is %+v, %v", text, c, again, err)
		}
		if b, err := json.Marshal(c); err != nil || !json.Valid(b) {
			t.Errorf("%q: %s, %v", text, b, err)
		}
	})
}
