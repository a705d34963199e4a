package report

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/agreement"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
)

// sampleComparison has one figure with tests and one that is undefined, under
// names that try to be something else.
func sampleComparison() *scoring.Comparison {
	n := 40
	d := stats.RatioDifference{
		A: ptr(0.5), B: ptr(0.625), Difference: ptr(0.125), Interval: &[2]float64{-0.01, 0.2},
		Test: stats.Test{P: ptr(0.0625), Method: "exact", Articles: 5, Smallest: 0.0625}, PHolm: ptr(0.125), PBenjaminiHochberg: ptr(0.125),
		StandardError: ptr(0.05), Effect: ptr(1.25), MinimalDifference: ptr(0.14), ArticlesNeeded: &n,
		Warnings: []string{"exact test: 5 articles differ and allow no p below 0.0625"},
	}
	items := scoring.ItemChanges{Metric: "mentions.strict", Fixed: 2, Broken: 1, Found: 3, Missed: 4, Added: 1, Items: []scoring.ItemChange{
		{Change: "fixed", DocID: "000_a", Start: 3, End: 7, Class: "P|R", Text: "بوتين"},
		{Change: "broken", DocID: "001_b", Start: 0, End: 2, Class: "GPE", Text: "two\nlines"},
		{Change: "added", DocID: "001_b", Start: -1, End: -1, Class: "PER", Text: "@someone"},
	}}
	each := []scoring.ArticleChange{{DocID: "000_a", First: ptr(0.5), This: ptr(0.75), Change: "better"}, {DocID: "001_b", This: ptr(0), Change: "worse"}}
	return &scoring.Comparison{
		Version: scoring.ComparisonVersion, Signature: scoring.Signature{Dataset: "d@1.0.0"}, Articles: 5, Level: 0.95, Permutations: 10000, Power: 0.8, Delta: 0.05, Comparisons: 1,
		Systems: []scoring.ComparedSystem{{Name: "=old|"}, {Name: "new\n", Changes: []scoring.ItemChanges{items, {Metric: "mentions.strict", Class: "P|R", Fixed: 2}}}},
		Figures: []scoring.ComparedFigure{
			{FigureKey: eval.FigureKey{Name: "mentions.strict"}, Slice: map[string]string{}, Systems: []scoring.SystemFigure{
				{F1: ptr(0.5), Interval: &eval.FigureInterval{F1: &[2]float64{0.4, 0.6}}},
				{F1: ptr(0.625), Versus: &scoring.Versus{F1: d, Articles: &scoring.ArticleChanges{Better: 1, Worse: 1, Each: each}}},
			}},
			{FigureKey: eval.FigureKey{Name: "mentions.strict", Class: "a|b"}, Slice: map[string]string{}, Systems: []scoring.SystemFigure{{}, {F1: ptr(0), Versus: &scoring.Versus{}}}},
			{FigureKey: eval.FigureKey{Name: "mentions.strict"}, Slice: map[string]string{"outlet": "x|y"}, Systems: []scoring.SystemFigure{{F1: ptr(1)}, {F1: ptr(1), Versus: &scoring.Versus{}}}},
		},
		Warnings: []string{"five articles"},
	}
}

func TestComparisonForms(t *testing.T) {
	c := sampleComparison()
	for name, render := range map[string]func(io.Writer) error{
		"comparison.txt":  func(w io.Writer) error { return Text(w, c, View{Ratio: "f1"}) },
		"comparison.bold": func(w io.Writer) error { return Text(w, c, View{Bold: true}) },
		"comparison.md":   func(w io.Writer) error { return Markdown(w, c, View{}) },
		"comparison.csv":  func(w io.Writer) error { return CSV(w, c, View{}) },
		"comparison.json": c.WriteJSON,
	} {
		var b bytes.Buffer
		if err := render(&b); err != nil {
			t.Fatal(err)
		}
		checkGolden(t, name, b.Bytes())
		switch {
		case name != "comparison.bold" && strings.Contains(b.String(), "\x1b"):
			t.Errorf("%s: a terminal code without being asked", name)
		case name == "comparison.bold" && strings.Count(b.String(), "\x1b[1m0.6250\x1b[0m") != 1:
			t.Errorf("the best figure is not in bold:\n%s", b.String())
		case name == "comparison.csv":
			rows, err := csv.NewReader(&b).ReadAll()
			if err != nil || len(rows) != 1+3*2*3 {
				t.Errorf("%d rows, %v", len(rows), err)
			}
		}
	}
}

func TestBestOfMarksNoneOfEqualSystems(t *testing.T) {
	f := &scoring.ComparedFigure{Systems: []scoring.SystemFigure{{F1: ptr(0.5)}, {F1: ptr(0.5)}, {}}}
	if got := bestOf(f, "f1"); !got[0] || !got[1] || got[2] {
		t.Errorf("both of the best two are marked: %v", got)
	}
	f.Systems = f.Systems[:2]
	if got := bestOf(f, "f1"); got[0] || got[1] {
		t.Errorf("equal systems: %v", got)
	}
}

func sampleGate() *scoring.Gate {
	verdict := func(class, outcome string, figure, margin *float64, reason string) scoring.Verdict {
		return scoring.Verdict{
			Condition: scoring.Condition{Kind: scoring.KindMin, Metric: "mentions.strict", Class: class, Ratio: "f1", Limit: "0.8"},
			Outcome:   outcome, Found: figure, Margin: margin, Reason: reason,
		}
	}
	drop := verdict("", scoring.Passed, ptr(0.79), ptr(-0.02), "the drop is beyond the limit, but it may be chance: p = 0.5")
	drop.Kind, drop.Limit, drop.Baseline, drop.Drop, drop.P, drop.PHolm = scoring.KindMaxDrop, "0.01", ptr(0.82), ptr(0.03), ptr(0.5), ptr(0.5)
	return &scoring.Gate{
		Version: scoring.GateVersion, Outcome: scoring.Failed, Signature: scoring.Signature{Dataset: "d@1.0.0"}, Articles: 5, Baseline: "main", Significant: true, Alpha: 0.05,
		Conditions: []scoring.Verdict{
			verdict("", scoring.Passed, ptr(0.8), ptr(0), ""),
			verdict("a|b\n", scoring.Failed, ptr(0.79999), ptr(-0.00001), "below the limit"),
			verdict("x,y: z%", scoring.NotEvaluated, nil, nil, "the f1 is undefined"),
			drop,
		},
		Figures:  []eval.Figure{{Name: "mentions.exact", Precision: ptr(0.5), F1: ptr(0.25)}},
		Warnings: []string{"w"},
	}
}

func TestGateForms(t *testing.T) {
	g := sampleGate()
	for name, render := range map[string]func(io.Writer, any, View) error{
		"gate.txt": Text, "gate.md": Markdown, "gate.csv": CSV, "gate.xml": JUnit, "gate.json": JSON,
		"gate.github": func(w io.Writer, _ any, _ View) error { return GateAnnotations(w, g) },
	} {
		var b bytes.Buffer
		if err := render(&b, g, View{}); err != nil {
			t.Fatal(err)
		}
		checkGolden(t, name, b.Bytes())
		if name == "gate.xml" {
			var suites struct {
				Suite struct {
					Tests    int `xml:"tests,attr"`
					Failures int `xml:"failures,attr"`
					Errors   int `xml:"errors,attr"`
				} `xml:"testsuite"`
			}
			if err := xml.Unmarshal(b.Bytes(), &suites); err != nil || suites.Suite.Tests != 4 || suites.Suite.Failures != 1 || suites.Suite.Errors != 1 {
				t.Errorf("%+v %v", suites, err)
			}
		}
		if name == "gate.github" && strings.Count(b.String(), "\n") != 3 {
			t.Errorf("expected three commands, one a line:\n%s", b.String())
		}
	}
	g.Outcome, g.Conditions = scoring.Passed, g.Conditions[:1]
	var b bytes.Buffer
	if err := GateAnnotations(&b, g); err != nil || b.String() != "::notice title=dataset gate::gate passed: 1 condition\n" {
		t.Errorf("%q %v", b.String(), err)
	}
}

func TestSmallNumbersKeepTheirSign(t *testing.T) {
	for v, want := range map[float64]string{0: "0.0000", 0.125: "+0.1250", -0.125: "−0.1250", -0.00001: "−1.0e-05", 0.00004: "+4.0e-05"} {
		if got := signed(&v); got != want {
			t.Errorf("%g: %s, expected %s", v, got, want)
		}
	}
	for v, want := range map[float64]string{0: "<0.0001", 0.00001: "<0.0001", 0.0625: "0.0625", 1: "1.0000"} {
		if got := pValue(&v); got != want {
			t.Errorf("p %g: %s, expected %s", v, got, want)
		}
	}
}

func sampleAgreements() []NamedAgreement {
	part := func(id string, f1 *float64) agreement.AgreementPart {
		return agreement.AgreementPart{DocID: id, Scores: []eval.Figure{{Name: "mentions.strict", F1: f1, Gold: 3}, {Name: "mentions.strict", Class: "PER"}},
			Kappas: []agreement.NamedKappa{{Name: "events.realis", Kappa: agreement.Kappa{Items: 2}}}}
	}
	each := part("000|a", nil)
	named := func(a, b string, warnings ...string) NamedAgreement {
		return NamedAgreement{A: a, B: b, Agreement: &agreement.Agreement{Version: agreement.AgreementVersion, Articles: 1,
			Overall: part("", ptr(0.5)), Each: []*agreement.AgreementPart{&each}, Warnings: warnings}}
	}
	return []NamedAgreement{named("a|", "b\n", "only one"), named("a|", "gold", "only one")}
}

func TestAgreementForms(t *testing.T) {
	list := sampleAgreements()
	for name, render := range map[string]func(io.Writer, any, View) error{"agreement.txt": Text, "agreement.md": Markdown, "agreement.csv": CSV} {
		var b bytes.Buffer
		if err := render(&b, list, View{ByArticle: true}); err != nil {
			t.Fatal(err)
		}
		checkGolden(t, name, b.Bytes())
	}
}

// TestStoredIsShownAsMeasured: what JSON wrote is read back, and every form of it
// is the same bytes; a form that does not fit says so.
func TestStoredIsShownAsMeasured(t *testing.T) {
	fits := map[string]string{"junit": "a score, a gate", "eval-results": "a score", "croissant-task": "a score", "text": "", "csv": "", "markdown": "", "json": ""}
	for _, measured := range []any{hostileResult(hostileNames[:3]), sampleComparison(), sampleGate(), sampleAgreements()} {
		var stored bytes.Buffer
		if err := JSON(&stored, measured, View{}); err != nil {
			t.Fatal(err)
		}
		read, err := Read(&stored)
		if err != nil {
			t.Fatalf("%s: %v", KindOf(measured), err)
		}
		for _, form := range All() {
			var before, after bytes.Buffer
			err, again := form.Render(&before, measured, View{}), form.Render(&after, read, View{})
			if kinds, known := fits[form.Name]; !known {
				t.Errorf("form %s is not in the table of this test", form.Name)
			} else if kinds == "" || strings.Contains(kinds, KindOf(measured)) {
				if err != nil || again != nil || before.String() != after.String() {
					t.Errorf("%s as %s: %v %v\n%s\n%s", KindOf(measured), form.Name, err, again, &before, &after)
				}
			} else if unfit := (*UnfitError)(nil); !errors.As(err, &unfit) {
				t.Errorf("%s as %s: %v", KindOf(measured), form.Name, err)
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"{}":          "result: version 0, expected 1",
		"[]":          "found an empty list",
		`[{"a":"x"}]`: "expected a list of agreements of version 1",
		`{"comparison_version":2,"systems":[{}]}`:                                 "comparison: version 2, expected 1",
		`{"comparison_version":1}`:                                                "found no systems",
		`{"comparison_version":1,"systems":[{},{}],"figures":[{"systems":[{}]}]}`: "found 1 systems, expected 2",
		`{"gate_version":9}`:                                                      "gate: version 9, expected 1",
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, expected %s", text, err, want)
		}
	}
}
