package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

func init() {
	register(Source{
		Name:       "jsonl",
		Extensions: []string{".jsonl", ".ndjson"},
		Doc:        "JSON Lines: an object a line, its keys are columns",
		Many:       true,
		Read:       readJSONLines,
	})
}

// readJSONLines gives an article a line. Without a doc_id of its own an
// article's is the file's and the line's number. Blank lines are passed over.
func readJSONLines(f File, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		lines := newLineReader(f.Reader, o.maxBytes())
		columns := &jsonColumns{asked: o.Columns}
		var noted sync.Once
		for {
			line, err := lines.next()
			n := lines.n
			switch {
			case err == io.EOF:
				return
			case errors.Is(err, ErrLongLine):
				long := rowError(f.Name, n, fmt.Errorf("%w: over %d bytes", err, o.maxBytes()))
				if !yield(func() (*document.Document, error) { return nil, long }, nil) {
					return
				}
				continue
			case err != nil:
				yield(nil, rowError(f.Name, n, err))
				return
			}
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte(canonical.ByteOrderMark))
			}
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			// The columns of the first line are noted before any article.
			noted.Do(func() {
				if m, err := parseObject(line); err == nil {
					if found, err := columns.of(m); err == nil {
						noteColumns(f, found)
					}
				}
			})
			item := func() (*document.Document, error) {
				d, err := jsonDoc(line, fmt.Sprintf("%s:%d", f.Name, n), numbered(f.ID, n), columns)
				if err != nil {
					return nil, rowError(f.Name, n, err)
				}
				return d, nil
			}
			if !yield(item, nil) {
				return
			}
		}
	}
}

func noteColumns(f File, found map[string]string) {
	if text := columnsNote(found); text != "" && f.Note != nil {
		f.Note(document.Note{Code: document.NoteColumns, Text: text})
	}
}
