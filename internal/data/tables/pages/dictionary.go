package pages

import (
	"fmt"

	"github.com/parquet-go/parquet-go/format"

	"github.com/mizan-corpus/mizan/internal/memory"
)

// dictionary is the values that a column of a row group refers to by number.
type dictionary struct {
	kind format.Type
	all  Chunk
	n    int
}

// newDictionary decodes the page of a dictionary, of n values.
func newDictionary(kind format.Type, in []byte, n int64, room *memory.Lease) (*dictionary, error) {
	least := int64(4) // the length of an empty text
	if kind != format.ByteArray {
		if least = int64(sizes[kind]); least == 0 {
			return nil, fmt.Errorf("a dictionary of the type %v", kind)
		}
	}
	if n > int64(len(in))/least {
		return nil, fmt.Errorf("a dictionary of %d values in %d bytes", n, len(in))
	}
	if err := room.Take(24*n+int64(len(in)), "a dictionary"); err != nil {
		return nil, err
	}
	d := &dictionary{kind: kind, n: int(n)}
	var values decoder = &plainNumbers{in: in, kind: kind}
	if kind == format.ByteArray {
		values = &plainTexts{in: in}
	}
	for left := int(n); left > 0; {
		k, err := values.read(&d.all, min(left, chunkValues))
		if err != nil {
			return nil, err
		}
		left -= k
	}
	return d, nil
}

// look adds the values of some numbers.
func (d *dictionary) look(c *Chunk, numbers []int32) error {
	for _, x := range numbers {
		if uint32(x) >= uint32(d.n) {
			return fmt.Errorf("number %d of a dictionary of %d", uint32(x), d.n)
		}
	}
	switch d.kind {
	case format.ByteArray:
		c.Texts = look(c.Texts, d.all.Texts, numbers)
	case format.Int32:
		c.Ints = look(c.Ints, d.all.Ints, numbers)
	case format.Int64:
		c.Longs = look(c.Longs, d.all.Longs, numbers)
	default:
		c.Floats = look(c.Floats, d.all.Floats, numbers)
	}
	return nil
}

func look[T any](dst, of []T, numbers []int32) []T {
	for _, x := range numbers {
		dst = append(dst, of[x])
	}
	return dst
}
