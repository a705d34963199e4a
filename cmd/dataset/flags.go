package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mizan-corpus/mizan/internal/data/ingest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/pipeline"
)

// articleFlags say where articles are and how they are read.
type articleFlags struct {
	paths   []string
	columns []string
	docIDs  string
	text    string
	most    int64 // bytes of an article
}

// articlesHelp tells what --articles takes.
const articlesHelp = `--articles takes a folder, a file, a pattern such as 'pages/**/*.html', or @FILE
with one of these a line; it may be given several times. A file's ending says
how it is read, also with .gz, .bz2, .xz or .zst behind it:

`

// add adds the flags to a command. Without --articles it uses what base says.
func (f *articleFlags) add(fl *pflag.FlagSet, base string) {
	fl.StringArrayVar(&f.paths, "articles", nil, "folder, file, pattern or @FILE of articles (repeatable; default: "+base+")")
	f.addReading(fl)
}

// addReading adds the flags that say how articles are read.
func (f *articleFlags) addReading(fl *pflag.FlagSet) {
	fl.StringSliceVar(&f.columns, "columns", nil, "columns of JSON Lines and CSV: text=COLUMN,title=COLUMN,… (default: by their usual names)")
	fl.StringVar(&f.docIDs, "doc-ids", string(ingest.DocIDsByName), `make doc_ids of a file's name, or with "path" of its folders too`)
	fl.StringVar(&f.text, "text-reader", string(document.TextAuto), `read plain texts as "article", every line of them, as the dump of a "page", or "auto"`)
	fl.Int64Var(&f.most, "max-bytes", ingest.DefaultMaxBytes, "most bytes of one article; a longer one is left out")
}

// sourceList tells the kinds of file that are read.
func sourceList() string {
	var b strings.Builder
	for _, x := range ingest.Sources() {
		fmt.Fprintf(&b, "  %-24s %s\n", strings.Join(x.Extensions, " "), x.Doc)
	}
	return b.String()
}

// read is what the flags say.
func (f *articleFlags) read(c *cobra.Command) (pipeline.Articles, error) {
	wrong := func(flag string, err error) error {
		return usage(fmt.Errorf("--%s: %w", flag, err), c.CommandPath()+" --help")
	}
	columns, err := ingest.ParseColumns(f.columns)
	if err != nil {
		return pipeline.Articles{}, wrong("columns", err)
	}
	ids, err := ingest.ParseDocIDs(f.docIDs)
	if err != nil {
		return pipeline.Articles{}, wrong("doc-ids", err)
	}
	text, err := document.ParseTextReader(f.text)
	if err != nil {
		return pipeline.Articles{}, wrong("text-reader", err)
	}
	if f.most < 1 {
		return pipeline.Articles{}, wrong("max-bytes", fmt.Errorf("found %d, expected 1 or more", f.most))
	}
	return pipeline.Articles{Paths: f.paths, Columns: columns, DocIDs: ids, Text: text, MaxBytes: f.most}, nil
}

// addProclitics adds the flag for words that a mention begins or ends in.
func addProclitics(c *cobra.Command, value *string) {
	c.Flags().StringVar(value, "proclitics", "", "for iob2: split cuts a word where a mention begins or ends in it (default), keep leaves it whole and widens the mention")
}

// addUnit adds the flag that [statedUnit] reads.
func addUnit(c *cobra.Command, value *string) {
	c.Flags().StringVar(value, "unit", "", "unit of the offsets, where the file cannot tell: "+strings.Join(slices.Sorted(maps.Keys(units)), ", "))
}

var units = map[string]labels.Unit{"code-points": labels.CodePoints, "utf-16": labels.UTF16Units, "utf-8": labels.UTF8Bytes, "graphemes": labels.Graphemes}

// statedUnit is the unit named, nil for none.
func statedUnit(name string) (*labels.Unit, error) {
	if name == "" {
		return nil, nil
	}
	unit, ok := units[name]
	if !ok {
		return nil, usage(fmt.Errorf("--unit %q: expected one of %s", name, strings.Join(slices.Sorted(maps.Keys(units)), ", ")), "")
	}
	return &unit, nil
}

// mapUsage tells what --map takes.
const mapUsage = "predicted types and roles as the labels': A=B,C=D, with - for what is not judged and * for all others, or a file of A: B (repeatable)"

// scoringFlags adds the flags of every command that scores. Their defaults are
// what stands in f.
func scoringFlags(c *cobra.Command, f *pipeline.Scoring) {
	fl := c.Flags()
	fl.StringVar(&f.Release, "release", "", "folder of a release (default: the embedded corpus)")
	fl.StringVar(&f.From, "from", "", "format of the predictions (default: detected; see dataset formats)")
	fl.StringArrayVar(&f.Map, "map", nil, mapUsage)
	fl.StringSliceVar(&f.Evaluation.Metrics, "metrics", nil, "metrics or prefixes, e.g. mentions,events.trigger (default: all common ones; see dataset metrics)")
	fl.StringSliceVar(&f.Evaluation.By, "by", nil, "slice by columns: "+pipeline.ColumnNames())
	fl.StringArrayVar(&f.Evaluation.Where, "where", nil, "judge only column=value,value or column!=value (repeatable); columns: "+pipeline.ColumnNames())
	fl.IntVar(&f.Evaluation.Resamples, "resamples", f.Evaluation.Resamples, "replicates of a bootstrap interval; 0 for no intervals by any method")
	fl.Uint64Var(&f.Evaluation.Seed, "seed", f.Evaluation.Seed, "seed of the resampling")
	fl.Float64Var(&f.Evaluation.Level, "level", f.Evaluation.Level, "level of the intervals")
	fl.StringVar(&f.Evaluation.Method, "interval", f.Evaluation.Method, "method of the intervals: logit-t, bca or percentile")
	fl.StringVar(&f.Evaluation.ZeroDivision, "zero-division", "0", "what a class whose ratio is undefined counts in means over classes: 0, or nan to leave it out")
	fl.IntVar(&f.IoU, "iou", 0, "least intersection over union of mentions.overlap, per cent; 0 is any overlap")
}
