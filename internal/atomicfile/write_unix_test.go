//go:build unix

package atomicfile

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// A new file has the permissions that the umask leaves, an old one keeps its own, and
// a link stays one.
func TestWriteKeepsPermissions(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o077))
	dir := t.TempDir()
	say := func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }
	for name, tc := range map[string]struct{ before, after fs.FileMode }{"new": {0, 0o600}, "old": {0o640, 0o640}} {
		path := filepath.Join(dir, name)
		if tc.before != 0 {
			put(t, path, "old")
			if err := os.Chmod(path, tc.before); err != nil {
				t.Fatal(err)
			}
		}
		if err := Write(path, say); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != tc.after {
			t.Errorf("%s: %v, %v, expected %v", name, info.Mode(), err, tc.after)
		}
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("new", link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, say); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Errorf("the link is %v now, %v", info.Mode(), err)
	}
}

// A pipe is written, not replaced by a file.
func TestWriteIntoAPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	read := make(chan string)
	go func() {
		b, _ := os.ReadFile(path)
		read <- string(b)
	}()
	if err := Write(path, func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil {
		t.Fatal(err)
	}
	if got := <-read; got != "x" {
		t.Errorf("read %q", got)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode().Type() != fs.ModeNamedPipe {
		t.Errorf("the pipe is %v now, %v", info.Mode(), err)
	}
}

// What killed processes left beside a file is removed by the next that writes there, and
// nothing else is.
func TestWriteRemovesWhatWasAbandoned(t *testing.T) {
	dir := t.TempDir()
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Skip(err)
	}
	left := fmt.Sprintf(".out.partial-%d-1", dead.Process.Pid)
	stay := []string{fmt.Sprintf(".out.partial-%d-9", os.Getpid()), ".out.partial-x-1", "out.partial", fmt.Sprintf("out.partial-%d-1", dead.Process.Pid)}
	for _, name := range append(stay, left) {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(filepath.Join(dir, "out"), func(w io.Writer) error { _, err := io.WriteString(w, "x"); return err }); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(stay)+1 {
		t.Errorf("%v, %v", entries, err)
	}
	if _, err := os.Stat(filepath.Join(dir, left)); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", left, err)
	}
}
