package ingest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"sync/atomic"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/prepared"
)

func init() {
	register(Source{
		Name:       "zip",
		Extensions: []string{".zip"},
		Doc:        "archive: the files in it, each as if it lay in a folder",
		Many:       true,
		Read:       readZip,
	})
	register(Source{
		Name:       "tar",
		Extensions: []string{".tar", ".tgz"},
		Doc:        "archive, also compressed (.tar.gz, .tar.xz, …)",
		Many:       true,
		Read:       readTar,
	})
}

// maxMembers bounds the members of an archive.
const maxMembers = 1 << 22

// archiveBytes is how many times the limit of an article a zip file may have that
// cannot be read but from its beginning.
const archiveBytes = 4

// readZip reads the members of a zip file. Without a doc_id of its own an
// article's is made of its member's path as with [DocIDsByPath].
func readZip(f File, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		z, err := openZip(f, o)
		if err != nil {
			yield(nil, rowError(f.Name, 0, err))
			return
		}
		if len(z.File) > maxMembers {
			yield(nil, rowError(f.Name, 0, fmt.Errorf("the archive has %d members, at most %d are read", len(z.File), maxMembers)))
			return
		}
		m := members{f: f, o: o, yield: yield}
		for _, in := range z.File {
			if in.FileInfo().IsDir() {
				continue
			}
			open := func() (io.ReadCloser, error) { return in.Open() }
			if !m.read(in.Name, int64(in.CompressedSize64), in.Mode().IsRegular(), open) {
				return
			}
		}
		m.note()
	}
}

// openZip opens the archive where it lies, or in memory where it can be read from
// its beginning only.
func openZip(f File, o Options) (*zip.Reader, error) {
	if r, ok := f.File.(io.ReaderAt); ok && f.Size >= 0 {
		if f.Size == 0 {
			return nil, document.ErrEmpty
		}
		return zip.NewReader(r, f.Size)
	}
	b, err := readLimited(f.Reader, f.Size, min(archiveBytes*o.maxBytes(), maxMaxBytes))
	if err != nil {
		return nil, err
	}
	if len(b) == 0 {
		return nil, document.ErrEmpty
	}
	return zip.NewReader(bytes.NewReader(b), int64(len(b)))
}

// readTar reads the members of a tar file, as [readZip] does.
func readTar(f File, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		r := f.Reader
		if strings.EqualFold(path.Ext(f.Name), ".tgz") {
			var err error
			var free func()
			if r, _, free, err = inflated(r, "x.tar.gz", -1); err != nil {
				yield(nil, rowError(f.Name, 0, err))
				return
			}
			defer free()
		}
		t := tar.NewReader(r)
		m := members{f: f, o: o, yield: yield}
		for n := 0; ; n++ {
			h, err := t.Next()
			switch {
			case err == io.EOF && n == 0:
				err = document.ErrEmpty
			case err == io.EOF:
				m.note()
				return
			case err == nil && n >= maxMembers:
				err = fmt.Errorf("the archive has over %d members", maxMembers)
			}
			if err != nil {
				yield(nil, rowError(f.Name, 0, err))
				return
			}
			if h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader {
				continue
			}
			open := func() (io.ReadCloser, error) { return io.NopCloser(t), nil }
			if !m.read(h.Name, h.Size, h.Typeflag == tar.TypeReg, open) {
				return
			}
		}
	}
}

// members reads the members of one archive.
type members struct {
	f      File
	o      Options
	yield  func(Item, error) bool
	others []string // that were not read
	count  int      // of these
}

// read gives the articles of a member; size is that in the archive. It reports
// whether more are wanted. A bad member is an item that fails.
func (m *members) read(name string, size int64, regular bool, open func() (io.ReadCloser, error)) bool {
	name = strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, "\\", "/")), "/")
	_, ext := canonical.SplitName(name)
	source := sources[ext]
	if !regular || source == nil || source.Name == "zip" || source.Name == "tar" || strings.HasPrefix(path.Base(name), ".") || strings.HasPrefix(name, "__MACOSX/") {
		const most = 5
		if m.count++; len(m.others) < most {
			m.others = append(m.others, name)
		}
		return true
	}
	shown := m.f.Name + "/" + name
	fail := func(err error) bool {
		e := prepared.AsFileError(shown, err)
		return m.yield(func() (*document.Document, error) { return nil, e }, nil)
	}
	r, err := open()
	if err != nil {
		return fail(err)
	}
	defer r.Close()
	// The archive's own reader holds a member to its size; what it inflates to is
	// measured here.
	all := new(atomic.Int64)
	all.Store(size)
	content, n, free, err := inflated(&inflater{in: all.Load, z: r}, name, -1)
	if err != nil {
		return fail(err)
	}
	defer free()
	stem, _ := canonical.SplitName(name)
	f := File{Name: shown, ID: SafeDocID(strings.ReplaceAll(stem, "/", ".")), Size: n, Reader: content, Note: m.f.Note}
	for item, err := range source.Read(f, m.o) {
		if err != nil {
			var e *document.FileError
			if !errors.As(err, &e) {
				err = prepared.AsFileError(shown, err)
			}
			return fail(err)
		}
		if !m.yield(item, nil) {
			return false
		}
	}
	return true
}

// note says which members were not read.
func (m *members) note() {
	if m.count == 0 || m.f.Note == nil {
		return
	}
	list := strings.Join(m.others, ", ")
	if m.count > len(m.others) {
		list += ", …"
	}
	text := fmt.Sprintf("%d other members were not read: %s", m.count, list)
	if m.count == 1 {
		text = "one other member was not read: " + list
	}
	m.f.Note(document.Note{Code: document.NoteOthers, Text: text})
}
