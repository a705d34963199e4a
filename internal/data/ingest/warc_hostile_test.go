package ingest

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

// TestWARCMemory reads files that are made to fill the memory of a reader that
// believes what they say.
func TestWARCMemory(t *testing.T) {
	size, lines := int64(1<<30), int64(32<<20)
	if testing.Short() {
		size = 64 << 20
	}
	head := "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: text/plain\r\n"
	for _, c := range []struct {
		name, begin string
		body        ingesttest.Endless
		want        string
	}{
		{"a line of a header", head + "X: ", ingesttest.Endless{Text: "x", N: size}, "record 1: its header has over 65536 bytes"},
		{"a version line", "WARC/1.0", ingesttest.Endless{Text: " ", N: size}, "record 1: its header has over 65536 bytes"},
		{"folded lines", head + "X: 1\r\n", ingesttest.Endless{Text: " folded\r\n", N: lines}, "record 1: its header has over 65536 bytes"},
		{"empty fields", head, ingesttest.Endless{Text: ":\r\n", N: lines}, "record 1: its header has over 65536 bytes"},
		{"a block", head + fmt.Sprintf("Content-Length: %d\r\n\r\n", 2*size), ingesttest.Endless{Text: "x\n", N: 2 * size}, fmt.Sprintf("record 1: %d bytes, the limit is 1048576", 2*size)},
		{"a block without end", head + fmt.Sprintf("Content-Length: %d\r\n\r\n", 4*size), ingesttest.Endless{Text: "x\n", N: size},
			fmt.Sprintf("record 1: %d bytes, the limit is 1048576|record 1: the file ends %d bytes before the record does", 4*size, 3*size)},
		{"garbage", head + "Content-Length: 0\r\n\r\n", ingesttest.Endless{Text: "x", N: size}, fmt.Sprintf("after record 1: %d bytes belong to no record", size)},
		{"blank lines", head + "Content-Length: 0\r\n\r\n", ingesttest.Endless{Text: "\r\n", N: lines}, ""},
		{"an HTTP header", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1048576\r\n\r\nHTTP/1.1 200 OK\r\nX: ", ingesttest.Endless{Text: "x", N: 1 << 20}, "record 1: the HTTP header has over 262144 bytes|after record 1: 20 bytes belong to no record"},
		{"HTTP fields", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1048576\r\n\r\nHTTP/1.1 200 OK\r\n", ingesttest.Endless{Text: ":\n", N: 1 << 20}, "record 1: the HTTP header has over 262144 bytes"},
	} {
		body := c.body
		var errs []string
		got := ingesttest.Allocated(func() {
			_, errs, _ = warcPages(t, io.MultiReader(strings.NewReader(c.begin), &body), Options{MaxBytes: 1 << 20})
		})
		if e := strings.Join(errs, "|"); c.name != "HTTP fields" && e != c.want || !strings.HasPrefix(e, c.want) {
			t.Errorf("%s: errors %q, want %q", c.name, e, c.want)
		}
		if got > 32<<20 {
			t.Errorf("%s: %d bytes allocated", c.name, got)
		}
	}
}

// TestWARCManyHeaders: the fields of a header are bounded, however small.
func TestWARCManyHeaders(t *testing.T) {
	bad := "WARC/1.0\r\n" + strings.Repeat(" folded\r\n", 5000) + strings.Repeat(":\r\n", 5000)
	_, errs, _ := warcPages(t, strings.NewReader(strings.Repeat(bad+"\r\n", 50)+plainRecord("x")), Options{})
	if len(errs) != 50 || errs[49] != "record 50: it has no Content-Length" {
		t.Errorf("%d errors, the last %q", len(errs), errs[max(0, len(errs)-1)])
	}
}

// TestWARCBomb: a file that inflates without end is given up by the runner.
func TestWARCBomb(t *testing.T) {
	head := plainRecord(samplePage) + "WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 9999999999\r\n\r\n"
	z := ingesttest.Compressed(t, "gzip", io.MultiReader(strings.NewReader(head), &ingesttest.Endless{Text: "\x00", N: bombBytes + 16<<20}))
	var items []string
	var errs map[string]error
	got := ingesttest.Allocated(func() {
		items, errs, _ = read(t, fstest.MapFS{"a.warc.gz": file(z), "b.txt": file(samplePage)}, Options{})
	})
	wantItems(t, items, "a-00000001", "!a.warc.gz", "b")
	if err := errs["a.warc.gz"]; err == nil || !strings.Contains(err.Error(), ErrBomb.Error()) {
		t.Errorf("error %v", err)
	}
	if got > 16<<20 {
		t.Errorf("%d bytes allocated", got)
	}
}
