package tables

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/tables/pages"
	"github.com/mizan-corpus/mizan/internal/memory"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/schema"
)

// KnownSchema is the schema version that files are read by.
var KnownSchema = schema.SchemaVersion

// readBatch is the number of rows decoded at once.
const readBatch = 256

// File is an open Parquet file that holds rows of one table.
type File[T any] struct {
	// Extra names the columns that the table does not have; they are ignored.
	Extra []string

	path  string
	table *Table[T]
	file  fs.File
	pq    *parquet.File
}

// OpenFile opens a Parquet file, whoever wrote it, as rows of T's table. The
// columns are checked by name, physical type and logical type; a column that
// is missing or of another type is a [SchemaError]. Columns that the table
// does not have are named in Extra. No content makes it panic.
func OpenFile[T Row](fsys fs.FS, path string) (*File[T], error) {
	return openFile(fsys, path, TableOf[T]())
}

// openFile opens a file whose columns are, or include, those of the table.
func openFile[T any](fsys fs.FS, path string, t *Table[T]) (*File[T], error) {
	f := &File[T]{path: path, table: t}
	var err error
	if f.file, f.pq, err = openParquet(fsys, path); err != nil {
		return nil, err
	}
	if f.Extra, err = checkedSchema(path, f.pq, t.schema()); err != nil {
		f.file.Close()
		return nil, err
	}
	return f, nil
}

// openListed opens a file of a release, which has to have the rows that the manifest
// says.
func openListed[T any](fsys fs.FS, info dataset.FileInfo, t *Table[T]) (*File[T], error) {
	f, err := openFile(fsys, info.Path, t)
	if err != nil {
		return nil, err
	}
	if n := f.Rows(); n != info.Rows {
		f.Close()
		return nil, fmt.Errorf("%s: found %d rows, expected %d by the manifest", info.Path, n, info.Rows)
	}
	return f, nil
}

// checkedSchema is checkSchema on a file whose schema may make the library
// panic.
func checkedSchema(path string, pq *parquet.File, want *parquet.Schema) (extra []string, err error) {
	defer recoverAs(&err, path+": not a readable Parquet file")
	return checkSchema(path, pq.Root(), want, isOlder(pq, KnownSchema))
}

// columns is the file's columns where it may lack some; nil says that it has
// all of its table.
func (f *File[T]) columns() map[string]bool {
	if !isOlder(f.pq, KnownSchema) {
		return nil
	}
	columns := map[string]bool{}
	for _, c := range f.pq.Root().Columns() {
		columns[c.Name()] = true
	}
	return columns
}

// Rows is the number of rows that the file says it has.
func (f *File[T]) Rows() int64 { return f.pq.NumRows() }

// Close closes the file.
func (f *File[T]) Close() error { return f.file.Close() }

// All streams the rows in file order. Each row is the caller's own. An error
// ends the stream.
func (f *File[T]) All() iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for i := range f.pq.RowGroups() {
			if !f.group(i, yield) {
				return
			}
		}
	}
}

// group yields the rows of one row group; false says to go no further.
func (f *File[T]) group(i int, yield func(*T, error) bool) bool {
	row := f.pq.RowGroups()[i]
	g := newGroup(f.pq, row)
	g.table, g.has = f.table.Name, f.columns()
	defer g.close()
	for left := row.NumRows(); left > 0; left -= readBatch {
		items := make([]T, min(left, readBatch))
		if err := f.read(g, items, left <= readBatch); err != nil {
			yield(nil, fmt.Errorf("%s: row group %d: %w", f.path, i, err))
			return false
		}
		g.row0 += int64(len(items))
		for k := range items {
			if !yield(&items[k], nil) {
				return false
			}
		}
	}
	return true
}

// read decodes the next rows; a panic of the library ends as an error.
func (f *File[T]) read(g *group, items []T, last bool) (err error) {
	defer recoverAs(&err, "not readable")
	g.made, g.shown = 0, 0
	Decoder[T]{all: f.table.Fields, wanted: f.table.Fields}.decode(g, len(items), items, true)
	if last {
		g.end()
	}
	return g.err
}

// openParquet opens the file and its footer.
func openParquet(fsys fs.FS, path string) (file fs.File, pq *parquet.File, err error) {
	f, _, err := regular.Open(fsys, path)
	if errors.Is(err, regular.ErrKind) {
		err = fmt.Errorf("%s: %w", path, err)
	}
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s: not a readable Parquet file: %v", path, r)
		}
		if err != nil {
			f.Close()
		}
	}()
	at, size, err := readerAt(f)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := checkFooter(at, size); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	pq, err = parquet.OpenFile(at, size, parquet.SkipBloomFilters(true), parquet.SkipPageIndex(true), parquet.ReadBufferSize(64<<10))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: not a readable Parquet file: %w", path, err)
	}
	if err := checkChunks(pq, size); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, pq, nil
}

// readerAt gives random access to the file; one that has none is read whole.
func readerAt(file fs.File) (io.ReaderAt, int64, error) {
	if at, ok := file.(io.ReaderAt); ok {
		info, err := file.Stat()
		if err != nil {
			return nil, 0, err
		}
		return at, info.Size(), nil
	}
	b, err := io.ReadAll(file)
	return bytes.NewReader(b), int64(len(b)), err
}

var errNotParquet = errors.New("not a Parquet file, or cut short: expected PAR1 at both ends")

// checkFooter refuses a file whose footer cannot fit, or claims more than it has, before
// any size in it is trusted for an allocation.
func checkFooter(at io.ReaderAt, size int64) error {
	const magic = "PAR1"
	var head [4]byte
	var tail [8]byte
	if size < int64(len(head)+len(tail)) {
		return fmt.Errorf("%w; the file has %d bytes", errNotParquet, size)
	}
	if _, err := at.ReadAt(head[:], 0); err != nil {
		return err
	}
	if _, err := at.ReadAt(tail[:], size-8); err != nil && err != io.EOF {
		return err
	}
	if string(head[:]) != magic || string(tail[4:]) != magic {
		return fmt.Errorf("%w; found %q and %q", errNotParquet, head, tail[4:])
	}
	n := int64(binary.LittleEndian.Uint32(tail[:4]))
	if n > size-12 {
		return fmt.Errorf("damaged Parquet file: a footer of %d bytes in a file of %d", n, size)
	}
	if n > memory.Limit()/8 {
		return &memory.LimitError{What: fmt.Sprintf("a footer of %d bytes", n)}
	}
	footer := make([]byte, n)
	if _, err := at.ReadAt(footer, size-8-n); err != nil {
		return err
	}
	if err := pages.CheckFooter(footer); err != nil {
		return fmt.Errorf("damaged Parquet file: %w", err)
	}
	return nil
}

// checkChunks refuses a footer that points outside the file or has more or
// fewer columns in a row group than in the schema.
func checkChunks(pq *parquet.File, size int64) error {
	columns := len(pq.Schema().Columns())
	rows := int64(0)
	for i, g := range pq.Metadata().RowGroups {
		if len(g.Columns) != columns {
			return fmt.Errorf("damaged Parquet file: row group %d has %d columns, the schema %d", i, len(g.Columns), columns)
		}
		if g.NumRows < 0 {
			return fmt.Errorf("damaged Parquet file: row group %d has %d rows", i, g.NumRows)
		}
		rows += g.NumRows
		for _, c := range g.Columns {
			m := c.MetaData
			if !slices.Contains(pages.Codecs, m.Codec) {
				return fmt.Errorf("row group %d, column %v is compressed with %v, expected one of %v", i, []string(m.PathInSchema), m.Codec, pages.Codecs)
			}
			if _, err := pages.New(nil, size, &m, 0, 0); err != nil {
				return fmt.Errorf("damaged Parquet file: row group %d, column %v %w", i, []string(m.PathInSchema), err)
			}
		}
	}
	if rows != pq.NumRows() {
		return fmt.Errorf("damaged Parquet file: row groups hold %d rows, the footer says %d", rows, pq.NumRows())
	}
	return nil
}
