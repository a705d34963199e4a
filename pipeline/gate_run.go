package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// predictionsFor is the file that the configuration names. With an extractor it
// is written first; without a name it lies in a temporary folder, whose name
// clean takes out of what is shown.
func (j *gateJob) predictionsFor(ctx context.Context, s Streams, score *scoringJob) (path string, clean func(string) string, done func(), err error) {
	clean, done = func(s string) string { return s }, func() {}
	if j.extractor == "" {
		if j.configured == "" {
			return "", clean, done, exit.Usage(fmt.Errorf("%s: names neither predictions nor an extractor", j.Config), "extractor: builtin:rules")
		}
		return j.configured, clean, done, nil
	}
	if path = j.configured; path == "" {
		dir, err := os.MkdirTemp("", "dataset-gate-")
		if err != nil {
			return "", clean, done, err
		}
		done = func() { os.RemoveAll(dir) }
		path = filepath.Join(dir, "predictions.jsonl")
		clean = func(s string) string { return strings.ReplaceAll(s, dir+string(filepath.Separator), "") }
	}
	runs, err := j.runOptions(path)
	if err == nil {
		err = runConfigured(ctx, s, score, runs)
	}
	if err != nil {
		done()
	}
	return path, clean, done, err
}

// runConfigured runs the extractor on the dataset that is scored.
func runConfigured(ctx context.Context, s Streams, score *scoringJob, runs RunOptions) error {
	ds, err := score.dataset()
	if err != nil {
		return err
	}
	runs.Dataset = ds.Data
	_, err = Run(ctx, s, runs)
	return err
}

// runOptions is the configuration's extractor for [Run].
func (j *gateJob) runOptions(out string) (RunOptions, error) {
	runs := RunOptions{Extractor: j.extractor, Ontology: j.ontology, Output: out, Overwrite: true}
	runs.Extracting.Jobs, runs.Extracting.Timeout = 1, time.Minute
	for _, number := range []struct {
		key, value string
		to         *int
	}{{"jobs", j.jobs, &runs.Extracting.Jobs}, {"retries", j.retries, &runs.Extracting.Retries}} {
		if number.value == "" {
			continue
		}
		if _, err := fmt.Sscanf(number.value+"\n", "%d\n", number.to); err != nil || *number.to < 0 {
			return runs, exit.Usagef("%s: %s %q: expected a whole number", j.Config, number.key, number.value)
		}
	}
	if j.retries != "" && runs.Extracting.Retries == 0 {
		runs.Extracting.Retries = -1 // none, not the default
	}
	for _, duration := range []struct {
		key, value string
		least      time.Duration
		to         *time.Duration
	}{{"timeout", j.timeout, 1, &runs.Extracting.Timeout}, {"startup", j.startup, 0, &runs.Extracting.Startup}} {
		if duration.value == "" {
			continue
		}
		d, err := time.ParseDuration(duration.value)
		if err != nil || d < duration.least {
			return runs, exit.Usagef("%s: %s %q: expected a duration such as 30s", j.Config, duration.key, duration.value)
		}
		*duration.to = cmp.Or(d, -1) // none, not the default
	}
	return runs, nil
}
