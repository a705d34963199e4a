package ingest

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// place is a file that may be read.
type place struct {
	fsys   fs.FS
	name   string // in fsys
	shown  string // as messages name it
	below  string // path below the folder that was named, or the pattern's fixed part
	named  bool   // by itself or in a list, not found in a folder
	folder bool   // it is one itself
	alone  bool   // the files beside it were not looked at
}

// Files are the files that articles are read from.
type Files struct{ places []place }

// listMark begins an argument of [Find] that names a list.
const listMark = "@"

// Find looks for files. Each argument is
//
//	a folder         the files in it, not those of its subfolders
//	a file
//	a pattern        with *, ?, [a-z], {a,b} and ** for any folders, in the path
//	                 syntax of the system
//	@FILE            a file that lists one of these a line; # begins a comment
//
// "**" does not follow links to folders. A file that several arguments find is
// read once.
//
// An argument that finds nothing is an error, as is a list that cannot be read.
func Find(args []string) (*Files, error) {
	f := &Files{}
	for _, a := range args {
		if err := f.find(a); err != nil {
			return nil, err
		}
	}
	seen := map[string]bool{}
	f.places = slices.DeleteFunc(f.places, func(p place) bool {
		name := filepath.Clean(p.shown)
		twice := seen[name]
		seen[name] = true
		return twice
	})
	return f, nil
}

// InFolder is the files of a folder.
func InFolder(fsys fs.FS) (*Files, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, ioError(".", err)
	}
	f := &Files{}
	for _, e := range entries {
		f.places = append(f.places, place{fsys: fsys, name: e.Name(), shown: e.Name(), below: e.Name(), folder: e.IsDir()})
	}
	return f, nil
}

// ErrPattern says that a pattern fits no file.
var ErrPattern = errors.New("the pattern fits no file")

func (f *Files) find(arg string) error {
	if list, ok := strings.CutPrefix(arg, listMark); ok {
		return f.list(list)
	}
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return f.folder(arg)
	case err == nil:
		f.add(arg, filepath.Base(arg), true)
		return nil
	case !strings.ContainsAny(arg, "*?[{"):
		var pe *fs.PathError
		if errors.As(err, &pe) && errors.Is(err, fs.ErrNotExist) {
			err = fs.ErrNotExist
		}
		return ioError(arg, err)
	}
	return f.pattern(arg)
}

func (f *Files) folder(dir string) error {
	in, err := InFolder(os.DirFS(dir))
	if err != nil {
		return ioError(dir, errors.Unwrap(err))
	}
	for _, p := range in.places {
		p.shown = filepath.Join(dir, p.name)
		f.places = append(f.places, p)
	}
	return nil
}

func (f *Files) pattern(arg string) error {
	if !doublestar.ValidatePathPattern(arg) {
		return &document.FileError{File: arg, Err: fmt.Errorf("found a pattern that is not closed, expected *, ?, [a-z], {a,b} or **")}
	}
	found, err := doublestar.FilepathGlob(arg, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	if err != nil {
		return &document.FileError{File: arg, Err: err}
	}
	if len(found) == 0 {
		return &document.FileError{File: arg, Err: ErrPattern}
	}
	base, _ := doublestar.SplitPattern(filepath.ToSlash(arg))
	slices.Sort(found)
	for _, name := range found {
		below, err := filepath.Rel(filepath.FromSlash(base), name)
		if err != nil {
			below = filepath.Base(name)
		}
		f.add(name, filepath.ToSlash(below), false)
	}
	return nil
}

func (f *Files) add(name, below string, named bool) {
	dir, base := filepath.Split(name)
	f.places = append(f.places, place{fsys: os.DirFS(cmp.Or(dir, ".")), name: base, shown: name, below: below, named: named, alone: true})
}

// maxListLine is the most bytes of a line of a list.
const maxListLine = 64 << 10

// list adds what a list names. Paths in it are as on the command line, not
// relative to the list. A list names no lists.
func (f *Files) list(name string) error {
	r, err := os.Open(name)
	if err != nil {
		return ioError(name, err)
	}
	defer r.Close()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxListLine)
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), canonical.ByteOrderMark))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		err := error(&document.FileError{File: line, Err: errors.New("a list in a list is not read")})
		if !strings.HasPrefix(line, listMark) {
			err = f.find(line)
		}
		if err != nil {
			return &document.FileError{File: name, Line: n, Err: err}
		}
	}
	if err := lines.Err(); err != nil {
		return &document.FileError{File: name, Line: n + 1, Err: fmt.Errorf("%w, expected a path of at most %d bytes", err, maxListLine)}
	}
	return nil
}

// dir is the folder as messages name it.
func (p *place) dir() string { return strings.TrimSuffix(p.shown, path.Base(p.name)) }
