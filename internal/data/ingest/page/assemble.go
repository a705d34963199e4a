package page

import (
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

// titleLine is a title as a line.
func titleLine(text string, segs []schema.RawSegment) flowLine {
	return flowLine{text: text, segs: segs}
}

// assembleFlow joins lines into the canonical text and maps it to the page. The
// "\n" that joins two lines is in no segment.
func assembleFlow(lines []flowLine) (string, []schema.RawSegment) {
	var text strings.Builder
	var out []schema.RawSegment
	var at int32
	for i, l := range lines {
		if i > 0 {
			text.WriteByte('\n')
			at++
		}
		for _, s := range l.segs {
			s.Start += at
			out = append(out, s)
		}
		text.WriteString(l.text)
		at += int32(utf8.RuneCountInString(l.text))
	}
	return text.String(), out
}

// sliceSegments is the map of the code points from to to of a text.
func sliceSegments(segs []schema.RawSegment, from, to int32) []schema.RawSegment {
	var out []schema.RawSegment
	for _, s := range segs {
		if a, b := max(s.Start, from), min(s.Start+s.Length, to); a < b {
			out = append(out, schema.RawSegment{Start: a - from, RawStart: s.RawStart + a - s.Start, Length: b - a})
		}
	}
	return out
}
