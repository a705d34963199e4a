package relabel

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"path"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/pipeline/internal/forms"
	"github.com/mizan-corpus/mizan/schema"
)

// maxLabelFile is the most bytes of a label file.
const maxLabelFile = 256 << 20

// labelFile is the labels of one article.
type labelFile struct {
	doc  *labels.Document
	pass string // the annotator, "" for the gold labels
	raw  []byte // the file as it is; nil when it is no file
}

// folder is where the file goes below the folder of label files.
func (f *labelFile) folder() string {
	if f.pass == "" {
		return ""
	}
	return path.Join(native.PassesDir, f.pass)
}

// name is how summaries name the file.
func (f *labelFile) name() string { return path.Join(f.folder(), f.doc.DocID) }

// labelFiles streams label files, in ascending order of doc_id where it can be.
// An error that is a [labels.RecordError] is one bad record; any other ends it.
type labelFiles = iter.Seq2[*labelFile, error]

// ReadFolder takes the labels, passes and actors of a folder.
func (j *Job) ReadFolder(src labels.Source) error {
	j.sets = []labelFiles{filesOf(src, "")}
	passes := path.Join(src.Path, native.PassesDir)
	entries, err := fs.ReadDir(src.FS, passes)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if e.IsDir() {
			dir := path.Join(passes, e.Name())
			j.sets = append(j.sets, filesOf(labels.Source{FS: src.FS, Path: dir, Name: src.Display(dir)}, e.Name()))
		}
	}
	actors, err := regular.Read(src.FS, path.Join(src.Path, native.ActorsFile), maxLabelFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		j.actors = func(w io.Writer) error {
			_, err := w.Write(actors)
			return err
		}
	}
	return nil
}

// filesOf streams the label files of one folder.
func filesOf(src labels.Source, pass string) labelFiles {
	return func(yield func(*labelFile, error) bool) {
		files, err := src.Files(".json")
		if err != nil {
			yield(nil, err)
			return
		}
		format, err := labels.Lookup("json")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			if path.Base(file) == native.ActorsFile {
				continue
			}
			raw, err := regular.Read(src.FS, file, maxLabelFile)
			if err != nil {
				yield(nil, err)
				return
			}
			one := labels.Source{FS: src.FS, Path: file, Name: src.Display(file)}
			for d, err := range format.Read(one, labels.ReadOptions{}) {
				if err == nil && path.Base(file) != d.DocID+".json" {
					err = &labels.RecordError{At: d.At, DocID: d.DocID, What: "doc_id", Found: d.DocID,
						Expected: "the file's name without .json", Advice: "rename the file or correct its doc_id"}
				}
				if err != nil {
					if !yield(nil, err) {
						return
					}
					continue
				}
				if !yield(&labelFile{doc: d, pass: pass, raw: raw}, nil) {
					return
				}
			}
		}
	}
}

// ReadRelease takes the labels, passes and actors of a release.
func (j *Job) ReadRelease(ds dataset.Dataset) {
	file := func(a *schema.Annotation, pass string) *labelFile {
		f := &labelFile{doc: &labels.Document{Annotation: *a}, pass: pass}
		f.doc.At = labels.Position{File: f.name()}
		return f
	}
	gold := func(yield func(*labelFile, error) bool) {
		for a, err := range ds.Annotations() {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(file(a, ""), nil) {
				return
			}
		}
	}
	passes := func(yield func(*labelFile, error) bool) {
		for p, err := range ds.Passes() {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(file(p.Annotation, p.Annotator), nil) {
				return
			}
		}
	}
	j.sets = []labelFiles{gold, passes}
	j.actors = func(w io.Writer) error { return forms.WriteActors(w, ds) }
}
