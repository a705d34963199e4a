package native

import (
	"errors"
	"io/fs"
	"iter"
	"path"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// ActorsFile is the name of the table of actors in a folder of label files.
const ActorsFile = labels.ActorsFile

// PassesDir is the folder of the annotation passes in a folder of label files.
const PassesDir = "passes"

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

// Has reports whether there is a label file of the article.
func (f Folder) Has(docID string) (bool, error) {
	name := docID + ".json"
	if f.FS == nil || name == ActorsFile {
		return false, nil
	}
	_, err := fs.Stat(f.FS, path.Join(f.Path, name))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return false, nil
	}
	return err == nil, err
}

// Holds reports whether there is any label file, readable or not, or any
// independent pass.
func (f Folder) Holds() (bool, error) {
	files, err := f.Files()
	if err != nil || len(files) > 0 {
		return err == nil, err
	}
	passes, err := fs.Glob(f.FS, path.Join(f.Path, PassesDir, "*", "*.json"))
	return len(passes) > 0, err
}

// Named yields the labels of the files that are named after their article; any
// other, and an error line in the place of labels, is a RecordError.
func (f Folder) Named(opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		if f.FS == nil {
			return
		}
		for d, err := range f.Documents(opt) {
			if err == nil {
				err = checkNamed(d)
			}
			if err != nil {
				d = nil
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

func checkNamed(d *labels.Document) error {
	if name := path.Base(d.At.File); name != d.DocID+".json" {
		return &labels.RecordError{At: d.At, DocID: d.DocID, What: "doc_id", Found: d.DocID,
			Expected: "the file's name without .json", Advice: "rename the file or correct its doc_id"}
	}
	if d.Error != "" {
		return &labels.RecordError{At: d.At, DocID: d.DocID, What: "error", Found: d.Error, Expected: "labels"}
	}
	return nil
}

// Passes is the folders of the independent annotation passes by annotator,
// sorted.
func (f Folder) Passes() (annotators []string, folders []Folder, err error) {
	if f.FS == nil {
		return nil, nil, nil
	}
	dir := path.Join(f.Path, PassesDir)
	entries, err := fs.ReadDir(f.FS, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	for _, e := range entries {
		if e.IsDir() {
			folder := path.Join(dir, e.Name())
			annotators = append(annotators, e.Name())
			folders = append(folders, Folder{FS: f.FS, Path: folder, Name: labels.Source(f).Display(folder)})
		}
	}
	return annotators, folders, nil
}
