package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/labels"
)

// newLabelsCommand groups what is done to label files.
func newLabelsCommand(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "labels",
		Short: "Carry labels over when the text under them changes",
		Args:  noArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newRebaseCommand(a))
	return c
}

// rebaseFlags are the flags of dataset labels rebase.
type rebaseFlags struct {
	old, new, out             string
	overwrite, strict, asJSON bool

	reading articleFlags
}

func newRebaseCommand(a *app) *cobra.Command {
	var f rebaseFlags
	c := &cobra.Command{
		Use:   "rebase [LABELS] --old TEXTS --new TEXTS -o OUT",
		Short: "Carry labels over to texts that changed, and list what has no place",
		Long: `Rebase aligns the old text of every article with its new one and writes the
labels with their new offsets into the folder OUT, with actors.json and the
passes. TEXTS is articles, as build takes them, or a release. Without LABELS it takes
the labels of the release --old, without --old those of the embedded corpus.

  kept        the same offsets
  moved       other offsets, the same surface
  reworded    the surface changed, most of it stayed: look at it
  by surface  its passage is gone, and the surface stands in one place only:
              look at it
  not placed  taken out, with the reason
  dropped     an argument, a source, a head or a cue that went with it

Labels of an article whose text did not change are copied byte for byte.`,
		Example: `  dataset labels rebase labels --old texts --new texts-corrected -o labels-corrected
  dataset labels rebase --old release-1.0.0 --new texts-corrected -o labels
  dataset labels rebase labels --old texts --new texts-corrected -o out --strict`,
		Args: maxArgs(1, "the folder of label files"),
		RunE: func(c *cobra.Command, args []string) error {
			if f.new == "" || f.out == "" {
				return &usageError{err: errors.New("--new and -o are needed: the changed texts and where the labels go"), hint: c.CommandPath() + " --help"}
			}
			if err := checkOutput(f.out, labels.FilePerArticle, f.overwrite, false, f.asJSON); err != nil {
				return err
			}
			j, err := newRebaseJob(c, args, f)
			if err != nil {
				return err
			}
			return a.rebase(j, f)
		},
	}
	fl := c.Flags()
	fl.StringVar(&f.old, "old", "", "texts that the labels stand on, articles or a release (default: the embedded corpus)")
	fl.StringVar(&f.new, "new", "", "texts that they shall stand on, articles or a release")
	fl.StringVarP(&f.out, "output", "o", "", "folder to write the label files into")
	f.reading.addReading(fl)
	fl.BoolVar(&f.overwrite, "overwrite", false, "replace files that are there")
	fl.BoolVar(&f.strict, "strict", false, "write nothing and exit with 1 if anything has no place in the new texts")
	fl.BoolVar(&f.asJSON, "json", false, "print what was done as JSON")
	return c
}

// newRebaseJob opens the texts and the labels.
func newRebaseJob(c *cobra.Command, args []string, f rebaseFlags) (*rebaseJob, error) {
	old, err := f.open(c, f.old)
	if err != nil {
		return nil, err
	}
	new, err := f.open(c, f.new)
	if err != nil {
		return nil, err
	}
	j := &rebaseJob{old: old, new: new}
	if len(args) == 1 {
		if data.IsRelease(args[0]) {
			return nil, &usageError{err: fmt.Errorf("%s is a release, expected a folder of label files", args[0]), hint: "name it with --old, and leave LABELS out, to take its labels"}
		}
		if err := data.CheckLabelFolder(args[0]); err != nil {
			return nil, err
		}
		j.name = args[0]
		return j, j.readFolder(labels.FileSource(args[0]))
	}
	j.name = f.old
	corpus, ok := old.(*data.Corpus)
	switch {
	case !ok:
		j.readRelease(old)
		return j, nil
	case corpus.Labels().FS == nil:
		return nil, &usageError{err: fmt.Errorf("%s is a folder of articles, which has no labels", f.old), hint: "name the folder of the label files: dataset labels rebase LABELS --old " + f.old + " …"}
	}
	j.name = corpus.Labels().Display(corpus.Labels().Path)
	return j, j.readFolder(corpus.Labels())
}

// open opens articles or a release, or the embedded corpus for "".
func (f *rebaseFlags) open(c *cobra.Command, texts string) (data.Dataset, error) {
	if texts == "" || data.IsRelease(texts) {
		return openDataset(texts)
	}
	reading := f.reading
	reading.paths = []string{texts}
	return reading.open(c)
}
