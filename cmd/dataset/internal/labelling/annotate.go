package labelling

import (
	"os/exec"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewAnnotate makes the command that opens the page for labelling.
func NewAnnotate(a *cli.App) *cobra.Command {
	var articles cli.ArticleFlags
	var opt pipeline.AnnotateOptions
	var noBrowser bool
	c := &cobra.Command{
		Use:   "annotate [LABELS]",
		Short: "Label articles by hand, in the browser",
		Long: `Annotate opens a page on which a person reads an article and labels it: mentions,
actors, events and arguments, with the keyboard or the mouse. It prints the page's
address, which works on this machine only and holds a token, and serves the page
until it is interrupted (Ctrl-C).

LABELS is a folder of label files, <doc_id>.json and actors.json; it is made where
there is none. Every action is in LABELS/.annotate/journal.jsonl and on disk before
the page says that it is saved, and the label files are written from that.

With --pass a person labels independently of others, into LABELS/passes/NAME: the
labels of others are not shown before one's own of an article are declared done.

With --review a,b the page shows what two passes have otherwise, each difference to
be settled as one of them has it or otherwise, with the reason. What both have alike is
taken over; the decisions stand in LABELS/ADJUDICATION.md.

With --suggest an extractor's predictions are shown then, too, each to be accepted
or refused. The journal has who saw what, and when: suggestions bias labels and
raise the score of what suggested them.

Without LABELS the page shows the embedded corpus with its labels and passes, and
changes nothing.

` + cli.ArticlesHelp + cli.SourceList(),
		Example: `  dataset annotate
  dataset annotate labels --articles texts
  dataset annotate labels --articles texts --pass anna
  dataset annotate labels --articles texts --review anna,ben
  dataset annotate labels --articles texts --ontology my.yaml --port 8123 --no-browser`,
		Args: cli.MaxArgs(1, "the folder of label files"),
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if opt.Articles, err = articles.Read(c); err != nil {
				return err
			}
			opt.Labels = cli.First(args)
			if !noBrowser {
				opt.Open = openBrowser
			}
			return pipeline.Annotate(c.Context(), a.Data(), opt)
		},
	}
	fl := c.Flags()
	articles.Add(fl, "the embedded corpus")
	fl.StringVar(&opt.Ontology, "ontology", "", "ontology of the labels: a name or a file, which LABELS keeps for the next time (default: the one that it keeps, that of the embedded corpus, or one made of the labels)")
	fl.StringVar(&opt.Pass, "pass", "", "label independently, into the folder passes/NAME of LABELS")
	fl.StringSliceVar(&opt.Review, "review", nil, "settle the differences of two passes, as in a,b, into LABELS")
	fl.StringVar(&opt.Suggest, "suggest", "", "predictions, in any format, that are shown once one's own labels of an article are declared done, to be accepted or refused")
	fl.IntVar(&opt.Port, "port", 0, "port of the page on this machine (default: one that is free)")
	fl.BoolVar(&noBrowser, "no-browser", false, "only print the page's address")
	return c
}

// openBrowser opens an address with what the system has for it.
func openBrowser(address string) error {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // how it ends is the browser's matter
	return nil
}
