package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

func init() {
	Register(Renderer{Name: HubForm, Title: "results for a model's page on a hub: .eval_results/NAME.yaml, with --hub-dataset", Render: Hub})
}

// HubForm is the form of results that stand with a model.
const HubForm = "eval-results"

// Hub writes a score for the page of a model on the Hugging Face hub, the list of a file
// .eval_results/NAME.yaml (https://huggingface.co/docs/hub/eval-results): an entry for each
// metric over all classes and articles, whose task is the metric and whose value its F1,
// with interval and signature in the notes. An undefined F1 has no entry. The file says no
// date: the hub takes that of its commit.
func Hub(w io.Writer, measured any, view View) error {
	r, ok := measured.(*scoring.Result)
	if !ok {
		return &UnfitError{HubForm, "scores", KindOf(measured)}
	}
	var b strings.Builder
	for i := range r.Metrics {
		f := &r.Metrics[i]
		if f.Class != "" || f.Average != "" || len(f.Slice) > 0 || f.F1 == nil {
			continue
		}
		notes := "F1"
		if v := f.Interval; v != nil && v.F1 != nil {
			notes += fmt.Sprintf(", %s %% interval %s to %s (%s)", strconv.FormatFloat(100*v.Level, 'f', -1, 64), number(v.F1[0]), number(v.F1[1]), v.Method)
		}
		notes += fmt.Sprintf(", %d articles; %s", r.Articles, r.Signature)
		fmt.Fprintf(&b, "- dataset:\n    id: %s\n    task_id: %s\n  value: %s\n  notes: %s\n", quoted(view.HubDataset), quoted(f.Name), number(*f.F1), quoted(notes))
	}
	if b.Len() == 0 {
		b.WriteString("[]\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// quoted is a text as JSON, which YAML reads.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil { // of a string there is none
		panic(err)
	}
	return string(b)
}
