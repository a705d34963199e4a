package canonical

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

const ByteOrderMark = "\uFEFF"

// CheckText reports the first byte of raw that is no text: invalid UTF-8 or
// NUL. It is nil for clean text.
func CheckText(raw []byte) *document.EncodingError {
	bad := -1
	if !utf8.Valid(raw) {
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
	for len(raw) > 0 {
		end := strings.IndexAny(raw, "\r\n")
		if end < 0 {
			end = len(raw)
		}
		l, n := TrimLine(raw[:end], at)
		at += n
		raw = raw[end:]
		l.Brk = -1
		if strings.HasPrefix(raw, "\r\n") {
			raw = raw[1:]
			at++
		}
		if raw != "" {
			if raw[0] == '\n' {
				l.Brk = at
			}
			raw = raw[1:]
			at++
		}
		lines = append(lines, l)
	}
	return lines
}

// TrimLine removes the white space around s, which starts at code point at,
// and counts the code points of all of s.
func TrimLine(s string, at int32) (Line, int32) {
	left := strings.TrimLeftFunc(s, unicode.IsSpace)
	lead := CodePoints(s[:len(s)-len(left)])
	text := strings.TrimRightFunc(left, unicode.IsSpace)
	total := lead + CodePoints(left)
	return Line{Text: text, Start: at + lead}, total
}

// CodePoints counts the code points of valid UTF-8: the bytes but for those that
// continue one, 10xxxxxx. Without a branch it takes a third of the time of
// utf8.RuneCountInString on Arabic.
func CodePoints(s string) int32 {
	n := len(s)
	for i := range len(s) {
		n -= int(s[i] >> 7 &^ (s[i] >> 6))
	}
	return int32(n)
}
