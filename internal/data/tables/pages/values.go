package pages

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go/format"

	"github.com/mizan-corpus/mizan/internal/memory"
)

// decoder reads the values of a page, nulls left out, some at a time.
type decoder interface {
	// read adds the next n values, or fewer where they are long; it reports how many.
	read(c *Chunk, n int) (int, error)
}

// newDecoder is the decoder of the values of a page of at most so many.
func (r *Reader) newDecoder(encoding format.Encoding, in []byte, most int64) (decoder, error) {
	kind := r.kind
	switch encoding {
	case format.Plain:
		switch kind {
		case format.Boolean:
			return &booleans{runs: packedRun(in)}, nil
		case format.ByteArray:
			return &plainTexts{in: in}, nil
		case format.Int32, format.Int64, format.Float, format.Double:
			return &plainNumbers{in: in, kind: kind}, nil
		}
	//lint:ignore SA1019 old writers still write it
	case format.PlainDictionary, format.RLEDictionary:
		if r.dict == nil {
			return nil, fmt.Errorf("values of a dictionary and no dictionary")
		}
		if len(in) == 0 {
			return &indexes{dict: r.dict}, nil
		}
		if in[0] > 32 {
			return nil, fmt.Errorf("indexes of %d bits", in[0])
		}
		return &indexes{runs: newRuns(in[1:], uint(in[0])), dict: r.dict}, nil
	case format.RLE:
		if kind == format.Boolean {
			coded, _, err := sized(in)
			return &booleans{runs: newRuns(coded, 1)}, err
		}
	case format.DeltaBinaryPacked:
		if kind == format.Int32 || kind == format.Int64 {
			d, err := newDeltas(in, most)
			return &deltaNumbers{d, kind}, err
		}
	case format.DeltaLengthByteArray:
		if kind == format.ByteArray {
			return newDeltaTexts(in, most, false)
		}
	case format.DeltaByteArray:
		if kind == format.ByteArray {
			return newDeltaTexts(in, most, true)
		}
	case format.ByteStreamSplit:
		if size := sizes[kind]; size > 0 && len(in)%size == 0 {
			return &splitNumbers{in: in, kind: kind, size: size}, nil
		}
	}
	return nil, fmt.Errorf("values of the type %v in the encoding %v are not read", kind, encoding)
}

// sizes of the values of fixed size that are read.
var sizes = map[format.Type]int{format.Int32: 4, format.Int64: 8, format.Float: 4, format.Double: 8}

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

// packedRun is values of one bit without runs.
func packedRun(in []byte) runs { return runs{packed: in, width: 1, left: 8 * uint64(len(in))} }

type booleans struct {
	runs
	buffer [chunkValues]byte
}

func (b *booleans) read(c *Chunk, n int) (int, error) {
	err := read(&b.runs, b.buffer[:n])
	for _, v := range b.buffer[:n] {
		c.Bools = append(c.Bools, v != 0)
	}
	return n, err
}

type indexes struct {
	runs
	dict *dictionary
}

func (x *indexes) read(c *Chunk, n int) (int, error) {
	from := len(c.indexes)
	c.indexes = slices.Grow(c.indexes, n)[:from+n] // what is in them is overwritten
	if err := read(&x.runs, c.indexes[from:]); err != nil {
		return 0, err
	}
	return n, x.dict.look(c, c.indexes[from:])
}

type plainNumbers struct {
	in   []byte
	kind format.Type
}

func (p *plainNumbers) read(c *Chunk, n int) (int, error) {
	size := sizes[p.kind]
	if len(p.in) < n*size {
		return 0, fmt.Errorf("%d values in %d bytes: %w", n, len(p.in), io.ErrUnexpectedEOF)
	}
	for i := range n {
		switch {
		case p.kind == format.Int32:
			c.Ints = append(c.Ints, int32(binary.LittleEndian.Uint32(p.in[4*i:])))
		case size == 4:
			c.add(p.kind, uint64(binary.LittleEndian.Uint32(p.in[4*i:])))
		default:
			c.add(p.kind, binary.LittleEndian.Uint64(p.in[8*i:]))
		}
	}
	p.in = p.in[n*size:]
	return n, nil
}

// add adds a number by its bits.
func (c *Chunk) add(kind format.Type, bits uint64) {
	switch kind {
	case format.Int32:
		c.Ints = append(c.Ints, int32(bits))
	case format.Int64:
		c.Longs = append(c.Longs, int64(bits))
	case format.Float:
		c.Floats = append(c.Floats, float64(math.Float32frombits(uint32(bits))))
	case format.Double:
		c.Floats = append(c.Floats, math.Float64frombits(bits))
	}
}

type splitNumbers struct {
	in   []byte
	kind format.Type
	size int
	at   int
}

func (s *splitNumbers) read(c *Chunk, n int) (int, error) {
	streams := len(s.in) / s.size
	if n > streams-s.at {
		return 0, fmt.Errorf("%d values in %d bytes: %w", n, len(s.in), io.ErrUnexpectedEOF)
	}
	for range n {
		var bits uint64
		for k := range s.size {
			bits |= uint64(s.in[k*streams+s.at]) << (8 * k)
		}
		c.add(s.kind, bits)
		s.at++
	}
	return n, nil
}

type deltaNumbers struct {
	*deltas
	kind format.Type
}

func (d *deltaNumbers) read(c *Chunk, n int) (int, error) {
	c.scratch = append(c.scratch[:0], make([]int64, n)...)
	if err := d.deltas.read(c.scratch); err != nil {
		return 0, err
	}
	for _, v := range c.scratch {
		c.add(d.kind, uint64(v))
	}
	return n, nil
}

// chunkBytes is about the most bytes of text of a chunk, of several values.
const chunkBytes = 1 << 20

type plainTexts struct{ in []byte }

func (p *plainTexts) read(c *Chunk, n int) (int, error) {
	rest, bytes, k := p.in, 0, 0
	for ; k < n && (bytes < chunkBytes || k == 0); k++ {
		if len(rest) < 4 {
			return 0, fmt.Errorf("text %d of a chunk: %w", k, io.ErrUnexpectedEOF)
		}
		size := int64(binary.LittleEndian.Uint32(rest))
		if size > int64(len(rest)-4) {
			return 0, fmt.Errorf("a text of %d bytes in a page of %d", size, len(rest))
		}
		bytes += int(size)
		rest = rest[4+size:]
	}
	var text strings.Builder
	text.Grow(bytes)
	from := len(c.Texts)
	c.scratch = c.scratch[:0]
	for range k {
		size := int(binary.LittleEndian.Uint32(p.in))
		text.Write(p.in[4 : 4+size])
		c.scratch = append(c.scratch, int64(text.Len()))
		p.in = p.in[4+size:]
	}
	c.Texts = append(c.Texts, make([]string, k)...)
	all, start := text.String(), int64(0)
	for i, end := range c.scratch {
		c.Texts[from+i], start = all[start:end], end
	}
	c.bytes += int64(bytes)
	return k, nil
}

// deltaTexts reads DELTA_LENGTH_BYTE_ARRAY and, with prefixes of the texts before,
// DELTA_BYTE_ARRAY.
type deltaTexts struct {
	prefixes *deltas // nil for none
	lengths  *deltas
	in       []byte
	last     string
	lens     [chunkValues]int64
	fronts   [chunkValues]int64
	ahead    int // lengths that were read and not used
	from     int
}

func newDeltaTexts(in []byte, most int64, prefixed bool) (_ *deltaTexts, err error) {
	t := &deltaTexts{}
	if prefixed {
		if t.prefixes, err = newDeltas(in, most); err != nil {
			return nil, err
		}
		if in, err = t.prefixes.after(); err != nil {
			return nil, err
		}
	}
	if t.lengths, err = newDeltas(in, most); err != nil {
		return nil, err
	}
	t.in, err = t.lengths.after()
	return t, err
}

func (t *deltaTexts) read(c *Chunk, n int) (int, error) {
	if t.ahead == 0 {
		n = min(n, chunkValues)
		if err := t.lengths.read(t.lens[:n]); err != nil {
			return 0, err
		}
		if t.prefixes != nil {
			if err := t.prefixes.read(t.fronts[:n]); err != nil {
				return 0, err
			}
		}
		t.ahead, t.from = n, 0
	}
	bytes, k := 0, 0
	for ; k < min(n, t.ahead) && (bytes < chunkBytes || k == 0); k++ {
		length, front := t.lens[t.from+k], int64(0)
		if t.prefixes != nil {
			front = t.fronts[t.from+k]
		}
		if length < 0 || length > int64(len(t.in)) || front < 0 || front > int64(len(t.last)) {
			return 0, fmt.Errorf("a text of %d bytes of the one before and %d of %d more", front, length, len(t.in))
		}
		if front+length > memory.Limit()/8 {
			return 0, &memory.LimitError{What: fmt.Sprintf("a text of %d bytes", front+length)}
		}
		if front == 0 {
			t.last = string(t.in[:length])
		} else {
			t.last = t.last[:front] + string(t.in[:length])
		}
		t.in = t.in[length:]
		c.Texts = append(c.Texts, t.last)
		bytes += len(t.last)
	}
	t.ahead, t.from = t.ahead-k, t.from+k
	c.bytes += int64(bytes)
	return k, nil
}
