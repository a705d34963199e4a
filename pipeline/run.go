package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/baselines"
	"github.com/mizan-corpus/mizan/internal/eval/extract/openai"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/internal/eval/extract/service"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/pipeline/internal/progress"
	"github.com/mizan-corpus/mizan/schema"
)

// RunOptions are what [Run] is asked for.
type RunOptions struct {
	Release   string  // folder; "" for the embedded corpus
	Dataset   Dataset // an open one instead of Release
	Ontology  string  // that a model is asked for: a name or a file; "" for that of the release
	Extractor string  // what to run, see [extract.Open]
	// Ask is an extractor in Go instead: it is called for one article after
	// another, from as many goroutines as there are jobs. Extractor names it.
	Ask    func(context.Context, *schema.Article) (*schema.Annotation, error)
	Output string   // file of predictions to write
	Trace  string   // file that gets every line exchanged with the extractor
	Map    []string // types and roles of the extractor to those of the labels: A=B, A=- or files of such pairs
	Names  string   // file of further names for the baselines
	Prompt string   // file with a prompt for a model; "" for the built-in one
	Limit  int      // articles from the beginning, 0 for all

	Resume      bool // go on where an earlier run into the same file ended
	Overwrite   bool // begin anew where the output file exists
	RetryFailed bool // ask again at the end about articles that failed
	Strict      bool // any article that failed is an error, not only all
	PrintPrompt bool // print the prompt for a model, and do nothing else
	Quiet, JSON bool

	Extracting Extracting
}

// Run asks an extractor about every article and writes one line an article. What
// fails for one article is recorded as an error line and the rest goes on.
func Run(ctx context.Context, s Streams, opt RunOptions) (*RunRecord, error) {
	ds, err := openData(opt.Release, opt.Dataset)
	if err != nil {
		return nil, err
	}
	o, err := findOntology(opt.Ontology)
	if err == nil && o == nil {
		o, err = ds.Ontology()
	}
	if err != nil {
		return nil, err
	}
	opt.Extracting.Ontology = o
	if err := opt.readPrompt(); err != nil {
		return nil, err
	}
	if opt.PrintPrompt {
		_, err := io.WriteString(s.out(), opt.Extracting.Model.Prompt)
		return nil, err
	}
	const help = "dataset run --help"
	if opt.Extractor == "" && opt.Ask == nil || opt.Output == "" {
		return nil, exit.Usage(fmt.Errorf("--extractor and -o are both needed"), help)
	}
	if opt.Output == "-" {
		return nil, exit.Usagef("-o -: a run writes a file, and others beside it, so that it can be resumed")
	}
	if opt.Resume && opt.Overwrite {
		return nil, exit.Usage(fmt.Errorf("--resume and --overwrite: found both, expected one at most"), help)
	}
	record, err := opt.run(ctx, s, ds)
	if err != nil {
		return nil, err
	}
	for _, line := range record.Summary() {
		s.say("%s", line)
	}
	if opt.JSON {
		if err := record.WriteJSON(s.out()); err != nil {
			return record, err
		}
	}
	return record, opt.failures(record)
}

// run writes the predictions.
func (opt *RunOptions) run(ctx context.Context, s Streams, ds dataset.Dataset) (*run.Record, error) {
	id, err := ds.Identity()
	if err != nil {
		return nil, err
	}
	if err := opt.load(ds); err != nil {
		return nil, err
	}
	if opt.Trace != "" {
		t, err := opt.openTrace()
		if err != nil {
			return nil, err
		}
		defer t.Close()
		opt.Extracting.Trace = t
	}
	told := progress.NewRun(s.Err, s.Report, s.say, opt.Output, opt.Quiet, func() int { return opt.articleCount(ds) })
	opt.Extracting.Report = told.Stray
	texts := join.NewCursor(ds) // read while a file of predictions is opened
	defer texts.Close()
	opt.Extracting.Text = texts.Text
	names, err := parseMap(opt.Map)
	if err == nil {
		err = usageOfMap(names.Check(opt.Extracting.Ontology))
	}
	if err != nil {
		return nil, err
	}
	ex, err := opt.extractor(texts)
	if err != nil {
		return nil, err
	}
	defer extract.Close(ex)
	if names != nil {
		x := extract.NewMapped(ex, names)
		defer func() {
			for _, w := range x.Warnings() {
				s.say("%s", w)
			}
		}()
		ex = x
	}
	record, err := run.File(ctx, opt.Output, ds.Articles(), ex, run.FileOptions{
		Run:         run.Options{Jobs: max(opt.Extracting.Jobs, 1) * max(opt.Extracting.InFlight, 1)},
		Mode:        opt.mode(),
		Dataset:     run.DatasetID{Name: id.Name, Version: id.Version, ContentSHA256: id.ContentSHA256},
		Options:     opt.recorded(),
		RetryFailed: opt.RetryFailed,
		Limit:       opt.Limit,
		Placement:   opt.Extracting.Placement,
		Failed:      told.Failed,
		Progress:    told.Progress,
	})
	told.End()
	return record, err
}

func (opt *RunOptions) extractor(texts *join.Cursor) (extract.Extractor, error) {
	if opt.Ask != nil {
		return asked{opt.Ask, cmp.Or(opt.Extractor, "a Go function")}, nil
	}
	ex, err := extract.Open(opt.Extractor, opt.Extracting)
	return ex, cmp.Or(texts.Err, err)
}

// asked is an extractor in Go under a name.
type asked struct {
	extract.Func
	name string
}

func (a asked) Name() string { return a.name }

// failures is the error of a run in which too many articles failed.
func (opt *RunOptions) failures(record *run.Record) error {
	switch {
	case record.Failed == 0:
		return nil
	case record.Failed == record.Articles:
		return fmt.Errorf("%s failed on every article", record.Extractor)
	case opt.Strict:
		return exit.WithHint(fmt.Errorf("%s failed on %d of %d articles", record.Extractor, record.Failed, record.Articles),
			"--resume --retry-failed asks about them again")
	}
	return nil
}

// mostPrompt is the most bytes of a prompt's file.
const mostPrompt = 4 << 20

func (opt *RunOptions) readPrompt() error {
	if opt.Prompt == "" {
		opt.Extracting.Model.Prompt = cmp.Or(opt.Extracting.Model.Prompt, openai.Prompt(opt.Extracting.Ontology))
		return nil
	}
	b, err := regular.Named(opt.Prompt, mostPrompt)
	opt.Extracting.Model.Prompt = string(b)
	return err
}

func (opt *RunOptions) openTrace() (*os.File, error) {
	how := os.O_TRUNC
	if opt.Resume {
		how = os.O_APPEND
	}
	return os.OpenFile(opt.Trace, os.O_WRONLY|os.O_CREATE|how, 0o600)
}

func (opt *RunOptions) mode() run.Mode {
	switch {
	case opt.Resume:
		return run.ModeResume
	case opt.Overwrite:
		return run.ModeOverwrite
	}
	return run.ModeNew
}

// recorded are what the record keeps of the options; of headers the names.
func (opt *RunOptions) recorded() map[string]string {
	x := &opt.Extracting
	o := map[string]string{
		"jobs": strconv.Itoa(max(x.Jobs, 1)), "in_flight": strconv.Itoa(max(x.InFlight, 1)), "timeout": x.Timeout.String(),
	}
	if x.Retries != 0 {
		o["retries"] = strconv.Itoa(max(x.Retries, 0))
	}
	if len(x.HTTP.Headers) > 0 {
		o["headers"] = strings.Join(service.HeaderNames(x.HTTP.Headers), ", ")
	}
	return o
}

// load reads what the baselines take their names from; an article is never
// coded from its own labels. Other extractors never get to see a label.
func (opt *RunOptions) load(ds dataset.Dataset) (err error) {
	if opt.Names != "" {
		if opt.Extracting.Names, err = baselines.ReadNamesFile(opt.Names, opt.Extracting.Ontology); err != nil {
			return err
		}
	}
	if opt.Ask != nil || !strings.HasPrefix(opt.Extractor, "builtin:") {
		return nil
	}
	for g, err := range ds.Annotations() {
		if err != nil {
			return err
		}
		opt.Extracting.Gold = append(opt.Extracting.Gold, g)
	}
	return nil
}

// articleCount is the number of articles to be asked about, 0 when it cannot be
// told.
func (opt *RunOptions) articleCount(ds dataset.Dataset) int {
	n := 0
	if built, ok := ds.(*release.Release); ok {
		t, _ := built.Manifest().Table("articles")
		n = int(t.Rows)
	} else {
		for _, err := range ds.Articles() {
			if err != nil {
				return 0
			}
			n++
		}
	}
	if opt.Limit > 0 {
		n = min(n, opt.Limit)
	}
	return n
}
