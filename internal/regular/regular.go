// Package regular opens files that have to be regular ones. A named pipe would wait
// for a writer and a device may have no end, so that what else stands there, or what a
// link leads to, is refused before it is opened.
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
		return nil, nil, fmt.Errorf("%w: %s", ErrKind, Kind(info.Mode()))
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
	dir, base := filepath.Split(filepath.Clean(name))
	if dir == "" {
		dir = "."
	}
	b, err := Read(os.DirFS(dir), base, most)
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = &fs.PathError{Op: pe.Op, Path: name, Err: pe.Err}
	}
	return b, err
}
