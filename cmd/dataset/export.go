package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/labels"
)

// exportFlags are the flags of dataset export.
type exportFlags struct {
	release, to, out          string
	overwrite, strict, asJSON bool
	proclitics                string
	split                     splitFlags
}

// exported is what an export did, for --json.
type exported struct {
	Format string          `json:"format"`
	Output string          `json:"output"`
	Split  *data.Partition `json:"split,omitempty"`
	Lost   []lostField     `json:"lost"`
}

func newExportCommand(a *app) *cobra.Command {
	var f exportFlags
	c := &cobra.Command{
		Use:   "export --to FORMAT -o OUT",
		Short: "Write a dataset in another form: tables, nested JSON, annotation formats",
		Long: `Export writes the articles and gold labels of a dataset in another form. What a
form cannot carry is counted on standard error; with --strict nothing is written
if anything would be lost.

Forms of the whole dataset:
` + exportList() + `
Annotation formats, of the labelled articles (dataset formats tells more):
` + wrapWords(writableFormats(), 78) + `

With --split or --folds OUT is a folder with one export a part, and splits.csv
says which article is in which part. Articles that share a happening or are
copies of one another stay in one part.`,
		Example: `  dataset export --to csv -o tables
  dataset export --to jsonl -o articles.jsonl
  dataset export --to duckdb -o corpus.duckdb
  dataset export --to duckdb -o db && cd db && duckdb corpus.db < load.sql
  dataset export --to iob2 -o folds --folds 5 --seed 7
  dataset export --to iob2 -o words.conll --proclitics keep
  dataset export --to spacy -o parts --split train=0.8,test=0.2 --split-by time`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if f.to == "" || f.out == "" {
				return &usageError{err: errors.New("--to and -o are needed: the form and where it goes"), hint: c.CommandPath() + " --help"}
			}
			form, err := lookupForm(f.to)
			if err != nil {
				return err
			}
			if form.wholeWords, err = wholeWords(f.proclitics, form.format); err != nil {
				return err
			}
			parts, err := f.split.parts()
			if err != nil {
				return err
			}
			if len(parts) == 0 && isDatabaseFile(form, f.out) {
				form = databaseForm(form)
			}
			ds, err := openDataset(f.release)
			if err != nil {
				return err
			}
			return a.export(c.Context(), ds, form, f, parts)
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.release, "release", "", "folder of a release (default: the embedded corpus)")
	fl.StringVar(&f.to, "to", "", "the form, see above")
	fl.StringVarP(&f.out, "output", "o", "", "file or folder to write; - for standard output, where the form is one file")
	fl.BoolVar(&f.overwrite, "overwrite", false, "replace files that are there")
	fl.BoolVar(&f.strict, "strict", false, "write nothing and exit with 1 if the form cannot carry everything")
	fl.BoolVar(&f.asJSON, "json", false, "print what was done as JSON")
	addProclitics(c, &f.proclitics)
	f.split.add(c)
	return c
}

// export writes the dataset, or each part of it.
func (a *app) export(ctx context.Context, ds data.Dataset, form *form, f exportFlags, parts []data.Part) error {
	if err := checkOutput(f.out, form.layout, f.overwrite, len(parts) > 0, f.asJSON); err != nil {
		return err
	}
	done := exported{Format: form.name, Output: f.out, Lost: []lostField{}}
	var lost loss
	if f.strict {
		if err := form.dryRun(ds, &lost); err != nil {
			return err
		}
		if lost.any() {
			a.printLoss(form.name, lost.fields())
			return &withHint{fmt.Errorf("%s cannot carry everything, nothing was written", form.name), "without --strict it is written with that loss"}
		}
	}
	if len(parts) == 0 {
		if err := form.write(ctx, ds, a.target(f.out), &lost); err != nil {
			return err
		}
	} else {
		p, err := data.Split(ds, data.SplitOptions{Parts: parts, By: f.split.by, Seed: f.split.seed})
		if err != nil {
			return err
		}
		done.Split = p
		if err := writeParts(ctx, ds, p, form, f.out, &lost); err != nil {
			return err
		}
		a.printSplit(p)
	}
	done.Lost = append(done.Lost, lost.fields()...)
	a.printLoss(form.name, done.Lost)
	if f.asJSON {
		return writeJSON(a.stdout, done)
	}
	if f.out != "-" {
		fmt.Fprintf(a.stdout, "%s: %s\n", form.name, f.out)
	}
	return nil
}

// target is a path, or standard output for "-".
func (a *app) target(out string) data.Target {
	if out == "-" {
		return data.Target{Stream: a.stdout}
	}
	return data.Target{Path: out}
}

// checkOutput refuses what would overwrite or mix files, before any work.
func checkOutput(out string, layout labels.Layout, overwrite, parts, asJSON bool) error {
	folder := layout == labels.FilePerArticle || parts
	if out == "-" {
		switch {
		case folder:
			return &usageError{err: errors.New("standard output takes one file, the export has many"), hint: "name a folder with -o"}
		case asJSON:
			return &usageError{err: errors.New("--json and -o - both write to standard output"), hint: "name a file with -o"}
		}
		return nil
	}
	info, err := os.Stat(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() != folder {
		what := map[bool]string{true: "a folder", false: "a file"}
		return &usageError{err: fmt.Errorf("%s is %s, the export is %s", out, what[info.IsDir()], what[folder]), hint: "name another output with -o"}
	}
	if overwrite {
		return nil
	}
	if folder {
		if entries, err := os.ReadDir(out); err != nil || len(entries) == 0 {
			return err
		}
	}
	return &withHint{fmt.Errorf("%s is there already", out), "--overwrite replaces files of the same names"}
}

func exportList() string {
	var b strings.Builder
	for _, e := range data.Exports() {
		fmt.Fprintf(&b, "  %-8s %s\n", e.Name, e.Title)
	}
	return b.String()
}

// writableFormats is the annotation formats that can be written and have no
// namesake among the forms.
func writableFormats() []string {
	var names []string
	for _, f := range labels.All() {
		if f.Write != nil && data.LookupExport(f.Name) == nil {
			names = append(names, f.Name)
		}
	}
	return names
}

// wrapWords sets words in indented lines.
func wrapWords(words []string, width int) string {
	var lines []string
	line := " "
	for _, w := range words {
		if len(line)+1+len(w) > width {
			lines = append(lines, line)
			line = " "
		}
		line += " " + w
	}
	return strings.Join(append(lines, line), "\n")
}

// partPath is where a part goes inside the folder of a split export.
func partPath(dir, part string, f *form) string {
	if f.layout == labels.FilePerArticle {
		return filepath.Join(dir, part)
	}
	return filepath.Join(dir, part+f.extension)
}

// knownForms is every name that --to takes, sorted.
func knownForms() []string {
	names := writableFormats()
	for _, e := range data.Exports() {
		names = append(names, e.Name)
	}
	slices.Sort(names)
	return names
}
