package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// rebaseJob is labels and the texts that they go from and to.
type rebaseJob struct {
	name     string // of the labels, for messages
	old, new data.Dataset
	sets     []labelFiles          // gold, then the passes
	actors   func(io.Writer) error // nil where there is no table of actors
}

// rebasedFile is what became of one label file.
type rebasedFile struct {
	*labelFile
	*labels.Rebased
	changed bool // its text did
	gone    bool // its article is not among the new ones
}

// each carries over every label file and hands on what became of it. All bad
// records come as one error at the end; an error of handle ends it.
func (j *rebaseJob) each(handle func(*rebasedFile) error) error {
	var bad []error
	for _, files := range j.sets {
		if err := j.eachOf(files, &bad, handle); err != nil {
			return err
		}
	}
	if len(bad) == 0 {
		return nil
	}
	shown := bad[:min(len(bad), mostErrors)]
	if more := len(bad) - len(shown); more > 0 {
		shown = append(shown[:len(shown):len(shown)], fmt.Errorf("%s: %d more that cannot be carried over", j.name, more))
	}
	return &withHint{errors.Join(shown...), "nothing was written; --old names the texts that the labels stand on"}
}

func (j *rebaseJob) eachOf(files labelFiles, bad *[]error, handle func(*rebasedFile) error) error {
	olds, news := newArticleCursor(j.old), newArticleCursor(j.new)
	defer olds.close()
	defer news.close()
	for f, err := range files {
		var record *labels.RecordError
		if errors.As(err, &record) {
			*bad = append(*bad, err)
			continue
		}
		if err != nil {
			return err
		}
		old, new := olds.text(f.doc.DocID), news.text(f.doc.DocID)
		if err := errors.Join(olds.err, news.err); err != nil {
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
	if r.Rebased, err = labels.Rebase(f.doc, old, new); err != nil {
		return nil, err
	}
	r.changed = r.gone || old.Text() != new.Text()
	if r.gone {
		r.Items = []labels.RebaseItem{{At: f.doc.At, DocID: f.doc.DocID, Outcome: labels.OutcomeUnplaced, Kind: "article", ID: f.doc.DocID,
			Item: fmt.Sprintf("article %q", f.doc.DocID), Old: schema.NoSpan, New: schema.NoSpan,
			Reason: fmt.Sprintf("it is not among the new texts, and %s with it", count(r.Counts.Total(), "label"))}}
	}
	return r, nil
}

func (a *app) rebase(j *rebaseJob, f rebaseFlags) error {
	// The first time over everything is carried and nothing written, so that a
	// bad record, or with --strict a label without a place, is known before a
	// file appears.
	report := newRebaseReport(j.name, f.out)
	if err := j.each(report.add); err != nil {
		return err
	}
	lost := report.Counts.Unplaced + report.Counts.Dropped
	if lost == 0 || !f.strict {
		if err := a.writeRebased(j, f.out); err != nil {
			return err
		}
		report.Written = true
	}
	if err := report.print(a.stdout, f.asJSON); err != nil {
		return err
	}
	for _, line := range report.orphans() {
		a.say("%s", line)
	}
	if !report.Written {
		return &withHint{fmt.Errorf("%s no place in the new texts, nothing was written", countHave(lost)), "without --strict the others are written"}
	}
	if lost > 0 {
		a.say("%s no place in the new texts and were left out", countHave(lost))
	}
	return nil
}

func countHave(n int) string {
	if n == 1 {
		return "1 label or part of one has"
	}
	return fmt.Sprintf("%d labels or parts of them have", n)
}

// writeRebased writes the label files and the table of actors.
func (a *app) writeRebased(j *rebaseJob, out string) error {
	err := j.each(func(r *rebasedFile) error {
		dir := filepath.Join(out, filepath.FromSlash(r.folder()))
		name := r.doc.DocID + ".json"
		if r.gone {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				a.say("%s is of an article that is not among the new texts; it was left as it was", filepath.Join(dir, name))
			}
			return nil
		}
		b := r.raw
		if r.changed || b == nil {
			var err error
			if b, err = labels.AppendJSON(nil, r.Document); err != nil {
				return err
			}
		}
		return labels.DirOutput(dir).WriteFile(name, func(w io.Writer) error {
			_, err := w.Write(b)
			return err
		})
	})
	if err != nil || j.actors == nil {
		return err
	}
	return labels.DirOutput(out).WriteFile(labels.ActorsFile, j.actors)
}
