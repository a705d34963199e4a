package pages

import (
	"errors"
	"fmt"
	"math"

	"github.com/parquet-go/parquet-go/format"
)

// header is what is needed of the header of a page.
type header struct {
	kind                format.PageType
	whole, compressed   int64 // bytes, of the page without and with compression
	crc                 uint32
	hasCRC              bool
	values              int64
	encoding            format.Encoding
	repeated, defined   format.Encoding // of the levels, in version 1
	repeatedN, definedN int64           // bytes of the levels, in version 2
	plain               bool            // in version 2, whether the values are not compressed
}

// readHeader reads the header of the next page.
func readHeader(in source) (*header, error) {
	h := &header{whole: -1, compressed: -1, values: -1}
	c := &compact{in: in}
	number := func(to func(int64)) error {
		v, err := c.varint()
		if err == nil && (v < math.MinInt32 || v > math.MaxInt32) {
			err = errThrift
		}
		to(v)
		return err
	}
	err := c.fields(func(id int64, typ byte) error {
		switch {
		case typ == typeInt32 && id == 1:
			return number(func(v int64) { h.kind = format.PageType(v) })
		case typ == typeInt32 && id == 2:
			return number(func(v int64) { h.whole = v })
		case typ == typeInt32 && id == 3:
			return number(func(v int64) { h.compressed = v })
		case typ == typeInt32 && id == 4:
			h.hasCRC = true
			return number(func(v int64) { h.crc = uint32(v) })
		case typ == typeStruct && (id == 5 || id == 7):
			return c.fields(func(id int64, typ byte) error { return h.first(c, number, id, typ) })
		case typ == typeStruct && id == 8:
			return c.fields(func(id int64, typ byte) error { return h.second(c, number, id, typ) })
		}
		return c.skip(typ)
	})
	if err != nil {
		return nil, fmt.Errorf("page header: %w", err)
	}
	if h.whole < 0 || h.compressed < 0 {
		return nil, fmt.Errorf("page header: found sizes of %d and %d bytes", h.whole, h.compressed)
	}
	if h.values < 0 && h.kind != format.IndexPage {
		return nil, errors.New("page header: found no number of values")
	}
	return h, nil
}

// first reads a field of the header of a page of version 1, or of a dictionary.
func (h *header) first(c *compact, number func(func(int64)) error, id int64, typ byte) error {
	switch {
	case typ == typeInt32 && id == 1:
		return number(func(v int64) { h.values = v })
	case typ == typeInt32 && id == 2:
		return number(func(v int64) { h.encoding = format.Encoding(v) })
	case typ == typeInt32 && id == 3:
		return number(func(v int64) { h.defined = format.Encoding(v) })
	case typ == typeInt32 && id == 4:
		return number(func(v int64) { h.repeated = format.Encoding(v) })
	}
	return c.skip(typ)
}

// second reads a field of the header of a page of version 2.
func (h *header) second(c *compact, number func(func(int64)) error, id int64, typ byte) error {
	switch {
	case typ == typeInt32 && id == 1:
		return number(func(v int64) { h.values = v })
	case typ == typeInt32 && id == 4:
		return number(func(v int64) { h.encoding = format.Encoding(v) })
	case typ == typeInt32 && id == 5:
		return number(func(v int64) { h.definedN = v })
	case typ == typeInt32 && id == 6:
		return number(func(v int64) { h.repeatedN = v })
	case id == 7 && (typ == typeTrue || typ == typeFalse):
		h.plain = typ == typeFalse
		return nil
	}
	return c.skip(typ)
}
