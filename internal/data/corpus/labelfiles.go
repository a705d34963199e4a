package corpus

import (
	"cmp"
	"errors"
	"io/fs"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// readLabels streams the label files of a folder in ascending order of doc_id.
func readLabels(folder native.Folder) iter.Seq2[*labels.Document, error] {
	return streams.Ordered(folder.Named(labels.ReadOptions{}), "labels of", func(d *labels.Document) string { return d.DocID }, annotationSize, streams.SortWindow)
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
func readActors(folder native.Folder) iter.Seq2[*native.ActorRow, error] {
	source := func(yield func(*native.ActorRow, error) bool) {
		if folder.FS == nil {
			return
		}
		for row, err := range folder.Actors(labels.ReadOptions{}) {
			if errors.Is(err, fs.ErrNotExist) || !yield(row, err) {
				return
			}
		}
	}
	return streams.Ordered(source, "actor", func(a *native.ActorRow) string { return a.ID }, func(*native.ActorRow) int { return 300 }, streams.SortWindow)
}

// readPasses streams the independent passes in ascending order of doc_id, then
// annotator.
func readPasses(folder native.Folder) iter.Seq2[*dataset.Pass, error] {
	return func(yield func(*dataset.Pass, error) bool) {
		annotators, folders, err := folder.Passes()
		if err != nil {
			yield(nil, err)
			return
		}
		var all []iter.Seq2[*dataset.Pass, error]
		for i, name := range annotators {
			all = append(all, streams.Convert(readLabels(folders[i]), func(d *labels.Document) *dataset.Pass {
				return &dataset.Pass{Annotator: name, Annotation: &d.Annotation}
			}))
		}
		for p, err := range streams.Merge(all, comparePasses) {
			if !yield(p, err) {
				return
			}
		}
	}
}

func comparePasses(a, b *dataset.Pass) int {
	return cmp.Or(cmp.Compare(a.Annotation.DocID, b.Annotation.DocID), cmp.Compare(a.Annotator, b.Annotator))
}
