package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/pipeline"
)

// TestMetricsPageIsWrittenFromTheMetrics: docs/metrics.md is what the metrics
// say of themselves. With -update it is written anew.
func TestMetricsPageIsWrittenFromTheMetrics(t *testing.T) {
	var b bytes.Buffer
	if err := pipeline.Metrics(pipeline.Streams{Out: &b}, nil, true, false); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join("..", "..", "docs", "metrics.md")
	if *update {
		if err := os.WriteFile(page, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, b.Bytes()) {
		t.Error("docs/metrics.md is not what `dataset metrics --markdown` prints; go test ./cmd/dataset -update")
	}
}

// TestColumnsAreListed by the command and in the help of whatever takes them.
func TestColumnsAreListed(t *testing.T) {
	var b bytes.Buffer
	if err := pipeline.Metrics(pipeline.Streams{Out: &b}, nil, false, true); err != nil {
		t.Fatal(err)
	}
	for _, c := range eval.Columns() {
		if !strings.Contains(b.String(), c.Name+" ") || !strings.Contains(b.String(), c.Meaning) {
			t.Errorf("dataset metrics --columns says nothing of %s", c.Name)
		}
		if !strings.Contains(pipeline.ColumnNames(), c.Name) {
			t.Errorf("the help of --by says nothing of %s", c.Name)
		}
	}
}

func TestEveryMetricExplainsItself(t *testing.T) {
	for _, m := range eval.Metrics() {
		for what, text := range map[string]string{"title": m.Title, "meaning": m.Meaning, "formula": m.Formula, "citation": m.Citation} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", m.Name, what)
			}
		}
		for law, reason := range m.Breaks {
			if reason == "" {
				t.Errorf("%s breaks %s without a reason", m.Name, law)
			}
		}
	}
}
