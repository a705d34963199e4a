package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
)

func newBuildCommand(a *app) *cobra.Command {
	var out, articles, labelDir, name string
	var opt data.BuildOptions
	var asJSON bool
	c := &cobra.Command{
		Use:   "build -o DIR",
		Short: "Make a release: articles and labels → Parquet tables",
		Long: `Build writes a release: Parquet tables, a manifest with hashes, a dataset card.
It appears whole or not at all, and the same input gives the same bytes.

Without --articles it builds the embedded corpus. With --articles it reads every
.txt file of a folder; a file beside it with the same name and the ending .yaml
is its hand-verified record, otherwise title, body and date are found
automatically. --labels adds label files.`,
		Example: `  dataset build -o release
  dataset build -o mine --articles texts --labels labels --name my-corpus --version 0.1.0`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if out == "" {
				return &usageError{err: fmt.Errorf("-o is needed: the folder of the new release"), hint: c.CommandPath() + " --help"}
			}
			if articles == "" && labelDir != "" {
				return &usageError{err: fmt.Errorf("--labels needs --articles"), hint: "the embedded corpus has its own labels"}
			}
			ds, err := data.Default()
			if articles != "" {
				ds, err = data.OpenCorpus(data.Meta{Name: name, Version: opt.Version}, articles, labelDir)
			}
			if err != nil {
				return err
			}
			r, err := data.Build(c.Context(), out, ds, opt)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.stdout, r)
			}
			return a.printBuild(r)
		},
	}
	fl := c.Flags()
	fl.StringVarP(&out, "output", "o", "", "folder of the new release")
	fl.StringVar(&articles, "articles", "", "folder of articles (default: the embedded corpus)")
	fl.StringVar(&labelDir, "labels", "", "folder of label files")
	fl.StringVar(&name, "name", "corpus", "name of the dataset, with --articles")
	fl.StringVar(&opt.Version, "version", "", "MAJOR.MINOR.PATCH (default: the corpus's own)")
	fl.IntVar(&opt.ArticlesPerFile, "articles-per-file", 0, "start a new file after so many articles, 0 for one file a table")
	fl.BoolVar(&opt.Replace, "replace", false, "put the release in the place of another")
	fl.BoolVar(&asJSON, "json", false, "print the report as JSON")
	return c
}

// printBuild says what a build did.
func (a *app) printBuild(r *data.Report) error {
	for _, s := range r.Skipped {
		a.say("skipped: %s", s)
	}
	fmt.Fprintf(a.stdout, "%s %s: %s, %d articles, %d labelled, %d bytes\n", r.Identity.Name, r.Identity.Version, r.Outcome, r.Articles, r.Labelled, r.Bytes)
	tw := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, t := range r.Tables {
		fmt.Fprintf(tw, "  %s\t%d rows\n", t.Name, t.Rows)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if n := r.Notes + r.Questions; n > 0 {
		a.say("%d notes and questions on the labels; dataset lint lists them", n)
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
