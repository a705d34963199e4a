package release

import (
	"io/fs"
	"sync"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

// checkedFS is the files of a release, each of whose tables is held against the
// manifest before it is opened for the first time: what is read is what the manifest's
// hashes, and a signature with them, speak of.
type checkedFS struct {
	fs.FS
	tables map[string]*checkedFile
}

type checkedFile struct {
	info dataset.FileInfo
	once sync.Once
	err  error
}

func newCheckedFS(fsys fs.FS, m *dataset.Manifest) *checkedFS {
	c := &checkedFS{fsys, map[string]*checkedFile{}}
	for _, f := range m.Files {
		if f.Table != "" {
			c.tables[f.Path] = &checkedFile{info: f}
		}
	}
	return c
}

func (c *checkedFS) Open(name string) (fs.File, error) {
	if f := c.tables[name]; f != nil {
		f.once.Do(func() {
			if e := checkFile(c.FS, f.info); e != nil {
				f.err = e
			}
		})
		if f.err != nil {
			return nil, f.err
		}
	}
	return c.FS.Open(name)
}

// Stat says what is there without opening it.
func (c *checkedFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.FS, name) }
