package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/export"
	"github.com/mizan-corpus/mizan/internal/data/split"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/forms"
)

// ExportOptions are what [Export] is asked for.
type ExportOptions struct {
	Release    string        // folder; "" for the embedded corpus
	Dataset    Dataset       // an open one instead of Release
	To         string        // a form of the whole dataset (dataset export --help), or an annotation format
	Output     string        // file or folder; "-" for [Streams].Out, where the form is one file
	Overwrite  bool          // replace files that are there
	Strict     bool          // write nothing if the form cannot carry everything
	Unlabelled bool          // write the articles without labels, to be labelled in the tool of an annotation format
	Proclitics string        // of iob2: "split" or "keep" words that a mention begins or ends in; "" splits
	Split      split.Options // with Parts, Output is a folder with one export a part
	JSON       bool
}

// exported is what an export did, as JSON.
type exported struct {
	Format string            `json:"format"`
	Output string            `json:"output"`
	Split  *split.Partition  `json:"split,omitempty"`
	Lost   []forms.LostField `json:"lost"`

	Articles int      `json:"articles,omitempty"` // that were written, of an annotation format
	Setup    []string `json:"setup,omitempty"`    // files that set up the tool
}

// Export writes the articles and gold labels of a dataset in another form. What
// the form cannot carry is said on Err.
func Export(ctx context.Context, s Streams, opt ExportOptions) error {
	if opt.To == "" || opt.Output == "" {
		return exit.Usage(errors.New("--to and -o are needed: the form and where it goes"), "dataset export --help")
	}
	form, err := forms.Lookup(opt.To)
	if err != nil {
		return err
	}
	if err := form.Proclitics(opt.Proclitics); err != nil {
		return err
	}
	parts := len(opt.Split.Parts) > 0
	if !parts {
		form = form.For(opt.Output)
	}
	ds, err := openData(opt.Release, opt.Dataset)
	if err != nil {
		return err
	}
	if err := forms.CheckOutput(opt.Output, form.Layout, opt.Overwrite, parts, opt.JSON); err != nil {
		return err
	}
	if err := opt.choose(s, ds, form, parts); err != nil {
		return err
	}
	var lost forms.Loss
	if opt.Strict {
		if err := form.DryRun(ds, &lost); err != nil {
			return err
		}
		if lost.Any() {
			lost.Say(s.say, form.Name)
			return exit.WithHint(fmt.Errorf("%s cannot carry everything, nothing was written", form.Name), "without --strict it is written with that loss")
		}
	}
	done := exported{Format: form.Name, Output: opt.Output}
	if parts {
		done.Split, err = opt.writeParts(ctx, s, ds, form, &lost)
	} else {
		err = form.Whole(s.target(opt.Output), func(to export.Target) error { return form.Write(ctx, ds, to, &lost) })
	}
	if err != nil {
		return err
	}
	lost.Say(s.say, form.Name)
	if done.Articles = form.Written; done.Articles == 0 && !form.OfDataset() && !parts {
		s.say("no article has labels: the export is empty")
	}
	if done.Setup, err = form.SetupPaths(ds, opt.Output); err != nil {
		return err
	}
	if opt.JSON {
		done.Lost = lost.Fields()
		return s.json(done)
	}
	if opt.Output != "-" {
		fmt.Fprintf(s.out(), "%s: %s\n", form.Name, opt.Output)
	}
	return nil
}

// choose settles whether the articles with labels are written or those without,
// and says which are left out.
func (opt *ExportOptions) choose(s Streams, ds dataset.Dataset, form *forms.Form, parts bool) error {
	switch {
	case opt.Unlabelled && !form.IsTool():
		return exit.Usagef("--unlabelled is for the formats of tools that people label in, not for %s", form.Name)
	case opt.Unlabelled && parts:
		return exit.Usagef("--unlabelled and --split or --folds exclude one another: shares are of the labelled articles")
	case !form.IsTool() || parts:
		return nil
	}
	if err := form.CheckSetup(ds, opt.Output, opt.Overwrite); err != nil {
		return err
	}
	labelled, others, err := forms.Labelled(ds)
	if err != nil {
		return err
	}
	form.Unlabelled = opt.Unlabelled || form.IsTool() && labelled == 0
	switch {
	case form.Unlabelled && others == 0:
		return exit.WithHint(errors.New("every article has labels"), "without --unlabelled they are exported with them")
	case form.Unlabelled && labelled > 0:
		s.say("%s with labels left out, %s to be labelled", wording.Count(labelled, "article"), wording.Count(others, "article"))
	case form.Unlabelled:
		s.say("no article has labels: %s to be labelled", wording.Count(others, "article"))
	case others > 0:
		s.say("%s without labels left out; --unlabelled exports those", wording.Count(others, "article"))
	}
	return nil
}

// writeParts says how the dataset was divided and writes each part.
func (opt *ExportOptions) writeParts(ctx context.Context, s Streams, ds dataset.Dataset, form *forms.Form, lost *forms.Loss) (*split.Partition, error) {
	p, err := split.Divide(ds, opt.Split)
	if p == nil {
		return nil, err
	}
	for _, part := range p.Parts {
		more := ""
		if rest := part.Articles - part.Labelled; rest > 0 {
			more = fmt.Sprintf("; and %d without labels", rest)
		}
		s.say("%s: %s in %s, %.1f asked for%s", part.Name, wording.Count(part.Labelled, "article"), wording.Count(part.Groups, "group"), part.Wanted, more)
	}
	for _, n := range p.Notes {
		s.say("note: %s", n)
	}
	if err != nil {
		return nil, fmt.Errorf("%w; nothing was written", err)
	}
	return p, forms.WriteParts(ctx, ds, p, form, opt.Output, lost)
}

// target is a path, or Out for "-".
func (s Streams) target(out string) export.Target {
	if out == "-" {
		return export.Target{Stream: s.out()}
	}
	return export.Target{Path: out}
}
