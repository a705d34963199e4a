//go:build !unix

package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Lock is a file that exists while its holder works. A killed process leaves
// it behind where the operating system has no lock that ends with the process.
type Lock struct{ file *os.File }

// TryLock makes the file, or gives the error busy where it is there.
func TryLock(path string, busy error) (*Lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w (or was killed: then remove %s)", busy, path)
	}
	if err != nil {
		return nil, err
	}
	return &Lock{f}, nil
}

// Unlock removes the file.
func (l *Lock) Unlock() error {
	return errors.Join(l.file.Close(), os.Remove(l.file.Name()))
}

// hold does nothing, and nothing is taken for abandoned.
func hold(*os.File) {}

func abandoned(string, int) bool { return false }

// SyncDir does nothing: folders cannot be synced here.
func SyncDir(string) error { return nil }
