package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// The format, as WARC 1.1 (ISO 28500:2017) and its forerunners from 0.17 on
// have it:
//
//	file    = { record }
//	record  = "WARC/" version CRLF { field CRLF } CRLF block CRLF CRLF
//	field   = name ":" value { CRLF ( SP | HT ) value }
//	block   = as many bytes as the field Content-Length says
//
// Names are read without regard to case. LF is read as CRLF, records may have
// no or many line breaks between them, and lines of a header that are no
// fields are passed over. What stands between a block and the next line that
// begins with "WARC/" is reported and left out.

const warcMark = "WARC/"

const (
	maxWARCHeader = 64 << 10  // bytes of a record's header
	MaxHTTPHeader = 256 << 10 // bytes of the header of a response
)

// ErrWARC says that a file is no WARC file.
var ErrWARC = errors.New("found no WARC record")

// RecordError is a record that cannot be read, or bytes that belong to none.
// Reading goes on after it.
type RecordError struct{ Err error }

func (e *RecordError) Error() string { return e.Err.Error() }
func (e *RecordError) Unwrap() error { return e.Err }

// Reader reads records one after the other. It holds its buffer and one
// header, whatever the file says.
type Reader struct {
	r     *bufio.Reader
	N     int   // records so far
	left  int64 // bytes of the last record's block that were not read
	midst bool  // inside a line that is to be passed over
	told  bool  // what comes up to the next record has been reported
}

func NewReader(r io.Reader) *Reader {
	return &Reader{r: bufio.NewReaderSize(r, MaxHTTPHeader)}
}

// Next is the Next record. The error is a [RecordError], io.EOF, or one that
// ends the file.
func (w *Reader) Next() (Fields, error) {
	if err := w.skipBlock(); err != nil {
		return nil, err
	}
	if err := w.findMark(); err != nil {
		return nil, err
	}
	w.N++
	head, err := w.header()
	if err != nil {
		w.told = true
		return nil, err
	}
	return head, nil
}

func (w *Reader) Bad(format string, args ...any) error {
	return &RecordError{fmt.Errorf("record %d: %w", w.N, fmt.Errorf(format, args...))}
}

// skipBlock passes over the rest of the block.
func (w *Reader) skipBlock() error {
	for w.left > 0 {
		n, err := w.r.Discard(int(min(w.left, 1<<30)))
		w.left -= int64(n)
		if err != nil {
			return w.cut(err)
		}
	}
	return nil
}

// cut is the error of a block that ends before it should.
func (w *Reader) cut(err error) error {
	missing := w.left
	w.left = 0
	if err == io.EOF {
		return w.Bad("the file ends %d bytes before the record does", missing)
	}
	return fmt.Errorf("record %d: %w", w.N, streamError(err))
}

// streamError says of a compressed file that is cut off what it is.
func streamError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the compressed file is cut off: %w", err)
	}
	return err
}

// findMark goes to the next "WARC/" at the start of a line, or directly after
// a block.
func (w *Reader) findMark() error {
	var gap int64
	for {
		head, err := w.r.Peek(len(warcMark))
		if string(head) == warcMark && !w.midst {
			break
		}
		if len(head) == 0 {
			switch {
			case err == io.EOF && gap > 0 && w.N == 0:
				return ErrWARC
			case err == io.EOF && gap > 0 && !w.told:
				return &RecordError{w.after(fmt.Errorf("%d bytes belong to no record", gap))}
			}
			return w.after(err)
		}
		n, blank, err := w.skipLine()
		if err != nil && err != io.EOF {
			return w.after(err)
		}
		if !blank {
			gap += n
		}
	}
	told := w.told
	w.told = false
	if gap == 0 || told {
		return nil
	}
	return &RecordError{w.after(fmt.Errorf("%d bytes belong to no record", gap))}
}

func (w *Reader) after(err error) error {
	switch {
	case err == io.EOF:
		return err
	case w.N == 0:
		return fmt.Errorf("before the first record: %w", streamError(err))
	}
	return fmt.Errorf("after record %d: %w", w.N, streamError(err))
}

// skipLine passes over the rest of a line, and says how many bytes it had and
// whether all were white space.
func (w *Reader) skipLine() (n int64, blank bool, err error) {
	blank = true
	for {
		part, err := w.r.ReadSlice('\n')
		n += int64(len(part))
		blank = blank && len(bytes.TrimSpace(part)) == 0
		if err != bufio.ErrBufferFull {
			w.midst = false
			return n, blank, err
		}
	}
}

// header reads the version line, the fields and the blank line after them, and
// sets w.left to the length of the block.
func (w *Reader) header() (Fields, error) {
	budget := maxWARCHeader
	version, err := w.line(&budget)
	if err != nil {
		return nil, err
	}
	var f Fields
	for {
		if head, _ := w.r.Peek(len(warcMark)); string(head) == warcMark {
			return nil, w.Bad("another record begins inside its header")
		}
		line, err := w.line(&budget)
		if err != nil {
			return nil, err
		}
		if len(line) == 0 {
			break
		}
		f.add(line)
	}
	value := f.Get("Content-Length")
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case value == "":
		return nil, w.Bad("it has no Content-Length")
	case err != nil || value[0] < '0' || '9' < value[0]:
		return nil, w.Bad("Content-Length is %q, expected a number of bytes", canonical.Clip(value))
	}
	w.left = n
	switch v := strings.TrimSpace(string(version[len(warcMark):])); v {
	case "0.17", "0.18", "1.0", "1.1":
		return f, nil
	default:
		return nil, w.Bad("WARC version %q, expected 0.17, 0.18, 1.0 or 1.1", canonical.Clip(v))
	}
}

// line is the next line of a header without its end. It takes its bytes from
// the budget.
func (w *Reader) line(budget *int) ([]byte, error) {
	var line []byte
	for {
		part, err := w.r.ReadSlice('\n')
		if *budget -= len(part); *budget < 0 {
			w.midst = len(part) == 0 || part[len(part)-1] != '\n'
			return nil, w.Bad("its header has over %d bytes", maxWARCHeader)
		}
		line = append(line, part...)
		switch {
		case err == nil:
			return canonical.TrimBreak(line), nil
		case err == io.EOF:
			return nil, w.Bad("the file ends inside its header")
		case err != bufio.ErrBufferFull:
			return nil, fmt.Errorf("record %d: %w", w.N, streamError(err))
		}
	}
}

// Peek is the start of the block, at most [MaxHTTPHeader] bytes, valid until
// the next call.
func (w *Reader) Peek() []byte {
	b, _ := w.r.Peek(int(min(w.left, MaxHTTPHeader)))
	return b
}

// Block is the Block, the caller's own. One over limit is not read.
func (w *Reader) Block(limit int64) ([]byte, error) {
	if w.left > limit {
		return nil, w.Bad("%w", &BlockError{w.left, limit})
	}
	var b bytes.Buffer
	b.Grow(int(min(w.left, 1<<20)))
	n, err := io.CopyN(&b, w.r, w.left)
	w.left -= n
	if err != nil {
		return nil, w.cut(err)
	}
	return b.Bytes(), nil
}

// BlockError says that a block is over the limit; it was not read.
type BlockError struct{ Size, Limit int64 } // bytes

func (e *BlockError) Error() string { return fmt.Sprintf("%d bytes, the limit is %d", e.Size, e.Limit) }

func (e *BlockError) Unwrap() error { return &document.TooLargeError{Size: e.Size, Limit: e.Limit} }
