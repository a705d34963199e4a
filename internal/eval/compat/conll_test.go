package compat

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
)

type tokenSpan struct{ document, first, last int }

var corefMark = regexp.MustCompile(`\(?\d+\)?`)

// readCoNLL reads the last column of a file in CoNLL format: the clusters in
// the order of their first appearance, each with its mentions.
func readCoNLL(t *testing.T, path string) [][]tokenSpan {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var clusters [][]tokenSpan
	index := map[string]int{}
	open := map[string][]int{}
	document, token := 0, 0
	for n, line := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(line, "#begin") {
			document++
			clear(index)
			continue
		}
		columns := strings.Fields(line)
		if len(columns) == 0 || line[0] == '#' {
			continue
		}
		for _, mark := range corefMark.FindAllString(columns[len(columns)-1], -1) {
			id := strings.Trim(mark, "()")
			if mark == id {
				continue // a token that is a number
			}
			if _, ok := index[id]; !ok {
				index[id] = len(clusters)
				clusters = append(clusters, nil)
			}
			if mark[0] == '(' {
				open[id] = append(open[id], token)
			}
			if mark[len(mark)-1] == ')' {
				last := len(open[id]) - 1
				if last < 0 {
					t.Fatalf("%s:%d: %s closes no mention", path, n+1, mark)
				}
				clusters[index[id]] = append(clusters[index[id]], tokenSpan{document, open[id][last], token})
				open[id] = open[id][:last]
			}
		}
		token++
	}
	return clusters
}

type prf struct{ Precision, Recall, F1 float64 }

func (want prf) check(t *testing.T, what string, got eval.Score, tolerance float64) {
	t.Helper()
	near := func(name string, got eval.Ratio, want float64) {
		if !got.Defined || got.Value < want-tolerance || got.Value > want+tolerance {
			t.Errorf("%s: %s is %v, expected %v", what, name, got, want)
		}
	}
	near("precision", got.Precision, want.Precision)
	near("recall", got.Recall, want.Recall)
	near("F1", got.F1, want.F1)
}

// conllOf is the score that the CoNLL reference scorer gives for "muc", "bcub",
// "ceafm", "ceafe" or "blanc"; "lea" and "conll", the mean of muc, bcub and
// ceafe, are read the same way. It reports false for any other name.
func conllOf(c *coref.Counts, metric string) (eval.Score, bool) {
	for _, m := range coref.Metrics {
		if conllNames[m.Name] == metric {
			return (&eval.Metric{Formulas: conllFormula(m)}).ScoreExactly(c.Counters(m.Parts)).Nearest(), true
		}
	}
	return eval.Score{}, false
}

// TestCoNLLConformance holds the scheme against the test cases of the CoNLL
// reference coreference scorer.
func TestCoNLLConformance(t *testing.T) {
	dir := evaltest.Conformance(t, "conll")
	var cases []struct {
		ID, Key, Response string
		Expected          map[string]prf
	}
	evaltest.ReadJSON(t, filepath.Join(dir, "expected_upstream.json"), &cases)
	checked := 0
	for _, c := range cases {
		counts := evaltest.ScoreCoref(readCoNLL(t, filepath.Join(dir, c.Key)), readCoNLL(t, filepath.Join(dir, c.Response)))
		for metric, want := range c.Expected {
			got, ok := conllOf(counts, metric)
			if !ok {
				t.Errorf("%s: metric %s is unknown", c.ID, metric)
			}
			want.check(t, c.ID+" "+metric, got, 1e-4)
			checked++
		}
	}
	if len(cases) != 36 || checked != 91 {
		t.Errorf("%d cases with %d scores, expected 36 with 91", len(cases), checked)
	}
}

// TestLuoAndVilainConformance holds the metrics against the worked examples of
// the papers, as neleval's tests have them.
func TestLuoAndVilainConformance(t *testing.T) {
	dir := evaltest.Conformance(t, "neleval")
	type clusters map[string][]string
	type example struct {
		Gold      clusters
		Responses []struct {
			ID         string
			Response   clusters
			ExpectedF1 map[string]float64 `json:"expected_f1"`
		}
	}
	var all struct {
		Luo    example `json:"luo2005"`
		TCA    example `json:"rcs_TC-A"`
		Vilain []struct {
			Gold, Response clusters
			Expected       [3]float64 `json:"expected_prf"`
		} `json:"vilain1995_muc_prf"`
	}
	evaltest.ReadJSON(t, filepath.Join(dir, "coref_tests_upstream.json"), &all)
	list := func(c clusters) [][]string {
		var out [][]string
		for _, mentions := range c {
			out = append(out, mentions)
		}
		return out
	}
	names := map[string]string{"muc": "muc", "b_cubed": "bcub", "mention_ceaf": "ceafm", "entity_ceaf": "ceafe"}
	checked := 0
	for _, e := range []example{all.Luo, all.TCA} {
		for _, r := range e.Responses {
			counts := evaltest.ScoreCoref(list(e.Gold), list(r.Response))
			for metric, want := range r.ExpectedF1 {
				got, _ := conllOf(counts, names[metric])
				if v := got.F1.Value; v < want-5.1e-4 || v > want+5.1e-4 { // rounded to three places
					t.Errorf("%s %s: F1 is %v, expected %v", r.ID, metric, v, want)
				}
				checked++
			}
		}
	}
	for i, v := range all.Vilain {
		got, _ := conllOf(evaltest.ScoreCoref(list(v.Gold), list(v.Response)), "muc")
		prf{v.Expected[0], v.Expected[1], v.Expected[2]}.check(t, "Vilain "+strconv.Itoa(i), got, 5.1e-4)
		checked++
	}
	if checked != 39 {
		t.Errorf("%d scores were checked, expected 39", checked)
	}
}

// letters reads clusters of one-letter mentions, "ab cde".
func letters(s string) [][]rune {
	var out [][]rune
	for _, word := range strings.Fields(s) {
		out = append(out, []rune(word))
	}
	return out
}

// TestCorefByHand has cases that were worked out on paper.
func TestCorefByHand(t *testing.T) {
	for _, c := range []struct {
		name, gold, pred, metric string
		want                     prf
	}{
		// for a, b, c, d: recall (2/3 + 2/3 + 1/3 + 1)/4, precision (1 + 1 + 1/2 + 1/2)/4
		{"B³, one mention moved", "abc d", "ab cd", "b3", prf{3. / 4, 2. / 3, 12. / 17}},
		// {abc} falls into 2 pieces: (3-2)/(3-1); {cd} into 2: 0/1, {ab} into 1: 1/1
		{"MUC, one mention moved", "abc d", "ab cd", "muc", prf{1. / 2, 1. / 2, 1. / 2}},
		// the best alignment {abc}-{ab}, {d}-{cd}: φ3 = 2+1, φ4 = 4/5 + 2/3
		{"CEAFm, one mention moved", "abc d", "ab cd", "ceafm", prf{3. / 4, 3. / 4, 3. / 4}},
		{"CEAFe, one mention moved", "abc d", "ab cd", "ceafe", prf{11. / 15, 11. / 15, 11. / 15}},
		// recall: {abc} has 1 of 3 links, weight 3; {d} is no singleton in pred: (3/3 + 0)/4
		// precision: {ab} has its link, weight 2; {cd} has none: 2/4
		{"LEA, one mention moved", "abc d", "ab cd", "lea", prf{1. / 2, 1. / 4, 1. / 3}},
		// links gold ab ac bc, pred ab cd, common ab; the others gold ad bd cd,
		// pred ac ad bc bd, common ad bd
		{"BLANC, one mention moved", "abc d", "ab cd", "blanc", prf{(1./2 + 2./4) / 2, (1./3 + 2./3) / 2, (2./5 + 4./7) / 2}},
		// the worked example of Moosavi and Strube 2016 (0.24, 0.33): K1 = {abc}, K2 = {defg};
		// R1 = {ab}, R2 = {cd}, R3 = {fghi}: recall (3·1/3 + 4·1/6)/7, precision (2·1 + 2·0 + 4·1/6)/8
		{"LEA, the paper's example", "abc defg", "ab cd fghi", "lea", prf{1. / 3, 5. / 21, 5. / 18}},
		{"LEA, singletons", "a b c", "a bc", "lea", prf{1. / 3, 1. / 3, 1. / 3}},
		// MUC 1/2, B³ 12/17, CEAFe 11/15
		{"CoNLL average", "abc d", "ab cd", "conll", prf{(1./2 + 3./4 + 11./15) / 3, (1./2 + 2./3 + 11./15) / 3, (1./2 + 12./17 + 11./15) / 3}},
		{"nothing in common", "ab", "cd", "b3", prf{0, 0, 0}},
	} {
		got, ok := evaltest.ScoreCoref(letters(c.gold), letters(c.pred)).Score(c.metric)
		if !ok {
			t.Fatalf("metric %s is unknown", c.metric)
		}
		c.want.check(t, c.name, got.Nearest(), 1e-12)
	}
}

var allZero = eval.Score{Precision: eval.Defined(0), Recall: eval.Defined(0), F1: eval.Defined(0)}

func TestCorefUndefined(t *testing.T) {
	none := eval.Ratio{}
	for _, c := range []struct {
		name, gold, pred, metric string
		want                     eval.Score
	}{
		{"MUC of singletons", "a b", "a b", "muc", eval.Score{}},
		{"MUC without predicted links", "ab", "a b", "muc", eval.Score{Precision: none, Recall: eval.Defined(0), F1: eval.Defined(0)}},
		{"nothing at all", "", "", "b3", eval.Score{}},
		{"nothing predicted", "ab", "", "lea", eval.Score{Precision: none, Recall: eval.Defined(0), F1: eval.Defined(0)}},
		{"no gold", "", "ab", "ceafe", eval.Score{Precision: eval.Defined(0), Recall: none, F1: eval.Defined(0)}},
		{"BLANC of one mention", "a", "a", "blanc", eval.Score{}},
		{"BLANC, nothing predicted", "ab c", "", "blanc", eval.Score{Precision: none, Recall: eval.Defined(0), F1: eval.Defined(0)}},
		{"BLANC, no gold pair", "a", "ab", "blanc", eval.Score{Precision: eval.Defined(0), Recall: none, F1: eval.Defined(0)}},
		{"average of singletons", "a b", "a b", "conll", eval.Score{}},
	} {
		if got, _ := evaltest.ScoreCoref(letters(c.gold), letters(c.pred)).Score(c.metric); got.Nearest() != c.want {
			t.Errorf("%s: %v, expected %v", c.name, got.Nearest(), c.want)
		}
	}
	if got, _ := conllOf(evaltest.ScoreCoref(letters("a b"), letters("a b")), "muc"); got != allZero {
		t.Errorf("the CoNLL scorer has 0 for MUC of singletons, not %v", got)
	}
}

func TestCorefKeepsTheFirstOfRepeatedMentions(t *testing.T) {
	got := evaltest.ScoreCoref(letters("abc"), letters("ab bc"))
	if want := evaltest.ScoreCoref(letters("abc"), letters("ab c")); !got.Equal(want) {
		t.Errorf("counts %v, expected %v", got, want)
	}
}

func TestCorefMetricNames(t *testing.T) {
	counts := &coref.Counts{}
	if _, ok := counts.Score("bcub"); ok {
		t.Error("bcub is a name of the CoNLL scheme only")
	}
	if _, ok := conllOf(counts, "b3"); ok {
		t.Error("b3 is not a name of the CoNLL scheme")
	}
	var names []string
	for _, m := range coref.Metrics {
		names = append(names, m.Name)
		if n := len(m.Parts)*4 - 4; n != len(m.More) {
			t.Errorf("%s: %d further counters have names, expected %d", m.Name, len(m.More), n)
		}
	}
	if want := []string{"muc", "b3", "ceafm", "ceafe", "blanc", "lea", "conll"}; !slices.Equal(names, want) {
		t.Errorf("metrics %v, expected %v", names, want)
	}
}
