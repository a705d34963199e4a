package main

import (
	"errors"
	"os"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/report"
)

// publishGate tells GitHub Actions of the gate: annotations on standard error,
// which the runner reads as it does standard output, and the report on the
// job's summary page.
func (a *app) publishGate(g *eval.Gate) error {
	if os.Getenv("GITHUB_ACTIONS") != "true" {
		return nil
	}
	if err := report.GateAnnotations(a.stderr, g); err != nil {
		return err
	}
	path := os.Getenv("GITHUB_STEP_SUMMARY")
	if path == "" {
		return nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(report.GateMarkdown(f, g), f.Close())
}
