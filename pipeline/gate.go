package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/visible"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// GateOptions are what [Gate] is asked for.
type GateOptions struct {
	Scoring
	Predictions string // or a stored result; "" takes what Config says
	Config      string // file of settings; "" reads [ConfigName] where there are no Predictions
	// Given reports whether a key of Config is settled already, so that the file
	// does not change it; nil for none. Conditions of both are taken, for one
	// figure those given here.
	Given func(key string) bool

	Min      []string // FIGURE=LIMIT that must be reached, such as mentions.strict.f1=0.8
	MaxDrop  []string // FIGURE=LIMIT by which it may fall below the baseline
	Baseline string   // predictions, or a stored result, that drops are counted from
	Judging  scoring.GateOptions

	JUnit    string // file for a JUnit report
	Markdown string // file for a Markdown report
	Annotate bool   // print annotations for GitHub Actions to Err
	Summary  string // file that the Markdown report is added to
	JSON     bool
}

// ConfigName is the file of settings that a gate without predictions reads.
const ConfigName = "mizan.yaml"

// GateDefaults are the settings of the scores and tests; they hold no condition.
func GateDefaults() GateOptions {
	return GateOptions{Scoring: defaultScoring(), Judging: scoring.GateOptions{Alpha: 0.05, Permuting: stats.DefaultPermuting}}
}

// Gate scores predictions and holds the figures against conditions. The error is
// [ExitCheck] when one does not hold, [ExitFailed] when none is broken but one
// could not be evaluated; the gate is returned all the same.
func Gate(ctx context.Context, s Streams, opt GateOptions) (*GateResult, error) {
	if len(opt.Evaluation.By) > 0 {
		return nil, exit.Usagef("a gate holds figures over all articles: --by is not for it, --where narrows what is scored")
	}
	conditions, err := parseConditions(opt.Min, opt.MaxDrop)
	if err != nil {
		return nil, err
	}
	j := gateJob{GateOptions: opt, conditions: conditions}
	if j.Config == "" && j.Predictions == "" {
		j.Config = ConfigName
	}
	if j.Config != "" {
		if err := j.configure(); err != nil {
			return nil, err
		}
	}
	if len(j.conditions) == 0 {
		return nil, exit.Usage(fmt.Errorf("no condition is given"), "--min mentions.strict.f1=0.8, or min in "+ConfigName)
	}
	g, err := j.judge(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := j.show(s, g); err != nil {
		return nil, err
	}
	return g, outcome(g)
}

// gateJob is a gate with what its configuration adds.
type gateJob struct {
	GateOptions
	conditions             []scoring.Condition
	configured             string // predictions
	extractor              string
	ontology               string
	jobs, timeout, startup string
	retries                string
}

// judge scores what the conditions ask for and evaluates them.
func (j *gateJob) judge(ctx context.Context, s Streams) (*scoring.Gate, error) {
	opt := j.Judging
	opt.Conditions = j.conditions
	shown, err := eval.SelectMetrics(j.Evaluation.Metrics)
	if err != nil {
		return nil, exit.Settings(err)
	}
	if len(j.Evaluation.Metrics) > 0 {
		for _, m := range shown {
			opt.Show = append(opt.Show, m.Name)
		}
	}
	score := scoringJob{Scoring: j.Scoring}
	score.Evaluation.Untested = !opt.Significant
	score.Evaluation.Metrics = slices.Clone(opt.Show)
	for _, c := range opt.Conditions {
		score.Evaluation.Metrics = append(score.Evaluation.Metrics, c.Metric)
	}

	pred, clean := j.Predictions, func(s string) string { return s }
	if pred == "" {
		var done func()
		if pred, clean, done, err = j.predictionsFor(ctx, s, &score); err != nil {
			return nil, err
		}
		defer done()
	}
	current, err := score.system(ctx, namedPath{clean(pred), pred}, false, false)
	if err != nil {
		return nil, err
	}
	if current.Scorer == nil && (j.Release != "" || j.IoU != 0 || len(j.Evaluation.Where) > 0 || len(j.Map) > 0 || j.Evaluation.ZeroDivision == "nan") {
		return nil, exit.Usagef("%s is a stored result: --release, --where, --map, --iou and --zero-division cannot change it any more", pred)
	}
	for i, w := range current.Result.Warnings {
		current.Result.Warnings[i] = clean(w)
	}
	var baseline *scoring.System
	if j.Baseline != "" {
		b, err := score.system(ctx, namedPath{j.Baseline, j.Baseline}, false, false)
		if err != nil {
			return nil, fmt.Errorf("baseline: %w", err)
		}
		baseline = &b
	}
	opt.Permuting.Seed, opt.Permuting.MaxExact = j.Evaluation.Seed, stats.DefaultPermuting.MaxExact
	g, err := scoring.Judge(ctx, current, baseline, opt)
	return g, exit.Mismatch(exit.Settings(err))
}

// show prints the gate and writes the files asked for.
func (j *gateJob) show(s Streams, g *scoring.Gate) error {
	for _, file := range []struct {
		path  string
		write func(io.Writer, any, report.View) error
	}{{j.JUnit, report.JUnit}, {j.Markdown, report.Markdown}} {
		if file.path == "" {
			continue
		}
		if err := writeFile(file.path, func(w io.Writer) error { return file.write(w, g, report.View{}) }); err != nil {
			return err
		}
	}
	if j.Annotate {
		// Its own commands are what a runner is to obey.
		if err := report.GateAnnotations(visible.Underlying(s.err()), g); err != nil {
			return err
		}
	}
	if j.Summary != "" {
		if err := addSummary(j.Summary, g); err != nil {
			return err
		}
	}
	if j.JSON {
		return g.WriteJSON(s.out())
	}
	return report.Text(s.out(), g, report.View{})
}

// addSummary adds the gate to a page of Markdown.
func addSummary(path string, g *scoring.Gate) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	return errors.Join(report.Markdown(f, g, report.View{}), f.Close())
}

// outcome is the error that a gate ends with.
func outcome(g *scoring.Gate) error {
	switch g.Outcome {
	case scoring.Failed:
		return exit.Check(fmt.Errorf("%s", report.GateSummary(g)), "")
	case scoring.NotEvaluated:
		hint := "an undefined figure neither holds nor breaks a limit: mend the predictions, or leave the condition out"
		for _, v := range g.Conditions {
			if v.Outcome == scoring.NotEvaluated && v.PHolm != nil {
				hint = "leave --significant out, or give a greater --alpha"
			}
		}
		return exit.WithHint(fmt.Errorf("%s", report.GateSummary(g)), hint)
	}
	return nil
}

// writeFile writes a file that appears only when it is whole.
func writeFile(path string, write func(io.Writer) error) error {
	return labels.FileOutput(path).WriteFile("", write)
}

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
