package release

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/describe"
	"github.com/mizan-corpus/mizan/internal/regular"
)

// A FileError is a file of a release that is not the one that the manifest lists, so
// that nothing of it may be read under the manifest's hashes.
type FileError struct {
	Path            string
	Found, Expected string
	Missing         bool // nothing that can be read is there
}

func (e *FileError) Error() string {
	return fmt.Sprintf("%s: found %s, expected %s by the manifest", e.Path, e.Found, e.Expected)
}

// Hint is the next step.
func (e *FileError) Hint() string {
	return "dataset verify lists all that is wrong; get the release anew"
}

// checkSize holds the kind and the size of a file against the manifest.
func checkSize(fsys fs.FS, f dataset.FileInfo) *FileError {
	info, err := fs.Stat(fsys, f.Path)
	expected := "a file of " + describe.Count(f.Bytes, "byte")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &FileError{f.Path, "no such file", expected, true}
	case err != nil:
		return &FileError{f.Path, reason(err), expected, true}
	case !info.Mode().IsRegular():
		return &FileError{f.Path, regular.Kind(info.Mode()), expected, true}
	case info.Size() != f.Bytes:
		return &FileError{f.Path, describe.Count(info.Size(), "byte"), fmt.Sprint(f.Bytes), false}
	}
	return nil
}

// checkFile holds a file against the manifest. No more of it is read than it may have.
func checkFile(fsys fs.FS, f dataset.FileInfo) *FileError {
	if e := checkSize(fsys, f); e != nil {
		return e
	}
	file, err := fsys.Open(f.Path)
	if err != nil {
		return &FileError{f.Path, reason(err), "a file of " + describe.Count(f.Bytes, "byte"), true}
	}
	defer file.Close()
	h := sha256.New()
	if n, err := io.Copy(h, io.LimitReader(file, f.Bytes)); err != nil || n != f.Bytes {
		return &FileError{f.Path, fmt.Sprintf("%s that can be read (%v)", describe.Count(n, "byte"), err), fmt.Sprint(f.Bytes), true}
	}
	if sum := hex.EncodeToString(h.Sum(nil)); sum != f.SHA256 {
		return &FileError{f.Path, "SHA-256 " + sum, f.SHA256, false}
	}
	return nil
}

// reason is what a file system says, without the name of the file.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// checkDescriptions holds what the card and the descriptions repeat of the manifest
// against it.
func (v *verifier) checkDescriptions() {
	for _, f := range v.manifest.Files {
		if describe.Descriptions[f.Path] == nil {
			continue
		}
		content, err := regular.Read(v.fsys, f.Path, f.Bytes)
		if sum := sha256.Sum256(content); err != nil || hex.EncodeToString(sum[:]) != f.SHA256 {
			continue // reported with the files
		}
		err = describe.Contradictions(f.Path, content, v.manifest, func(field, found, expected string) {
			v.add(Violation{File: f.Path, Column: field, Found: found, Expected: expected})
		})
		if err != nil {
			v.add(Violation{File: f.Path, Found: "no readable description: " + err.Error()})
		}
	}
}
