package tables

import (
	"bytes"
	"sync"
	"testing"

	"github.com/parquet-go/parquet-go/compress/zstd"
)

// A page that came before, or at the same time, is compressed to the same bytes.
func TestPagesAreCompressedOnce(t *testing.T) {
	plain := zstd.Codec{Level: zstd.SpeedDefault}
	codec := &pageCodec{Codec: zstd.Codec{Level: zstd.SpeedDefault}}
	var all sync.WaitGroup
	for k := range 4 {
		all.Go(func() {
			for i := range 12 {
				page := bytes.Repeat([]byte{byte(i / 2), byte(k % 2), 'a', 'b'}, leastShared/4+i/2)
				want, _ := plain.Encode(nil, page)
				if got, err := codec.Encode(make([]byte, 0, 8), page); err != nil || !bytes.Equal(got, want) {
					t.Errorf("page %d: %d bytes, expected %d, %v", i, len(got), len(want), err)
				}
				clear(page) // the caller's own again
			}
		})
	}
	all.Wait()
}
