package scoring

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/labels/answers"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewRun makes the command that asks an extractor.
func NewRun(a *cli.App) *cobra.Command {
	var opt pipeline.RunOptions
	var least string
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
		Args: cli.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := atLeast(c, map[string]int{"jobs": 1, "in-flight": 1, "limit": 0, "retries": 0}); err != nil {
				return err
			}
			if c.Flags().Changed("retries") && opt.Extracting.Retries == 0 {
				opt.Extracting.Retries = -1 // none, not the default
			}
			if opt.Extracting.Startup < 0 {
				return cli.Usage(fmt.Errorf("--startup: found %v, expected 0s or more", opt.Extracting.Startup), c.CommandPath()+" --help")
			}
			opt.Extracting.Startup = cmp.Or(opt.Extracting.Startup, -1)
			if !slices.Contains(answers.Shapes(), opt.Extracting.Answer) {
				return cli.Usage(fmt.Errorf("--answer: found %q, expected one of %s", opt.Extracting.Answer, strings.Join(answers.Shapes(), ", ")), c.CommandPath()+" --help")
			}
			if least != "" {
				kind, err := placement.ParseKind(least)
				if err != nil {
					return cli.Usage(fmt.Errorf("--min-placement: %w", err), c.CommandPath()+" --help")
				}
				opt.Extracting.Placement.Least = &kind
			}
			_, err := pipeline.Run(c.Context(), a.Streams, opt)
			return err
		},
	}
	runFlags(c.Flags(), &opt, &least)
	return c
}

func runFlags(fl *pflag.FlagSet, opt *pipeline.RunOptions, least *string) {
	fl.StringVar(&opt.Release, "release", "", "folder of a release (default: the embedded corpus)")
	fl.StringVar(&opt.Extractor, "extractor", "", "what to run, see above")
	fl.StringVar(&opt.Ontology, "ontology", "", "ontology that a model is asked for: a name or a file (default: that of the release)")
	fl.StringArrayVar(&opt.Map, "map", nil, mapUsage)
	fl.StringVarP(&opt.Output, "output", "o", "", "file of predictions to write (JSON lines)")
	fl.IntVar(&opt.Limit, "limit", 0, "take this many articles from the beginning, 0 for all")
	fl.BoolVar(&opt.Resume, "resume", false, "go on where an earlier run into the same file ended")
	fl.BoolVar(&opt.Overwrite, "overwrite", false, "begin anew where the output file exists")
	fl.BoolVar(&opt.RetryFailed, "retry-failed", false, "ask again at the end about articles that failed")
	fl.IntVar(&opt.Extracting.Jobs, "jobs", 1, "processes or connections at a time")
	fl.IntVar(&opt.Extracting.InFlight, "in-flight", 1, "articles that one process is given at a time")
	fl.DurationVar(&opt.Extracting.Timeout, "timeout", time.Minute, "time for one article, or for one try at a service")
	fl.DurationVar(&opt.Extracting.Startup, "startup", time.Minute, "exec: time that a process has beyond --timeout for its first answer, to load what it needs")
	fl.IntVar(&opt.Extracting.Retries, "retries", 0, "times that an article is asked again after a crash (default 1) or a refusal of the service (default 5)")
	fl.StringVar(&opt.Trace, "trace", "", "file that gets every line exchanged with the extractor")
	fl.StringVar(&opt.Names, "names", "", "file of further names for the baselines: NAME, TYPE, ACTOR_ID between tabs")
	fl.StringArrayVar(&opt.Extracting.HTTP.Headers, "header", nil, "header 'NAME: VALUE' for a service; $NAME in it is taken from the environment (repeatable)")
	fl.StringVar(&opt.Extracting.HTTP.CAFile, "ca-file", "", "file of further certificates to trust (PEM)")
	fl.StringVar(&opt.Extracting.Model.KeyEnv, "key-env", "", "environment variable with a model's API key (default OPENAI_API_KEY)")
	fl.StringVar(&opt.Prompt, "prompt", "", "file with a prompt for a model instead of the built-in one")
	fl.BoolVar(&opt.PrintPrompt, "print-prompt", false, "print the prompt for a model and stop")
	fl.StringVar(&opt.Extracting.Model.Temperature, "temperature", "0", "temperature of a model, none to send none")
	fl.StringVar(&opt.Extracting.Model.Seed, "seed", "1", "seed of a model, none to send none")
	fl.StringVar(&opt.Extracting.Model.Format, "response-format", "json_schema", "form of a model's answer: json_schema, json_object or none")
	fl.StringVar(&opt.Extracting.Answer, "answer", answers.Auto, "shape of the answers of a process, service or file: "+strings.Join(answers.Shapes(), ", "))
	fl.BoolVar(&opt.Extracting.Model.Repair, "repair", false, "ask a model once more, with what is wrong, where its answer cannot be read")
	fl.StringVar(least, "min-placement", "", "least sure kind of place that a surface may get: "+strings.Join(placement.Kinds(), ", ")+" (default: all)")
	fl.BoolVar(&opt.Extracting.Placement.Trim, "trim-spans", false, "take white space off the ends of spans that are given with offsets")
	fl.BoolVar(&opt.Strict, "strict", false, "exit with 1 if any article failed, not only if all did")
	fl.BoolVar(&opt.Quiet, "quiet", false, "no progress bar and no message for single articles")
	fl.BoolVar(&opt.JSON, "json", false, "print the record of the run as JSON")
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

// atLeast refuses numbers that are too little.
func atLeast(c *cobra.Command, least map[string]int) error {
	for _, name := range slices.Sorted(maps.Keys(least)) {
		if n, err := c.Flags().GetInt(name); err != nil || n < least[name] {
			return cli.Usage(fmt.Errorf("--%s: found %d, which is too little", name, n), c.CommandPath()+" --help")
		}
	}
	return nil
}
