package canonical

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

const ByteOrderMark = "\uFEFF"

// CheckText reports the first byte of raw that is no text: invalid UTF-8 or
// NUL. It is nil for clean text.
func CheckText(raw []byte) *document.EncodingError {
	bad := -1
	if !textfile.Valid(raw) {
		for i := 0; i < len(raw); {
			r, size := utf8.DecodeRune(raw[i:])
			if r == utf8.RuneError && size == 1 {
				bad = i
				break
			}
			i += size
		}
	}
	if nul := bytes.IndexByte(raw, 0); nul >= 0 && (bad < 0 || nul < bad) {
		bad = nul
	}
	if bad < 0 {
		return nil
	}
	return &document.EncodingError{Offset: bad, Line: 1 + CountBreaks(raw[:bad]), Byte: raw[bad]}
}

// CountBreaks counts line breaks as SplitLines has them.
func CountBreaks(b []byte) int {
	n := bytes.Count(b, []byte{'\n'})
	for i, c := range b {
		if c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			n++
		}
	}
	return n
}

// Line is one line of a raw file without the white space at its ends.
type Line struct {
	Text  string // trimmed; "" for a blank line
	Start int32  // code point of the raw file at which text starts
	Brk   int32  // code point of the "\n" that ends the line; -1 when there is none
}

// SplitLines cuts valid UTF-8 into lines. A line ends with "\n", "\r\n" or a
// lone "\r". A byte-order mark at the start belongs to no line. A final line
// break does not open a further line.
func SplitLines(raw string) []Line {
	lines := make([]Line, 0, 1+strings.Count(raw, "\n"))
	var at int32 // code points before raw
	if strings.HasPrefix(raw, ByteOrderMark) {
		raw, at = raw[len(ByteOrderMark):], 1
	}
	feed, carriage := next(raw, '\n', 0), next(raw, '\r', 0)
	for from := 0; from < len(raw); {
		if feed < from {
			feed = next(raw, '\n', from)
		}
		if carriage < from {
			carriage = next(raw, '\r', from)
		}
		end := min(feed, carriage)
		l, n := TrimLine(raw[from:end], at)
		at += n
		l.Brk = -1
		if carriage+1 == feed {
			end++
			at++
		}
		if end < len(raw) {
			if raw[end] == '\n' {
				l.Brk = at
			}
			at++
		}
		from = end + 1
		lines = append(lines, l)
	}
	return lines
}

// next is the place of the first c in s from a place on, its length for none.
func next(s string, c byte, from int) int {
	if i := strings.IndexByte(s[from:], c); i >= 0 {
		return from + i
	}
	return len(s)
}

// TrimLine removes the white space around s, which starts at code point at,
// and counts the code points of all of s.
func TrimLine(s string, at int32) (Line, int32) {
	left := strings.TrimLeftFunc(s, unicode.IsSpace)
	lead := CodePoints(s[:len(s)-len(left)])
	text := strings.TrimRightFunc(left, unicode.IsSpace)
	return Line{Text: text, Start: at + lead}, lead + CodePoints(left)
}

// CodePoints counts the code points of valid UTF-8: the bytes but for those that
// continue one, 10xxxxxx. Eight bytes are counted at once.
func CodePoints(s string) int32 {
	n, i := len(s), 0
	for ; i+8 <= len(s); i += 8 {
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		n -= bits.OnesCount64(w &^ (w << 1) & 0x8080808080808080)
	}
	for ; i < len(s); i++ {
		n -= int(s[i] >> 7 &^ (s[i] >> 6))
	}
	return int32(n)
}
