package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrWriting says that another command writes into the same folder.
var ErrWriting = errors.New("another command is writing this folder")

// Staging is a folder under way: a hidden one beside its target, which no one
// takes for the whole. A lock that the operating system gives back when a process
// ends, however it ends, tells a folder that is being filled from one that a killed
// process left behind.
type Staging struct {
	Target string // where the folder is to appear, absolute
	Dir    string // where it is filled
	lock   *Lock
}

// Stage locks the target, removes what killed processes left, and makes the folder
// to be filled. busy is the error where another process has the lock.
func Stage(target string, busy error) (*Staging, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return nil, err
	}
	parent, base := filepath.Split(target)
	if base == "" || base == "." {
		return nil, fmt.Errorf("%s: expected a folder that can be made, not the root", target)
	}
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return nil, err
	}
	lock, err := TryLock(filepath.Join(parent, "."+base+".lock"), busy)
	if err != nil {
		return nil, err
	}
	s := &Staging{Target: target, Dir: filepath.Join(parent, "."+base+".building"), lock: lock}
	if err := s.clean(); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return s, nil
}

// clean removes what killed processes left, and makes the folder. A folder that was
// moved aside and whose successor did not arrive comes back.
func (s *Staging) clean() error {
	aside := Aside(s.Dir)
	if _, err := os.Lstat(s.Target); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(aside, s.Target); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if err := errors.Join(os.RemoveAll(aside), os.RemoveAll(s.Dir)); err != nil {
		return err
	}
	return os.Mkdir(s.Dir, 0o777)
}

// Discard removes the folder, whatever it holds by now, and gives the lock back.
func (s *Staging) Discard() error {
	return errors.Join(os.RemoveAll(s.Dir), s.lock.Unlock())
}

// Rename puts the folder where nothing is.
func (s *Staging) Rename() error {
	if err := os.Rename(s.Dir, s.Target); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(s.Target))
}

// Exchange puts the folder in the place of the one that is there, which then is
// what [Staging.Discard] removes.
func (s *Staging) Exchange() error {
	if err := Exchange(s.Dir, s.Target); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(s.Target))
}

// Folder makes a folder from what fill writes into the one that it is given: all
// of it appears at once, or nothing. Files that are in the target already and that
// fill does not write stay. A target that is a link is what it points to.
func Folder(target string, fill func(dir string) error) (err error) {
	if real, err := filepath.EvalSymlinks(target); err == nil {
		target = real
	}
	s, err := Stage(target, ErrWriting)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Discard()) }()
	if err := fill(s.Dir); err != nil {
		return err
	}
	if err := SyncTree(s.Dir); err != nil {
		return err
	}
	info, err := os.Stat(s.Target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s.Rename()
	case err != nil:
		return err
	}
	if err := os.Chmod(s.Dir, info.Mode().Perm()); err != nil {
		return err
	}
	if here, err := os.Stat("."); err == nil && os.SameFile(here, info) {
		return s.moveFiles() // the folder in which the shell is has to stay the same one
	}
	if err := keep(s.Target, s.Dir); err != nil {
		return err
	}
	return s.Exchange()
}

// keep links or copies into the folder the files of another that it lacks.
func keep(old, dir string) error {
	return filepath.WalkDir(old, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(old, path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, rel)
		if _, err := os.Lstat(to); err == nil {
			return nil
		}
		info, err := d.Info()
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return os.Mkdir(to, info.Mode().Perm())
		case d.Type() == fs.ModeSymlink:
			points, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(points, to)
		case os.Link(path, to) == nil:
			return nil
		case !info.Mode().IsRegular():
			return fmt.Errorf("%s: found no regular file, which cannot be kept", path)
		}
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		defer in.Close()
		return Write(to, func(w io.Writer) error {
			_, err := io.Copy(w, in)
			return err
		})
	})
}

// moveFiles moves every file into the target, one after the other.
func (s *Staging) moveFiles() error {
	return filepath.WalkDir(s.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(s.Dir, path)
		if err != nil {
			return err
		}
		to := filepath.Join(s.Target, rel)
		if d.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		return os.Rename(path, to)
	})
}
