package compat

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

type textEEFixture struct {
	DocID  string `json:"doc_id"`
	Window string `json:"wnd_id"`
	Events []struct {
		Trigger   []any
		Arguments [][]any
	}
}

// annotation has the fixture's positions as they stand.
func (f textEEFixture) annotation(id string) *schema.Annotation {
	a := &schema.Annotation{DocID: id}
	span := func(v []any) schema.Span {
		return schema.Span{Start: int32(v[0].(float64)), End: int32(v[1].(float64))}
	}
	for _, e := range f.Events {
		event := schema.Event{Span: span(e.Trigger), Type: e.Trigger[2].(string)}
		for _, arg := range e.Arguments {
			event.Arguments = append(event.Arguments, schema.Argument{Span: span(arg), Role: arg[2].(string)})
		}
		a.Events = append(a.Events, event)
	}
	return a
}

// TestTextEEConformance holds the scheme against the output of TextEE's scorer,
// each of whose windows stands for an article.
func TestTextEEConformance(t *testing.T) {
	dir := evaltest.Conformance(t, "textee")
	type want struct {
		Predicted int64 `json:"pred_num"`
		Gold      int64 `json:"gold_num"`
		Matched   int64 `json:"match_num"`
		Precision float64
		Recall    float64
		F1        float64
	}
	var groups map[string][]map[string]json.RawMessage
	evaltest.ReadJSON(t, filepath.Join(dir, "cases.json"), &groups)
	checked := 0
	for group, cases := range groups {
		for _, c := range cases {
			read := func(name string, into any) {
				if err := json.Unmarshal(c[name], into); err != nil {
					t.Fatalf("%s %s: %v", group, name, err)
				}
			}
			var gold, pred []textEEFixture
			read("gold", &gold)
			read("pred", &pred)
			total := eval.NewLayout(evaltest.MustSelect(t, "textee"), "").NewTally()
			for i := range gold {
				if gold[i].DocID != pred[i].DocID || gold[i].Window != pred[i].Window {
					t.Fatalf("%s: window %d differs", c["id"], i)
				}
				(&textEECounting{}).Count(&eval.Pair{Gold: gold[i].annotation("d"), Pred: pred[i].annotation("d")}, total)
			}
			for _, task := range []string{"scores_E2E", "scores_ED"} {
				var scores map[string]want
				read(task, &scores)
				for name, w := range scores {
					metric := total.Layout().Find("textee." + name)
					g := total.Get(metric, "")
					s := eval.PRF(g) // what is undefined has the value 0, as in TextEE
					off := math.Abs(100*s.Precision.Value-w.Precision) + math.Abs(100*s.Recall.Value-w.Recall) + math.Abs(100*s.F1.Value-w.F1)
					if !slices.Equal(g, []int64{w.Matched, w.Predicted, w.Matched, w.Gold}) || off > 1e-9 {
						t.Errorf("%s %s: %v %+v, expected %+v", c["id"], name, g, s, w)
					}
					checked++
				}
			}
		}
	}
	if checked != 48 {
		t.Errorf("%d scores were checked, expected 48", checked)
	}
}

// TestTextEEMetrics: worked out by hand from TextEE's definition. Two events
// of one type share an argument, of which only one event is predicted; the
// prediction has two arguments that refer to nothing.
func TestTextEEMetrics(t *testing.T) {
	at := func(a, b int32) schema.Span { return schema.Span{Start: a, End: b} }
	shared := []schema.Argument{{Role: "ACTOR", Span: at(20, 25)}}
	gold := &schema.Annotation{DocID: "d", Events: []schema.Event{
		{ID: "1", Span: at(0, 3), Type: "AID", Arguments: shared}, {ID: "2", Span: at(5, 8), Type: "AID", Arguments: shared}}}
	pred := &schema.Annotation{DocID: "d", Events: []schema.Event{{ID: "1", Span: at(0, 3), Type: "AID", Arguments: []schema.Argument{
		shared[0], {Role: "ACTOR", MentionID: "none"}, {Role: "ACTOR", MentionID: "nothing"}}}}}
	for name, want := range map[string][]int64{ // correct, predicted, correct, gold
		"textee.trigger_id":            {1, 1, 1, 2},
		"textee.trigger_cls":           {1, 1, 1, 2},
		"textee.argument_id":           {1, 3, 1, 1},
		"textee.argument_cls":          {1, 3, 1, 1},
		"textee.argument_attached_id":  {1, 3, 1, 2},
		"textee.argument_attached_cls": {1, 3, 1, 2},
	} {
		if got := evaltest.TallyOf(t, gold, pred, name).Get(0, ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}
