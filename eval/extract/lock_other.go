//go:build !unix

package extract

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// fileLock is a file that exists while a run goes on. A killed run leaves it
// behind where the operating system has no lock that ends with the process.
type fileLock struct{ file *os.File }

func lockFile(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%w (or was killed: then remove %s)", ErrRunning, path)
	}
	if err != nil {
		return nil, err
	}
	return &fileLock{f}, nil
}

func (l *fileLock) unlock() error {
	return errors.Join(l.file.Close(), os.Remove(l.file.Name()))
}

// syncDir does nothing: folders cannot be synced here.
func syncDir(string) error { return nil }
