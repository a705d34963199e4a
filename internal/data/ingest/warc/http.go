package warc

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
)

// HTTPHead is the status line and header of an HTTP response (RFC 9112). Length
// and transfer coding are not taken from it alone: many crawlers store a body
// decoded and keep the header as it was sent.
type HTTPHead struct {
	Status int // 0 when the line gives none
	Fields Fields
	Size   int // bytes, the blank line included
}

// ParseHTTP reads the head of a response from the start of its block. ok is
// false when it has no end within these bytes.
func ParseHTTP(b []byte) (h HTTPHead, ok bool) {
	for first := true; ; first = false {
		end := bytes.IndexByte(b[h.Size:], '\n')
		if end < 0 {
			return h, false
		}
		line := canonical.TrimBreak(b[h.Size : h.Size+end+1])
		h.Size += end + 1
		switch {
		case first:
			if words := bytes.Fields(line); len(words) > 1 {
				h.Status, _ = strconv.Atoi(string(words[1]))
			}
		case len(line) == 0:
			return h, true
		default:
			h.Fields.add(line)
		}
	}
}

// ErrContentEncoding says that a page is compressed in a way that is not read.
var ErrContentEncoding = errors.New("unknown content encoding")

// maxZstdWindow is the most memory that a body may ask for to be inflated.
const maxZstdWindow = 64 << 20

// maxEncodings is the most encodings one inside the other.
const maxEncodings = 4

// Body undoes the transfer coding and the content encodings of a response's
// body; the result has at most limit bytes. A body that is not encoded as the
// header says is taken as it is.
func (h HTTPHead) Body(b []byte, limit int64) ([]byte, error) {
	if te := h.Fields.list("Transfer-Encoding"); len(te) > 0 && te[len(te)-1] == "chunked" && beginsChunk(b) {
		plain, err := ReadDecoded(httputil.NewChunkedReader(bytes.NewReader(b)), limit)
		if err != nil {
			return nil, fmt.Errorf("chunked body: %w", err)
		}
		b = plain
	}
	codings := h.Fields.list("Content-Encoding")
	if len(codings) > maxEncodings {
		return nil, fmt.Errorf("%w: %d of them", ErrContentEncoding, len(codings))
	}
	for i := len(codings) - 1; i >= 0; i-- {
		plain, err := decode(codings[i], b, limit)
		if err != nil {
			return nil, fmt.Errorf("content encoding %s: %w", canonical.Clip(codings[i]), err)
		}
		b = plain
	}
	if int64(len(b)) > limit {
		return nil, &BlockError{int64(len(b)), limit}
	}
	return b, nil
}

func decode(coding string, b []byte, limit int64) ([]byte, error) {
	var r io.Reader
	var err error
	switch coding {
	case "identity", "none", "utf-8": // none is meant by all three
		return b, nil
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(b, []byte{0x1F, 0x8B}) {
			return b, nil
		}
		r, err = gzip.NewReader(bytes.NewReader(b))
	case "deflate":
		// RFC 9110 means the zlib format; servers send both.
		if r, err = zlib.NewReader(bytes.NewReader(b)); err != nil {
			if isMarkup(b) {
				return b, nil
			}
			r, err = flate.NewReader(bytes.NewReader(b)), nil
		}
	case "br":
		if isMarkup(b) {
			return b, nil
		}
		r = brotli.NewReader(bytes.NewReader(b))
	case "zstd":
		if !bytes.HasPrefix(b, []byte{0x28, 0xB5, 0x2F, 0xFD}) {
			return b, nil
		}
		z, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxZstdWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		defer z.Close()
		return ReadDecoded(z, limit)
	default:
		return nil, ErrContentEncoding
	}
	if err != nil {
		return nil, err
	}
	return ReadDecoded(r, limit)
}

// ReadDecoded reads all if it is at most limit bytes.
func ReadDecoded(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(b)) > limit {
		return nil, fmt.Errorf("over %w", &BlockError{limit, limit})
	}
	return b, err
}

// isMarkup reports whether b begins as a page does that is not compressed.
func isMarkup(b []byte) bool {
	b = bytes.TrimPrefix(b[:min(len(b), 512)], []byte(canonical.ByteOrderMark))
	b = bytes.TrimLeft(b, " \t\r\n")
	return len(b) > 1 && b[0] == '<' && strings.IndexByte("!?/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", b[1]) >= 0
}

// beginsChunk reports whether b begins with the size of a chunk.
func beginsChunk(b []byte) bool {
	line, err := bufio.NewReader(bytes.NewReader(b[:min(len(b), 4096)])).ReadSlice('\n')
	if err != nil {
		return false
	}
	size, _, _ := bytes.Cut(canonical.TrimBreak(line), []byte(";"))
	_, err = strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 64)
	return err == nil
}
