package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
)

// buildGC is the growth of the heap, in per cent, at which a build collects
// garbage. Articles pass through; at the usual 100 the peak of a large build is
// a quarter higher, for a fortieth less processor time.
const buildGC = 60

func newBuildCommand(a *app) *cobra.Command {
	var out, labelDir, name, previous, changelog string
	var articles articleFlags
	var nearDuplicates float64
	var opt data.BuildOptions
	var asJSON, quiet bool
	c := &cobra.Command{
		Use:   "build -o DIR",
		Short: "Make a release: articles and labels → Parquet tables",
		Long: `Build writes a release: Parquet tables, a manifest with hashes, a dataset card.
It appears whole or not at all, and the same input gives the same bytes.

Without --articles it builds the embedded corpus.

` + articlesHelp + sourceList() + `
A text file may have a hand-verified record beside it, with the same name and the
ending .yaml; otherwise title, body and date are found automatically. What is not
found is said, for the first 20 articles. An article that cannot be read is named
and left out; with --strict it ends the build. Articles that repeat another are
kept and marked with duplicate_of. --labels adds label files, <doc_id>.json and
actors.json, or labels in any other format with an actors.json beside them.

With --previous the release before is compared: the version must be raised by
what the changes ask for (see dataset diff), and a changelog entry is printed.`,
		Example: `  dataset build -o release
  dataset build -o mine --articles texts --labels labels --name my-corpus --version 0.1.0
  dataset build -o crawl --articles 'crawl/*.warc.gz' --name crawl
  dataset build -o news --articles news.jsonl --columns text=body,published=date`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return &usageError{err: fmt.Errorf("-o is needed: the folder of the new release"), hint: c.CommandPath() + " --help"}
			}
			if changelog != "" && previous == "" {
				return &usageError{err: fmt.Errorf("--changelog needs --previous"), hint: c.CommandPath() + " --help"}
			}
			if !articles.given() && labelDir != "" {
				return &usageError{err: fmt.Errorf("--labels needs --articles"), hint: "the embedded corpus has its own labels"}
			}
			defer debug.SetGCPercent(debug.SetGCPercent(buildGC))
			progress := newBuildBar(a.stderr, quiet)
			notes := &noteLog{app: a, bar: progress}
			ds, err := data.Default()
			if !(nearDuplicates >= 0 && nearDuplicates <= 1) {
				return usagef("--near-duplicates: found %v, expected a part of 0 to 1", nearDuplicates)
			}
			labelled := &buildLabels{}
			if articles.given() {
				var files data.CorpusFiles
				if files, err = articles.files(c); err != nil {
					return err
				}
				if labelled, err = a.prepareLabels(labelDir, files); err != nil {
					return err
				}
				defer labelled.close()
				files.Labels, files.NearDuplicates, files.Notes, files.Progress = labelled.folder, nearDuplicates, notes.add, progress.reading
				ds, err = data.OpenCorpus(data.Meta{Name: name, Version: opt.Version}, files)
			}
			if err != nil {
				return err
			}
			var changes *data.Changes
			if previous != "" {
				if changes, opt.Version, err = since(previous, ds, opt.Version); err != nil {
					return err
				}
			}
			notes.on, opt.Progress = !quiet, progress.writing
			r, err := data.Build(c.Context(), out, ds, opt)
			progress.clear()
			notes.close()
			lint := lintCommand(labelDir, articles.paths)
			if broken := (*data.LintError)(nil); errors.As(err, &broken) {
				return &withHint{labelled.explain(err), lint + " lists all of them"}
			}
			if none := (*data.NoArticlesError)(nil); errors.As(err, &none) {
				a.printSkipped(none.Skipped, none.Unread)
			}
			if err != nil {
				return err
			}
			if asJSON {
				err = writeJSON(a.stdout, r)
			} else {
				err = a.printBuild(r, lint)
			}
			if err == nil && changes != nil && (changelog != "" || !asJSON) {
				err = a.changelog(changes, changelog)
			}
			return err
		},
	}
	fl := c.Flags()
	fl.StringVarP(&out, "output", "o", "", "folder of the new release")
	articles.add(fl, "the embedded corpus")
	fl.StringVar(&labelDir, "labels", "", "folder of label files, or labels in another format")
	fl.StringVar(&name, "name", "corpus", "name of the dataset, with --articles")
	fl.StringVar(&opt.Version, "version", "", "MAJOR.MINOR.PATCH (default: the corpus's own)")
	fl.StringVar(&previous, "previous", "", "folder of the release before: refuse a version that is too low for what changed; without --version take the least allowed")
	fl.StringVar(&changelog, "changelog", "", "file that the changelog entry is put at the head of, with --previous")
	fl.Float64Var(&nearDuplicates, "near-duplicates", data.DefaultNearDuplicates, "mark articles that share this part of their five-word sequences with another, 0 for none")
	fl.BoolVar(&opt.Strict, "strict", false, "end with the first article that cannot be read")
	fl.IntVar(&opt.ArticlesPerFile, "articles-per-file", 0, "start a new file after so many articles, 0 for one file a table")
	fl.BoolVar(&opt.Replace, "replace", false, "put the release in the place of another")
	fl.BoolVar(&asJSON, "json", false, "print the report as JSON")
	fl.BoolVarP(&quiet, "quiet", "q", false, "no progress bar, and no word on what was not found in the articles")
	return c
}

// printSkipped names articles that could not be read, the first [maxNotes].
func (a *app) printSkipped(list []string, unread int) {
	for _, s := range list[:min(len(list), maxNotes)] {
		a.say("skipped: %s", s)
	}
	if more := unread - maxNotes; more > 0 {
		a.say("skipped: and %d more; --json lists them, --strict ends at the first", more)
	}
}

// printBuild says what a build did; lint is the command that lists the notes.
func (a *app) printBuild(r *data.Report, lint string) error {
	a.printSkipped(r.Skipped, r.Unread)
	more := ""
	if r.Duplicates > 0 {
		more += count(r.Duplicates, "near-duplicate") + ", "
	}
	if r.Unread > 0 {
		more += fmt.Sprintf("%d left out, ", r.Unread)
	}
	fmt.Fprintf(a.stdout, "%s %s: %s, %s, %d labelled, %s%s\n", r.Identity.Name, r.Identity.Version, r.Outcome,
		count(r.Articles, "article"), r.Labelled, more, count(r.Bytes, "byte"))
	tw := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, t := range r.Tables {
		fmt.Fprintf(tw, "  %s\t%s\n", t.Name, count(t.Rows, "row"))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if n := r.Notes + r.Questions; n > 0 {
		a.say("%s or questions on the labels; %s lists them", count(n, "note"), lint)
	}
	_, err := fmt.Fprintf(a.stdout, "content %s\nin %s\n", r.Identity.ContentSHA256, r.Dir)
	return err
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
