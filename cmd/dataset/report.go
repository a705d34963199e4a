package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/eval/report"
	"github.com/mizan-corpus/mizan/labels"
)

func newReportCommand(a *app) *cobra.Command {
	var form, out string
	var page pageFlags
	var forms []string
	for _, r := range report.All() {
		forms = append(forms, fmt.Sprintf("  %-10s %s", r.Name, r.Title))
	}
	c := &cobra.Command{
		Use:   "report RESULT",
		Short: "Render a stored result in another form",
		Long: `Report renders what dataset score --json wrote. RESULT may be - for standard
input. The form is --to, or else what the output's name ends in.

Forms:
` + strings.Join(forms, "\n"),
		Example: `  dataset score predictions.jsonl --json > result.json
  dataset report result.json --to markdown
  dataset report result.json -o figures.csv
  dataset report result.json -o report.html --predictions predictions.jsonl`,
		Args: exactArgs(1, "one stored result"),
		RunE: func(c *cobra.Command, args []string) error {
			if form == "" {
				form = formOf(out)
			}
			r, err := report.Lookup(form)
			if err != nil {
				return &usageError{err: err}
			}
			if err := page.check(r.Name); err != nil {
				return err
			}
			result, err := a.readResult(args[0])
			if err != nil {
				return err
			}
			render := func(w io.Writer) error { return r.Render(w, result) }
			if page.predictions != "" {
				if render, err = page.render(c.Context(), result); err != nil {
					return err
				}
			}
			if out == "" {
				return render(a.stdout)
			}
			return writeFile(out, render)
		},
	}
	c.Flags().StringVar(&form, "to", "", "form of the report, see above (default: by the output's name, else text)")
	page.register(c)
	c.Flags().StringVarP(&out, "output", "o", "", "file to write (default: standard output)")
	return c
}

// formOf guesses the form from the file name.
func formOf(out string) string {
	for end, form := range map[string]string{".json": "json", ".md": "markdown", ".csv": "csv", ".xml": "junit", ".html": "html"} {
		if strings.HasSuffix(out, end) {
			return form
		}
	}
	return "text"
}

func (a *app) readResult(path string) (*eval.Result, error) {
	in := a.stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	r, err := eval.ReadResult(in)
	if err != nil {
		return nil, &withHint{fmt.Errorf("%s: %w", path, err), "a result is what dataset score --json prints"}
	}
	return r, nil
}

// writeFile writes a file that appears only when it is whole.
func writeFile(path string, write func(io.Writer) error) error {
	return labels.FileOutput(path).WriteFile("", write)
}
