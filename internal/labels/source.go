package labels

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/regular"
)

// Source is where annotations are read from: a file or a folder of a file
// system.
type Source struct {
	FS   fs.FS
	Path string // file or folder inside FS, "." for its root
	Name string // how messages name Path; Path itself when ""
}

// FileSource is a file or folder of the operating system.
func FileSource(name string) Source {
	clean := filepath.Clean(name)
	base := filepath.Base(clean)
	if base == "." || base == ".." || base == string(filepath.Separator) {
		return Source{FS: os.DirFS(clean), Path: ".", Name: filepath.ToSlash(clean)}
	}
	return Source{FS: os.DirFS(filepath.Dir(clean)), Path: base, Name: filepath.ToSlash(clean)}
}

// ActorsFile is the name of the table of actors beside labels, which holds no
// labels itself.
const ActorsFile = "actors.json"

// Files lists the source's files as paths in FS, sorted: the path itself for a
// file, else the folder's direct, not hidden files that end in one of the
// extensions (any file when none is given), in the order of the names before it. The table of actors is none of them.
func (s Source) Files(extensions ...string) ([]string, error) {
	info, err := s.Stat()
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{s.Path}, nil
	}
	entries, err := fs.ReadDir(s.FS, s.Path)
	if err != nil {
		return nil, s.named(err)
	}
	var files []string
	for _, e := range entries {
		fits := len(extensions) == 0 || slices.ContainsFunc(extensions, func(x string) bool {
			return strings.EqualFold(x, path.Ext(e.Name()))
		})
		if fits && !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && e.Name() != ActorsFile {
			files = append(files, path.Join(s.Path, e.Name()))
		}
	}
	// By the name without its extension, which is the doc_id of a label file: "a.json"
	// stands before "a-b.json".
	stem := func(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }
	slices.SortFunc(files, func(a, b string) int { return cmp.Or(strings.Compare(stem(a), stem(b)), strings.Compare(a, b)) })
	return files, nil
}

// Stat describes the source's file or folder.
func (s Source) Stat() (fs.FileInfo, error) {
	info, err := fs.Stat(s.FS, s.Path)
	return info, s.named(err)
}

// Open opens one of the source's files, which has to be a regular one: to find its
// format and what it is made for it is read several times, and a pipe gives its bytes
// once. A program's own file system may hold streams; the format is known then.
func (s Source) Open(file string) (fs.File, error) {
	f, err := s.open(file)
	if err != nil {
		return nil, s.named(err)
	}
	return &namedFile{f, s}, nil
}

func (s Source) open(file string) (fs.File, error) {
	if info, err := fs.Stat(s.FS, file); file == s.Path && err == nil && info.Sys() == nil {
		return s.FS.Open(file)
	}
	f, _, err := regular.Open(s.FS, file)
	if errors.Is(err, regular.ErrKind) {
		err = &fs.PathError{Op: "open", Path: file, Err: err}
	}
	return f, err
}

// namedFile is a file whose errors have the name that the user knows.
type namedFile struct {
	fs.File
	source Source
}

func (f *namedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	return n, f.source.named(err)
}

// Head is the first bytes of a file, at most n.
func (s Source) Head(file string, n int) ([]byte, error) {
	f, err := s.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(n)))
}

// Display is how messages name a file of the source.
func (s Source) Display(file string) string {
	switch {
	case s.Name == "":
		return file
	case file == s.Path:
		return s.Name
	case s.Path == ".":
		return path.Join(s.Name, file)
	}
	return s.Name + strings.TrimPrefix(file, s.Path)
}

// named puts the name the user knows into an error of the file system.
func (s Source) named(err error) error {
	if pe, ok := err.(*fs.PathError); ok {
		return &fs.PathError{Op: pe.Op, Path: s.Display(pe.Path), Err: pe.Err}
	}
	return err
}
