package tables

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"
	"unsafe"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/memory"
	"github.com/mizan-corpus/mizan/schema"
)

// batchRows is how many rows of a label table are decoded at once.
const batchRows = 8192

// blockRows is how many of them are gone through column by column: so few stay
// in the processor's cache meanwhile.
const blockRows = 256

// batch is some rows of a label table, column by column decoded into the types
// of the package schema.
type batch[T any] struct {
	docIDs []string
	items  []T
	first  int64  // row of the file
	file   string // as messages name it
	shown  int64  // bytes of texts of all rows together
}

// ArgumentItem is an argument and the event that it belongs to.
type ArgumentItem struct {
	eventID string
	schema.Argument
}

var argumentItemFields = slices.Concat(
	[]field.Field[ArgumentItem]{field.Owner(func(a *ArgumentItem) *string { return &a.eventID })},
	field.Lift(field.Arguments, func(a *ArgumentItem) *schema.Argument { return &a.Argument }))

// batchStream decodes a label table in a goroutine, one batch ahead of its
// reader.
type batchStream[T any] struct {
	batches chan batchOrError[T]
	quit    chan struct{}
	done    sync.WaitGroup
}

type batchOrError[T any] struct {
	batch *batch[T]
	err   error
}

// tableFile is an open file of a label table.
type tableFile struct {
	file io.Closer
	pq   *parquet.File
	name string          // as messages name it
	has  map[string]bool // its columns, of a foreign file; nil says that it has all
}

// StreamBatches starts to decode the files of a release one after the other.
// The stream must be stopped.
func StreamBatches[R Row, T any](fsys fs.FS, files []dataset.FileInfo, decode Decoder[T], text bool) *batchStream[T] {
	var open []func() (*tableFile, error)
	for _, info := range files {
		open = append(open, func() (*tableFile, error) {
			f, err := openListed(fsys, info, TableOf[R]())
			if err != nil {
				return nil, err
			}
			return &tableFile{f, f.pq, info.Path, f.columns()}, nil
		})
	}
	decode.checked, decode.released = true, true
	return streamFiles(open, TableOf[R]().Name, decode, text)
}

// streamFiles starts to decode files of a table one after the other. The stream
// must be stopped.
func streamFiles[T any](open []func() (*tableFile, error), table string, decode Decoder[T], text bool) *batchStream[T] {
	s := &batchStream[T]{batches: make(chan batchOrError[T], 1), quit: make(chan struct{})}
	s.done.Add(1)
	go func() {
		defer s.done.Done()
		defer close(s.batches)
		for _, o := range open {
			f, err := o()
			if err != nil {
				s.send(nil, err)
				return
			}
			if !decodeFile(f, table, decode, text, s) {
				return
			}
		}
	}()
	return s
}

// send reports whether the reader is still there.
func (s *batchStream[T]) send(b *batch[T], err error) bool {
	select {
	case s.batches <- batchOrError[T]{b, err}:
		return err == nil
	case <-s.quit:
		return false
	}
}

// stop ends the goroutine, and waits for it.
func (s *batchStream[T]) stop() {
	close(s.quit)
	s.done.Wait()
}

// decodeFile sends the batches of a file; false says to go no further.
func decodeFile[T any](f *tableFile, table string, decode Decoder[T], text bool, s *batchStream[T]) bool {
	defer f.file.Close()
	first := int64(0)
	for i, row := range f.pq.RowGroups() {
		g := newGroup(f.pq, row)
		g.table, g.has = table, f.has
		for left := row.NumRows(); left > 0; {
			n := int(min(left, batchRows))
			left -= int64(n)
			g.row0 = first
			b, err := decodeBatch(g, n, decode, text)
			if err != nil {
				err = fmt.Errorf("%s: row group %d: %w", f.name, i, err)
			}
			b.first, b.file = first, f.name
			first += int64(n)
			if !s.send(b, err) {
				g.close()
				return false
			}
		}
		g.close()
	}
	return true
}

func decodeBatch[T any](g *group, n int, decode Decoder[T], text bool) (b *batch[T], err error) {
	defer recoverAs(&err, "not readable")
	b = &batch[T]{docIDs: make([]string, n), items: make([]T, n)}
	g.made, g.shown = 0, 0
	g.strings(n, "doc_id", func(i int, v string) { b.docIDs[i] = v })
	if g.has != nil && g.err == nil {
		if i := slices.Index(b.docIDs, ""); i >= 0 {
			g.fail("doc_id", &valueError{i, "none", "the article's doc_id"})
		}
	}
	row0 := g.row0
	for from := 0; from < n; from += blockRows {
		to := min(from+blockRows, n)
		g.row0 = row0 + int64(from)
		decode.decode(g, to-from, b.items[from:to], text)
	}
	if b.shown = g.shown; g.err == nil && b.shown > memory.Limit()/8 {
		g.err = &memory.LimitError{What: fmt.Sprintf("%d rows of %d bytes of text", n, b.shown)}
	}
	return b, g.err
}

// BatchJoin is the side of a merge join that takes the rows of an article out
// of batches.
type BatchJoin[T any] struct {
	Table  string
	name   bool            // rows are named by their place in the file
	drop   bool            // only doc_id was read
	Stream *batchStream[T] // nil for a part that is not wanted
	batch  *batch[T]
	row    int
	last   string // doc_id taken last
	err    error
}

// fill makes sure that there is a row ahead; it reports false at the end and
// after an error.
func (j *BatchJoin[T]) fill() bool {
	for j.err == nil && j.Stream != nil && (j.batch == nil || j.row == len(j.batch.docIDs)) {
		next, ok := <-j.Stream.batches
		if !ok {
			return false
		}
		j.batch, j.row, j.err = next.batch, 0, next.err
	}
	return j.err == nil && j.Stream != nil
}

// Take is the rows of the article, the caller's own. Articles must be taken in
// ascending order; a row of an article that was passed over is an error.
func (j *BatchJoin[T]) Take(docID string) ([]T, error) {
	var taken []T
	shown := int64(0) // of the batches that the article's rows stand in
	for j.fill() {
		ids := j.batch.docIDs
		if ids[j.row] != docID {
			if ids[j.row] < docID {
				if taken != nil {
					j.last = docID
				}
				return nil, j.orphan()
			}
			break
		}
		from := j.row
		for j.row < len(ids) && ids[j.row] == docID {
			j.row++
		}
		if taken == nil {
			taken = j.batch.items[from:j.row:j.row]
		} else {
			taken = append(taken, j.batch.items[from:j.row]...)
		}
		if size := int64(len(taken)) * int64(unsafe.Sizeof(*new(T))); size > memory.Limit()/16 {
			j.err = fmt.Errorf("table %s: article %s: %w", j.Table, docID, &memory.LimitError{What: fmt.Sprintf("%d rows of one article", len(taken))})
			return nil, j.err
		}
		if shown += j.batch.shown; shown > memory.Limit()/4 {
			j.err = fmt.Errorf("table %s: article %s: %w", j.Table, docID, &memory.LimitError{What: fmt.Sprintf("rows of %d bytes of text of one article", shown)})
			return nil, j.err
		}
	}
	j.last = docID
	if j.drop {
		taken = nil
	}
	return taken, j.err
}

// Peek is the doc_id of the row ahead; it reports false at the end. One that
// does not follow last is an error.
func (j *BatchJoin[T]) Peek(last string) (docID string, ok bool, err error) {
	if !j.fill() {
		return "", false, j.err
	}
	docID = j.batch.docIDs[j.row]
	if docID <= last {
		j.last = last
		return "", false, j.orphan()
	}
	return docID, true, nil
}

// End is an error unless all rows were taken.
func (j *BatchJoin[T]) End() error {
	if j.fill() {
		return j.orphan()
	}
	return j.err
}

func (j *BatchJoin[T]) orphan() error {
	docID := j.batch.docIDs[j.row]
	if docID <= j.last {
		err := &OrderError{Table: j.Table, Row: "of article " + docID, After: "those of " + j.last}
		if j.name {
			err.Row = fmt.Sprintf("%d (from 0) of article %s", j.batch.first+int64(j.row), docID)
			return &UnsortedError{File: j.batch.file, Err: err}
		}
		return err
	}
	return &ReferenceError{Table: j.Table, Row: "of article " + docID, Column: "doc_id", Missing: "labelled article " + docID}
}

func (j *BatchJoin[T]) Stop() {
	if j.Stream != nil {
		j.Stream.stop()
	}
}
