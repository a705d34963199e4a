package pipeline

import (
	"context"
	"errors"
	"fmt"

	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/forms"
	"github.com/mizan-corpus/mizan/pipeline/internal/relabel"
)

// RebaseOptions are what [Rebase] is asked for.
type RebaseOptions struct {
	Labels    string   // folder of label files; "" for the labels of Old
	Old       string   // texts that the labels stand on: articles, or a release; "" for the embedded corpus
	New       string   // texts that they shall stand on: articles, or a release
	Reading   Articles // how articles are read; without Paths
	Output    string   // folder to write the label files into
	Overwrite bool     // replace files that are there
	Strict    bool     // write nothing if anything has no place in the new texts
	JSON      bool
}

// Rebase carries labels over to texts that changed, and lists what has no place
// there.
func Rebase(ctx context.Context, s Streams, opt RebaseOptions) error {
	if opt.New == "" || opt.Output == "" {
		return exit.Usage(errors.New("--new and -o are needed: the changed texts and where the labels go"), "dataset labels rebase --help")
	}
	if err := forms.CheckOutput(opt.Output, labels.FilePerArticle, opt.Overwrite, false, opt.JSON); err != nil {
		return err
	}
	j, err := opt.job(ctx)
	if err != nil {
		return err
	}
	return j.Run(s.out(), s.say, relabel.Options{Output: opt.Output, Strict: opt.Strict, JSON: opt.JSON})
}

// job opens the texts and the labels.
func (opt *RebaseOptions) job(ctx context.Context) (*relabel.Job, error) {
	before, err := opt.open(ctx, opt.Old)
	if err != nil {
		return nil, err
	}
	after, err := opt.open(ctx, opt.New)
	if err != nil {
		return nil, err
	}
	j := &relabel.Job{Old: before, New: after}
	if opt.Labels != "" {
		if release.IsRelease(opt.Labels) {
			return nil, exit.Usage(fmt.Errorf("%s is a release, expected a folder of label files", opt.Labels), "name it with --old, and leave LABELS out, to take its labels")
		}
		if err := corpus.CheckLabelFolder(opt.Labels); err != nil {
			return nil, err
		}
		j.Name = opt.Labels
		return j, j.ReadFolder(labels.FileSource(opt.Labels))
	}
	j.Name = opt.Old
	corpus, ok := before.(*corpus.Corpus)
	switch {
	case !ok:
		j.ReadRelease(before)
		return j, nil
	case corpus.Labels().FS == nil:
		return nil, exit.Usage(fmt.Errorf("%s is a folder of articles, which has no labels", opt.Old), "name the folder of the label files: dataset labels rebase LABELS --old "+opt.Old+" …")
	}
	j.Name = corpus.Labels().Display(corpus.Labels().Path)
	return j, j.ReadFolder(corpus.Labels())
}

// open opens articles or a release, or the embedded corpus for "".
func (opt *RebaseOptions) open(ctx context.Context, texts string) (dataset.Dataset, error) {
	if texts == "" || release.IsRelease(texts) {
		return openData(texts, nil)
	}
	articles := opt.Reading
	articles.Paths = []string{texts}
	return articles.open(ctx)
}
