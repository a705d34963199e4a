package release

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/wording"
)

// ErrRunning says that another build of the same release is under way.
var ErrRunning = errors.New("another build of this release is under way")

// An ExistsError says that the target of a build is there and is to stay.
type ExistsError struct {
	Dir    string
	Found  string // what it is
	Advice string
}

func (e *ExistsError) Error() string { return fmt.Sprintf("%s: %s", e.Dir, e.Found) }

// Hint is the next step.
func (e *ExistsError) Hint() string { return e.Advice }

// staging is a release under way.
type staging struct{ *atomicfile.Staging }

func stage(target string) (staging, error) {
	s, err := atomicfile.Stage(target, ErrRunning)
	return staging{s}, err
}

// outcome is what publishing did.
type outcome int

const (
	created outcome = iota
	unchanged
	replaced
)

// publish puts the finished folder in the target's place in one step. A target
// with the same bytes is left alone. One with other bytes is replaced only if
// replace is set, and only if it is a release.
func (s staging) publish(replace bool) (outcome, error) {
	if err := atomicfile.SyncTree(s.Dir); err != nil {
		return created, err
	}
	info, err := os.Lstat(s.Target)
	if errors.Is(err, fs.ErrNotExist) {
		return created, s.Rename()
	}
	if err != nil {
		return created, err
	}
	if !info.IsDir() {
		return created, &ExistsError{s.Target, "is there and is no folder", "choose another folder with -o"}
	}
	entries, err := os.ReadDir(s.Target)
	if err != nil {
		return created, err
	}
	if len(entries) == 0 {
		if err := os.Remove(s.Target); err != nil {
			return created, err
		}
		return created, s.Rename()
	}
	old, err := dataset.ReadManifest(os.DirFS(s.Target))
	if err != nil {
		return created, &ExistsError{s.Target, "is there and is no release (" + err.Error() + ")", "choose another folder with -o"}
	}
	same, err := sameTree(s.Dir, s.Target)
	if err != nil || same {
		return unchanged, err
	}
	if !replace {
		return created, &ExistsError{s.Target, "holds a release with other content; a release does not change",
			"build into another folder, raise the version, or give --replace"}
	}
	if err := s.unlisted(old); err != nil {
		return created, err
	}
	return replaced, s.Exchange()
}

// unlisted is an error where the release that is to be replaced has files beside
// those that it lists: nobody asked for their end.
func (s staging) unlisted(m *dataset.Manifest) error {
	files, err := treeFiles(os.DirFS(s.Target))
	if err != nil {
		return err
	}
	known := map[string]bool{dataset.ManifestFile: true}
	for _, f := range m.Files {
		known[f.Path] = true
	}
	var others []string
	for _, name := range files {
		if !known[name] {
			others = append(others, name)
		}
	}
	if len(others) == 0 {
		return nil
	}
	return &ExistsError{s.Target, "holds files that are not of the release: " + wording.FirstOf(others), "move them elsewhere; --replace removes what the old release lists and nothing else"}
}

// sameTree reports whether two folders hold the same files with the same bytes.
func sameTree(a, b string) (bool, error) {
	filesA, err := treeFiles(os.DirFS(a))
	if err != nil {
		return false, err
	}
	filesB, err := treeFiles(os.DirFS(b))
	if err != nil || strings.Join(filesA, "\n") != strings.Join(filesB, "\n") {
		return false, err
	}
	for _, name := range filesA {
		same, err := sameFile(filepath.Join(a, filepath.FromSlash(name)), filepath.Join(b, filepath.FromSlash(name)))
		if err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

// treeFiles lists all files of a folder by path, sorted. Anything that is
// neither a folder nor a plain file is listed too.
func treeFiles(fsys fs.FS) ([]string, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

func sameFile(a, b string) (bool, error) {
	fa, err := os.Open(a)
	if err != nil {
		return false, err
	}
	defer fa.Close()
	fb, err := os.Open(b)
	if err != nil {
		return false, err
	}
	defer fb.Close()
	var bufA, bufB [64 << 10]byte
	for {
		n, errA := io.ReadFull(fa, bufA[:])
		m, errB := io.ReadFull(fb, bufB[:])
		if !bytes.Equal(bufA[:n], bufB[:m]) {
			return false, nil
		}
		if errA != nil || errB != nil {
			ended := func(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
			if ended(errA) && ended(errB) {
				return true, nil
			}
			return false, errors.Join(errA, errB)
		}
	}
}
