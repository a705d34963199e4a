package tables

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// boolPages reads the pages of a flat column of booleans. parquet-go 0.32 takes a run
// of equal values in RLE for whole bytes and its value for one of eight bits, without
// an error; pages of version 2 and other writers have such runs. So these pages are
// decoded here, as Encodings.md of parquet-format says.
type boolPages struct {
	in     *bufio.Reader // of the column's pages
	codec  format.CompressionCodec
	maxDef byte  // 0 or 1
	left   int64 // values that are still to come
}

// maxBoolPage bounds the size of a page that is not compressed: more than a page of
// a row group of any writer, of one bit a value and one a level.
const maxBoolPage = 64 << 20

func newBoolPages(at io.ReaderAt, m *format.ColumnMetaData, maxDef byte) *boolPages {
	start := m.DataPageOffset
	if m.DictionaryPageOffset > 0 {
		start = min(start, m.DictionaryPageOffset)
	}
	return &boolPages{
		in:    bufio.NewReader(io.NewSectionReader(at, start, m.TotalCompressedSize)),
		codec: m.Codec, maxDef: maxDef, left: m.NumValues,
	}
}

// next is the next page: its rows, the definition level of each where there are nulls,
// and the values that are not null, eight a byte from the lowest bit on. io.EOF is
// the end of the column.
func (b *boolPages) next() (rows int, defs, bits []byte, err error) {
	for b.left > 0 {
		var header format.PageHeader
		if err := thrift.NewDecoder(new(thrift.CompactProtocol).NewReader(b.in)).Decode(&header); err != nil {
			return 0, nil, nil, fmt.Errorf("page header: %w", err)
		}
		size, whole := int64(header.CompressedPageSize), int64(header.UncompressedPageSize)
		if size < 0 || whole < 0 || size > maxBoolPage || whole > maxBoolPage {
			return 0, nil, nil, fmt.Errorf("a page of %d bytes, %d without compression", size, whole)
		}
		page := make([]byte, size)
		if _, err := io.ReadFull(b.in, page); err != nil {
			return 0, nil, nil, fmt.Errorf("page: %w", io.ErrUnexpectedEOF)
		}
		switch header.Type {
		case format.DataPage:
			rows, defs, bits, err = b.first(&header.DataPageHeader.V, page, whole)
		case format.DataPageV2:
			rows, defs, bits, err = b.second(&header.DataPageHeaderV2.V, page, whole)
		default:
			continue // no booleans are in a dictionary
		}
		b.left -= int64(rows)
		return rows, defs, bits, err
	}
	return 0, nil, nil, io.EOF
}

// first decodes a page of version 1: levels and values are compressed together.
func (b *boolPages) first(h *format.DataPageHeader, page []byte, whole int64) (rows int, defs, bits []byte, err error) {
	if rows, err = b.rows(h.NumValues); err != nil {
		return 0, nil, nil, err
	}
	if page, err = b.inflate(page, whole); err != nil {
		return 0, nil, nil, err
	}
	if b.maxDef > 0 {
		if h.DefinitionLevelEncoding != format.RLE {
			return 0, nil, nil, fmt.Errorf("definition levels in %v, expected RLE", h.DefinitionLevelEncoding)
		}
		var levels []byte
		if levels, page, err = sized(page); err != nil {
			return 0, nil, nil, err
		}
		if defs, err = b.levels(levels, rows); err != nil {
			return 0, nil, nil, err
		}
	}
	bits, err = values(h.Encoding, page, b.present(defs, rows))
	return rows, defs, bits, err
}

// second decodes a page of version 2: its levels stand before what is compressed.
func (b *boolPages) second(h *format.DataPageHeaderV2, page []byte, whole int64) (rows int, defs, bits []byte, err error) {
	if rows, err = b.rows(h.NumValues); err != nil {
		return 0, nil, nil, err
	}
	repeated, defined := int64(h.RepetitionLevelsByteLength), int64(h.DefinitionLevelsByteLength)
	if repeated < 0 || defined < 0 || repeated+defined > int64(len(page)) || repeated+defined > whole {
		return 0, nil, nil, fmt.Errorf("levels of %d and %d bytes in a page of %d", repeated, defined, len(page))
	}
	if b.maxDef > 0 {
		if defs, err = b.levels(page[repeated:repeated+defined], rows); err != nil {
			return 0, nil, nil, err
		}
	}
	page = page[repeated+defined:]
	if !h.IsCompressed.Valid || h.IsCompressed.V {
		if page, err = b.inflate(page, whole-repeated-defined); err != nil {
			return 0, nil, nil, err
		}
	}
	bits, err = values(h.Encoding, page, b.present(defs, rows))
	return rows, defs, bits, err
}

func (b *boolPages) rows(n int32) (int, error) {
	if n < 0 || int64(n) > b.left {
		return 0, fmt.Errorf("a page of %d values where %d are left", n, b.left)
	}
	return int(n), nil
}

// inflate decompresses a page; the library's decoders may panic on damaged data.
func (b *boolPages) inflate(page []byte, whole int64) (plain []byte, err error) {
	defer recoverAs(&err, "not readable")
	if b.codec == format.Uncompressed || whole == 0 {
		return page, nil
	}
	plain, err = parquet.LookupCompressionCodec(b.codec).Decode(make([]byte, 0, whole), page)
	if err == nil && int64(len(plain)) != whole {
		err = fmt.Errorf("a page of %d bytes, its header says %d", len(plain), whole)
	}
	return plain, err
}

// levels are the definition levels, one a byte.
func (b *boolPages) levels(coded []byte, rows int) ([]byte, error) {
	packed, err := hybrid(coded, rows)
	if err != nil {
		return nil, fmt.Errorf("definition levels: %w", err)
	}
	defs := make([]byte, rows)
	for i := range defs {
		defs[i] = packed[i/8] >> (i % 8) & 1
	}
	return defs, nil
}

func (b *boolPages) present(defs []byte, rows int) (n int) {
	if defs == nil {
		return rows
	}
	for _, d := range defs {
		n += int(d)
	}
	return n
}

// values decodes n booleans in PLAIN or RLE.
func values(in format.Encoding, page []byte, n int) ([]byte, error) {
	switch in {
	case format.Plain:
		if len(page) < (n+7)/8 {
			return nil, fmt.Errorf("%d booleans in %d bytes", n, len(page))
		}
		return page, nil
	case format.RLE:
		coded, _, err := sized(page)
		if err != nil {
			return nil, err
		}
		return hybrid(coded, n)
	}
	return nil, fmt.Errorf("booleans in %v, expected PLAIN or RLE", in)
}

// sized is what follows its own length of four bytes, and the rest.
func sized(page []byte) (part, rest []byte, err error) {
	if len(page) < 4 {
		return nil, nil, io.ErrUnexpectedEOF
	}
	n := int64(binary.LittleEndian.Uint32(page))
	if n > int64(len(page)-4) {
		return nil, nil, fmt.Errorf("%d bytes of runs in a page of %d", n, len(page))
	}
	return page[4 : 4+n], page[4+n:], nil
}

// hybrid decodes n values of one bit in runs: of equal values, each with its number and
// a byte, and of values bit by bit, in groups of eight.
func hybrid(coded []byte, n int) ([]byte, error) {
	bits := make([]byte, (n+7)/8)
	for i := 0; i < n; {
		head, size := binary.Uvarint(coded)
		if size <= 0 {
			return nil, fmt.Errorf("runs of %d of %d values: %w", i, n, io.ErrUnexpectedEOF)
		}
		coded = coded[size:]
		if head&1 == 1 {
			groups := min(head>>1, uint64(n-i+7)/8)
			if uint64(len(coded)) < groups {
				return nil, fmt.Errorf("runs of %d of %d values: %w", i, n, io.ErrUnexpectedEOF)
			}
			for k := range min(n-i, 8*int(groups)) {
				bits[(i+k)/8] |= coded[k/8] >> (k % 8) & 1 << ((i + k) % 8)
			}
			i, coded = i+min(n-i, 8*int(groups)), coded[groups:]
			continue
		}
		if len(coded) == 0 || coded[0] > 1 {
			return nil, fmt.Errorf("a run of %v, expected one of 0 or 1", coded[:min(len(coded), 1)])
		}
		run := int(min(head>>1, uint64(n-i)))
		if run == 0 {
			return nil, errors.New("a run of no values")
		}
		for k := range run {
			bits[(i+k)/8] |= coded[0] << ((i + k) % 8)
		}
		i, coded = i+run, coded[1:]
	}
	return bits, nil
}
