package run

import "github.com/mizan-corpus/mizan/internal/atomicfile"

// fileLock is the lock of one run on its file.
type fileLock struct{ *atomicfile.Lock }

// lockFile locks a file, or gives ErrRunning.
func lockFile(path string) (fileLock, error) {
	l, err := atomicfile.TryLock(path, ErrRunning)
	return fileLock{l}, err
}

func (l fileLock) unlock() error { return l.Unlock() }

// syncDir brings the names in a folder to disk.
func syncDir(dir string) error { return atomicfile.SyncDir(dir) }
