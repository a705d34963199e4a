package pages

import (
	"errors"
	"fmt"
	"io"

	"github.com/mizan-corpus/mizan/internal/memory"
)

// The compact protocol of Thrift, as far as headers of pages and the shape of footers
// ask for it (thrift-compact-protocol.md). Nothing is made for what a length claims.

// The types of the protocol.
const (
	typeStop, typeTrue, typeFalse, typeByte, typeInt16, typeInt32, typeInt64 = 0, 1, 2, 3, 4, 5, 6
	typeDouble, typeBinary, typeList, typeSet, typeMap, typeStruct           = 7, 8, 9, 10, 11, 12
)

// maxDepth is how deep structures may lie in one another.
const maxDepth = 32

// source is bytes that are passed one after the other, with the number left.
type source interface {
	io.ByteReader
	Discard(n int) (int, error)
}

var errThrift = errors.New("damaged Thrift structure")

type compact struct {
	in    source
	depth int
	// list is told of every list: the type of its elements and their number.
	list func(element byte, n uint64) error
}

func (c *compact) uvarint() (uint64, error) {
	var v uint64
	for shift := uint(0); shift < 64; shift += 7 {
		b, err := c.in.ReadByte()
		if err != nil {
			return 0, io.ErrUnexpectedEOF
		}
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v, nil
		}
	}
	return 0, errThrift
}

func (c *compact) varint() (int64, error) {
	u, err := c.uvarint()
	return int64(u>>1) ^ -int64(u&1), err
}

func (c *compact) discard(n uint64) error {
	for n > 0 {
		k, err := c.in.Discard(int(min(n, 1<<20)))
		if n -= uint64(k); err != nil || k == 0 {
			return io.ErrUnexpectedEOF
		}
	}
	return nil
}

// fields calls visit for every field of a structure, which reads or skips its value.
func (c *compact) fields(visit func(id int64, typ byte) error) error {
	if c.depth++; c.depth > maxDepth {
		return fmt.Errorf("%w: more than %d levels", errThrift, maxDepth)
	}
	defer func() { c.depth-- }()
	id := int64(0)
	for {
		b, err := c.in.ReadByte()
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		if b&0xf == typeStop {
			return nil
		}
		if delta := int64(b >> 4); delta > 0 {
			id += delta
		} else if id, err = c.varint(); err != nil {
			return err
		}
		if err := visit(id, b&0xf); err != nil {
			return err
		}
	}
}

// skip passes over a value.
func (c *compact) skip(typ byte) error {
	switch typ {
	case typeTrue, typeFalse:
		return nil
	case typeByte:
		return c.discard(1)
	case typeInt16, typeInt32, typeInt64:
		_, err := c.uvarint()
		return err
	case typeDouble:
		return c.discard(8)
	case typeBinary:
		n, err := c.uvarint()
		if err == nil {
			err = c.discard(n)
		}
		return err
	case typeList, typeSet:
		return c.skipList()
	case typeStruct:
		return c.fields(func(_ int64, typ byte) error { return c.skip(typ) })
	}
	return fmt.Errorf("%w: a value of type %d", errThrift, typ) // there are no maps in Parquet
}

func (c *compact) skipList() error {
	if c.depth++; c.depth > maxDepth {
		return fmt.Errorf("%w: more than %d levels", errThrift, maxDepth)
	}
	defer func() { c.depth-- }()
	b, err := c.in.ReadByte()
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	n, element := uint64(b>>4), b&0xf
	if n == 15 {
		if n, err = c.uvarint(); err != nil {
			return err
		}
	}
	if c.list != nil {
		if err := c.list(element, n); err != nil {
			return err
		}
	}
	if element == typeTrue || element == typeFalse { // in a list, a byte each
		return c.discard(n)
	}
	for range n {
		if err := c.skip(element); err != nil {
			return err
		}
	}
	return nil
}

// span is bytes in memory as a source.
type span struct{ rest []byte }

func (s *span) ReadByte() (byte, error) {
	if len(s.rest) == 0 {
		return 0, io.EOF
	}
	b := s.rest[0]
	s.rest = s.rest[1:]
	return b, nil
}

func (s *span) Discard(n int) (int, error) {
	k := min(n, len(s.rest))
	s.rest = s.rest[k:]
	if k < n {
		return k, io.EOF
	}
	return k, nil
}

// CheckFooter holds the lengths in a footer against its bytes and, by what its lists
// will take in memory, against the limit.
func CheckFooter(footer []byte) error {
	const (
		perStruct = 700 // about the size of a format.ColumnChunk
		perValue  = 40
	)
	in := &span{footer}
	size := int64(0)
	c := &compact{in: in, list: func(element byte, n uint64) error {
		if n > uint64(len(in.rest)) { // an element has a byte at least
			return fmt.Errorf("%w: a list of %d elements in %d bytes", errThrift, n, len(in.rest))
		}
		per := int64(perValue)
		if element == typeStruct {
			per = perStruct
		}
		if size += per * int64(n); size > memory.Limit()/2 {
			return &memory.LimitError{What: fmt.Sprintf("a footer of %d bytes", len(footer))}
		}
		return nil
	}}
	if err := c.skip(typeStruct); err != nil {
		return fmt.Errorf("footer: %w", err)
	}
	return nil
}
