package compat

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
)

// conllevalReport is the report that conlleval.pl prints, to the letter.
func conllevalReport(r *tagReport) string {
	var b strings.Builder
	percent := func(n, den int64) float64 {
		if den == 0 {
			return 0
		}
		return 100 * float64(n) / float64(den)
	}
	ratios := func(c tagCounts) string {
		p, rec := percent(c.correct, c.predicted), percent(c.correct, c.gold)
		f := 0.0
		if p+rec > 0 {
			f = 2 * p * rec / (p + rec)
		}
		return fmt.Sprintf("precision: %6.2f%%; recall: %6.2f%%; FB1: %6.2f", p, rec, f)
	}
	t := r.total()
	fmt.Fprintf(&b, "processed %d tokens with %d phrases; found: %d phrases; correct: %d.\n", r.tokens, t.gold, t.predicted, t.correct)
	if r.tokens > 0 {
		fmt.Fprintf(&b, "accuracy: %6.2f%%; %s\n", percent(r.correctTokens, r.tokens), ratios(t))
	}
	for _, c := range r.types {
		line := fmt.Sprintf("%17s: %s  %d\n", c.typ, ratios(c), c.predicted)
		b.WriteString(line)
		if c.typ == "" && c.gold > 0 && c.predicted > 0 { // the script does not see that it has had the nameless type
			b.WriteString(line)
		}
	}
	return b.String()
}

// tagScoreIs compares a type's figures with those of a tool that prints 0 for
// what is undefined.
func tagScoreIs(t *testing.T, what string, c tagCounts, p, r, f float64) {
	t.Helper()
	got := eval.PRF([]int64{c.correct, c.predicted, c.correct, c.gold})
	for _, d := range []float64{got.Precision.Value - p, got.Recall.Value - r, got.F1.Value - f} {
		if math.Abs(d) > 1e-12 {
			t.Errorf("%s: %+v, expected %v %v %v", what, got, p, r, f)
			return
		}
	}
}

// TestTags: random sequences with the output of conlleval.pl; the file says how
// it was made.
func TestTags(t *testing.T) {
	var file struct {
		Cases []struct {
			Gold, Pred [][]string
			Report     string
		}
	}
	evaltest.ReadJSON(t, filepath.Join("testdata", "tags.json"), &file)
	for i, c := range file.Cases {
		if got := conllevalReport(scoreTags(c.Gold, c.Pred)); got != c.Report {
			t.Errorf("case %d:\n%s\nexpected\n%s", i, got, c.Report)
		}
	}
	if len(file.Cases) != 12 {
		t.Errorf("%d cases, expected 12", len(file.Cases))
	}
}

// TestConllevalConformance holds the scheme against the report of conlleval.pl
// and the unrounded figures of seqeval's default mode on the same 961 tokens.
func TestConllevalConformance(t *testing.T) {
	dir := evaltest.Conformance(t, "conlleval")
	text, err := os.ReadFile(filepath.Join(dir, "ground_truth.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var gold, pred [][]string
	for _, sentence := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		var g, p []string
		for _, line := range strings.Split(sentence, "\n") {
			f := strings.Fields(line)
			g, p = append(g, f[2]), append(p, f[3])
		}
		gold, pred = append(gold, g), append(pred, p)
	}
	want, err := os.ReadFile(filepath.Join(dir, "conlleval_expected.txt"))
	if err != nil {
		t.Fatal(err)
	}
	report := scoreTags(gold, pred)
	if got := conllevalReport(report); got != string(want) {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}

	// The file has NaN, which JSON does not: only the empty macro average.
	raw, err := os.ReadFile(filepath.Join(dir, "seqeval_1_2_2_outputs.json"))
	if err != nil {
		t.Fatal(err)
	}
	clean := filepath.Join(t.TempDir(), "seqeval.json")
	if err := os.WriteFile(clean, []byte(strings.ReplaceAll(string(raw), "NaN", "null")), 0o644); err != nil {
		t.Fatal(err)
	}
	var outputs map[string]any
	evaltest.ReadJSON(t, clean, &outputs)
	rows := outputs["default"].(map[string]any)
	for _, c := range append(report.types, report.total()) {
		name := c.typ
		if name == "" {
			name = "micro avg"
		}
		w := rows[name].(map[string]any)
		tagScoreIs(t, "seqeval "+name, c, w["precision"].(float64), w["recall"].(float64), w["f1-score"].(float64))
	}
	if len(rows) != len(report.types)+3 { // micro, macro, weighted
		t.Errorf("%d types, expected %d", len(report.types), len(rows)-3)
	}
}

// TestTagEdgeConformance checks lenient starts and type switches against
// seqeval's default mode, which reads these as conlleval does.
func TestTagEdgeConformance(t *testing.T) {
	dir := evaltest.Conformance(t, "conlleval")
	var cases []struct {
		ID         string
		Gold, Pred [][]string
		Default    []any
	}
	evaltest.ReadJSON(t, filepath.Join(dir, "edge_cases.json"), &cases)
	for _, c := range cases {
		r := scoreTags(c.Gold, c.Pred)
		w := c.Default[0].(map[string]any)
		tagScoreIs(t, c.ID, r.total(), w["precision"].(float64), w["recall"].(float64), w["f1-score"].(float64))
		if types := c.Default[1].([]any); len(types) != len(r.types) {
			t.Errorf("%s: types %v, expected %v", c.ID, r.types, types)
		}
	}
	if len(cases) != 5 {
		t.Errorf("%d cases, expected 5", len(cases))
	}
}
