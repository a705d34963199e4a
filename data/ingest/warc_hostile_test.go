package ingest

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
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
		body        endless
		want        string
	}{
		{"a line of a header", head + "X: ", endless{text: "x", n: size}, "record 1: its header has over 65536 bytes"},
		{"a version line", "WARC/1.0", endless{text: " ", n: size}, "record 1: its header has over 65536 bytes"},
		{"folded lines", head + "X: 1\r\n", endless{text: " folded\r\n", n: lines}, "record 1: its header has over 65536 bytes"},
		{"empty fields", head, endless{text: ":\r\n", n: lines}, "record 1: its header has over 65536 bytes"},
		{"a block", head + fmt.Sprintf("Content-Length: %d\r\n\r\n", 2*size), endless{text: "x\n", n: 2 * size}, fmt.Sprintf("record 1: %d bytes, the limit is 1048576", 2*size)},
		{"a block without end", head + fmt.Sprintf("Content-Length: %d\r\n\r\n", 4*size), endless{text: "x\n", n: size},
			fmt.Sprintf("record 1: %d bytes, the limit is 1048576|record 1: the file ends %d bytes before the record does", 4*size, 3*size)},
		{"garbage", head + "Content-Length: 0\r\n\r\n", endless{text: "x", n: size}, fmt.Sprintf("after record 1: %d bytes belong to no record", size)},
		{"blank lines", head + "Content-Length: 0\r\n\r\n", endless{text: "\r\n", n: lines}, ""},
		{"an HTTP header", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1048576\r\n\r\nHTTP/1.1 200 OK\r\nX: ", endless{text: "x", n: 1 << 20}, "record 1: the HTTP header has over 262144 bytes|after record 1: 20 bytes belong to no record"},
		{"HTTP fields", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 1048576\r\n\r\nHTTP/1.1 200 OK\r\n", endless{text: ":\n", n: 1 << 20}, "record 1: the HTTP header has over 262144 bytes"},
	} {
		body := c.body
		var errs []string
		got := allocated(func() {
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
	head := plainRecord(page) + "WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 9999999999\r\n\r\n"
	z := compressed(t, "gzip", io.MultiReader(strings.NewReader(head), &endless{text: "\x00", n: bombBytes + 16<<20}))
	var items []string
	var errs map[string]error
	got := allocated(func() {
		items, errs, _ = read(t, fstest.MapFS{"a.warc.gz": file(z), "b.txt": file(page)}, Options{})
	})
	wantItems(t, items, "a-00000001", "!a.warc.gz", "b")
	if err := errs["a.warc.gz"]; err == nil || !strings.Contains(err.Error(), ErrBomb.Error()) {
		t.Errorf("error %v", err)
	}
	if got > 16<<20 {
		t.Errorf("%d bytes allocated", got)
	}
}
