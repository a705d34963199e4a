package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func newLintCommand(a *app) *cobra.Command {
	var articles string
	var asJSON, quiet, rules bool
	c := &cobra.Command{
		Use:   "lint [DIR]",
		Short: "Check label files against the texts and the ontology",
		Long: `Lint checks label files: offsets match their surfaces, ids resolve, codes are in
the ontology, and whatever else the rules ask. Every finding is one line
file:line. Errors give exit code 3; notes and questions do not.

Without DIR it checks the labels of the embedded corpus.`,
		Example: `  dataset lint
  dataset lint labels --articles texts
  dataset lint --rules`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if rules {
				return printRules(a.stdout)
			}
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			}
			corpus, err := lintCorpus(articles, dir)
			if err != nil {
				return err
			}
			return a.printFindings(labels.Check(corpus), len(corpus.Documents), asJSON, quiet)
		},
	}
	fl := c.Flags()
	fl.StringVar(&articles, "articles", "", "folder of the articles (default: the embedded corpus)")
	fl.BoolVar(&asJSON, "json", false, "print the findings as JSON")
	fl.BoolVarP(&quiet, "quiet", "q", false, "print errors only")
	fl.BoolVar(&rules, "rules", false, "list the rules")
	return c
}

// lintCorpus reads the labels in dir ("" for the embedded ones) and the
// articles that they point into.
func lintCorpus(articles, dir string) (*labels.Corpus, error) {
	base, err := data.Default()
	if err != nil {
		return nil, err
	}
	source := base.Labels()
	if articles != "" {
		if base, err = data.OpenCorpus(data.Meta{Name: "corpus"}, articles, ""); err != nil {
			return nil, err
		}
	}
	if dir != "" {
		source = labels.FileSource(dir)
	}
	var list []*schema.Article
	for art, err := range base.Articles() {
		if err != nil {
			return nil, err
		}
		list = append(list, art)
	}
	return labels.LoadCorpus(source, list, labels.ReadOptions{})
}

func (a *app) printFindings(findings []labels.Finding, files int, asJSON, quiet bool) error {
	counts := map[labels.Severity]int{}
	for _, f := range findings {
		counts[f.Severity]++
	}
	if asJSON {
		if findings == nil {
			findings = []labels.Finding{}
		}
		if err := writeJSON(a.stdout, findings); err != nil {
			return err
		}
	} else {
		for _, f := range findings {
			if !quiet || f.Severity == labels.SeverityError {
				fmt.Fprintln(a.stdout, f)
			}
		}
	}
	errs := counts[labels.SeverityError]
	a.say("%d label files: %d errors, %d notes, %d questions", files, errs, counts[labels.SeverityNote], counts[labels.SeverityQuestion])
	if errs > 0 {
		return &checkError{err: fmt.Errorf("the labels break rules"), hint: "dataset lint --rules says what each rule asks"}
	}
	return nil
}

func printRules(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range labels.Rules() {
		fmt.Fprintf(tw, "%s\t%s\t%s\n", r.Code, r.Severity, r.Meaning)
	}
	return tw.Flush()
}
