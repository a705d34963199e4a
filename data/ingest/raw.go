package ingest

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

const byteOrderMark = "\uFEFF"

// checkText reports the first byte of raw that is no text: invalid UTF-8 or
// NUL. It is nil for clean text.
func checkText(raw []byte) *EncodingError {
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
	return &EncodingError{Offset: bad, Line: 1 + countBreaks(raw[:bad]), Byte: raw[bad]}
}

// countBreaks counts line breaks as splitLines has them.
func countBreaks(b []byte) int {
	n := bytes.Count(b, []byte{'\n'})
	for i, c := range b {
		if c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
			n++
		}
	}
	return n
}

// rawLine is one line of a raw file without the white space at its ends.
type rawLine struct {
	text  string // trimmed; "" for a blank line
	start int32  // code point of the raw file at which text starts
	brk   int32  // code point of the "\n" that ends the line; -1 when there is none
}

// splitLines cuts valid UTF-8 into lines. A line ends with "\n", "\r\n" or a
// lone "\r". A byte-order mark at the start belongs to no line. A final line
// break does not open a further line.
func splitLines(raw string) []rawLine {
	lines := make([]rawLine, 0, 1+strings.Count(raw, "\n"))
	var at int32 // code points before raw
	if strings.HasPrefix(raw, byteOrderMark) {
		raw, at = raw[len(byteOrderMark):], 1
	}
	for len(raw) > 0 {
		end := strings.IndexAny(raw, "\r\n")
		if end < 0 {
			end = len(raw)
		}
		l, n := trimLine(raw[:end], at)
		at += n
		raw = raw[end:]
		l.brk = -1
		if strings.HasPrefix(raw, "\r\n") {
			raw = raw[1:]
			at++
		}
		if raw != "" {
			if raw[0] == '\n' {
				l.brk = at
			}
			raw = raw[1:]
			at++
		}
		lines = append(lines, l)
	}
	return lines
}

// trimLine removes the white space around s, which starts at code point at,
// and counts the code points of all of s.
func trimLine(s string, at int32) (rawLine, int32) {
	left := strings.TrimLeftFunc(s, unicode.IsSpace)
	lead := codePoints(s[:len(s)-len(left)])
	text := strings.TrimRightFunc(left, unicode.IsSpace)
	total := lead + codePoints(left)
	return rawLine{text: text, start: at + lead}, total
}

// codePoints counts the code points of valid UTF-8: the bytes but for those that
// continue one, 10xxxxxx. Without a branch it takes a third of the time of
// utf8.RuneCountInString on Arabic.
func codePoints(s string) int32 {
	n := len(s)
	for i := range len(s) {
		n -= int(s[i] >> 7 &^ (s[i] >> 6))
	}
	return int32(n)
}
