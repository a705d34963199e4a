package report

import (
	"errors"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// An entry for each metric over everything with an F1, none for classes, means, slices and
// what is undefined; numbers stay numbers however small.
func TestHub(t *testing.T) {
	f1 := func(x float64) *float64 { return &x }
	r := &scoring.Result{Articles: 3, Metrics: []eval.Figure{
		{Name: "a.tiny", F1: f1(0.00005), Interval: &eval.FigureInterval{Level: 0.9, Method: "logit-t", F1: &[2]float64{0.00001, 0.25}}},
		{Name: "a.tiny", Class: "PER", F1: f1(1)},
		{Name: "a.tiny", Average: "macro", F1: f1(1)},
		{Name: "a.tiny", Slice: map[string]string{"outlet": "x"}, F1: f1(1)},
		{Name: "b.undefined"},
		{Name: "c: \"quoted\"", F1: f1(1)},
	}}
	var b strings.Builder
	if err := Hub(&b, r, View{HubDataset: "me/corpus"}); err != nil {
		t.Fatal(err)
	}
	var entries []struct {
		Dataset struct {
			ID     string
			TaskID string `yaml:"task_id"`
		}
		Value any
		Notes string
	}
	if err := yaml.Unmarshal([]byte(b.String()), &entries); err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	if len(entries) != 2 || entries[0].Dataset.ID != "me/corpus" || entries[0].Dataset.TaskID != "a.tiny" || entries[1].Dataset.TaskID != "c: \"quoted\"" {
		t.Fatalf("%+v", entries)
	}
	if v, ok := entries[0].Value.(float64); !ok || v != 0.00005 {
		t.Errorf("value %v", entries[0].Value)
	}
	if want := "F1, 90 % interval 0.00001 to 0.25 (logit-t), 3 articles; " + r.Signature.String(); entries[0].Notes != want {
		t.Errorf("notes %q, expected %q", entries[0].Notes, want)
	}
	b.Reset()
	if err := Hub(&b, &scoring.Result{}, View{}); err != nil || b.String() != "[]\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
	var unfit *UnfitError
	if err := Hub(&b, &scoring.Gate{}, View{}); !errors.As(err, &unfit) {
		t.Errorf("%v", err)
	}
}
