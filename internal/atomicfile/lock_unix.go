//go:build unix

package atomicfile

import (
	"errors"
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Lock is a locked file. The lock ends with the process at the latest.
type Lock struct{ file *os.File }

// A holder that was killed while it started a child may leave its lock with the
// child for the moment until that runs its own program: a lock that is held is
// tried again for about a second.
const (
	lockTries = 50
	lockPause = 20 * time.Millisecond
)

// TryLock makes and locks a file, or gives the error busy where another
// process holds it. The file's holder removes it, so a lock on a file that is
// no longer under its name is taken again.
func TryLock(path string, busy error) (*Lock, error) {
	for tries := 1; ; {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
		if err != nil {
			return nil, err
		}
		if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
			f.Close()
			if errors.Is(err, unix.EWOULDBLOCK) && tries < lockTries {
				tries++
				time.Sleep(lockPause)
				continue
			}
			if errors.Is(err, unix.EWOULDBLOCK) {
				return nil, fmt.Errorf("%w (%s is locked)", busy, path)
			}
			return nil, fmt.Errorf("locking %s: %w", path, err)
		}
		ours, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, err
		}
		if named, err := os.Stat(path); err == nil && os.SameFile(ours, named) {
			return &Lock{f}, nil
		}
		f.Close()
	}
}

// Unlock removes the file and gives the lock back.
func (l *Lock) Unlock() error {
	return errors.Join(os.Remove(l.file.Name()), l.file.Close())
}

// hold locks a file under way for as long as its process has it open.
func hold(f *os.File) { _ = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) }

// abandoned reports whether the process of a file under way has ended: nothing here has
// its number, and nobody holds the file.
func abandoned(path string, process int) bool {
	if process <= 0 || !errors.Is(unix.Kill(process, 0), unix.ESRCH) {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	return unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil
}

// SyncDir brings the names in a folder to disk.
func SyncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
