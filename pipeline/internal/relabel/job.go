// Package relabel carries label files over to texts that changed.
package relabel

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/labels/rebase"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/schema"
)

// Job is labels and the texts that they go from and to.
type Job struct {
	Name     string // of the labels, for messages
	Old, New dataset.Dataset

	sets   []labelFiles          // gold, then the passes
	actors func(io.Writer) error // nil where there is no table of actors
}

// rebasedFile is what became of one label file.
type rebasedFile struct {
	*labelFile
	*rebase.Result
	changed bool // its text did
	gone    bool // its article is not among the new ones
}

// each carries over every label file and hands on what became of it. All bad
// records come as one error at the end; an error of handle ends it.
func (j *Job) each(handle func(*rebasedFile) error) error {
	var bad []error
	for _, files := range j.sets {
		if err := j.eachOf(files, &bad, handle); err != nil {
			return err
		}
	}
	if len(bad) == 0 {
		return nil
	}
	shown := bad[:min(len(bad), join.MostErrors)]
	if more := len(bad) - len(shown); more > 0 {
		shown = append(shown[:len(shown):len(shown)], fmt.Errorf("%s: %d more that cannot be carried over", j.Name, more))
	}
	return exit.WithHint(errors.Join(shown...), "nothing was written; --old names the texts that the labels stand on")
}

func (j *Job) eachOf(files labelFiles, bad *[]error, handle func(*rebasedFile) error) error {
	olds, news := join.NewCursor(j.Old), join.NewCursor(j.New)
	defer olds.Close()
	defer news.Close()
	for f, err := range files {
		var record *labels.RecordError
		if errors.As(err, &record) {
			*bad = append(*bad, err)
			continue
		}
		if err != nil {
			return err
		}
		old, new := olds.Text(f.doc.DocID), news.Text(f.doc.DocID)
		if err := errors.Join(olds.Err, news.Err); err != nil {
			return err
		}
		if old == nil {
			*bad = append(*bad, &labels.RecordError{At: f.doc.At, DocID: f.doc.DocID, What: fmt.Sprintf("article %q", f.doc.DocID), Found: "no such old text"})
			continue
		}
		r, err := rebaseFile(f, old, new)
		if err != nil {
			*bad = append(*bad, err)
			continue
		}
		if len(*bad) == 0 {
			if err := handle(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// rebaseFile carries over one label file; new is nil when the article is gone.
func rebaseFile(f *labelFile, old, new *schema.Index) (*rebasedFile, error) {
	r := &rebasedFile{labelFile: f, gone: new == nil}
	if r.gone {
		new = schema.NewIndex("")
	}
	var err error
	if r.Result, err = rebase.Document(f.doc, old, new); err != nil {
		return nil, err
	}
	r.changed = r.gone || old.Text() != new.Text()
	if r.gone {
		r.Items = []rebase.Item{{At: f.doc.At, DocID: f.doc.DocID, Outcome: rebase.OutcomeUnplaced, Kind: "article", ID: f.doc.DocID,
			Item: fmt.Sprintf("article %q", f.doc.DocID), Old: schema.NoSpan, New: schema.NoSpan,
			Reason: fmt.Sprintf("it is not among the new texts, and %s with it", wording.Count(r.Counts.Total(), "label"))}}
	}
	return r, nil
}

// Options say where the labels go, and what is said of them.
type Options struct {
	Output string // folder
	Strict bool   // nothing is written if anything has no place
	JSON   bool
}

// Run carries the labels over and prints what became of them; say takes the
// remarks.
func (j *Job) Run(out io.Writer, say func(format string, args ...any), opt Options) error {
	// The first time over everything is carried and nothing written, so that a
	// bad record, or with Strict a label without a place, is known before a
	// file appears.
	done := newReport(j.Name, opt.Output)
	if err := j.each(done.add); err != nil {
		return err
	}
	lost := done.Counts.Unplaced + done.Counts.Dropped
	if lost == 0 || !opt.Strict {
		if err := j.write(opt.Output, say); err != nil {
			return err
		}
		done.Written = true
	}
	if err := done.print(out, opt.JSON); err != nil {
		return err
	}
	for _, line := range done.orphans() {
		say("%s", line)
	}
	if !done.Written {
		return exit.WithHint(fmt.Errorf("%s no place in the new texts, nothing was written", countHave(lost)), "without --strict the others are written")
	}
	if lost > 0 {
		say("%s no place in the new texts and were left out", countHave(lost))
	}
	return nil
}

func countHave(n int) string {
	if n == 1 {
		return "1 label or part of one has"
	}
	return fmt.Sprintf("%d labels or parts of them have", n)
}

// write writes the label files and the table of actors.
func (j *Job) write(out string, say func(format string, args ...any)) error {
	return atomicfile.Folder(out, func(staged string) error {
		err := j.each(func(r *rebasedFile) error {
			folder, name := filepath.FromSlash(r.folder()), r.doc.DocID+".json"
			if there := filepath.Join(out, folder, name); r.gone {
				if _, err := os.Stat(there); err == nil {
					say("%s is of an article that is not among the new texts; it was left as it was", there)
				}
				return nil
			}
			b := r.raw
			if r.changed || b == nil {
				var err error
				if b, err = native.AppendFile(nil, r.Document); err != nil {
					return err
				}
			}
			return labels.DirOutput(filepath.Join(staged, folder)).WriteFile(name, func(w io.Writer) error {
				_, err := w.Write(b)
				return err
			})
		})
		if err != nil || j.actors == nil {
			return err
		}
		return labels.DirOutput(staged).WriteFile(native.ActorsFile, j.actors)
	})
}
