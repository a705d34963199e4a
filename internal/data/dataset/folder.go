package dataset

import (
	"errors"
	"io/fs"
	"os"
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
