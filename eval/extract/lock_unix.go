//go:build unix

package extract

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// fileLock is a locked file. The lock ends with the process at the latest.
type fileLock struct{ file *os.File }

// lockFile makes and locks a file, or gives ErrRunning. The file's holder
// removes it, so a lock on a file that is no longer under its name is taken
// again.
func lockFile(path string) (*fileLock, error) {
	for {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, err
		}
		if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
			f.Close()
			if errors.Is(err, unix.EWOULDBLOCK) {
				return nil, fmt.Errorf("%w (%s is locked)", ErrRunning, path)
			}
			return nil, fmt.Errorf("locking %s: %w", path, err)
		}
		ours, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, err
		}
		if named, err := os.Stat(path); err == nil && os.SameFile(ours, named) {
			return &fileLock{f}, nil
		}
		f.Close()
	}
}

func (l *fileLock) unlock() error {
	return errors.Join(os.Remove(l.file.Name()), l.file.Close())
}

// syncDir brings the names in a folder to disk.
func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
