package tables

import (
	"bytes"
	"sync"

	"github.com/parquet-go/parquet-go/compress/zstd"
)

// zstdCodec compresses the pages of all files.
var zstdCodec = &pageCodec{Codec: zstd.Codec{Level: zstd.SpeedDefault}}

// pageCodec is zstd that compresses equal pages once: articles whose raw text is
// their canonical text have the same pages in both columns, one directly after the
// other.
type pageCodec struct {
	zstd.Codec
	mu     sync.Mutex
	recent [2 * groupsInFlight]compressedPage
	next   int
}

type compressedPage struct{ plain, packed []byte }

// leastShared is the least page that is looked for among those before.
const leastShared = 64 << 10

func (c *pageCodec) Encode(dst, src []byte) ([]byte, error) {
	if len(src) < leastShared {
		return c.Codec.Encode(dst, src)
	}
	if packed, ok := c.find(dst, src); ok {
		return packed, nil
	}
	packed, err := c.Codec.Encode(dst, src)
	if err == nil {
		c.keep(src, packed)
	}
	return packed, err
}

func (c *pageCodec) find(dst, src []byte) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.recent {
		if bytes.Equal(c.recent[i].plain, src) {
			return append(dst[:0], c.recent[i].packed...), true
		}
	}
	return nil, false
}

func (c *pageCodec) keep(src, packed []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := &c.recent[c.next]
	c.next = (c.next + 1) % len(c.recent)
	p.plain, p.packed = append(p.plain[:0], src...), append(p.packed[:0], packed...)
}
