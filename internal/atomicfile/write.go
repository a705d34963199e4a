package atomicfile

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// SyncTree brings the names in every folder below root to disk, the files'
// content being there already.
func SyncTree(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return SyncDir(path)
	})
}

// WriteSynced writes a whole file and brings it to disk.
func WriteSynced(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// Write makes a file of what write writes: beside its place, renamed at the end, so
// that nobody ever sees half a file. A file that is there keeps its permissions, a
// new one has those that the umask leaves; a link is what it points to. What is no
// regular file, as a device or a pipe, is written as it is.
func Write(name string, write func(io.Writer) error) (err error) {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	old, err := os.Stat(name)
	if err == nil && !old.Mode().IsRegular() && !old.IsDir() {
		return writeThrough(name, write)
	}
	removeAbandoned(name)
	f, err := createBeside(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	b := bufio.NewWriterSize(f, 1<<16)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	if old != nil {
		if err := f.Chmod(old.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// createBeside makes a new file in the folder of name. [os.CreateTemp] would give
// it permissions of its own.
func createBeside(name string) (*os.File, error) {
	for tries := 0; ; tries++ {
		beside := fmt.Sprintf("%s%d-%d", besides(name), os.Getpid(), partial.Add(1))
		f, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) && tries < 1000 { // of a killed process with this number
			continue
		}
		if err == nil {
			hold(f)
		}
		return f, err
	}
}

// besides is how the files beside a name begin, before the number of the process.
func besides(name string) string {
	const most = 200 // of the 255 bytes of a name
	dir, base := filepath.Split(name)
	return dir + "." + base[:min(len(base), most)] + ".partial-"
}

var cleaned sync.Map // folders that were looked through

// removeAbandoned removes from the folder of a name the files under way whose process
// was killed, once a folder.
func removeAbandoned(name string) {
	dir := cmp.Or(filepath.Dir(name), ".")
	if _, done := cleaned.LoadOrStore(dir, true); done {
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		base, rest, ok := strings.Cut(e.Name(), ".partial-")
		process, number, okNumber := strings.Cut(rest, "-")
		n, err := strconv.Atoi(process)
		if _, bad := strconv.Atoi(number); !ok || !okNumber || err != nil || bad != nil || !strings.HasPrefix(base, ".") {
			continue
		}
		if path := filepath.Join(dir, e.Name()); e.Type().IsRegular() && abandoned(path, n) {
			os.Remove(path)
		}
	}
}

var partial atomic.Int64

func writeThrough(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<16)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	return errors.Join(err, f.Close())
}
