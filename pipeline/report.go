package pipeline

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	evalscoring "github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// ReportOptions are what [Report] is asked for. Release and From are of the
// predictions, which only the form html can show.
type ReportOptions struct {
	Result      string // a stored result, "-" for [Streams].In
	Form        string // "" goes by the name of Output, else text
	Output      string // file; "" for [Streams].Out
	Predictions string // that the result was computed from; shows every article
	Release     string // folder that they were scored on; "" for the embedded corpus
	Dataset     dataset.Dataset
	From        string // format of the predictions; "" detects it
	Articles    int    // most articles shown in full; 0 for the default of the page
}

// Report renders a stored result in another form.
func Report(ctx context.Context, s Streams, opt ReportOptions) error {
	if opt.Form == "" {
		opt.Form = formOf(opt.Output)
	}
	r, err := report.Lookup(opt.Form)
	if err != nil {
		return exit.Usage(err, "")
	}
	if err := opt.checkPage(r.Name); err != nil {
		return err
	}
	result, err := readResult(s, opt.Result)
	if err != nil {
		return err
	}
	render := func(w io.Writer) error { return r.Render(w, result) }
	if opt.Predictions != "" {
		if render, err = opt.page(ctx, result); err != nil {
			return err
		}
	}
	if opt.Output == "" {
		return render(s.out())
	}
	return writeFile(opt.Output, render)
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

func readResult(s Streams, path string) (*evalscoring.Result, error) {
	in := s.In
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	if in == nil {
		in = strings.NewReader("")
	}
	r, err := evalscoring.ReadResult(in)
	if err != nil {
		return nil, exit.WithHint(fmt.Errorf("%s: %w", path, err), "a result is what dataset score --json prints")
	}
	return r, nil
}
