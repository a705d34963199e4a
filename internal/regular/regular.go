// Package regular opens files that have to be regular ones. A named pipe would wait
// for a writer and a device may have no end, so that what else stands there, or what a
// link leads to, is refused before it is opened. What a person names may be a stream
// where it is read once; it is read to a bound.
package regular

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrKind says that something else stands where a file is expected.
var ErrKind = errors.New("not a regular file")

// kindError is an [ErrKind] that says what stands there.
type kindError struct{ mode fs.FileMode }

func (e *kindError) Error() string { return fmt.Sprintf("%v: %s", ErrKind, Kind(e.mode)) }

func (e *kindError) Is(target error) bool { return target == ErrKind }

// Hint is the next step.
func (e *kindError) Hint() string {
	if e.mode&fs.ModeNamedPipe != 0 {
		return "write what comes through the pipe to a file, and name that"
	}
	return ""
}

// Kind is what stands there, in words, of anything that is no regular file.
func Kind(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a folder"
	case m&fs.ModeSymlink != 0:
		return "a link"
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	}
	return "a device, socket or the like"
}

// Open opens a regular file, or a link to one. Anything else is an [ErrKind].
func Open(fsys fs.FS, name string) (fs.File, fs.FileInfo, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, nil, &kindError{info.Mode()}
	}
	f, err := fsys.Open(name)
	return f, info, err
}

// Read is the content of a regular file of at most so many bytes.
func Read(fsys fs.FS, name string, most int64) ([]byte, error) {
	f, info, err := Open(fsys, name)
	if errors.Is(err, ErrKind) {
		err = &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info.Size() > most {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("found %d bytes, expected at most %d", info.Size(), most)}
	}
	return io.ReadAll(io.LimitReader(f, most))
}

// ReadFile is [Read] of a file of the operating system.
func ReadFile(name string, most int64) ([]byte, error) {
	dir, base := split(name)
	b, err := Read(os.DirFS(dir), base, most)
	return b, named(err, name)
}

// OpenFile is [Open] of a file of the operating system.
func OpenFile(name string) (fs.File, error) {
	dir, base := split(name)
	f, _, err := Open(os.DirFS(dir), base)
	if errors.Is(err, ErrKind) {
		err = &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f, named(err, name)
}

func split(name string) (dir, base string) {
	dir, base = filepath.Split(filepath.Clean(name))
	if dir == "" {
		dir = "."
	}
	return dir, base
}

// named is an error under the name that the file was given by.
func named(err error, name string) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return &fs.PathError{Op: pe.Op, Path: name, Err: pe.Err}
	}
	return err
}

// Named is the content of what a person named, a file or a stream, of at most so many
// bytes.
func Named(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := All(f, most)
	var pe *fs.PathError
	if err != nil && !errors.As(err, &pe) {
		err = &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return b, err
}

// All is what a stream gives, of at most so many bytes.
func All(r io.Reader, most int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(b)) > most {
		return nil, fmt.Errorf("found more than %d bytes, expected at most that", most)
	}
	return b, err
}
