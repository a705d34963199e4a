package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/internal/data/export"
	"github.com/mizan-corpus/mizan/internal/data/split"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewExport makes the command that writes a dataset in another form.
func NewExport(a *cli.App) *cobra.Command {
	var opt pipeline.ExportOptions
	var split splitFlags
	var guard bool
	c := &cobra.Command{
		Use:   "export --to FORMAT -o OUT",
		Short: "Write a dataset in another form: tables, nested JSON, annotation formats",
		Long: `Export writes the articles and gold labels of a dataset in another form. What a
form cannot carry is counted on standard error; with --strict nothing is written
if anything would be lost.

Forms of the whole dataset:
` + exportList() + `
Annotation formats, of the labelled articles (dataset formats tells more). Those of
tools that people label in (brat, doccano, inception, labelstudio, prodigy, webanno)
come with the files that set up the tool for the dataset's ontology; with
--unlabelled, or where no article has labels, they hold the articles to be labelled.
` + wording.Wrap(writableFormats(), 78) + `

With --split or --folds OUT is a folder with one export a part, and splits.csv
says which article is in which part. Articles that share a happening or are
copies of one another stay in one part. Shares are of the labelled articles; a part
that gets none is an error.`,
		Example: `  dataset export --to csv -o tables
  dataset export --to nested -o articles.jsonl
  dataset export --to duckdb -o corpus.duckdb
  dataset export --to duckdb -o db && cd db && duckdb corpus.db < load.sql
  dataset export --to labelstudio --release news -o tasks.json --unlabelled
  dataset export --to iob2 -o folds --folds 5 --seed 7
  dataset export --to iob2 -o words.conll --proclitics keep
  dataset export --to spacy -o parts --split train=0.8,test=0.2 --split-by time`,
		Args: cli.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if guard {
				if opt.To != "csv" && opt.To != export.GuardedCSV {
					return cli.Usage(errors.New("--guard-formulas is for --to csv"), c.CommandPath()+" --help")
				}
				opt.To = export.GuardedCSV
			}
			var err error
			if opt.Split.Parts, err = split.parts(opt.Split.By); err != nil {
				return err
			}
			return pipeline.Export(c.Context(), a.Data(), opt)
		},
	}
	fl := c.Flags()
	fl.StringVar(&opt.Release, "release", "", "folder of a release (default: the embedded corpus)")
	fl.StringVar(&opt.To, "to", "", "the form, see above")
	fl.StringVarP(&opt.Output, "output", "o", "", "file or folder to write; - for standard output, where the form is one file")
	fl.BoolVar(&opt.Overwrite, "overwrite", false, "replace files that are there")
	fl.BoolVar(&opt.Strict, "strict", false, "write nothing and exit with 1 if the form cannot carry everything")
	fl.BoolVar(&opt.Unlabelled, "unlabelled", false, "write the articles without labels, to be labelled in the tool")
	fl.BoolVar(&guard, "guard-formulas", false, "csv: put a ' before text that begins with = + - @ or a ', which a spreadsheet would run (default: every value as it is)")
	fl.BoolVar(&opt.JSON, "json", false, "print what was done as JSON")
	cli.AddProclitics(c, &opt.Proclitics)
	split.add(fl, &opt.Split)
	return c
}

// splitFlags say what a dataset is split into.
type splitFlags struct {
	shares string
	folds  int
}

func (f *splitFlags) add(fl *pflag.FlagSet, opt *split.Options) {
	fl.StringVar(&f.shares, "split", "", "parts and their shares of the labelled articles, for example train=0.8,test=0.2")
	fl.IntVar(&f.folds, "folds", 0, "equal parts fold1, fold2, … for cross-validation")
	fl.StringVar(&opt.By, "split-by", split.ByArticle, "how to split: "+strings.Join(split.Ways, ", "))
	fl.Uint64Var(&opt.Seed, "seed", 1, "seed of the split's random order")
}

// parts is what the flags ask for, nil for no split.
func (f *splitFlags) parts(by string) (parts []split.Part, err error) {
	switch {
	case f.shares != "" && f.folds != 0:
		err = errors.New("--split and --folds exclude one another")
	case f.shares != "":
		parts, err = split.ParseParts(f.shares)
	case f.folds != 0:
		parts, err = split.Folds(f.folds)
	}
	if err == nil && !slices.Contains(split.Ways, by) {
		err = errors.New("--split-by: found " + by + ", expected one of " + strings.Join(split.Ways, ", "))
	}
	if err != nil {
		return nil, cli.Usage(err, "dataset export --help")
	}
	return parts, nil
}

func exportList() string {
	var b strings.Builder
	for _, e := range export.Forms() {
		fmt.Fprintf(&b, "  %-8s %s\n", e.Name, e.Title)
	}
	return b.String()
}

// writableFormats is the annotation formats that can be written and have no
// namesake among the forms.
func writableFormats() []string {
	var names []string
	for _, f := range labels.All() {
		if f.Write != nil && export.Lookup(f.Name) == nil {
			names = append(names, f.Name)
		}
	}
	return names
}
