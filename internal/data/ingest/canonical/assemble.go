package canonical

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unsafe"

	"github.com/mizan-corpus/mizan/schema"
)

// Assemble joins lines into the canonical text and maps it to the raw file.
//
// Each line is one segment. The "\n" that joins it to the next line is mapped
// to the raw "\n" that ends the line: in the same segment where it follows
// directly, in one of its own where white space was trimmed between. Where the
// raw file has none (the end of the file, a lone "\r") it is in no segment.
func Assemble(lines []Line) (string, []schema.RawSegment) {
	var text strings.Builder
	size := len(lines)
	for _, l := range lines {
		size += len(l.Text)
	}
	text.Grow(size)
	for i, l := range lines {
		if i > 0 {
			text.WriteByte('\n')
		}
		text.WriteString(l.Text)
	}
	return text.String(), segments(lines)
}

// AssembleAll is [Assemble] of lines of raw in their order, without a copy where
// they are all of it.
func AssembleAll(raw string, lines []Line) (string, []schema.RawSegment) {
	size := len(lines) - 1
	for _, l := range lines {
		size += len(l.Text)
	}
	if size == len(raw) && strings.IndexByte(raw, '\r') < 0 {
		return raw, segments(lines)
	}
	return Assemble(lines)
}

// segments is the map of the lines, joined.
func segments(lines []Line) []schema.RawSegment {
	segments := make([]schema.RawSegment, 0, len(lines))
	var at int32
	for i, l := range lines {
		n := CodePoints(l.Text)
		s := schema.RawSegment{Start: at, RawStart: l.Start, Length: n}
		at += n
		if i == len(lines)-1 {
			segments = append(segments, s)
			break
		}
		if l.Brk == l.Start+n {
			s.Length++
		}
		segments = append(segments, s)
		if l.Brk > l.Start+n {
			segments = append(segments, schema.RawSegment{Start: at, RawStart: l.Brk, Length: 1})
		}
		at++
	}
	return segments
}

func Sum(s string) string {
	h := sha256.Sum256(unsafe.Slice(unsafe.StringData(s), len(s)))
	return hex.EncodeToString(h[:])
}
