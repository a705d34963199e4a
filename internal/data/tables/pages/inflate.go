package pages

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

// Codecs are the compressions that are read. LZ4 has two forms of frames under one
// number, and hardly a writer.
var Codecs = []format.CompressionCodec{format.Uncompressed, format.Snappy, format.Gzip, format.Brotli, format.Zstd}

// decoders of zstd, which write no more than the capacity that they are given.
var decoders = sync.Pool{New: func() any {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeAllCapLimit(true))
	if err != nil {
		panic(err) // the options are right
	}
	return d
}}

// inflate decompresses a page of a known size without compression, and makes nothing
// that is larger.
func inflate(codec format.CompressionCodec, page []byte, whole int64) (plain []byte, err error) {
	switch codec {
	case format.Uncompressed:
		plain = page
	case format.Zstd:
		d := decoders.Get().(*zstd.Decoder)
		plain, err = d.DecodeAll(page, make([]byte, 0, whole))
		decoders.Put(d)
	case format.Snappy:
		n, err := snappy.DecodedLen(page)
		if err != nil || int64(n) != whole {
			return nil, fmt.Errorf("a page of %d bytes, its header says %d (%v)", n, whole, err)
		}
		return snappy.Decode(make([]byte, whole), page)
	case format.Gzip:
		z, e := gzip.NewReader(bytes.NewReader(page))
		if e != nil {
			return nil, e
		}
		plain, err = readAtMost(z, whole)
	case format.Brotli:
		plain, err = readAtMost(brotli.NewReader(bytes.NewReader(page)), whole)
	default:
		return nil, fmt.Errorf("compression %v, expected one of %v", codec, Codecs)
	}
	if err == nil && int64(len(plain)) != whole {
		err = fmt.Errorf("a page of %d bytes, its header says %d", len(plain), whole)
	}
	return plain, err
}

// readAtMost reads n bytes, and sees to it that there are no more.
func readAtMost(r io.Reader, n int64) ([]byte, error) {
	plain := make([]byte, n)
	k, err := io.ReadFull(r, plain)
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		return plain[:k], nil
	}
	if err != nil {
		return nil, err
	}
	if k, err := r.Read(make([]byte, 1)); k > 0 || err != nil && err != io.EOF {
		return nil, fmt.Errorf("a page of more than the %d bytes that its header says (%v)", n, err)
	}
	return plain, nil
}
