package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
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
		t, bad := openCSV(f, o)
		if bad != nil {
			yield(nil, bad)
			return
		}
		for n := 1; ; n++ {
			item, err := t.next(n)
			if item == nil && err == nil {
				if n == 1 && f.Note != nil {
					f.Note(document.Note{Code: document.NoteSkipped, Text: "found no row below the line of names"})
				}
				return
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

// csvTable is a table whose header has been read.
type csvTable struct {
	file   File
	budget *budgetReader
	rows   *csv.Reader
	width  int            // columns of the header
	column map[string]int // of each field that the header has
	last   int            // line of the last row
}

// openCSV reads the header.
func openCSV(f File, o Options) (*csvTable, error) {
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
		return nil, rowError(f.Name, 0, err)
	}
	if err := utf16Mark(head); err != nil {
		return nil, rowError(f.Name, 0, err)
	}
	if err := tableForm(head); err != nil {
		return nil, rowError(f.Name, 1, err)
	}
	r := csv.NewReader(in)
	r.Comma = separator(head)
	r.ReuseRecord = true
	r.FieldsPerRecord = -1
	first, err := r.Read()
	if err == io.EOF { // nothing but line breaks
		return nil, rowError(f.Name, 0, document.ErrEmpty)
	}
	if err != nil {
		return nil, csvError(f.Name, r, err)
	}
	names := append([]string(nil), first...)
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	found, err := o.Columns.resolve(names)
	if err != nil {
		return nil, rowError(f.Name, 1, err)
	}
	noteColumns(f, found)
	t := &csvTable{file: f, budget: budget, rows: r, width: len(names), column: map[string]int{}, last: 1}
	for field, name := range found {
		t.column[field] = slices.Index(names, name)
	}
	return t, nil
}

// next reads row n; an error ends the table, and neither item nor error is its end.
func (t *csvTable) next(n int) (Item, error) {
	t.budget.next()
	start := t.rows.InputOffset()
	values, err := t.rows.Read()
	if err == io.EOF {
		return nil, nil
	}
	var parse *csv.ParseError
	if err != nil && !errors.As(err, &parse) {
		bad := csvError(t.file.Name, t.rows, err)
		bad.Line = t.last + 1
		return nil, bad
	}
	line := 0
	if err == nil {
		line, _ = t.rows.FieldPos(0)
	}
	if err == nil && len(values) != t.width {
		err = rowError(t.file.Name, line, fmt.Errorf("the row has %d of %d columns", len(values), t.width))
	}
	if size := t.rows.InputOffset() - start; err == nil && size > t.budget.most {
		err = rowError(t.file.Name, line, fmt.Errorf("the row has %d bytes, the limit is %d", size, t.budget.most))
	}
	if err != nil {
		bad := csvError(t.file.Name, t.rows, err)
		return func() (*document.Document, error) { return nil, bad }, nil
	}
	t.last, _ = t.rows.FieldPos(len(values) - 1)
	row := row{}
	for field, i := range t.column {
		row[field] = values[i]
	}
	return func() (*document.Document, error) {
		d, err := csvDoc(row, fmt.Sprintf("%s:%d", t.file.Name, line), numbered(t.file.ID, n))
		if err != nil {
			return nil, rowError(t.file.Name, line, err)
		}
		return d, nil
	}, nil
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

// tableForm is an error where a table's beginning is no UTF-8, with the encoding that
// it looks like, or has lines that end in CR alone.
func tableForm(head []byte) error {
	if bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0 {
		return &hinted{errors.New("lines end in CR alone, expected LF or CR LF"), `convert it: tr '\r' '\n'`}
	}
	if i := bytes.LastIndexByte(head, '\n'); i > 0 {
		head = head[:i]
	}
	bad := canonical.CheckText(head)
	if bad == nil || bad.Byte != 0 && bad.Offset > len(head)-utf8.UTFMax {
		return nil
	}
	name := page.GuessCharset(head)
	if bad.Byte == 0 && !strings.HasPrefix(name, "utf-16") {
		return nil // of one value, which is told by its row
	}
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
