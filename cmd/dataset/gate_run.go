package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// predictionsFor is the file that the configuration names. With an extractor it
// is written first; without a name it lies in a temporary folder, whose name
// clean takes out of what is shown.
func (a *app) predictionsFor(ctx context.Context, f *gateFlags, configured string) (path string, clean func(string) string, done func(), err error) {
	clean, done = func(s string) string { return s }, func() {}
	if f.extractor == "" {
		if configured == "" {
			return "", clean, done, &usageError{fmt.Errorf("%s: names neither predictions nor an extractor", f.config), "extractor: builtin:rules"}
		}
		return configured, clean, done, nil
	}
	if path = configured; path == "" {
		dir, err := os.MkdirTemp("", "dataset-gate-")
		if err != nil {
			return "", clean, done, err
		}
		done = func() { os.RemoveAll(dir) }
		path = filepath.Join(dir, "predictions.jsonl")
		clean = func(s string) string { return strings.ReplaceAll(s, dir+string(filepath.Separator), "") }
	}
	runs, err := f.runFlags(path)
	if err == nil {
		err = a.runConfigured(ctx, runs)
	}
	if err != nil {
		done()
	}
	return path, clean, done, err
}

// runFlags turns the configuration's extractor into flags of dataset run.
func (f *gateFlags) runFlags(out string) (runFlags, error) {
	runs := runFlags{release: f.release, spec: f.extractor, out: out, overwrite: true}
	runs.opt.Jobs, runs.opt.Timeout, runs.opt.Retries = 1, time.Minute, 1
	for _, number := range []struct {
		key, value string
		to         *int
	}{{"jobs", f.jobs, &runs.opt.Jobs}, {"retries", f.retries, &runs.opt.Retries}} {
		if number.value == "" {
			continue
		}
		if _, err := fmt.Sscanf(number.value+"\n", "%d\n", number.to); err != nil || *number.to < 0 {
			return runs, usagef("%s: %s %q: expected a whole number", f.config, number.key, number.value)
		}
	}
	if f.timeout != "" {
		d, err := time.ParseDuration(f.timeout)
		if err != nil || d <= 0 {
			return runs, usagef("%s: timeout %q: expected a duration such as 30s", f.config, f.timeout)
		}
		runs.opt.Timeout = d
	}
	return runs, nil
}

func (a *app) runConfigured(ctx context.Context, f runFlags) error {
	ds, err := openDataset(f.release)
	if err != nil {
		return err
	}
	return a.runExtractor(ctx, ds, f)
}
