package canonical

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

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
	segments := make([]schema.RawSegment, 0, len(lines))
	var at int32
	for i, l := range lines {
		n := CodePoints(l.Text)
		s := schema.RawSegment{Start: at, RawStart: l.Start, Length: n}
		text.WriteString(l.Text)
		at += n
		if i == len(lines)-1 {
			segments = append(segments, s)
			break
		}
		text.WriteByte('\n')
		if l.Brk == l.Start+n {
			s.Length++
		}
		segments = append(segments, s)
		if l.Brk > l.Start+n {
			segments = append(segments, schema.RawSegment{Start: at, RawStart: l.Brk, Length: 1})
		}
		at++
	}
	return text.String(), segments
}

func Sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}
