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

// staging is a release under way: a hidden folder beside its target, which no
// one takes for a release. A lock that the operating system gives back when a
// process ends, however it ends, tells such a folder that is being filled from
// one that a killed build left behind.
type staging struct {
	target string
	dir    string
	lock   *atomicfile.Lock
}

// stage locks the target, removes what killed builds left, and makes the
// folder.
func stage(target string) (*staging, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return nil, err
	}
	parent, base := filepath.Split(target)
	if base == "" || base == "." {
		return nil, fmt.Errorf("%s: expected a folder that can be made, not the root", target)
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	lock, err := atomicfile.TryLock(filepath.Join(parent, "."+base+".lock"), ErrRunning)
	if err != nil {
		return nil, err
	}
	s := &staging{target: target, dir: filepath.Join(parent, "."+base+".building"), lock: lock}
	if err := s.clean(); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return s, nil
}

// clean removes what killed builds left, and makes the folder. A release that
// was moved aside and whose successor did not arrive comes back.
func (s *staging) clean() error {
	aside := atomicfile.Aside(s.dir)
	if _, err := os.Lstat(s.target); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(aside, s.target); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := errors.Join(os.RemoveAll(aside), os.RemoveAll(s.dir)); err != nil {
		return err
	}
	return os.Mkdir(s.dir, 0o755)
}

// discard removes the folder, whatever it holds by now, and gives the lock back.
func (s *staging) discard() error {
	return errors.Join(os.RemoveAll(s.dir), s.lock.Unlock())
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
func (s *staging) publish(replace bool) (outcome, error) {
	if err := atomicfile.SyncTree(s.dir); err != nil {
		return created, err
	}
	info, err := os.Lstat(s.target)
	if errors.Is(err, fs.ErrNotExist) {
		return created, s.rename()
	}
	if err != nil {
		return created, err
	}
	if !info.IsDir() {
		return created, &ExistsError{s.target, "is there and is no folder", "choose another folder with -o"}
	}
	entries, err := os.ReadDir(s.target)
	if err != nil {
		return created, err
	}
	if len(entries) == 0 {
		if err := os.Remove(s.target); err != nil {
			return created, err
		}
		return created, s.rename()
	}
	if _, err := Open(s.target); err != nil {
		return created, &ExistsError{s.target, "is there and is no release (" + err.Error() + ")", "choose another folder with -o"}
	}
	same, err := sameTree(s.dir, s.target)
	if err != nil || same {
		return unchanged, err
	}
	if !replace {
		return created, &ExistsError{s.target, "holds a release with other content; a release does not change",
			"build into another folder, raise the version, or give --replace"}
	}
	if err := atomicfile.Exchange(s.dir, s.target); err != nil {
		return created, err
	}
	return replaced, atomicfile.SyncDir(filepath.Dir(s.target))
}

func (s *staging) rename() error {
	if err := os.Rename(s.dir, s.target); err != nil {
		return err
	}
	return atomicfile.SyncDir(filepath.Dir(s.target))
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
