package report

import (
	"encoding/json"
	"io"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/wording"
)

func init() {
	Register(Renderer{Name: taskForm, Title: "the corpus as a task, the system as a solution, the score as its evaluation (Croissant Tasks, JSON-LD)", Render: Task})
}

const taskForm = "croissant-task"

// Task writes a score in the vocabulary of Croissant Tasks
// (https://github.com/mlcommons/croissant/tree/main/tasks): the corpus is a problem that
// asks for an output, the system of view is a solution of it, and the score is the
// evaluation of that solution, with the F1 of each metric over all classes and articles
// and its interval. An undefined F1 has no result.
func Task(w io.Writer, measured any, view View) error {
	r, ok := measured.(*scoring.Result)
	if !ok {
		return &UnfitError{taskForm, "scores", KindOf(measured)}
	}
	type node = map[string]any // encoding/json sorts the members
	metrics, results := []string{}, []node{}
	for i := range r.Metrics {
		f := &r.Metrics[i]
		if f.Class != "" || f.Average != "" || len(f.Slice) > 0 {
			continue
		}
		metrics = append(metrics, f.Name+".f1")
		if f.F1 == nil {
			continue
		}
		value := node{"@type": "sc:QuantitativeValue", "value": json.Number(number(*f.F1))}
		if v := f.Interval; v != nil && v.F1 != nil {
			value["minValue"], value["maxValue"] = json.Number(number(v.F1[0])), json.Number(number(v.F1[1]))
		}
		results = append(results, node{"@type": "cr:EvaluationResult", "cr:metric": f.Name + ".f1", "cr:value": value})
	}
	dataset := node{"@type": "sc:Dataset", "@id": "#dataset", "name": r.Signature.Dataset, "identifier": "sha256:" + r.Signature.ContentHash}
	tool := node{"@type": "sc:SoftwareApplication", "name": "mizan", "softwareVersion": r.Signature.Tool}
	graph := []node{
		{"@type": []string{"cr:TaskProblem", "cr:Task"}, "@id": "#problem", "name": "Actors and events in " + r.Signature.Dataset,
			"cr:input":  dataset,
			"cr:output": node{"@type": "cr:OutputSpec", "@id": "#predictions", "description": "One annotation an article: mentions and events with their spans in Unicode code points"}},
		{"@type": []string{"cr:TaskSolution", "cr:Task"}, "@id": "#solution", "name": view.System,
			"isBasedOn": node{"@id": "#problem"}, "cr:input": node{"@id": "#dataset"},
			"cr:implementation": node{"@type": "sc:SoftwareApplication", "@id": "#system", "name": view.System}},
		{"@type": []string{"cr:EvaluationTask", "cr:Task"}, "@id": "#evaluation", "name": "Score of " + view.System, "description": r.Signature.String(),
			"cr:implementation": tool, "cr:expectedMetric": metrics, "cr:evaluatedSolution": node{"@id": "#solution"}, "cr:evaluationResults": results},
	}
	return wording.JSON(w, node{
		"@context": node{"@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/"},
		"@graph":   graph,
	})
}
