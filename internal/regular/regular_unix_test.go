//go:build unix

package regular

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Nothing but files is opened: a named pipe would wait, a device never ends.
func TestOnlyFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("content"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o666); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"to-file": "file", "to-pipe": "pipe", "to-device": os.DevNull, "to-nothing": "missing"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]error{"file": nil, "to-file": nil, "pipe": ErrKind, "to-pipe": ErrKind, "to-device": ErrKind, ".": ErrKind, "to-nothing": fs.ErrNotExist} {
		b, err := ReadFile(filepath.Join(dir, name), 7)
		if !errors.Is(err, want) || want == nil && (err != nil || string(b) != "content") {
			t.Errorf("%s: %q, %v", name, b, err)
		}
		if err != nil && !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %v does not name the file", name, err)
		}
	}
	if _, err := ReadFile(file, 6); err == nil || !strings.Contains(err.Error(), "found 7 bytes, expected at most 6") {
		t.Errorf("a file that is too long: %v", err)
	}
}
