package release

import (
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels/check"
)

func TestLintErrorNamesFindingsFirstPlace(t *testing.T) {
	e := &LintError{Findings: []check.Finding{{File: "f", Line: 1, What: "w", Found: "x", Code: "c"}, {}}}
	if got, want := e.Error(), "the labels break rules in 2 places, first: f:1: error: w: found x [c]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
