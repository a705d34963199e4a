package eval

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func tagScoreIs(t *testing.T, what string, got Score, p, r, f float64) {
	t.Helper()
	for _, d := range []float64{got.Precision.Value - p, got.Recall.Value - r, got.F1.Value - f} {
		if math.Abs(d) > 1e-12 {
			t.Errorf("%s: %+v, expected %v %v %v", what, got, p, r, f)
			return
		}
	}
}

// TestTags: random sequences with the output of seqeval and conlleval.pl; the
// file says how it was made.
func TestTags(t *testing.T) {
	type located struct {
		sentence int
		tagPhrase
	}
	var file struct {
		Cases []struct {
			Mode       TagMode
			Gold, Pred [][]string
			Report     string
			Accuracy   *float64
			GoldList   *[][4]any   `json:"gold_phrases"`
			PredList   *[][4]any   `json:"pred_phrases"`
			Micro0     *[3]float64 `json:"micro_0"`
			Micro1     *[3]float64 `json:"micro_1"`
			Macro0     *[3]float64 `json:"macro_0"`
			Macro1     *[3]float64 `json:"macro_1"`
			Weighted0  *[3]float64 `json:"weighted_0"`
			Weighted1  *[3]float64 `json:"weighted_1"`
		}
	}
	readJSON(t, filepath.Join("testdata", "tags.json"), &file)
	checked := 0
	for i, c := range file.Cases {
		r, err := ScoreTags(c.Gold, c.Pred, c.Mode)
		if err != nil {
			t.Fatalf("case %d: %v", i, err)
		}
		if c.Mode == TagsConlleval {
			if got := r.Conlleval(); got != c.Report {
				t.Errorf("case %d:\n%s\nexpected\n%s", i, got, c.Report)
			}
			continue
		}
		for _, want := range []struct {
			name string
			got  Score
			prf  *[3]float64
		}{
			{"micro 0", r.Total().Score(0), c.Micro0}, {"micro 1", r.Total().Score(1), c.Micro1},
			{"macro 0", r.Macro(0), c.Macro0}, {"macro 1", r.Macro(1), c.Macro1},
			{"weighted 0", r.Weighted(0), c.Weighted0}, {"weighted 1", r.Weighted(1), c.Weighted1},
		} {
			if want.prf != nil {
				tagScoreIs(t, string(c.Mode)+" "+want.name, want.got, want.prf[0], want.prf[1], want.prf[2])
				checked++
			}
		}
		if c.Accuracy != nil && r.Accuracy().Value != *c.Accuracy {
			t.Errorf("case %d: accuracy %v, expected %v", i, r.Accuracy(), *c.Accuracy)
		}
		for side, list := range map[*[][4]any][][]string{c.GoldList: c.Gold, c.PredList: c.Pred} {
			if side == nil {
				continue
			}
			want, got := map[located]bool{}, map[located]bool{}
			for _, e := range *side {
				want[located{int(e[0].(float64)), tagPhrase{int(e[1].(float64)), int(e[2].(float64)), e[3].(string)}}] = true
			}
			for s, tags := range list {
				phrases, err := tagPhrases(tags, c.Mode)
				if err != nil {
					t.Fatal(err)
				}
				for p := range phrases {
					got[located{s, p}] = true
				}
			}
			if len(got) != len(want) {
				t.Errorf("case %d %s: phrases %v, expected %v", i, c.Mode, got, want)
			}
			for p := range want {
				if !got[p] {
					t.Errorf("case %d %s: no phrase %v", i, c.Mode, p)
				}
			}
		}
	}
	if checked < 200 {
		t.Errorf("only %d scores were checked", checked)
	}
}

// TestConllevalConformance holds the modes against the report of conlleval.pl
// and the figures of seqeval on the same 961 tokens.
func TestConllevalConformance(t *testing.T) {
	dir := conformance(t, "conlleval")
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
	report, err := ScoreTags(gold, pred, TagsConlleval)
	if err != nil {
		t.Fatal(err)
	}
	if got := report.Conlleval(); got != string(want) {
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
	readJSON(t, clean, &outputs)
	detected, err := DetectTagScheme(gold)
	if err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]TagMode{"default": TagsSeqeval, "strict_IOB1": TagsIOB1, "strict_IOB2": TagsIOB2, "strict_IOE1": TagsIOE1,
		"strict_IOE2": TagsIOE2, "strict_IOBES": TagsIOBES, "strict_BILOU": TagsBILOU, "strict_autodetect": detected} {
		r, err := ScoreTags(gold, pred, mode)
		rows, ok := outputs[name].(map[string]any)
		if !ok {
			if err == nil {
				t.Errorf("%s: expected an error, as %v", name, outputs[name])
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		scores := map[string]Score{"micro avg": r.Total().Score(0), "macro avg": r.Macro(0), "weighted avg": r.Weighted(0)}
		for _, c := range r.Types {
			scores[c.Type] = c.Score(0)
		}
		if len(scores) != len(rows) {
			t.Errorf("%s: %d rows, expected %d", name, len(scores), len(rows))
		}
		for row, v := range rows {
			w := v.(map[string]any)
			if w["precision"] == nil {
				if scores[row].Precision.Defined {
					t.Errorf("%s %s: expected no value", name, row)
				}
				continue
			}
			tagScoreIs(t, name+" "+row, scores[row], w["precision"].(float64), w["recall"].(float64), w["f1-score"].(float64))
		}
	}
}

// TestTagEdgeConformance checks lenient starts, type switches and zero division.
func TestTagEdgeConformance(t *testing.T) {
	dir := conformance(t, "conlleval")
	var cases []map[string]any
	readJSON(t, filepath.Join(dir, "edge_cases.json"), &cases)
	tags := func(v any) (out [][]string) {
		for _, s := range v.([]any) {
			var sentence []string
			for _, tag := range s.([]any) {
				sentence = append(sentence, tag.(string))
			}
			out = append(out, sentence)
		}
		return out
	}
	checked := 0
	for _, c := range cases {
		for key, v := range c {
			mode := TagsSeqeval
			if strings.HasPrefix(key, "strict_IOB2") {
				mode = TagsIOB2
			} else if !strings.HasPrefix(key, "default") {
				continue
			}
			zero := 0.0
			if strings.HasSuffix(key, "_zero_division_1") {
				zero = 1
			}
			r, err := ScoreTags(tags(c["gold"]), tags(c["pred"]), mode)
			if err != nil {
				t.Fatal(err)
			}
			w := v.([]any)[0].(map[string]any)
			tagScoreIs(t, c["id"].(string)+" "+key, r.Total().Score(zero), w["precision"].(float64), w["recall"].(float64), w["f1-score"].(float64))
			if types := v.([]any)[1].([]any); len(types) != len(r.Types) {
				t.Errorf("%s %s: types %v, expected %v", c["id"], key, r.Types, types)
			}
			checked++
		}
	}
	if checked != 20 {
		t.Errorf("%d scores were checked, expected 20", checked)
	}
}

// TestTagErrors: what ScoreTags refuses, and says.
func TestTagErrors(t *testing.T) {
	for _, c := range []struct {
		gold, pred [][]string
		mode       TagMode
		want       string
	}{
		{[][]string{{"O"}}, nil, TagsConlleval, "1 gold sentences but 0 predicted"},
		{[][]string{{"O"}}, [][]string{{"O", "O"}}, TagsConlleval, "sentence 1: 1 gold tags but 2"},
		{[][]string{{"B-A"}}, [][]string{{"O"}}, TagsIOE2, `gold sentence 1, token 1: tag "B-A", expected it to begin with one of I, O, E as IOE2 has it`},
		{[][]string{{"O"}}, [][]string{{""}}, TagsIOB2, "predicted sentence 1, token 1: an empty tag"},
		{[][]string{{"O"}}, [][]string{{"O"}}, "iobx", `unknown mode "iobx"`},
	} {
		if _, err := ScoreTags(c.gold, c.pred, c.mode); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, expected %q", c.gold, err, c.want)
		}
	}
	if _, err := DetectTagScheme([][]string{{"O"}}); err == nil {
		t.Error("a scheme was detected from O alone")
	}
}
