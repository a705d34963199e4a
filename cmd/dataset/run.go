package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/eval/extract"
	"github.com/mizan-corpus/mizan/schema"
)

// runFlags are the flags that say which extractor to run and how.
type runFlags struct {
	release string
	spec    string
	out     string
	trace   string
	names   string
	prompt  string
	limit   int

	resume, overwrite, retryFailed bool
	strict, quiet, asJSON          bool

	opt extract.Options
}

func newRunCommand(a *app) *cobra.Command {
	var f runFlags
	var printPrompt bool
	c := &cobra.Command{
		Use:   "run --extractor SPEC -o PRED",
		Short: "Run an extractor over the articles and write its predictions",
		Long: `Run asks an extractor about every article and writes one JSON line an article.
What fails for one article is recorded as an error line and the rest goes on.

The lines go to PRED.partial as they come, which becomes PRED when it is whole.
A run that was stopped or killed goes on with --resume. PRED.run.json says how
the run went: tries, times, tokens, places of spans.

Extractors:
` + extractorList(),
		Example: `  dataset run --extractor builtin:rules -o rules.jsonl
  dataset run --extractor 'exec:python3 examples/extractor.py' -o mine.jsonl
  dataset run --extractor http://localhost:8000/ --jobs 4 -o service.jsonl
  dataset run --extractor openai:qwen3@http://localhost:11434/v1 --resume -o model.jsonl`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := f.readPrompt(); err != nil {
				return err
			}
			if printPrompt {
				_, err := io.WriteString(a.stdout, f.opt.Model.Prompt)
				return err
			}
			if err := f.check(c); err != nil {
				return err
			}
			ds, err := openDataset(f.release)
			if err != nil {
				return err
			}
			return a.runExtractor(c.Context(), ds, f)
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.release, "release", "", "folder of a release (default: the embedded corpus)")
	fl.StringVar(&f.spec, "extractor", "", "what to run, see above")
	fl.StringVarP(&f.out, "output", "o", "", "file of predictions to write (JSON lines)")
	fl.IntVar(&f.limit, "limit", 0, "take this many articles from the beginning, 0 for all")
	fl.BoolVar(&f.resume, "resume", false, "go on where an earlier run into the same file ended")
	fl.BoolVar(&f.overwrite, "overwrite", false, "begin anew where the output file exists")
	fl.BoolVar(&f.retryFailed, "retry-failed", false, "ask again at the end about articles that failed")
	fl.IntVar(&f.opt.Jobs, "jobs", 1, "processes or connections at a time")
	fl.IntVar(&f.opt.InFlight, "in-flight", 1, "articles that one process is given at a time")
	fl.DurationVar(&f.opt.Timeout, "timeout", time.Minute, "time for one article, or for one try at a service")
	fl.IntVar(&f.opt.Retries, "retries", 0, "times that an article is asked again after a crash (default 1) or a refusal of the service (default 5)")
	fl.StringVar(&f.trace, "trace", "", "file that gets every line exchanged with the extractor")
	fl.StringVar(&f.names, "names", "", "file of further names for the baselines: NAME, TYPE, ACTOR_ID between tabs")
	fl.StringArrayVar(&f.opt.HTTP.Headers, "header", nil, "header 'NAME: VALUE' for a service; $NAME in it is taken from the environment (repeatable)")
	fl.StringVar(&f.opt.HTTP.CAFile, "ca-file", "", "file of further certificates to trust (PEM)")
	fl.StringVar(&f.opt.Model.KeyEnv, "key-env", "", "environment variable with a model's API key (default OPENAI_API_KEY)")
	fl.StringVar(&f.prompt, "prompt", "", "file with a prompt for a model instead of the built-in one")
	fl.BoolVar(&printPrompt, "print-prompt", false, "print the prompt for a model and stop")
	fl.StringVar(&f.opt.Model.Temperature, "temperature", "0", "temperature of a model, none to send none")
	fl.StringVar(&f.opt.Model.Seed, "seed", "1", "seed of a model, none to send none")
	fl.StringVar(&f.opt.Model.Format, "response-format", "json_schema", "form of a model's answer: json_schema, json_object or none")
	fl.BoolVar(&f.strict, "strict", false, "exit with 1 if any article failed, not only if all did")
	fl.BoolVar(&f.quiet, "quiet", false, "no progress bar and no message for single articles")
	fl.BoolVar(&f.asJSON, "json", false, "print the record of the run as JSON")
	return c
}

func extractorList() string {
	var b strings.Builder
	for _, s := range extract.Schemes() {
		fmt.Fprintf(&b, "  %-28s %s\n", s.Usage, s.Summary)
	}
	for _, x := range extract.Builtins() {
		fmt.Fprintf(&b, "  %-28s %s\n", "builtin:"+x.Name, x.Summary)
	}
	return strings.TrimRight(b.String(), "\n")
}

// check completes the flags and finds what cannot be.
func (f *runFlags) check(c *cobra.Command) error {
	help := c.CommandPath() + " --help"
	if f.spec == "" || f.out == "" {
		return &usageError{err: fmt.Errorf("--extractor and -o are both needed"), hint: help}
	}
	if f.resume && f.overwrite {
		return &usageError{err: fmt.Errorf("--resume and --overwrite: found both, expected one at most"), hint: help}
	}
	for name, n := range map[string]int{"jobs": f.opt.Jobs, "in-flight": f.opt.InFlight, "limit": f.limit + 1, "retries": f.opt.Retries + 1} {
		if n < 1 {
			return &usageError{err: fmt.Errorf("--%s: found %s, which is too little", name, c.Flags().Lookup(name).Value), hint: help}
		}
	}
	if c.Flags().Changed("retries") && f.opt.Retries == 0 {
		f.opt.Retries = -1 // none, not the default
	}
	return nil
}

func (f *runFlags) readPrompt() error {
	f.opt.Model.Prompt = extract.Prompt(schema.PLOVER())
	if f.prompt == "" {
		return nil
	}
	b, err := os.ReadFile(f.prompt)
	f.opt.Model.Prompt = string(b)
	return err
}

// mostFailures is how many failures are shown before the rest is only counted.
const mostFailures = 20

// runExtractor writes the predictions of one extractor and says how it went.
func (a *app) runExtractor(ctx context.Context, ds data.Dataset, f runFlags) (err error) {
	id, err := ds.Identity()
	if err != nil {
		return err
	}
	if err := f.load(ds); err != nil {
		return err
	}
	if f.trace != "" {
		flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
		if f.resume {
			flags = os.O_WRONLY | os.O_CREATE | os.O_APPEND
		}
		t, err := os.OpenFile(f.trace, flags, 0o600)
		if err != nil {
			return err
		}
		defer t.Close()
		f.opt.Trace = t
	}
	out := a.newRunOutput(ds, f)
	f.opt.Report = out.stray
	texts := newArticleCursor(ds) // read while a file of predictions is opened
	defer texts.close()
	f.opt.Text = texts.text
	ex, err := extract.Open(f.spec, f.opt)
	if err = cmp.Or(texts.err, err); err != nil {
		return err
	}
	defer extract.Close(ex)
	record, err := extract.RunFile(ctx, f.out, ds.Articles(), ex, extract.FileOptions{
		Run:         extract.RunOptions{Jobs: max(f.opt.Jobs, 1) * max(f.opt.InFlight, 1)},
		Mode:        f.mode(),
		Dataset:     extract.DatasetID{Name: id.Name, Version: id.Version, ContentSHA256: id.ContentSHA256},
		Options:     f.options(),
		RetryFailed: f.retryFailed,
		Limit:       f.limit,
		Failed:      out.failed,
		Progress:    out.progress,
	})
	out.end()
	if err != nil {
		return err
	}
	for _, line := range record.Summary() {
		a.say("%s", line)
	}
	if f.asJSON {
		if err := record.WriteJSON(a.stdout); err != nil {
			return err
		}
	}
	switch {
	case record.Failed == 0:
		return nil
	case record.Failed == record.Articles:
		return fmt.Errorf("%s failed on every article", record.Extractor)
	case f.strict:
		return &withHint{fmt.Errorf("%s failed on %d of %d articles", record.Extractor, record.Failed, record.Articles),
			"--resume --retry-failed asks about them again"}
	}
	return nil
}

func (f *runFlags) mode() extract.Mode {
	switch {
	case f.resume:
		return extract.ModeResume
	case f.overwrite:
		return extract.ModeOverwrite
	}
	return extract.ModeNew
}

// options are what the record keeps of the command line; of headers the names.
func (f *runFlags) options() map[string]string {
	o := map[string]string{
		"jobs": strconv.Itoa(max(f.opt.Jobs, 1)), "in_flight": strconv.Itoa(max(f.opt.InFlight, 1)), "timeout": f.opt.Timeout.String(),
	}
	if f.opt.Retries != 0 {
		o["retries"] = strconv.Itoa(max(f.opt.Retries, 0))
	}
	if len(f.opt.HTTP.Headers) > 0 {
		o["headers"] = strings.Join(extract.HeaderNames(f.opt.HTTP.Headers), ", ")
	}
	return o
}

// load reads what the baselines take their names from; an article is never
// coded from its own labels. Other extractors never get to see a label.
func (f *runFlags) load(ds data.Dataset) (err error) {
	if f.names != "" {
		if f.opt.Names, err = extract.ReadNamesFile(f.names); err != nil {
			return err
		}
	}
	if !strings.HasPrefix(f.spec, "builtin:") {
		return nil
	}
	for g, err := range ds.Annotations() {
		if err != nil {
			return err
		}
		f.opt.Gold = append(f.opt.Gold, g)
	}
	return nil
}
