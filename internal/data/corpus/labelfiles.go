package corpus

import (
	"cmp"
	"errors"
	"io/fs"
	"iter"
	"path"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/labels"
)

// readLabels streams the native label files of a folder in ascending order of
// doc_id. A file that is not named after its doc_id is an error item.
func readLabels(src labels.Source) iter.Seq2[*labels.Document, error] {
	source := func(yield func(*labels.Document, error) bool) {
		if src.FS == nil {
			return
		}
		for d, err := range native.Folder(src).Documents(labels.ReadOptions{}) {
			if err == nil {
				err = checkFile(d)
			}
			if err != nil {
				d = nil
			}
			if !yield(d, err) {
				return
			}
		}
	}
	return streams.Ordered(source, "labels of", func(d *labels.Document) string { return d.DocID }, annotationSize, streams.SortWindow)
}

// checkFile refuses a file that is not named after its doc_id, and an error
// line in the place of labels.
func checkFile(d *labels.Document) error {
	if name := path.Base(d.At.File); name != d.DocID+".json" {
		return &labels.RecordError{At: d.At, DocID: d.DocID, What: "doc_id", Found: d.DocID,
			Expected: "the file's name without .json", Advice: "rename the file or correct its doc_id"}
	}
	if d.Error != "" {
		return &labels.RecordError{At: d.At, DocID: d.DocID, What: "error", Found: d.Error, Expected: "labels"}
	}
	return nil
}

// annotationSize is about how many bytes an annotation takes in memory.
func annotationSize(a *labels.Document) int {
	const mention, event, argument = 200, 400, 150
	n := len(a.Mentions)*mention + len(a.Events)*event
	for i := range a.Events {
		n += len(a.Events[i].Arguments) * argument
	}
	return n
}

// readActors streams the table of actors in ascending order of actor_id. A
// folder without one has no actors.
func readActors(src labels.Source) iter.Seq2[*native.ActorRow, error] {
	source := func(yield func(*native.ActorRow, error) bool) {
		if src.FS == nil {
			return
		}
		for row, err := range native.ReadActors(src, labels.ReadOptions{}) {
			if errors.Is(err, fs.ErrNotExist) || !yield(row, err) {
				return
			}
		}
	}
	return streams.Ordered(source, "actor", func(a *native.ActorRow) string { return a.ID }, func(*native.ActorRow) int { return 300 }, streams.SortWindow)
}

// readPasses streams passes/<annotator>/<doc_id>.json in ascending order of
// doc_id, then annotator.
func readPasses(src labels.Source) iter.Seq2[*dataset.Pass, error] {
	return func(yield func(*dataset.Pass, error) bool) {
		if src.FS == nil {
			return
		}
		dir := path.Join(src.Path, dataset.PassesDir)
		entries, err := fs.ReadDir(src.FS, dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			yield(nil, err)
			return
		}
		var annotators []iter.Seq2[*dataset.Pass, error]
		for _, e := range entries {
			if !e.IsDir() {
				continue
			}
			folder := path.Join(dir, e.Name())
			files := readLabels(labels.Source{FS: src.FS, Path: folder, Name: src.Display(folder)})
			annotators = append(annotators, streams.Convert(files, func(d *labels.Document) *dataset.Pass {
				return &dataset.Pass{Annotator: e.Name(), Annotation: &d.Annotation}
			}))
		}
		for p, err := range streams.Merge(annotators, comparePasses) {
			if !yield(p, err) {
				return
			}
		}
	}
}

func comparePasses(a, b *dataset.Pass) int {
	return cmp.Or(cmp.Compare(a.Annotation.DocID, b.Annotation.DocID), cmp.Compare(a.Annotator, b.Annotator))
}
