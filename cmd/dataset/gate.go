package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/report"
)

// gateFlags are the flags of dataset gate.
type gateFlags struct {
	scoreFlags
	config        string
	mins, drops   []string
	baseline      string
	opt           eval.GateOptions
	asJSON        bool
	junit         string
	markdown      string
	extractor     string // from the configuration alone
	jobs, timeout string
	retries       string
}

func newGateCommand(a *app) *cobra.Command {
	var f gateFlags
	c := &cobra.Command{
		Use:   "gate [PRED]",
		Short: "Hold a score against limits; for continuous integration",
		Long: `Gate scores predictions and holds the figures against conditions. All of them are
evaluated and printed, with figure, limit and margin. Limits are inclusive and
compared as fractions: 4 of 5 holds 0.8.

A figure is METRIC.f1, METRIC.precision or METRIC.recall, of one class
METRIC.f1[CLASS], of a mean over classes METRIC.f1[(macro)].

PRED may be a stored result (score --json) too.

Without PRED the conditions, and what to score, come from mizan.yaml.

Exit codes: 0 every condition holds; 3 one does not; 1 none is broken, but one
could not be evaluated, for instance because its figure is undefined; 2 a metric
does not exist.`,
		Example: `  dataset gate predictions.jsonl --min mentions.strict.f1=0.8 --min 'events.trigger.classified.recall[CONSULT]=0.6'
  dataset gate branch.jsonl --baseline main.jsonl --max-drop mentions.strict.f1=0.01 --significant
  dataset gate --config mizan.yaml --junit gate.xml`,
		Args: maxArgs(1, "one file of predictions"),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 && f.config == "" {
				f.config = configName
			}
			pred := ""
			if len(args) == 1 {
				pred = args[0]
			}
			return a.gate(c, &f, pred)
		},
	}
	fl := c.Flags()
	fl.StringArrayVar(&f.mins, "min", nil, "FIGURE=LIMIT that must be reached (repeatable)")
	fl.StringArrayVar(&f.drops, "max-drop", nil, "FIGURE=LIMIT by which it may fall below the baseline (repeatable)")
	fl.StringVar(&f.baseline, "baseline", "", "predictions, or a stored result, that drops are counted from")
	fl.BoolVar(&f.opt.Significant, "significant", false, "a drop fails only if a paired test tells it from chance")
	fl.Float64Var(&f.opt.Alpha, "alpha", 0.05, "level of the test")
	fl.IntVar(&f.opt.Permuting.Samples, "permutations", eval.DefaultPermuting.Samples, "samples of the test where the swaps are too many to enumerate")
	fl.BoolVar(&f.opt.Mismatch, "allow-mismatch", false, "hold against a baseline whose signature differs")
	fl.StringVar(&f.config, "config", "", "file of settings (default: mizan.yaml where no PRED is given)")
	fl.BoolVar(&f.asJSON, "json", false, "print the gate as JSON")
	fl.StringVar(&f.junit, "junit", "", "file for a JUnit report")
	fl.StringVar(&f.markdown, "markdown", "", "file for a Markdown report")
	f.register(c)
	fl.Lookup("metrics").Usage = "further metrics to show below the conditions"
	if err := fl.MarkHidden("by"); err != nil {
		panic(err) // the flag is registered three lines above
	}
	return c
}

func (a *app) gate(c *cobra.Command, f *gateFlags, pred string) error {
	if len(f.scoreFlags.opt.By) > 0 {
		return usagef("a gate holds figures over all articles: --by is not for it, --where narrows what is scored")
	}
	conditions, err := parseConditions(f.mins, f.drops)
	if err != nil {
		return err
	}
	own := map[string]*string{"predictions": new(string), "extractor": &f.extractor, "jobs": &f.jobs, "timeout": &f.timeout, "retries": &f.retries}
	if f.config != "" {
		conf, err := readConfig(f.config)
		if err == nil {
			err = conf.apply(c.Flags(), conditionSetter(&conditions), own)
		}
		switch {
		case os.IsNotExist(err):
			return &usageError{fmt.Errorf("found neither predictions nor %s", f.config), "dataset gate --help"}
		case err != nil:
			return &usageError{err: err, hint: hintOf(err)}
		}
	}
	f.opt.Conditions = conditions
	if len(conditions) == 0 {
		return &usageError{fmt.Errorf("no condition is given"), "--min mentions.strict.f1=0.8, or min in " + configName}
	}
	g, err := a.judge(c.Context(), f, pred, *own["predictions"])
	if err != nil {
		return err
	}
	return a.showGate(g, f)
}

// judge scores what the conditions ask for and evaluates them.
func (a *app) judge(ctx context.Context, f *gateFlags, pred, configured string) (*eval.Gate, error) {
	shown, err := eval.SelectMetrics(f.scoreFlags.opt.Metrics)
	if err != nil {
		return nil, asUsage(err)
	}
	if len(f.scoreFlags.opt.Metrics) > 0 {
		for _, m := range shown {
			f.opt.Show = append(f.opt.Show, m.Name)
		}
	}
	chosen := slices.Clone(f.opt.Show)
	for _, c := range f.opt.Conditions {
		chosen = append(chosen, c.Metric)
	}
	score := f.scoreFlags
	score.opt.Metrics = chosen

	clean := func(s string) string { return s }
	if pred == "" {
		var done func()
		if pred, clean, done, err = a.predictionsFor(ctx, f, configured); err != nil {
			return nil, err
		}
		defer done()
	}
	current, err := score.system(ctx, namedPath{clean(pred), pred}, false)
	if err != nil {
		return nil, err
	}
	if current.Scorer == nil && (f.release != "" || f.iou != 0 || len(f.scoreFlags.opt.Where) > 0) {
		return nil, usagef("%s is a stored result: --release, --where and --iou cannot change it any more", pred)
	}
	for i, w := range current.Result.Warnings {
		current.Result.Warnings[i] = clean(w)
	}
	var baseline *eval.System
	if f.baseline != "" {
		b, err := score.system(ctx, namedPath{f.baseline, f.baseline}, false)
		if err != nil {
			return nil, fmt.Errorf("baseline: %w", err)
		}
		baseline = &b
	}
	opt := f.opt
	opt.Permuting.Seed, opt.Permuting.MaxExact = f.scoreFlags.opt.Seed, eval.DefaultPermuting.MaxExact
	g, err := eval.Judge(ctx, current, baseline, opt)
	return g, asMismatch(asUsage(err))
}

// parseConditions reads the conditions of the command line. One figure given
// twice is a mistake.
func parseConditions(mins, drops []string) ([]eval.Condition, error) {
	var out []eval.Condition
	seen := map[string]bool{}
	for _, list := range []struct {
		kind  string
		texts []string
	}{{eval.KindMin, mins}, {eval.KindMaxDrop, drops}} {
		for _, text := range list.texts {
			c, err := eval.ParseCondition(list.kind, text)
			if err == nil && seen[c.Key()] {
				err = fmt.Errorf("%s is given twice", c.Figure())
			}
			if err != nil {
				return nil, asConditionUsage(err)
			}
			seen[c.Key()] = true
			out = append(out, c)
		}
	}
	return out, nil
}

// conditionSetter adds the conditions of a configuration; one that the command
// line has too is left as it is there.
func conditionSetter(conditions *[]eval.Condition) func(key, figure, limit string) error {
	given := map[string]bool{}
	for _, c := range *conditions {
		given[c.Key()] = true
	}
	return func(key, figure, limit string) error {
		c, err := eval.NewCondition(key, figure, limit)
		if err == nil && !given[c.Key()] {
			*conditions = append(*conditions, c)
		}
		return asUsage(err)
	}
}

func asConditionUsage(err error) error {
	if hint := hintOf(asUsage(err)); hint != "" {
		return &usageError{err: err, hint: hint}
	}
	return &usageError{err: err, hint: "dataset gate --help"}
}

// showGate prints the gate, writes the files asked for and turns the outcome
// into an error.
func (a *app) showGate(g *eval.Gate, f *gateFlags) error {
	for _, file := range []struct {
		path  string
		write func(io.Writer, *eval.Gate) error
	}{{f.junit, report.GateJUnit}, {f.markdown, report.GateMarkdown}} {
		if file.path == "" {
			continue
		}
		if err := writeFile(file.path, func(w io.Writer) error { return file.write(w, g) }); err != nil {
			return err
		}
	}
	if err := a.publishGate(g); err != nil {
		return err
	}
	show := report.GateText
	if f.asJSON {
		show = func(w io.Writer, g *eval.Gate) error { return g.WriteJSON(w) }
	}
	if err := show(a.stdout, g); err != nil {
		return err
	}
	switch g.Outcome {
	case eval.Failed:
		return &checkError{err: fmt.Errorf("%s", report.GateSummary(g))}
	case eval.NotEvaluated:
		hint := "an undefined figure neither holds nor breaks a limit: mend the predictions, or leave the condition out"
		for _, v := range g.Conditions {
			if v.Outcome == eval.NotEvaluated && v.PHolm != nil {
				hint = "leave --significant out, or give a greater --alpha"
			}
		}
		return &withHint{fmt.Errorf("%s", report.GateSummary(g)), hint}
	}
	return nil
}
