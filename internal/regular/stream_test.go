package regular

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// A stream is read to its bound and no further, and a file that is named may be one.
func TestStreamsAreBounded(t *testing.T) {
	for n, want := range map[int64]string{4: "", 3: "found more than 3 bytes, expected at most that"} {
		b, err := All(strings.NewReader("four"), n)
		if got := errorText(err); got != want || err == nil && string(b) != "four" {
			t.Errorf("at most %d: %q, %q, expected %q", n, b, got, want)
		}
	}
	endless := &counted{Reader: iotest.OneByteReader(endlessReader{})}
	if _, err := All(endless, 1000); err == nil || endless.n > 1001 {
		t.Errorf("%v after %d bytes", err, endless.n)
	}
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte("four"), 0o666); err != nil {
		t.Fatal(err)
	}
	if b, err := Named(name, 4); string(b) != "four" || err != nil {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := Named(name, 3); err == nil || !strings.HasPrefix(err.Error(), "read "+name+": ") {
		t.Errorf("%v, expected one that names the file", err)
	}
	f, err := OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if _, err := OpenFile(filepath.Dir(name)); !isKind(err) {
		t.Errorf("a folder: %v", err)
	}
}

type endlessReader struct{}

func (endlessReader) Read(p []byte) (int, error) { return len(p), nil }

type counted struct {
	io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func isKind(err error) bool {
	pe, ok := err.(*fs.PathError)
	return ok && pe.Err != nil && strings.HasPrefix(pe.Err.Error(), ErrKind.Error())
}
