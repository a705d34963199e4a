package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/visible"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// ReportOptions are what [Report] is asked for. Release and From are of the
// predictions, which only a score in the form html can show.
type ReportOptions struct {
	Result      string // a stored score, comparison, gate or agreement, "-" for [Streams].In
	Form        string // "" goes by the name of Output, else text
	Output      string // file; "" for [Streams].Out
	Ratio       string // of a comparison: f1, precision or recall; "" for f1
	ByArticle   bool   // of an agreement: one row an article below each figure
	Predictions string // that the score was computed from; shows every article
	Release     string // folder that they were scored on; "" for the embedded corpus
	Dataset     Dataset
	From        string // format of the predictions; "" detects it
	Articles    int    // most articles shown in full; 0 for the default of the page
}

// Report renders what [Score], [Compare], [Gate] or [Agree] wrote as JSON in
// another form.
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
	if opt.Ratio != "" {
		if err := checkRatio(opt.Ratio); err != nil {
			return err
		}
	}
	stored, err := readMeasured(s, opt.Result)
	if err != nil {
		return err
	}
	view := report.View{Ratio: opt.Ratio, ByArticle: opt.ByArticle, Bold: opt.Output == "" && visible.Bold(s.Out)}
	render := func(w io.Writer) error { return r.Render(w, stored, view) }
	if opt.Predictions != "" {
		result, ok := stored.(*scoring.Result)
		if !ok {
			return exit.Usagef("--predictions is for scores, found %s in %s", report.KindOf(stored), opt.Result)
		}
		if render, err = opt.page(ctx, result); err != nil {
			return err
		}
	}
	if opt.Output == "" {
		return unfit(render(s.out()))
	}
	err = unfit(writeFile(opt.Output, render))
	if err == nil && opt.Predictions != "" {
		s.sayPageSize(opt.Output)
	}
	return err
}

// A page of many articles opens as long as a browser holds its text: to this size one
// was opened within three seconds.
const largePage = 64 << 20

// sayPageSize says how large a page is, and warns of one that a browser may not open.
func (s Streams) sayPageSize(path string) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	s.say("%s: %.1f MB", path, float64(info.Size())/1e6)
	if info.Size() > largePage {
		s.say("warning: a page of more than %d MB opens slowly or not at all; --articles N shows fewer", largePage>>20)
	}
}

// unfit makes wrong usage of a form that does not show what was stored.
func unfit(err error) error {
	if e := (*report.UnfitError)(nil); errors.As(err, &e) {
		return exit.Usage(err, "text, markdown, csv and json show every kind")
	}
	return err
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

func readMeasured(s Streams, path string) (any, error) {
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
	stored, err := report.Read(in)
	if err != nil {
		return nil, exit.WithHint(fmt.Errorf("%s: %w", path, err), "a result is what dataset score, compare, gate or agree --json prints")
	}
	return stored, nil
}
