package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/page"
)

func init() {
	register(Source{
		Name:       "csv",
		Extensions: []string{".csv", ".tsv"},
		Doc:        "CSV or TSV with a line of column names, an article a row",
		Many:       true,
		Read:       readCSV,
	})
}

// readCSV gives an article a row. Without a doc_id of its own an article's is
// the file's and the row's number, the first below the names being 1.
func readCSV(f File, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		budget := &budgetReader{r: f.Reader, most: o.maxBytes()}
		in := bufio.NewReaderSize(budget, 64<<10)
		if mark, _ := in.Peek(len(canonical.ByteOrderMark)); string(mark) == canonical.ByteOrderMark {
			in.Discard(len(mark))
		}
		head, err := in.Peek(4 << 10)
		if len(head) == 0 {
			if err == io.EOF {
				err = document.ErrEmpty
			}
			yield(nil, rowError(f.Name, 0, err))
			return
		}
		if err := utf16Mark(head); err != nil {
			yield(nil, rowError(f.Name, 0, err))
			return
		}
		if err := tableCharset(head); err != nil {
			yield(nil, rowError(f.Name, 1, err))
			return
		}
		r := csv.NewReader(in)
		r.Comma = separator(head)
		r.ReuseRecord = true
		r.FieldsPerRecord = -1
		first, err := r.Read()
		if err == io.EOF { // nothing but line breaks
			yield(nil, rowError(f.Name, 0, document.ErrEmpty))
			return
		}
		if err != nil {
			yield(nil, csvError(f.Name, r, err))
			return
		}
		names := append([]string(nil), first...)
		for i := range names {
			names[i] = strings.TrimSpace(names[i])
		}
		found, err := o.Columns.resolve(names)
		if err != nil {
			yield(nil, rowError(f.Name, 1, err))
			return
		}
		noteColumns(f, found)
		index := map[string]int{}
		for i := len(names) - 1; i >= 0; i-- {
			index[names[i]] = i
		}
		last := 1 // line of the last row
		for n := 1; ; n++ {
			budget.next()
			start := r.InputOffset()
			values, err := r.Read()
			if err == io.EOF {
				return
			}
			var parse *csv.ParseError
			if err != nil && !errors.As(err, &parse) {
				bad := csvError(f.Name, r, err)
				bad.Line = last + 1
				yield(nil, bad)
				return
			}
			var item Item
			if err == nil && len(values) != len(names) {
				line, _ := r.FieldPos(0)
				err = rowError(f.Name, line, fmt.Errorf("the row has %d of %d columns", len(values), len(names)))
			}
			if size := r.InputOffset() - start; err == nil && size > budget.most {
				line, _ := r.FieldPos(0)
				err = rowError(f.Name, line, fmt.Errorf("the row has %d bytes, the limit is %d", size, budget.most))
			}
			if err != nil {
				bad := csvError(f.Name, r, err)
				item = func() (*document.Document, error) { return nil, bad }
			} else {
				line, _ := r.FieldPos(0)
				last, _ = r.FieldPos(len(values) - 1)
				row := row{}
				for field, column := range found {
					row[field] = values[index[column]]
				}
				item = func() (*document.Document, error) {
					d, err := csvDoc(row, fmt.Sprintf("%s:%d", f.Name, line), numbered(f.ID, n))
					if err != nil {
						return nil, rowError(f.Name, line, err)
					}
					return d, nil
				}
			}
			if !yield(item, nil) {
				return
			}
		}
	}
}

// csvDoc is [tableDoc] of values that may be no UTF-8.
func csvDoc(r row, at, id string) (*document.Document, error) {
	for _, field := range columnFields {
		if err := canonical.CheckText([]byte(r[field])); err != nil {
			return nil, &hinted{fmt.Errorf("%s: %w", field, err), "convert the file to UTF-8"}
		}
	}
	return tableDoc(r, at, id)
}

// tableCharset is an error where a table's beginning is no UTF-8; its hint names
// the encoding that it looks like.
func tableCharset(head []byte) error {
	if i := bytes.LastIndexByte(head, '\n'); i > 0 {
		head = head[:i]
	}
	if bad := canonical.CheckText(head); bad == nil || bad.Byte == 0 || bad.Offset > len(head)-utf8.UTFMax {
		return nil
	}
	name := page.GuessCharset(head)
	return &hinted{fmt.Errorf("the file is not UTF-8; it looks like %s", name), fmt.Sprintf("convert it: iconv -f %s -t UTF-8", strings.ToUpper(name))}
}

// separator is the one of comma, semicolon and tab that the line of names has
// most of.
func separator(head []byte) rune {
	if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
		head = head[:i]
	}
	best, most := ',', 0
	for _, c := range ",;\t" {
		if n := bytes.Count(head, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// csvError is err at its line.
func csvError(file string, r *csv.Reader, err error) *document.FileError {
	var own *document.FileError
	if errors.As(err, &own) {
		return own
	}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		e := &document.FileError{File: file, Line: parse.StartLine, Err: fmt.Errorf("column %d: %w", parse.Column, parse.Err)}
		if parse.Line != parse.StartLine {
			e.Err = fmt.Errorf("in the row up to line %d: %w", parse.Line, parse.Err)
		}
		if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
			e.Hint = `a quote in a quoted field is written twice ("")`
		}
		return e
	}
	return &document.FileError{File: file, Err: err}
}

// budgetReader ends a row that is over the limit, of which the rest of the file
// may be part.
type budgetReader struct {
	r    io.Reader
	most int64
	used int64
}

func (b *budgetReader) next() { b.used = 0 }

func (b *budgetReader) Read(p []byte) (int, error) {
	if b.used > b.most {
		return 0, fmt.Errorf("the row has over %d bytes; perhaps a quote is not closed: the rest of the file is not read", b.most)
	}
	n, err := b.r.Read(p)
	b.used += int64(n)
	return n, err
}
