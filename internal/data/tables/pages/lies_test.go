package pages

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"

	"github.com/mizan-corpus/mizan/internal/memory"
)

// field is a field of a Thrift structure, in the compact protocol: a number, or further
// fields.
type field struct {
	id     int
	number int64
	inner  []field
}

func thrift(fields []field) []byte {
	var b []byte
	last := 0
	for _, f := range fields {
		typ := byte(typeInt32)
		if f.inner != nil {
			typ = typeStruct
		}
		b, last = append(b, byte(f.id-last)<<4|typ), f.id
		if f.inner != nil {
			b = append(b, thrift(f.inner)...)
		} else {
			b = binary.AppendVarint(b, f.number)
		}
	}
	return append(b, typeStop)
}

// pageOf is a page of version 1 with its header.
func pageOf(kind format.PageType, whole, values int, encoding format.Encoding, body []byte) []byte {
	head := []field{{id: 1, number: int64(kind)}, {id: 2, number: int64(whole)}, {id: 3, number: int64(len(body))}}
	of := []field{{id: 1, number: int64(values)}, {id: 2, number: int64(encoding)}, {id: 3, number: int64(format.RLE)}, {id: 4, number: int64(format.RLE)}}
	if kind == format.DictionaryPage {
		head = append(head, field{id: 7, inner: of[:2]})
	} else {
		head = append(head, field{id: 5, inner: of})
	}
	return append(thrift(head), body...)
}

// column reads pages as a flat column of texts of so many values.
func column(pages []byte, codec format.CompressionCodec, values int64) (texts []string, err error) {
	m := &format.ColumnMetaData{Type: format.ByteArray, Codec: codec, NumValues: values, TotalCompressedSize: int64(len(pages))}
	r, err := New(bytes.NewReader(pages), int64(len(pages)), m, 0, 0)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for {
		c, err := r.Next()
		if err == io.EOF {
			return texts, nil
		}
		if err != nil {
			return texts, err
		}
		texts = append(texts, c.Texts...)
	}
}

func deltaStream(total, first int, body ...byte) []byte {
	b := binary.AppendUvarint(nil, 128)
	b = binary.AppendUvarint(b, 4)
	b = binary.AppendUvarint(b, uint64(total))
	return append(binary.AppendVarint(b, int64(first)), body...)
}

// What a page declares and does not have is an error before anything is made for it.
// Every page here is of a few bytes, and so is what is in it.
func TestPagesThatLie(t *testing.T) {
	text := func(s string) []byte { return append(binary.LittleEndian.AppendUint32(nil, uint32(len(s))), s...) }
	squeezed := func(plain []byte, codec format.CompressionCodec) []byte {
		var b bytes.Buffer
		switch codec {
		case format.Zstd:
			w, _ := zstd.NewWriter(nil)
			return w.EncodeAll(plain, nil)
		case format.Snappy:
			return snappy.Encode(nil, plain)
		}
		w := gzip.NewWriter(&b)
		w.Write(plain)
		w.Close()
		return b.Bytes()
	}
	long := bytes.Repeat(text("ab"), 100)
	data, dict := format.DataPage, format.DictionaryPage
	stream := func(encoding format.Encoding, body []byte) []byte { return pageOf(data, len(body), 1, encoding, body) }
	for name, tt := range map[string]struct {
		pages  []byte
		codec  format.CompressionCodec
		values int64
		want   string // part of the error; "" for none
	}{
		"as it is":                    {pageOf(data, 6, 1, format.Plain, text("ab")), format.Uncompressed, 1, ""},
		"more values than the column": {pageOf(data, 6, 1<<30, format.Plain, text("ab")), format.Uncompressed, 1, "a page of 1073741824 values where 1 are left"},
		"fewer values than it says":   {pageOf(data, 6, 2, format.Plain, text("ab")), format.Uncompressed, 2, "unexpected EOF"},
		"a text longer than the page": {pageOf(data, 6, 1, format.Plain, append([]byte{0xff, 0xff, 0xff, 0x7f}, "ab"...)), format.Uncompressed, 1, "a text of 2147483647 bytes in a page of 6"},
		"sizes that differ":           {pageOf(data, 7, 1, format.Plain, text("ab")), format.Uncompressed, 1, "a page of 6 bytes, 7 without compression"},
		"a size over the limit":       {pageOf(data, 1<<30, 1, format.Plain, squeezed(text("ab"), format.Zstd)), format.Zstd, 1, "limit of memory"},
		"zstd of more":                {pageOf(data, 100, 100, format.Plain, squeezed(long, format.Zstd)), format.Zstd, 100, "limit"},
		"zstd of less":                {pageOf(data, 700, 100, format.Plain, squeezed(long, format.Zstd)), format.Zstd, 100, "a page of 600 bytes, its header says 700"},
		"snappy of more":              {pageOf(data, 100, 100, format.Plain, squeezed(long, format.Snappy)), format.Snappy, 100, "a page of 600 bytes, its header says 100"},
		"gzip of more":                {pageOf(data, 100, 100, format.Plain, squeezed(long, format.Gzip)), format.Gzip, 100, "more than the 100 bytes"},
		"gzip":                        {pageOf(data, 600, 100, format.Plain, squeezed(long, format.Gzip)), format.Gzip, 100, ""},
		"brotli that is none":         {pageOf(data, 600, 100, format.Plain, []byte("brotli")), format.Brotli, 100, "brotli"},
		"a dictionary of more":        {pageOf(dict, 6, 1<<30, format.Plain, text("ab")), format.Uncompressed, 1, "a dictionary of 1073741824 values in 6 bytes"},
		"two dictionaries":            {bytes.Repeat(pageOf(dict, 6, 1, format.Plain, text("ab")), 2), format.Uncompressed, 1, "a second dictionary"},
		"numbers without dictionary":  {pageOf(data, 3, 1, format.RLEDictionary, []byte{1, 2, 0}), format.Uncompressed, 1, "no dictionary"},
		"a number outside": {append(pageOf(dict, 6, 1, format.Plain, text("ab")), pageOf(data, 3, 1, format.RLEDictionary, []byte{1, 2, 1})...),
			format.Uncompressed, 1, "number 1 of a dictionary of 1"},
		"a run longer than the page": {append(pageOf(dict, 6, 1, format.Plain, text("ab")), pageOf(data, 7, 3, format.RLEDictionary, []byte{1, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0})...),
			format.Uncompressed, 3, ""},
		"a run of nothing":              {append(pageOf(dict, 6, 1, format.Plain, text("ab")), pageOf(data, 3, 1, format.RLEDictionary, []byte{1, 0, 0})...), format.Uncompressed, 1, "a run of no values"},
		"more lengths than values":      {stream(format.DeltaLengthByteArray, deltaStream(1<<20, 2, 'a', 'b')), format.Uncompressed, 1, "1048576 values in a page of 1"},
		"a length longer than the page": {stream(format.DeltaLengthByteArray, deltaStream(1, 100, 'a')), format.Uncompressed, 1, "and 100 of 1 more"},
		"a prefix of nothing": {stream(format.DeltaByteArray, append(deltaStream(1, 80), deltaStream(1, 2, 'a', 'b')...)), format.Uncompressed, 1,
			"a text of 80 bytes of the one before and 2 of 2 more"},
		"blocks of nothing":        {pageOf(data, 4, 1, format.DeltaLengthByteArray, []byte{0, 0, 1, 0}), format.Uncompressed, 1, "blocks of 0 values"},
		"an encoding that is none": {pageOf(data, 6, 1, 77, text("ab")), format.Uncompressed, 1, "are not read"},
		"an end that is missing":   {pageOf(data, 6, 1, format.Plain, text("ab"))[:10], format.Uncompressed, 1, "EOF"},
		"fewer pages than values":  {pageOf(data, 6, 1, format.Plain, text("ab")), format.Uncompressed, 2, "EOF"},
	} {
		texts, err := column(tt.pages, tt.codec, tt.values)
		if tt.want == "" && (err != nil || int64(len(texts)) != tt.values) || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %q, %v", name, texts, err)
		}
	}
}

// A text that is made of prefixes of the one before grows in memory only as far as the
// limit goes, however few bytes it is written in.
func TestPrefixesStayInTheLimit(t *testing.T) {
	// 129 texts, each the whole one before and a byte more: differences of prefixes 1.
	prefixes := deltaStream(129, 0, append([]byte{2, 0, 0, 0, 0}, deltaStream(129, 1, 0, 0, 0, 0, 0)...)...)
	body := append(prefixes, bytes.Repeat([]byte("x"), 129)...)
	page := pageOf(format.DataPage, len(body), 129, format.DeltaByteArray, body)
	texts, err := column(page, format.Uncompressed, 129)
	if err != nil || len(texts) != 129 || texts[128] != strings.Repeat("x", 129) {
		t.Fatalf("%d texts, %v", len(texts), err)
	}
	withLimit(4000, func() { // the texts of 8,385 bytes together are more than its eighth part
		_, err := column(page, format.Uncompressed, 129)
		var e *memory.LimitError
		if !errors.As(err, &e) {
			t.Errorf("%v", err)
		}
	})
}

// The lists of a footer cannot be longer than the footer.
func TestCheckFooter(t *testing.T) {
	list := func(n uint64, element byte, rest ...byte) []byte {
		return append(append(binary.AppendUvarint([]byte{0x2<<4 | typeList, 0xf0 | element}, n), rest...), typeStop)
	}
	for name, tt := range map[string]struct {
		footer []byte
		want   string
	}{
		"as it is":      {list(2, typeStruct, typeStop, typeStop), ""},
		"a longer list": {list(1<<31, typeStruct, typeStop, typeStop), "a list of 2147483648 elements in 3 bytes"},
		"a longer text": {[]byte{0x1<<4 | typeBinary, 0xff, 0xff, 0xff, 0x7f, 'a', typeStop}, "EOF"},
		"a map":         {[]byte{0x1<<4 | typeMap, typeStop}, "a value of type 11"},
		"too deep":      {bytes.Repeat([]byte{0x1<<4 | typeStruct}, 2*maxDepth), "more than 32 levels"},
		"cut off":       {[]byte{0x1<<4 | typeInt64}, "EOF"},
	} {
		if err := CheckFooter(tt.footer); (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	withLimit(1<<20, func() {
		var e *memory.LimitError
		if err := CheckFooter(list(1000, typeStruct, make([]byte, 1000)...)); !errors.As(err, &e) {
			t.Errorf("a footer of many empty structures: %v", err)
		}
	})
}

// Whatever stands in a column, it is read or an error, in little memory.
func FuzzPages(f *testing.F) {
	rows := rowsOf(40)
	for _, column := range openBytes(f, written(f, rows)).Metadata().RowGroups[0].Columns {
		m := column.MetaData
		from := m.DataPageOffset
		if m.DictionaryPageOffset > 0 {
			from = min(from, m.DictionaryPageOffset)
		}
		b := written(f, rows)
		f.Add(b[from:from+m.TotalCompressedSize], byte(m.Type), byte(m.Codec), m.NumValues, byte(len(m.PathInSchema)-1))
	}
	kinds := []format.Type{format.Boolean, format.Int32, format.Int64, format.Float, format.Double, format.ByteArray}
	f.Fuzz(func(t *testing.T, pages []byte, kind, codec byte, n int64, levels byte) {
		m := &format.ColumnMetaData{Type: kinds[int(kind)%len(kinds)], Codec: Codecs[int(codec)%len(Codecs)], NumValues: n % (1 << 16), TotalCompressedSize: int64(len(pages))}
		memory.SetLimit(8 << 20)
		r, err := New(bytes.NewReader(pages), int64(len(pages)), m, int(levels&3), int(levels>>2&1))
		if err != nil {
			return
		}
		for {
			c, err := r.Next()
			if err != nil {
				break
			}
			present := c.Values
			for _, d := range c.Defs {
				if d != levels&3 {
					present--
				}
			}
			if got := len(c.Ints) + len(c.Longs) + len(c.Floats) + len(c.Bools) + len(c.Texts); got != present {
				t.Fatalf("%d values of %d", got, present)
			}
		}
		if r.Close(); memory.Taken() != 0 {
			t.Fatalf("%d bytes are kept", memory.Taken())
		}
	})
}
