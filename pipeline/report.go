package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/report/page"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/memory"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/internal/visible"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
)

// ReportOptions are what [Report] is asked for. Release and From are of the
// predictions, which only a score in the form html can show.
type ReportOptions struct {
	Result      string // a stored score, comparison, gate or agreement, "-" for [Streams].In
	Form        string // "" goes by the name of Output, else text
	Output      string // file; "" for [Streams].Out
	Ratio       string // of a comparison: f1, precision or recall; "" for f1
	ByArticle   bool   // of an agreement: one row an article below each figure
	HubDataset  string // of the form eval-results: the dataset on the hub, OWNER/NAME
	Classes     bool   // of a score: the classes of each metric and the means over them, too
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
	view := report.View{Ratio: opt.Ratio, ByArticle: opt.ByArticle, Classes: opt.Classes, HubDataset: opt.HubDataset, System: systemOf(opt.Result), Bold: opt.Output == "" && visible.Bold(s.Out)}
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

// readResult reads a stored result of any kind, which takes some eight times its size
// in memory, within the limit of that.
func readResult[T any](in io.Reader, read func(io.Reader) (T, error)) (result T, err error) {
	b, err := regular.All(in, memory.Limit()/8)
	if err != nil {
		return result, fmt.Errorf("%w, an eighth of --memory-limit", err)
	}
	return read(bytes.NewReader(b))
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
	stored, err := readResult(in, report.Read)
	if err != nil {
		return nil, exit.WithHint(fmt.Errorf("%s: %w", path, err), "a result is what dataset score, compare, gate or agree --json prints")
	}
	return stored, nil
}

// systemOf is what a stored result is called by: its file, without what its name ends in.
func systemOf(path string) string {
	name := filepath.Base(path)
	for ext := filepath.Ext(name); ext == ".json" || ext == ".result"; ext = filepath.Ext(name) {
		name = strings.TrimSuffix(name, ext)
	}
	if name == "-" || name == "" {
		return "system"
	}
	return name
}

// hubName is the name of a dataset on a hub.
var hubName = regexp.MustCompile(`^[\w.-]+/[\w.-]+$`)

// checkPage refuses options that the form has no use for.
func (opt *ReportOptions) checkPage(form string) error {
	switch {
	case opt.Predictions != "" && form != "html":
		return exit.Usage(fmt.Errorf("--predictions is for the form html, found %s", form), "dataset report RESULT -o report.html --predictions PRED")
	case opt.Predictions == "" && (opt.Release != "" || opt.From != ""):
		return exit.Usagef("--release and --from need --predictions")
	case (form == report.HubForm) != (opt.HubDataset != ""):
		return exit.Usage(fmt.Errorf("--hub-dataset and the form %s need each other", report.HubForm), "dataset report RESULT --to "+report.HubForm+" --hub-dataset OWNER/NAME")
	case opt.HubDataset != "" && !hubName.MatchString(opt.HubDataset):
		return exit.Usagef("--hub-dataset: found %q, expected OWNER/NAME", opt.HubDataset)
	case opt.Articles < 0:
		return exit.Usagef("--articles %d: expected 1 or more", opt.Articles)
	case opt.Articles == 0:
		opt.Articles = page.DefaultArticles
	}
	return nil
}

// page is how the result is written with its articles.
func (opt *ReportOptions) page(ctx context.Context, r *scoring.Result) (func(io.Writer) error, error) {
	ds, err := join.Open(opt.Release, opt.Dataset)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(opt.Predictions); err != nil {
		return nil, err
	}
	base, err := ds.Signature()
	if err != nil {
		return nil, err
	}
	if base.Dataset != r.Signature.Dataset || base.ContentHash != r.Signature.ContentHash {
		return nil, exit.WithHint(fmt.Errorf("the result is of %s, the labels are of %s", identity(r.Signature), identity(base)), "name the release that was scored with --release")
	}
	o, err := ds.Data.Ontology()
	if err != nil {
		return nil, err
	}
	filters, err := eval.ParseFilters(r.Signature.Filters)
	if err != nil {
		return nil, err
	}
	in := join.Input{Dataset: ds, Path: opt.Predictions, Format: opt.From}
	if r.Signature.Map != "" {
		if in.Map, err = parseMap([]string{r.Signature.Map}); err != nil {
			return nil, err
		}
	}
	var builder *page.Builder
	err = in.Pairs(func() func(*eval.Pair) error {
		builder = page.NewBuilder(r, page.Options{Predictions: opt.Predictions, Articles: opt.Articles})
		return func(p *eval.Pair) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if p = eval.Judge(p, o, filters); p != nil {
				builder.Add(p)
			}
			return nil
		}
	})
	if err != nil {
		return nil, err
	}
	shown := builder.Page()
	if err := samePredictions(r, shown.Details.Errors); err != nil {
		return nil, exit.WithHint(fmt.Errorf("%s: %w", opt.Predictions, err), "give the predictions from which the result was computed, or score them again")
	}
	return func(w io.Writer) error { return page.HTML(w, shown) }, nil
}

func identity(s scoring.Signature) string {
	return fmt.Sprintf("%s#%.12s", s.Dataset, s.ContentHash)
}

// samePredictions holds the labels against the figures of the result that
// count the same things.
func samePredictions(r *scoring.Result, s *analysis.ErrorSummary) error {
	for _, c := range []struct {
		metric string
		layer  analysis.ErrorLayer
	}{{"mentions.strict", analysis.MentionErrors}, {"events.trigger.classified", analysis.EventErrors}} {
		f, l := r.Find(c.metric, ""), s.Layers[c.layer]
		if f == nil || l == nil {
			continue
		}
		// Under filters the metric judges a prediction with what it is matched to
		// there, which may be no counterpart here.
		predicted := len(r.Signature.Filters) > 0 || f.Predicted == float64(l.Predicted)
		if f.Correct.Precision != float64(l.Correct) || !predicted || f.Gold != float64(l.Gold) {
			return fmt.Errorf("%s: %d of %d predicted are right and gold has %d; the result says %g of %g and %g",
				c.metric, l.Correct, l.Predicted, l.Gold, f.Correct.Precision, f.Predicted, f.Gold)
		}
	}
	return nil
}
