package run

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/schema"
)

// ErrRunning says that another run writes the same file.
var ErrRunning = errors.New("another run into this file is under way")

// errStopped ends a walk early.
var errStopped = errors.New("stopped")

// OutputError is an output file that a run cannot go into as asked.
type OutputError struct {
	Path   string
	What   string
	Advice string
}

func (e *OutputError) Error() string { return e.Path + ": " + e.What }

// Hint is the next step, "" for none.
func (e *OutputError) Hint() string { return e.Advice }

// InterruptedError is a run that its caller stopped before the end.
type InterruptedError struct {
	Path string // of the predictions so far
	Done int    // articles that it holds
	Err  error  // of the context
}

func (e *InterruptedError) Error() string {
	return fmt.Sprintf("stopped after %d articles, which are in %s: %v", e.Done, e.Path, e.Err)
}

// Hint is the next step.
func (e *InterruptedError) Hint() string { return "the same command with --resume goes on from there" }

// Unwrap is the context's error.
func (e *InterruptedError) Unwrap() error { return e.Err }

// Mode is what [File] does where its output, or a part of it, is there.
type Mode int

// The modes.
const (
	ModeNew       Mode = iota // refuse
	ModeResume                // go on, or begin where there is nothing
	ModeOverwrite             // begin anew
)

// FileOptions are the settings of [File].
type FileOptions struct {
	Run     Options
	Mode    Mode
	Dataset DatasetID
	// Options are what the run was started with, for the record; no secrets.
	Options map[string]string
	// RetryFailed asks again, at the end, about articles that failed in this
	// run or an earlier one that is resumed. Without it they keep their error.
	RetryFailed bool
	// Limit is how many articles to take from the beginning, 0 for all.
	Limit int
	// Placement says how spans are placed.
	Placement extract.PlacementOptions
	// Failed, when set, is told each failure as it is written.
	Failed func(*extract.Error)
	// Progress, when set, is told after each article.
	Progress func(Progress)
}

// Progress is how far a run has come.
type Progress struct {
	Done   int // articles that have a line, those of earlier sessions included
	Failed int // of those
	Asked  int // articles asked in this session
	// Elapsed is the time since this session began.
	Elapsed time.Duration
}

// File asks ex about every article and writes the answers to pred, one
// JSON line an article in the order of the articles; an article that failed
// has the line {"doc_id","error"}. Spans are put in their places ([extract.Aligned]).
//
// Lines go to pred.partial as they come, which is renamed to pred when it is
// whole, so whatever kills the run, all but the line being written is kept.
// ModeResume goes on after the last whole line and never asks again about an
// article that has one, even an error (but see RetryFailed); it is refused
// when the extractor, its settings or the dataset are not the same. Beside
// them stands pred.run.json, the [Record], which is also returned. articles is
// read once, and once more for RetryFailed.
//
// A done ctx gives an *[InterruptedError]. File does not close ex.
func File(ctx context.Context, pred string, articles iter.Seq2[*schema.Article, error], ex extract.Extractor, opt FileOptions) (_ *Record, err error) {
	ex = extract.Aligned(ex, opt.Placement)
	f := &fileRun{
		pred: pred, ex: ex, opt: opt, articles: articles,
		id: Identity{Extractor: extract.Name(ex), Settings: extract.Settings(ex), Dataset: opt.Dataset},
	}
	lock, err := lockFile(pred + ".lock")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.unlock()) }()
	hasPred, hasPartial := exists(pred), exists(f.partialPath())
	switch {
	case opt.Mode == ModeNew && (hasPred || hasPartial):
		return nil, f.refuse(hasPartial)
	case opt.Mode == ModeOverwrite:
		if err := removeAll(f.partialPath(), f.journalPath()); err != nil {
			return nil, err
		}
	case opt.Mode == ModeResume && hasPartial:
		return f.resume(ctx)
	case opt.Mode == ModeResume && hasPred:
		return f.complete(ctx)
	}
	if err := removeAll(f.journalPath()); err != nil { // of no use without predictions
		return nil, err
	}
	r, err := f.pass(ctx, nil, takeover{})
	return f.again(ctx, r, err)
}

// fileRun is one call of RunFile.
type fileRun struct {
	pred     string
	ex       extract.Extractor
	id       Identity
	opt      FileOptions
	articles iter.Seq2[*schema.Article, error]
}

func (f *fileRun) partialPath() string { return f.pred + ".partial" }
func (f *fileRun) journalPath() string { return f.pred + ".run.partial" }
func (f *fileRun) recordPath() string  { return f.pred + ".run.json" }

func (f *fileRun) refuse(partial bool) error {
	if partial {
		return &OutputError{f.partialPath(), "exists: an earlier run was not finished",
			"go on with --resume, or begin anew with --overwrite"}
	}
	return &OutputError{f.pred, "exists already", "choose another name, or give --overwrite"}
}

// resume goes on with a run that was not finished.
func (f *fileRun) resume(ctx context.Context) (*Record, error) {
	if !exists(f.journalPath()) {
		return nil, &OutputError{f.partialPath(), "found no " + filepath.Base(f.journalPath()) + " beside it, so it cannot be told what was run",
			"begin anew with --overwrite"}
	}
	p, err := recoverPartial(f.partialPath(), f.journalPath())
	if err != nil {
		return nil, err
	}
	if p.first == nil {
		if len(p.docs) > 0 {
			return nil, &OutputError{f.journalPath(), "found no beginning of a run", "begin anew with --overwrite"}
		}
		p = nil // killed before anything was written
	} else if err := f.same(p.first.Identity, f.partialPath()); err != nil {
		return nil, err
	}
	var over takeover
	if p != nil {
		over = p.first.takeover
	}
	r, err := f.pass(ctx, p, over)
	return f.again(ctx, r, err)
}

// complete is a resumed run that was finished: there is something to do only
// when failures are asked again, or when it had taken fewer articles.
func (f *fileRun) complete(ctx context.Context) (*Record, error) {
	r, err := ReadRecord(f.recordPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &OutputError{f.pred, "found no " + filepath.Base(f.recordPath()) + " beside it, so it cannot be told what was run",
			"begin anew with --overwrite"}
	}
	if err == nil {
		err = f.same(r.Identity, f.pred)
	}
	if err == nil {
		err = removeAll(f.journalPath())
	}
	if err != nil {
		return nil, err
	}
	r.Output = f.pred
	last := ""
	if n := len(r.Sessions); n > 0 {
		last = r.Sessions[n-1].Options[limitOption]
	}
	if last != "" && last != f.limitText() {
		return f.pass(ctx, nil, takeover{Over: true, RetryFailed: f.opt.RetryFailed})
	}
	return f.again(ctx, r, nil)
}

// again asks about what failed, where that is wanted.
func (f *fileRun) again(ctx context.Context, r *Record, err error) (*Record, error) {
	if err != nil || !f.opt.RetryFailed || r.Failed == 0 {
		return r, err
	}
	return f.pass(ctx, nil, takeover{Over: true, RetryFailed: true})
}

// same refuses to mix the answers of two runs.
func (f *fileRun) same(was Identity, path string) error {
	what := ""
	switch {
	case was.Extractor != f.id.Extractor:
		what = fmt.Sprintf("was made by %s, not by %s", was.Extractor, f.id.Extractor)
	case was.Dataset.ContentSHA256 != f.id.Dataset.ContentSHA256:
		what = fmt.Sprintf("was made from %s %s (content %.12s), not from %s %s (content %.12s)",
			was.Dataset.Name, was.Dataset.Version, was.Dataset.ContentSHA256,
			f.id.Dataset.Name, f.id.Dataset.Version, f.id.Dataset.ContentSHA256)
	case !maps.Equal(was.Settings, f.id.Settings):
		what = "was made with other settings: " + differences(was.Settings, f.id.Settings)
	default:
		return nil
	}
	return &OutputError{path, what, "choose another name, or begin anew with --overwrite"}
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func removeAll(paths ...string) error {
	for _, p := range paths {
		if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
