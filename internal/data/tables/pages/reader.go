package pages

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/bits"

	"github.com/parquet-go/parquet-go/format"

	"github.com/mizan-corpus/mizan/internal/memory"
)

// chunkValues is how many values, with nulls, are decoded at once.
const chunkValues = 2048

// Chunk is some values of a column. What it holds is overwritten by the next one, but
// for the texts.
type Chunk struct {
	Values     int    // with nulls
	Defs, Reps []byte // definition and repetition level of each; nil where there is but one
	// The values that are not null, in the list of their type. Numbers of 32 bits with a
	// point are widened.
	Ints   []int32
	Longs  []int64
	Floats []float64
	Bools  []bool
	Texts  []string

	bytes   int64 // of texts that were made for it
	indexes []int32
	scratch []int64
}

func (c *Chunk) reset() {
	*c = Chunk{Defs: c.Defs[:0], Reps: c.Reps[:0], Ints: c.Ints[:0], Longs: c.Longs[:0], Floats: c.Floats[:0],
		Bools: c.Bools[:0], Texts: c.Texts[:0], indexes: c.indexes[:0], scratch: c.scratch[:0]}
}

// Bytes is how many bytes of texts were made for the chunk, those of dictionaries left
// out.
func (c *Chunk) Bytes() int64 { return c.bytes }

// Reader reads the values of a column of a row group.
type Reader struct {
	in             *bufio.Reader
	rest           int64 // bytes of the column that are still to come
	kind           format.Type
	codec          format.CompressionCodec
	maxDef, maxRep byte
	left           int64 // values that are still to come

	dict     *dictionary
	dictRoom memory.Lease
	room     memory.Lease
	values   int64 // of the page, still to come
	defs     runs
	reps     runs
	decoder  decoder
	chunk    Chunk
}

// maxLevel bounds the levels of a column: so deep lie no columns that are read.
const maxLevel = 64

// New is a reader of the column that m describes, of a file of so many bytes. Its
// levels go up to maxDef and maxRep.
func New(at io.ReaderAt, size int64, m *format.ColumnMetaData, maxDef, maxRep int) (*Reader, error) {
	start := m.DataPageOffset
	if m.DictionaryPageOffset > 0 {
		start = min(start, m.DictionaryPageOffset)
	}
	if start < 0 || m.TotalCompressedSize < 0 || start > size || m.TotalCompressedSize > size-start || m.NumValues < 0 {
		return nil, errors.New("lies outside the file")
	}
	if maxDef < 0 || maxRep < 0 || maxDef > maxLevel || maxRep > maxLevel {
		return nil, fmt.Errorf("%d and %d levels", maxDef, maxRep)
	}
	r := &Reader{kind: m.Type, codec: m.Codec, maxDef: byte(maxDef), maxRep: byte(maxRep), left: m.NumValues, rest: m.TotalCompressedSize}
	r.in = bufio.NewReaderSize(io.NewSectionReader(at, start, m.TotalCompressedSize), 16<<10)
	return r, nil
}

// Next is the next values; io.EOF is the end of the column.
func (r *Reader) Next() (*Chunk, error) {
	for r.values == 0 {
		if r.left == 0 {
			r.room.Give()
			return nil, io.EOF
		}
		if err := r.page(); err != nil {
			return nil, err
		}
	}
	c := &r.chunk
	c.reset()
	n := int(min(r.values, chunkValues))
	present := n
	var err error
	if c.Reps, err = levels(&r.reps, c.Reps, n, r.maxRep); err != nil {
		return nil, fmt.Errorf("repetition levels: %w", err)
	}
	if c.Defs, err = levels(&r.defs, c.Defs, n, r.maxDef); err != nil {
		return nil, fmt.Errorf("definition levels: %w", err)
	}
	if r.maxDef > 0 {
		present = 0
		for _, d := range c.Defs {
			if d == r.maxDef {
				present++
			}
		}
	}
	for present > 0 {
		k, err := r.decoder.read(c, present)
		if err != nil {
			return nil, err
		}
		if c.bytes > memory.Limit()/8 {
			return nil, &memory.LimitError{What: fmt.Sprintf("%d texts of %d bytes", n-present+k, c.bytes)}
		}
		present -= k
	}
	c.Values = n
	r.values -= int64(n)
	return c, nil
}

// levels reads n levels of a column that has any.
func levels(r *runs, dst []byte, n int, most byte) ([]byte, error) {
	if most == 0 {
		return nil, nil
	}
	if cap(dst) < n {
		dst = make([]byte, n, chunkValues)
	}
	dst = dst[:n]
	if err := read(r, dst); err != nil {
		return nil, err
	}
	for _, d := range dst {
		if d > most {
			return nil, fmt.Errorf("%d, expected %d at most", d, most)
		}
	}
	return dst, nil
}

// Close gives back what the reader has taken.
func (r *Reader) Close() {
	r.room.Give()
	r.dictRoom.Give()
	r.dict, r.decoder = nil, nil
}

// page begins the next page.
func (r *Reader) page() error {
	r.room.Give()
	r.decoder = nil
	h, err := readHeader(r.in)
	if err != nil {
		return err
	}
	if h.compressed > r.rest || r.codec == format.Uncompressed && h.whole != h.compressed {
		return fmt.Errorf("a page of %d bytes, %d without compression, in a column of %d", h.compressed, h.whole, r.rest)
	}
	if h.kind != format.DataPage && h.kind != format.DataPageV2 && h.kind != format.DictionaryPage {
		_, err := r.in.Discard(int(h.compressed))
		return err
	}
	if h.kind != format.DictionaryPage && h.values > r.left {
		return fmt.Errorf("a page of %d values where %d are left", h.values, r.left)
	}
	if err := r.room.Take(h.compressed+h.whole, "a page"); err != nil {
		return err
	}
	body := make([]byte, h.compressed)
	if _, err := io.ReadFull(r.in, body); err != nil {
		return fmt.Errorf("a page of %d bytes: %w", h.compressed, io.ErrUnexpectedEOF)
	}
	if h.hasCRC && crc32.ChecksumIEEE(body) != h.crc {
		return fmt.Errorf("found a page with the checksum %08x, expected %08x", crc32.ChecksumIEEE(body), h.crc)
	}
	switch h.kind {
	case format.DictionaryPage:
		return r.dictionary(h, body)
	case format.DataPageV2:
		return r.second(h, body)
	}
	return r.first(h, body)
}

func (r *Reader) dictionary(h *header, body []byte) error {
	if r.dict != nil {
		return errors.New("a second dictionary")
	}
	//lint:ignore SA1019 old writers still write it
	if h.encoding != format.Plain && h.encoding != format.PlainDictionary {
		return fmt.Errorf("a dictionary in the encoding %v", h.encoding)
	}
	plain, err := inflate(r.codec, body, h.whole)
	if err == nil {
		r.dict, err = newDictionary(r.kind, plain, h.values, &r.dictRoom)
	}
	r.room.Give()
	return err
}

// first begins a page of version 1: levels and values are compressed together.
func (r *Reader) first(h *header, body []byte) error {
	plain, err := inflate(r.codec, body, h.whole)
	if err != nil {
		return err
	}
	for _, l := range []struct {
		most     byte
		encoding format.Encoding
		runs     *runs
	}{{r.maxRep, h.repeated, &r.reps}, {r.maxDef, h.defined, &r.defs}} {
		if l.most == 0 {
			continue
		}
		if l.encoding != format.RLE {
			return fmt.Errorf("levels in %v, expected RLE", l.encoding)
		}
		var coded []byte
		if coded, plain, err = sized(plain); err != nil {
			return fmt.Errorf("levels: %w", err)
		}
		*l.runs = newRuns(coded, uint(bits.Len8(l.most)))
	}
	return r.begin(h, plain)
}

// second begins a page of version 2: its levels stand before what is compressed.
func (r *Reader) second(h *header, body []byte) error {
	if h.repeatedN < 0 || h.definedN < 0 || h.repeatedN+h.definedN > int64(len(body)) || h.repeatedN+h.definedN > h.whole {
		return fmt.Errorf("levels of %d and %d bytes in a page of %d", h.repeatedN, h.definedN, len(body))
	}
	r.reps = newRuns(body[:h.repeatedN], uint(bits.Len8(r.maxRep)))
	r.defs = newRuns(body[h.repeatedN:h.repeatedN+h.definedN], uint(bits.Len8(r.maxDef)))
	body = body[h.repeatedN+h.definedN:]
	whole := h.whole - h.repeatedN - h.definedN
	if !h.plain && whole > 0 {
		var err error
		if body, err = inflate(r.codec, body, whole); err != nil {
			return err
		}
	}
	return r.begin(h, body)
}

func (r *Reader) begin(h *header, values []byte) (err error) {
	if h.values > 0 {
		r.decoder, err = r.newDecoder(h.encoding, values, h.values)
	}
	r.values, r.left = h.values, r.left-h.values
	return err
}
