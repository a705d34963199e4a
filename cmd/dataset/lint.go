package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/data/ingest"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func newLintCommand(a *app) *cobra.Command {
	var articles articleFlags
	var from, unit string
	var asJSON, quiet, rules bool
	c := &cobra.Command{
		Use:   "lint [LABELS]",
		Short: "Check label files against the texts and the ontology",
		Long: `Lint checks label files: offsets match their surfaces, ids resolve, codes are in
the ontology, and whatever else the rules ask. Every finding is one line
file:line. Errors give exit code 3; notes and questions do not. An article that
cannot be read is an error, too, and the others are checked all the same.

LABELS is a folder of label files with its table of actors, or labels or
predictions in any other format; their actors are looked up in actors.json
beside them, or in the embedded table when the articles are the embedded ones.
Without LABELS it checks the labels of the embedded corpus.`,
		Example: `  dataset lint
  dataset lint labels --articles texts
  dataset lint predictions.jsonl
  dataset lint --rules`,
		Args: maxArgs(1, "the folder of label files, or a file or folder in another format"),
		RunE: func(c *cobra.Command, args []string) error {
			if rules {
				return printRules(a.stdout)
			}
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			}
			corpus, err := lintCorpus(c, &articles, dir, from, unit)
			if err != nil {
				return err
			}
			return a.printFindings(labels.Check(corpus), len(corpus.Documents), asJSON, quiet)
		},
	}
	fl := c.Flags()
	articles.add(fl, "the embedded corpus")
	fl.StringVar(&from, "from", "", "format of LABELS (default: told from its content)")
	addUnit(c, &unit)
	fl.BoolVar(&asJSON, "json", false, "print the findings as JSON")
	fl.BoolVarP(&quiet, "quiet", "q", false, "print errors only")
	fl.BoolVar(&rules, "rules", false, "list the rules")
	return c
}

// lintCorpus reads the labels in dir ("" for the embedded ones), in the format
// named ("" for the one they are in), and the articles that they point into.
func lintCorpus(c *cobra.Command, articles *articleFlags, dir, from, unit string) (*labels.Corpus, error) {
	base, err := data.Default()
	if err != nil {
		return nil, err
	}
	source := base.Labels()
	format, err := lintFormat(dir, from)
	if err != nil {
		return nil, err
	}
	stated, err := statedUnit(unit)
	if err != nil {
		return nil, err
	}
	actors := source
	if articles.given() {
		actors = labels.Source{}
		if base, err = articles.open(c); err != nil {
			return nil, err
		}
	}
	if dir != "" && format == nil {
		if err := data.CheckLabelFolder(dir); err != nil {
			return nil, err
		}
		source = labels.FileSource(dir)
	}
	list, unread, err := readArticles(base)
	if err != nil {
		return nil, err
	}
	var corpus *labels.Corpus
	if format == nil {
		corpus, err = labels.LoadCorpus(source, list, labels.ReadOptions{})
	} else {
		corpus, err = labels.LoadForeign(format, labels.FileSource(dir), actorsBeside(dir, actors), list, labels.ReadOptions{Unit: stated})
	}
	if err != nil {
		return nil, err
	}
	for _, e := range unread {
		corpus.Unread = append(corpus.Unread, stem(e.File))
		corpus.Problems = append(corpus.Problems, articleProblem(e))
	}
	return corpus, nil
}

// readArticles reads all articles, and why files gave none. It fails where no
// file gave one.
func readArticles(ds data.Dataset) (list []*schema.Article, unread []*ingest.FileError, err error) {
	for art, err := range ds.Articles() {
		var file *ingest.FileError
		switch {
		case errors.As(err, &file):
			unread = append(unread, file)
		case err != nil:
			return nil, nil, err
		default:
			list = append(list, art)
		}
	}
	if len(list) > 0 || len(unread) == 0 {
		return list, unread, nil
	}
	var bad []error
	for _, e := range unread[:min(len(unread), maxNotes)] {
		bad = append(bad, e)
	}
	if more := len(unread) - len(bad); more > 0 {
		bad = append(bad, fmt.Errorf("%s more could not be read", count(more, "file")))
	}
	return nil, nil, joinHinted(bad)
}

// articleProblem is an article that cannot be read as a problem of the corpus.
func articleProblem(e *ingest.FileError) error {
	return &labels.RecordError{At: labels.Position{File: e.File, Line: e.Line}, DocID: stem(e.File),
		What: fmt.Sprintf("article %q", stem(e.File)), Found: "no readable text: " + e.Err.Error(), Advice: e.Hint}
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
	a.say("%s: %s, %s, %s", count(files, "label file"), count(errs, "error"),
		count(counts[labels.SeverityNote], "note"), count(counts[labels.SeverityQuestion], "question"))
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
