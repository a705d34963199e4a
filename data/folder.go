package data

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/mizan-corpus/mizan/labels"
)

// A FolderError says that something is no folder.
type FolderError struct {
	Path string
	Err  error // [fs.ErrNotExist], [ErrIsFile] or what the file system says
}

// ErrIsFile says that a file stands where a folder is expected.
var ErrIsFile = errors.New("a file, expected a folder")

func (e *FolderError) Error() string {
	if errors.Is(e.Err, fs.ErrNotExist) {
		return e.Path + ": no such folder"
	}
	return e.Path + ": " + e.Err.Error()
}

// Unwrap is the reason.
func (e *FolderError) Unwrap() error { return e.Err }

// CheckFolder says whether there is a folder of that name: nil, or a
// [FolderError].
func CheckFolder(dir string) error {
	info, err := os.Stat(dir)
	var pe *fs.PathError
	switch {
	case errors.As(err, &pe):
		return &FolderError{Path: dir, Err: pe.Err}
	case err != nil:
		return &FolderError{Path: dir, Err: err}
	case !info.IsDir():
		return &FolderError{Path: dir, Err: ErrIsFile}
	}
	return nil
}

// A NoLabelsError says that a folder holds no label files.
type NoLabelsError struct{ Dir string }

func (e *NoLabelsError) Error() string {
	return fmt.Sprintf("%s: found no label files, expected <doc_id>.json", e.Dir)
}

// Hint is the next step.
func (e *NoLabelsError) Hint() string {
	return "dataset convert --to json IN -o LABELS --release RELEASE makes them from other formats"
}

// CheckLabelFolder wants a folder with label files, <doc_id>.json, readable or
// not, or with independent passes: nil, a [FolderError] or a [NoLabelsError].
func CheckLabelFolder(dir string) error {
	if err := CheckFolder(dir); err != nil {
		return err
	}
	files, err := labels.Source{FS: os.DirFS(dir), Path: ".", Name: dir}.Files(".json")
	if err != nil {
		return err
	}
	for _, f := range files {
		if path.Base(f) != labels.ActorsFile {
			return nil
		}
	}
	if passes, err := fs.Glob(os.DirFS(dir), passesDir+"/*/*.json"); err != nil || len(passes) > 0 {
		return err
	}
	return &NoLabelsError{Dir: dir}
}
