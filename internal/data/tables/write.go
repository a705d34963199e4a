package tables

import (
	"fmt"
	"io"
	"strings"
	"unsafe"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// parquetVersion is the version of the library that writes the files; the
// bytes depend on it, so created_by names it. A test holds it to go.mod.
const parquetVersion = "0.32.0"

// createdBy is the created_by of every file.
const createdBy = "mizan version " + schema.ToolVersion + " (build parquet-go-" + parquetVersion + ")"

const (
	// writeBatch is the number of rows that go to the library at once, and
	// batchBytes how many bytes of long columns at most, or one row. Page
	// borders depend on both; pages of many long rows would stay in memory.
	writeBatch = 64
	batchBytes = 1 << 20
	// groupsInFlight is how many row groups are encoded at the same time, and
	// writeChunk how many rows are handed over at once, a multiple of
	// writeBatch. The bytes depend on neither.
	groupsInFlight = 2
	writeChunk     = 4 * writeBatch
	bloomBits      = 10 // per value: about 1 % false positives
)

// Metadata is what the key-value metadata of a file says of its release.
type Metadata struct{ Name, Version string }

// Pairs is the key-value metadata of a file of the table.
func (m Metadata) Pairs(table string) [][2]string {
	return [][2]string{
		{"name", m.Name}, {"version", m.Version}, {"schema_version", schema.SchemaVersion},
		{"table", table}, {"offset_unit", schema.OffsetUnit},
	}
}

// An OrderError says that a row came before one that must precede it, or twice.
type OrderError struct{ Table, Row, After string }

func (e *OrderError) Error() string {
	if e.Row == e.After {
		return fmt.Sprintf("table %s: row %s stands twice, expected one row a key", e.Table, e.Row)
	}
	return fmt.Sprintf("table %s: row %s came after %s, expected ascending keys", e.Table, e.Row, e.After)
}

// Writer writes rows to one Parquet file, in bounded memory: zstd, data pages
// of version 2, page index, bloom filters on ids. Rows must come in ascending
// order of their table's key. The same rows give the same bytes.
type Writer[T any] struct {
	table   *Table[T]
	out     *parquet.GenericWriter[any]
	pending []T // not handed over yet
	last    *T
	rows    int64
	open    *rowGroup[T] // takes rows; the last of flight
	inside  int          // rows in it
	bytes   int          // of long columns in it
	flight  []*rowGroup[T]
	free    []*parquet.ConcurrentRowGroupWriter
	err     error
}

// rowGroup is a row group under way: a goroutine encodes the rows that come in.
type rowGroup[T any] struct {
	writer *parquet.ConcurrentRowGroupWriter
	rows   chan []T
	done   chan error
}

// NewWriter starts a file. Nothing is complete before Close.
func NewWriter[T Row](w io.Writer, meta Metadata) *Writer[T] { return WriterOf(w, TableOf[T](), meta) }

func WriterOf[T any](w io.Writer, t *Table[T], meta Metadata) *Writer[T] {
	options := []parquet.WriterOption{
		unbounded(t.schema(), t.with(field.Long)),
		&parquet.WriterConfig{CreatedBy: createdBy, Compression: zstdCodec},
		parquet.DataPageVersion(2),
		parquet.DefaultEncodingFor(parquet.ByteArray, &parquet.Plain), // the library's own, DELTA_LENGTH_BYTE_ARRAY, is refused by fastparquet, Velox, Iceberg and old pyarrow
		parquet.DataPageStatistics(false),                             // the page index has them
		parquet.MaxRowsPerRowGroup(int64(t.groupRows)),
	}
	for _, kv := range meta.Pairs(t.Name) {
		options = append(options, parquet.KeyValueMetadata(kv[0], kv[1]))
	}
	var sorting []parquet.SortingColumn
	for _, c := range t.Sorting {
		sorting = append(sorting, parquet.Ascending(c))
	}
	var blooms []parquet.BloomFilterColumn
	for _, c := range t.with(field.Sought) {
		blooms = append(blooms, parquet.SplitBlockFilter(bloomBits, c))
	}
	for _, c := range t.with(field.Long) {
		options = append(options, parquet.SkipPageBounds(c))
	}
	options = append(options, parquet.SortingWriterConfig(parquet.SortingColumns(sorting...)), parquet.BloomFilters(blooms...))
	return &Writer[T]{table: t, out: parquet.NewGenericWriter[any](w, options...)}
}

// Rows is the number of rows written so far.
func (w *Writer[T]) Rows() int64 { return w.rows }

// Write adds a row. The row's strings and lists are kept until they are
// encoded and must not change. After an error the writer is of no more use.
func (w *Writer[T]) Write(row *T) error {
	if w.err != nil {
		return w.err
	}
	if w.last != nil {
		if c := w.table.Compare(w.last, row); c > 0 || c == 0 && !w.table.repeats {
			w.err = &OrderError{Table: w.table.Name, Row: w.table.Key(row), After: w.table.Key(w.last)}
			return w.err
		}
	}
	size := w.table.size(row)
	if w.open != nil && (w.inside == w.table.groupRows || w.inside > 0 && w.bytes+size > groupBytes) {
		w.endGroup()
	}
	if w.open == nil {
		w.startGroup()
	}
	if w.pending == nil {
		w.pending = make([]T, 0, writeChunk)
	}
	w.pending = append(w.pending, *row)
	w.last = &w.pending[len(w.pending)-1]
	w.inside++
	w.bytes += size
	w.rows++
	if len(w.pending) == writeChunk {
		w.handOver()
	}
	return w.err
}

// startGroup opens a row group, after committing the oldest one when enough are
// under way.
func (w *Writer[T]) startGroup() {
	if len(w.flight) == groupsInFlight {
		w.commit()
	}
	g := &rowGroup[T]{rows: make(chan []T, w.table.queue/writeChunk), done: make(chan error, 1)}
	if n := len(w.free); n > 0 {
		g.writer, w.free = w.free[n-1], w.free[:n-1]
	} else {
		g.writer = w.out.BeginRowGroup()
	}
	w.open, w.inside, w.bytes = g, 0, 0
	w.flight = append(w.flight, g)
	go func() {
		var err error
		for rows := range g.rows {
			if err == nil {
				err = encode(w.table, g.writer, rows)
			}
		}
		if err == nil {
			err = flushGroup(g.writer)
		}
		g.done <- err
	}()
}

func (w *Writer[T]) handOver() {
	if len(w.pending) > 0 {
		w.open.rows <- w.pending
		w.pending = nil
	}
}

// endGroup hands over the last rows of the row group.
func (w *Writer[T]) endGroup() {
	w.handOver()
	close(w.open.rows)
	w.open = nil
}

// commit writes the oldest row group to the file.
func (w *Writer[T]) commit() {
	g := w.flight[0]
	w.flight = w.flight[1:]
	err := <-g.done
	if err == nil && w.err == nil {
		_, err = g.writer.Commit()
		w.free = append(w.free, g.writer)
	}
	if w.err == nil {
		w.err = err
	}
}

// Close writes what is left and the footer. It does not close the io.Writer.
func (w *Writer[T]) Close() error {
	if w.open != nil {
		w.endGroup()
	}
	for len(w.flight) > 0 {
		w.commit()
	}
	if w.err != nil {
		return w.err
	}
	w.err = w.out.Close()
	return w.err
}

func flushGroup(g *parquet.ConcurrentRowGroupWriter) (err error) {
	defer recoverAs(&err, "writing a row group")
	return g.Flush()
}

// encode writes the rows into the row group.
func encode[T any](t *Table[T], g *parquet.ConcurrentRowGroupWriter, rows []T) (err error) {
	defer recoverAs(&err, "writing table "+t.Name)
	columns := t.schema().Columns()
	batch := make([]parquet.Row, 0, writeBatch)
	for len(rows) > 0 {
		n := batchOf(t, rows)
		batch = batch[:n]
		for i := range n {
			batch[i] = t.deconstruct(batch[i][:0], &rows[i])
			var before []byte
			for _, v := range batch[i] {
				if v.Kind() != parquet.ByteArray {
					continue
				}
				b := v.ByteArray()
				if same(b, before) {
					continue
				}
				if before = b; !textfile.Valid(b) {
					return &ColumnError{Table: t.Name, Row: t.Key(&rows[i]), Column: strings.Join(columns[v.Column()], "."),
						Found: "bytes that are not UTF-8", Expected: "UTF-8 text"}
				}
			}
		}
		if _, err := g.WriteRows(batch); err != nil {
			return fmt.Errorf("writing table %s: %w", t.Name, err)
		}
		rows = rows[n:]
	}
	return nil
}

// same reports whether two slices are the same bytes in memory.
func same(a, b []byte) bool {
	return len(a) == len(b) && unsafe.SliceData(a) == unsafe.SliceData(b)
}

// batchOf is how many rows go to the library at once.
func batchOf[T any](t *Table[T], rows []T) int {
	n := min(len(rows), writeBatch)
	bytes := 0
	for i := range n {
		if bytes += t.size(&rows[i]); bytes > batchBytes {
			return max(i, 1)
		}
	}
	return n
}

// recoverAs turns a panic of the Parquet library into an error.
func recoverAs(err *error, doing string) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: %v", doing, r)
	}
}
