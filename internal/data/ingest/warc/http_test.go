package warc

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

// TestWARCBodies: what a response's body can be, and be made to be.
func TestWARCBodies(t *testing.T) {
	const limit = 1 << 20
	const text = "<p>a page of some words, of some words and of some words</p>"
	squeeze := func(coding, s string) string { return ingesttest.Compressed(t, coding, strings.NewReader(s)) }
	zeros := func(coding string) string {
		return ingesttest.Compressed(t, coding, &ingesttest.Endless{Text: "\x00", N: 64 << 20})
	}
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
		{"zstd", "Content-Encoding: zstd", squeeze("zstd", text), text, ""},
		{"zstd, kept decoded", "Content-Encoding: zstd", text, text, ""},
		{"zstd bomb", "Content-Encoding: zstd", zeros("zstd"), "", "content encoding zstd: " + over},
		{"compress", "Content-Encoding: compress", text, "", "content encoding compress: unknown content encoding"},
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
		h, ok := ParseHTTP([]byte(block))
		if !ok || h.Status != 200 || block[h.Size:] != c.body {
			t.Errorf("%s: head %+v, %v", c.name, h, ok)
			continue
		}
		var b []byte
		var err error
		got := ingesttest.Allocated(func() { b, err = h.Body([]byte(c.body), limit) })
		if c.err == "" && err != nil || c.err != "" && (err == nil || err.Error() != c.err) || string(b) != c.want {
			t.Errorf("%s: %d bytes, error %v; want %d bytes, %q", c.name, len(b), err, len(c.want), c.err)
		}
		if got > 64<<20 {
			t.Errorf("%s: %d bytes allocated", c.name, got)
		}
	}
}
