package eval

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"testing"

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

func (f textEEFixture) document() TextEEDocument {
	d := TextEEDocument{DocID: f.DocID, WindowID: f.Window}
	number := func(v any) int64 { return int64(v.(float64)) }
	for _, e := range f.Events {
		event := TextEEEvent{Start: number(e.Trigger[0]), End: number(e.Trigger[1]), Type: e.Trigger[2].(string)}
		for _, a := range e.Arguments {
			event.Arguments = append(event.Arguments, TextEEArgument{number(a[0]), number(a[1]), a[2].(string)})
		}
		d.Events = append(d.Events, event)
	}
	return d
}

// TestTextEEConformance holds the scheme against the output of TextEE's scorer.
func TestTextEEConformance(t *testing.T) {
	dir := conformance(t, "textee")
	type want struct {
		Predicted int64 `json:"pred_num"`
		Gold      int64 `json:"gold_num"`
		Matched   int64 `json:"match_num"`
		Precision float64
		Recall    float64
		F1        float64
	}
	var groups map[string][]map[string]json.RawMessage
	readJSON(t, filepath.Join(dir, "cases.json"), &groups)
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
			documents := func(list []textEEFixture) (out []TextEEDocument) {
				for _, f := range list {
					out = append(out, f.document())
				}
				return out
			}
			got, err := ScoreTextEE(documents(gold), documents(pred))
			if err != nil {
				t.Fatal(err)
			}
			for _, task := range []string{"scores_E2E", "scores_ED"} {
				var scores map[string]want
				read(task, &scores)
				for name, w := range scores {
					g := got[name]
					if g.Predicted != w.Predicted || g.Gold != w.Gold || g.Matched != w.Matched ||
						math.Abs(g.Precision-w.Precision)+math.Abs(g.Recall-w.Recall)+math.Abs(g.F1-w.F1) > 1e-9 {
						t.Errorf("%s %s: %+v, expected %+v", c["id"], name, g, w)
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
		if got := tallyOf(t, gold, pred, name).Get(0, ""); !slices.Equal(got, want) {
			t.Errorf("%s: %v, expected %v", name, got, want)
		}
	}
}
