package textfile

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// ErrLongLine is a line over the limit of a [LineReader].
var ErrLongLine = errors.New("line is too long")

// LineReader reads lines of limited length in bounded memory.
type LineReader struct {
	r     *bufio.Reader
	limit int
	buf   []byte
}

// NewLineReader reads from r lines of at most limit bytes, newline excluded.
func NewLineReader(r io.Reader, limit int) *LineReader {
	return &LineReader{r: bufio.NewReaderSize(r, 1<<16), limit: limit}
}

// Next is the next line without its newline, valid until the next call. It
// returns io.EOF at the end and [ErrLongLine] for a line over the limit, which
// it has then stepped over.
func (l *LineReader) Next() ([]byte, error) {
	l.buf = l.buf[:0]
	long, any := false, false
	for {
		part, err := l.r.ReadSlice('\n')
		any = any || len(part) > 0
		line, ended := bytes.CutSuffix(part, []byte("\n"))
		if !long && len(l.buf)+len(line) > l.limit {
			long = true
			l.buf = nil
		}
		if !long && ended && len(l.buf) == 0 {
			return line, nil
		}
		if !long {
			l.buf = append(l.buf, line...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && !any:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, err
		case long:
			return nil, ErrLongLine
		}
		return l.buf, nil
	}
}

// Line is one line of a text file, without its line break.
type Line struct {
	Text string
	At   labels.Position
}

// EachLine reads the lines of one file. A line over the limit or with invalid
// UTF-8 or a zero byte is an error item; a false from yield ends reading, and so does an I/O
// error, after which EachLine returns false.
func EachLine(src labels.Source, file string, opt labels.ReadOptions, yield func(Line, error) bool) bool {
	f, err := src.Open(file)
	if err != nil {
		yield(Line{}, err)
		return false
	}
	defer f.Close()
	lines := NewLineReader(f, opt.RecordLimit())
	at := labels.Position{File: src.Display(file)}
	for {
		b, err := lines.Next()
		at.Line++
		if err == io.EOF {
			return true
		}
		text := strings.TrimSuffix(string(b), "\r")
		if at.Line == 1 && err == nil {
			var found bool
			if text, found = strings.CutPrefix(text, BOM); found {
				opt.Remark(at, "byte order mark skipped")
			}
		}
		switch {
		case errors.Is(err, ErrLongLine):
			err = TooLong(at, opt.RecordLimit())
		case err != nil:
			yield(Line{}, err)
			return false
		default:
			if bad := NotUTF8(text, at, "line"); bad != nil {
				err = bad
			} else if strings.ContainsRune(text, 0) {
				err = &labels.RecordError{At: at, What: "line", Found: "the byte 0x00", Expected: "text", Advice: "the file may be cut, or no text at all"}
			}
		}
		if !yield(Line{Text: text, At: at}, err) {
			return false
		}
	}
}
