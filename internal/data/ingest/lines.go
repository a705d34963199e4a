package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/page"
)

// ErrLongLine says that a line is over the limit.
var ErrLongLine = errors.New("the line is too long")

// lineReader reads lines in bounded memory.
type lineReader struct {
	r    *bufio.Reader
	most int64 // bytes of a line
	n    int   // lines so far
}

func newLineReader(r io.Reader, most int64) *lineReader {
	return &lineReader{r: bufio.NewReaderSize(r, 256<<10), most: most}
}

// next is the next line without its "\n" or "\r\n", the caller's own. A line
// over the limit is passed over and gives [ErrLongLine]; the end is [io.EOF].
func (l *lineReader) next() ([]byte, error) {
	var line []byte
	long := false
	l.n++
	for {
		part, err := l.r.ReadSlice('\n')
		if long = long || int64(len(line)+len(part)) > l.most+2; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && err != io.EOF:
			return nil, err
		case long:
			return nil, ErrLongLine
		case err == io.EOF && len(line) == 0:
			return nil, io.EOF
		}
		return canonical.TrimBreak(line), nil
	}
}

// charsetSample is how many bytes around the first that is no text tell the encoding.
const charsetSample = 4 << 10

// fewOdd is how many bytes that are no UTF-8 tell nothing of the encoding.
const fewOdd = 3

// wrongCharset is that a text has a byte that is none, with what mends it: the encoding
// that the text looks like, unless other characters around are UTF-8.
func wrongCharset(text []byte, bad *document.EncodingError) error {
	sample := text[max(0, bad.Offset-charsetSample/4):]
	sample = sample[:min(len(sample), charsetSample)]
	odd := 0
	for i := 0; i < len(sample); {
		r, size := utf8.DecodeRune(sample[i:])
		switch i += size; {
		case r == 0 || r == utf8.RuneError && size == 1:
			odd++
		case size > 1:
			return &hinted{bad, "convert the file to UTF-8"}
		}
	}
	name := page.GuessCharset(sample)
	if odd <= fewOdd || bad.Byte == 0 && !strings.HasPrefix(name, "utf-16") {
		return &hinted{bad, "convert the file to UTF-8"}
	}
	return &hinted{bad, fmt.Sprintf("the file looks like %s; convert it: iconv -f %s -t UTF-8", name, strings.ToUpper(name))}
}

// utf16Mark is an error where a text begins as one in UTF-16 does.
func utf16Mark(b []byte) error {
	if len(b) < 2 || (b[0] != 0xFF || b[1] != 0xFE) && (b[0] != 0xFE || b[1] != 0xFF) {
		return nil
	}
	return &hinted{errors.New("the file is in UTF-16"), "convert it to UTF-8: iconv -f UTF-16 -t UTF-8"}
}
