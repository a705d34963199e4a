package labels

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	Register(Format{
		Name:       "jsonl",
		Title:      "native predictions: one JSON object an article, one a line",
		Unit:       schema.OffsetUnit,
		Layout:     OneFile,
		Extensions: []string{".jsonl", ".ndjson"},
		Notes:      `Carries everything, and error lines {"doc_id","error"}. A folder is read as shards in the order of their names.`,
		Detect: func(name string, head []byte) bool {
			head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte(bom)))
			if len(head) == 0 {
				return isJSONL(name)
			}
			first, _, more := bytes.Cut(head, []byte("\n"))
			native := bytes.HasPrefix(first, []byte("{")) && bytes.Contains(first, []byte(`"doc_id"`))
			whole := bytes.HasSuffix(bytes.TrimSpace(first), []byte("}"))
			json := strings.EqualFold(filepath.Ext(name), ".json")
			return native && !isForeignJSON(head) && (isJSONL(name) || whole && (more || !json))
		},
		Read:  readJSONL,
		Write: writeJSONL,
	})
}

func isJSONL(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".jsonl" || ext == ".ndjson"
}

func readJSONL(src Source, opt ReadOptions) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		files, err := src.Files(".jsonl", ".ndjson")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			if !readLines(src, file, opt, yield) {
				return
			}
		}
	}
}

func readLines(src Source, file string, opt ReadOptions, yield func(*Document, error) bool) bool {
	f, err := src.Open(file)
	if err != nil {
		yield(nil, err)
		return false
	}
	defer f.Close()
	lines := NewLineReader(f, opt.recordLimit())
	at := Position{File: src.Display(file)}
	for {
		text, err := lines.Next()
		at.Line++
		switch {
		case err == io.EOF:
			return true
		case errors.Is(err, ErrLongLine):
			if !yield(nil, tooLong(at, opt.recordLimit())) {
				return false
			}
			continue
		case err != nil:
			yield(nil, err)
			return false
		}
		if at.Line == 1 {
			if rest, found := bytes.CutPrefix(text, []byte(bom)); found {
				opt.remark(at, "byte order mark skipped")
				text = rest
			}
		}
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		d, err := ParseJSON(string(text), at, false)
		if !yieldParsed(d, err, yield) {
			return false
		}
	}
}

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

func writeJSONL(out Output, docs iter.Seq[*Document], _ WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		var b []byte
		for d := range docs {
			var err error
			if b, err = AppendJSONL(b[:0], d); err != nil {
				return err
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	})
}
