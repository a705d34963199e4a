package pipeline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/pipeline"
)

// TestCardStatesTheAgreement: every figure of the table in data/LABELLING.md,
// which the dataset card carries, is what `dataset agree` computes.
func TestCardStatesTheAgreement(t *testing.T) {
	ds, err := data.Default()
	if err != nil {
		t.Fatal(err)
	}
	all, err := pipeline.Agree(t.Context(), pipeline.Streams{}, pipeline.AgreeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	figures := map[string]string{}
	for _, n := range all {
		for _, f := range report.AgreementFigures(&n.Agreement.Overall) {
			figures[f.Name+" | "+n.A+" – "+n.B] = f.Text()
		}
	}
	page, err := os.ReadFile(filepath.Join("..", "data", "LABELLING.md"))
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	checked := 0
	for line := range strings.SplitSeq(string(page), "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		switch {
		case !strings.HasPrefix(line, "| "):
		case heads == nil:
			heads = cells
		default:
			for i, got := range cells[1:] {
				key := fmt.Sprintf("%s | %s", cells[0], heads[i+1])
				if want, ok := figures[key]; !ok || want != got {
					t.Errorf("%s: the card says %s, dataset agree %s", key, got, want)
				}
				checked++
			}
		}
	}
	if checked == 0 {
		t.Error("the page has no table of figures")
	}
	if ds.Meta().Labelling != string(page) {
		t.Error("the dataset card does not carry data/LABELLING.md")
	}
}
