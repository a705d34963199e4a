package native

import (
	"iter"
	"path"

	"github.com/mizan-corpus/mizan/labels"
)

// ActorsFile is the name of the table of actors in a folder of label files.
const ActorsFile = "actors.json"

// Folder is a folder of label files: <doc_id>.json, the table of actors, and
// passes/<annotator>/<doc_id>.json.
type Folder labels.Source

// Files lists the label files as paths in FS, sorted; the path itself where
// that is a file.
func (f Folder) Files() ([]string, error) {
	files, err := labels.Source(f).Files(".json")
	kept := files[:0]
	for _, file := range files {
		if path.Base(file) != ActorsFile || file == f.Path {
			kept = append(kept, file)
		}
	}
	return kept, err
}

// Documents yields the labels in the order of the files' names. What cannot be
// read as a record is a (nil, *RecordError) item; any other error is I/O and the
// last item.
func (f Folder) Documents(opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return ReadFiles(labels.Source(f), opt)
}

// Actors yields the table of actors; see [ReadActors].
func (f Folder) Actors(opt labels.ReadOptions) iter.Seq2[*ActorRow, error] {
	return ReadActors(labels.Source(f), opt)
}
