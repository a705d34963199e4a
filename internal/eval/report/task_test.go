package report

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// What the shapes of Croissant Tasks ask for: a problem has a spec, a solution is based on
// a problem and has an implementation that is none, an evaluation is of one solution, and a
// result has a metric and a value that is a QuantitativeValue.
func TestTask(t *testing.T) {
	f1 := func(x float64) *float64 { return &x }
	r := &scoring.Result{Signature: scoring.Signature{Dataset: "corpus@1.0.0", ContentHash: "ab", Tool: "0.1.0"}, Metrics: []eval.Figure{
		{Name: "a", F1: f1(0.00005), Interval: &eval.FigureInterval{F1: &[2]float64{0, 0.25}}},
		{Name: "a", Class: "PER", F1: f1(1)},
		{Name: "b.undefined"},
	}}
	var b strings.Builder
	if err := Task(&b, r, View{System: "mine"}); err != nil {
		t.Fatal(err)
	}
	type ref struct {
		ID   string `json:"@id"`
		Type any    `json:"@type"`
		Name string
	}
	var doc struct {
		Graph []struct {
			ref
			Type           []string `json:"@type"`
			Output         ref      `json:"cr:output"`
			Implementation ref      `json:"cr:implementation"`
			IsBasedOn      ref
			Of             ref      `json:"cr:evaluatedSolution"`
			Expected       []string `json:"cr:expectedMetric"`
			Results        []struct {
				Metric string `json:"cr:metric"`
				Value  struct {
					Type                      string `json:"@type"`
					Value, MinValue, MaxValue float64
				} `json:"cr:value"`
			} `json:"cr:evaluationResults"`
		} `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(b.String()), &doc); err != nil || len(doc.Graph) != 3 {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	problem, solution, evaluation := doc.Graph[0], doc.Graph[1], doc.Graph[2]
	if problem.Type[0] != "cr:TaskProblem" || problem.Output.Type != "cr:OutputSpec" {
		t.Errorf("%+v", problem)
	}
	if solution.Type[0] != "cr:TaskSolution" || solution.IsBasedOn.ID != problem.ID || solution.Implementation.Name != "mine" {
		t.Errorf("%+v", solution)
	}
	if evaluation.Type[0] != "cr:EvaluationTask" || evaluation.Of.ID != solution.ID || len(evaluation.Expected) != 2 || len(evaluation.Results) != 1 {
		t.Fatalf("%+v", evaluation)
	}
	if x := evaluation.Results[0]; x.Metric != "a.f1" || x.Value.Type != "sc:QuantitativeValue" || x.Value.Value != 0.00005 || x.Value.MinValue != 0 || x.Value.MaxValue != 0.25 {
		t.Errorf("%+v", x)
	}
	var unfit *UnfitError
	if err := Task(&b, &scoring.Comparison{}, View{}); !errors.As(err, &unfit) {
		t.Errorf("%v", err)
	}
}
