package ingesttest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"io"
	"runtime"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// Endless repeats a text until it has given n bytes.
type Endless struct {
	Text string
	N    int64
	buf  []byte
	at   int
}

func (e *Endless) Read(p []byte) (int, error) {
	if e.N <= 0 {
		return 0, io.EOF
	}
	if e.buf == nil {
		e.buf = bytes.Repeat([]byte(e.Text), 1+(64<<10)/len(e.Text))
	}
	n := copy(p[:min(int64(len(p)), e.N)], e.buf[e.at:])
	e.at = (e.at + n) % len(e.buf)
	e.N -= int64(n)
	return n, nil
}

// Allocated is how many bytes f takes from the heap, those given back counted
// too, which bounds what it holds at any time.
func Allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Compressed is what r gives, Compressed.
func Compressed(t *testing.T, coding string, r io.Reader) string {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w, _ = flate.NewWriter(&b, flate.BestCompression)
	case "br":
		w = brotli.NewWriterLevel(&b, 5)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	}
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.String()
}
