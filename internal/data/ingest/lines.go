package ingest

import (
	"bufio"
	"errors"
	"io"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
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

// utf16Mark is an error where a text begins as one in UTF-16 does.
func utf16Mark(b []byte) error {
	if len(b) < 2 || (b[0] != 0xFF || b[1] != 0xFE) && (b[0] != 0xFE || b[1] != 0xFF) {
		return nil
	}
	return &hinted{errors.New("the file is in UTF-16"), "convert it to UTF-8: iconv -f UTF-16 -t UTF-8"}
}
