package formats

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// errPacked is a value that is cut off, too deep or of no kind that DocBin has.
var errPacked = errors.New("no readable msgpack")

// packedDepth is how deep lists and maps may nest.
const packedDepth = 16

// packedPair is an entry of a map; keys may be of any kind.
type packedPair struct{ key, value any }

// unpacker reads msgpack into nil, bool, int64, float64, string, []byte, []any
// and []packedPair. Strings of bytes are parts of the input.
type unpacker struct {
	in    []byte
	depth int
}

func unpack(in []byte) (any, error) {
	u := &unpacker{in: in}
	return u.value()
}

func (u *unpacker) take(n uint64) ([]byte, error) {
	if n > uint64(len(u.in)) {
		return nil, errPacked
	}
	b := u.in[:n]
	u.in = u.in[n:]
	return b, nil
}

// size reads a big-endian number of n bytes.
func (u *unpacker) size(n uint64) (uint64, error) {
	b, err := u.take(n)
	if err != nil {
		return 0, err
	}
	var v uint64
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return v, nil
}

func (u *unpacker) value() (any, error) {
	head, err := u.take(1)
	if err != nil {
		return nil, err
	}
	switch c := head[0]; {
	case c < 0x80:
		return int64(c), nil
	case c < 0x90:
		return u.entries(uint64(c & 15))
	case c < 0xa0:
		return u.list(uint64(c & 15))
	case c < 0xc0:
		return u.text(uint64(c & 31))
	case c >= 0xe0:
		return int64(int8(c)), nil
	case c == 0xc0:
		return nil, nil
	case c == 0xc2 || c == 0xc3:
		return c == 0xc3, nil
	case c >= 0xc4 && c <= 0xc6:
		n, err := u.size(1 << (c - 0xc4))
		if err != nil {
			return nil, err
		}
		return u.take(n)
	case c == 0xca || c == 0xcb:
		return u.float(c)
	case c >= 0xcc && c <= 0xd3:
		return u.whole(c)
	case c >= 0xd9:
		n, err := u.size(map[byte]uint64{0xd9: 1, 0xda: 2, 0xdb: 4, 0xdc: 2, 0xdd: 4, 0xde: 2, 0xdf: 4}[c])
		switch {
		case err != nil:
			return nil, err
		case c <= 0xdb:
			return u.text(n)
		case c <= 0xdd:
			return u.list(n)
		}
		return u.entries(n)
	}
	return nil, errPacked // extensions
}

func (u *unpacker) float(c byte) (any, error) {
	n, err := u.size(map[byte]uint64{0xca: 4, 0xcb: 8}[c])
	if c == 0xca {
		return float64(math.Float32frombits(uint32(n))), err
	}
	return math.Float64frombits(n), err
}

func (u *unpacker) whole(c byte) (any, error) {
	bits := 8 << ((c - 0xcc) % 4)
	n, err := u.size(uint64(bits / 8))
	if c >= 0xd0 {
		return int64(n) << (64 - bits) >> (64 - bits), err
	}
	return int64(n), err // hashes above the greatest int64 keep their bits
}

func (u *unpacker) text(n uint64) (any, error) {
	b, err := u.take(n)
	return string(b), err
}

func (u *unpacker) deeper(n uint64) error {
	if u.depth++; u.depth > packedDepth || n > uint64(len(u.in)) { // an element has a byte at least
		return errPacked
	}
	return nil
}

func (u *unpacker) list(n uint64) (any, error) {
	if err := u.deeper(n); err != nil {
		return nil, err
	}
	list := make([]any, 0, min(n, 1<<10))
	for range n {
		v, err := u.value()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	u.depth--
	return list, nil
}

func (u *unpacker) entries(n uint64) (any, error) {
	if err := u.deeper(n); err != nil {
		return nil, err
	}
	list := make([]packedPair, 0, min(n, 1<<10))
	for range n {
		key, err := u.value()
		if err != nil {
			return nil, err
		}
		v, err := u.value()
		if err != nil {
			return nil, err
		}
		list = append(list, packedPair{key, v})
	}
	u.depth--
	return list, nil
}

// appendPacked writes a value of those kinds.
func appendPacked(b []byte, value any) []byte {
	head := func(n int, small, least, most byte) {
		switch {
		case small != 0 && n <= int(least):
			b = append(b, small|byte(n))
		case most == 0xc6 && n < 1<<8, most == 0xdb && n < 1<<8:
			b = append(b, most-2, byte(n))
		case n < 1<<16:
			b = binary.BigEndian.AppendUint16(append(b, most-1), uint16(n))
		default:
			b = binary.BigEndian.AppendUint32(append(b, most), uint32(n))
		}
	}
	switch v := value.(type) {
	case bool:
		if v {
			return append(b, 0xc3)
		}
		return append(b, 0xc2)
	case int64:
		return binary.BigEndian.AppendUint64(append(b, 0xd3), uint64(v))
	case string:
		head(len(v), 0xa0, 31, 0xdb)
		return append(b, v...)
	case []byte:
		head(len(v), 0, 0, 0xc6)
		return append(b, v...)
	case []any:
		head(len(v), 0x90, 15, 0xdd)
		for _, e := range v {
			b = appendPacked(b, e)
		}
		return b
	case []packedPair:
		head(len(v), 0x80, 15, 0xdf)
		for _, e := range v {
			b = appendPacked(appendPacked(b, e.key), e.value)
		}
		return b
	}
	panic(fmt.Sprintf("formats: %T is not packed", value))
}
