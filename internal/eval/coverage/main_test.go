package main

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// TestCellsAreReproducible: the same cell twice, with any number of workers;
// its default interval holds the truth about as often as it says.
func TestCellsAreReproducible(t *testing.T) {
	p, err := families[0].population(t.Context(), .6)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(p.truth-.6) > .01 {
		t.Errorf("F1 of the population is %v, expected .6", p.truth)
	}
	a, err := p.cell(t.Context(), 10, 400, 2)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := p.cell(t.Context(), 10, 400, 2)
	for i := range a {
		if a[i] != b[i] {
			t.Errorf("%s: %+v, then %+v", methods[i], a[i], b[i])
		}
	}
	// 400 corpora at 95 %: a standard error of 1.1 points, here four of them.
	if rate := float64(a[0].held) / 400; a[0].corpora != 400 || a[1].corpora != 2 || rate < .906 || rate > .994 {
		t.Errorf("logit-t held %v times in 100: %+v", 100*rate, a)
	}
}

func TestTableHasEveryCell(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), &out, "records", 4, 1); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "\n| records |"); n != 16 {
		t.Errorf("%d cells, expected 16:\n%s", n, out.String())
	}
}
