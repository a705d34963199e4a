package native

import (
	"errors"
	"io/fs"
	"iter"
	"path"

	"github.com/mizan-corpus/mizan/labels"
)

// ActorsFile is the name of the table of actors in a folder of label files,
// PassesFolder that of the folder with its independent annotation passes.
const (
	ActorsFile   = "actors.json"
	PassesFolder = "passes"
)

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

// Pass is the folder of one annotator's independent labels.
type Pass struct {
	Annotator string
	Folder
}

// Passes lists the annotation passes by annotator. A folder without any has
// none.
func (f Folder) Passes() ([]Pass, error) {
	dir := path.Join(f.Path, PassesFolder)
	entries, err := fs.ReadDir(f.FS, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var passes []Pass
	for _, e := range entries {
		if e.IsDir() {
			at := path.Join(dir, e.Name())
			passes = append(passes, Pass{e.Name(), Folder{FS: f.FS, Path: at, Name: labels.Source(f).Display(at)}})
		}
	}
	return passes, nil
}

// CheckName refuses labels whose file is not named after their doc_id.
func CheckName(d *labels.Document) error {
	if path.Base(d.At.File) == d.DocID+".json" {
		return nil
	}
	return &labels.RecordError{At: d.At, DocID: d.DocID, What: "doc_id", Found: d.DocID,
		Expected: "the file's name without .json", Advice: "rename the file or correct its doc_id"}
}
