package ingest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

// endless repeats a text until it has given n bytes.
type endless struct {
	text string
	n    int64
	buf  []byte
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.n <= 0 {
		return 0, io.EOF
	}
	if e.buf == nil {
		e.buf = bytes.Repeat([]byte(e.text), 1+(64<<10)/len(e.text))
	}
	n := copy(p[:min(int64(len(p)), e.n)], e.buf[e.at:])
	e.at = (e.at + n) % len(e.buf)
	e.n -= int64(n)
	return n, nil
}

// allocated is how many bytes f takes from the heap, those given back counted
// too, which bounds what it holds at any time.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

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

func compressed(t *testing.T, coding string, r io.Reader) string {
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
	}
	if _, err := io.Copy(w, r); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return b.String()
}

// TestWARCBodies: what a response's body can be, and be made to be.
func TestWARCBodies(t *testing.T) {
	const limit = 1 << 20
	const text = "<p>a page of some words, of some words and of some words</p>"
	squeeze := func(coding, s string) string { return compressed(t, coding, strings.NewReader(s)) }
	zeros := func(coding string) string { return compressed(t, coding, &endless{text: "\x00", n: 64 << 20}) }
	over := "over 1048576 bytes, the limit is 1048576"
	for _, c := range []struct{ name, header, body, want, err string }{
		{"plain", "", text, text, ""},
		{"chunked", "Transfer-Encoding: chunked", "5\r\n<p>a \r\n37;x=y\r\n" + text[5:] + "\r\n0\r\n\r\n", text, ""},
		{"chunked, kept decoded", "Transfer-Encoding: chunked", text, text, ""},
		{"chunked, cut", "Transfer-Encoding: chunked", "5\r\n<p>a \r\n", "", "chunked body: unexpected EOF"},
		{"chunk of 2^64-1", "Transfer-Encoding: chunked", "ffffffffffffffff\r\n<p>", "", "chunked body: unexpected EOF"},
		{"chunk of 2^64", "Transfer-Encoding: chunked", "10000000000000000\r\n<p>", "10000000000000000\r\n<p>", ""},
		{"chunks of one byte", "Transfer-Encoding: chunked", strings.Repeat("1;"+strings.Repeat("x", 60)+"\r\nx\r\n", 20000), "", "chunked body: chunked encoding contains too much non-data"},
		{"gzip", "Content-Encoding: GZip", squeeze("gzip", text), text, ""},
		{"gzip, kept decoded", "Content-Encoding: gzip", text, text, ""},
		{"gzip in gzip", "Content-Encoding: gzip, gzip", squeeze("gzip", squeeze("gzip", text)), text, ""},
		{"gzip then br", "Content-Encoding: gzip\r\nContent-Encoding: br", squeeze("br", squeeze("gzip", text)), text, ""},
		{"gzip, cut", "Content-Encoding: gzip", squeeze("gzip", text)[:30], "", "content encoding gzip: unexpected EOF"},
		{"deflate", "Content-Encoding: deflate", squeeze("deflate", text), text, ""},
		{"deflate, kept decoded", "Content-Encoding: deflate", text, text, ""},
		{"br", "Content-Encoding: br", squeeze("br", text), text, ""},
		{"br, kept decoded", "Content-Encoding: br", text, text, ""},
		{"identity", "Content-Encoding: identity", text, text, ""},
		{"zstd", "Content-Encoding: zstd", text, "", "content encoding zstd: unknown content encoding"},
		{"many", "Content-Encoding: " + strings.Repeat("gzip,", 1000), text, "", "unknown content encoding: 1000 of them"},
		{"gzip bomb", "Content-Encoding: gzip", zeros("gzip"), "", "content encoding gzip: " + over},
		{"deflate bomb", "Content-Encoding: deflate", zeros("deflate"), "", "content encoding deflate: " + over},
		{"br bomb", "Content-Encoding: br", zeros("br"), "", "content encoding br: " + over},
		{"bomb in a bomb", "Content-Encoding: gzip, gzip", squeeze("gzip", zeros("gzip")), "", "content encoding gzip: " + over},
		{"over", "", strings.Repeat("x", limit+1), "", "1048577 bytes, the limit is 1048576"},
	} {
		block := "HTTP/1.1 200 OK\r\n" + c.header + "\r\nX: y\r\n\r\n" + c.body
		if c.header == "" {
			block = "HTTP/2 200\nX: y\n\n" + c.body
		}
		h, ok := parseHTTP([]byte(block))
		if !ok || h.status != 200 || block[h.size:] != c.body {
			t.Errorf("%s: head %+v, %v", c.name, h, ok)
			continue
		}
		var b []byte
		var err error
		got := allocated(func() { b, err = h.body([]byte(c.body), limit) })
		if c.err == "" && err != nil || c.err != "" && (err == nil || err.Error() != c.err) || string(b) != c.want {
			t.Errorf("%s: %d bytes, error %v; want %d bytes, %q", c.name, len(b), err, len(c.want), c.err)
		}
		if got > 64<<20 {
			t.Errorf("%s: %d bytes allocated", c.name, got)
		}
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
