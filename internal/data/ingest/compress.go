package ingest

import (
	"bufio"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
	"github.com/therootcompany/xz"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// A file that inflates to more than bombBytes at more than bombRatio to one is
// no text: gzip reaches 1,032 to one on zeros, and hardly 20 on pages.
const (
	bombBytes = 64 << 20
	bombRatio = 200
)

// maxWindow is the most memory that a compressed file may ask for to be inflated.
const maxWindow = 64 << 20

// ErrBomb says that a compressed file is made to exhaust whoever reads it.
var ErrBomb = errors.New("the compressed file inflates out of all proportion")

// openCompressed opens what is compressed, by the ending of a file's name: the
// content, and what frees it. It knows all [compressionEndings].
var openCompressed = map[string]func(io.Reader) (io.Reader, func(), error){
	".gz": func(r io.Reader) (io.Reader, func(), error) {
		z, err := gzip.NewReader(r)
		return z, nil, err
	},
	".bz2": func(r io.Reader) (io.Reader, func(), error) {
		return bzip2.NewReader(r), nil, nil
	},
	".xz": func(r io.Reader) (io.Reader, func(), error) {
		z, err := xz.NewReader(r, maxWindow)
		return z, nil, err
	},
	".zst": func(r io.Reader) (io.Reader, func(), error) {
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	},
}

// inflated is the content of a file, and its size, -1 where that is not known: of
// a name that ends as a compressed file's does, all that is in it, one member
// after the other. free is called when the content is read.
func inflated(r io.Reader, name string, size int64) (content io.Reader, n int64, free func(), err error) {
	free = func() {}
	ending := canonical.CompressionEnding(name)
	if ending == "" {
		return r, size, free, nil
	}
	in := &counter{r, new(atomic.Int64)}
	b := bufio.NewReader(in)
	if _, err := b.Peek(1); err == io.EOF {
		return nil, 0, free, document.ErrEmpty
	}
	z, end, err := openCompressed[ending](b)
	if err != nil {
		return nil, 0, free, inflateError(err)
	}
	if end != nil {
		free = end
	}
	return &inflater{in: in.n.Load, z: z}, -1, free, nil
}

// inflater inflates, and refuses to go on with a bomb.
type inflater struct {
	in  func() int64 // compressed bytes so far
	z   io.Reader
	out int64
}

func (f *inflater) Read(p []byte) (int, error) {
	n, err := f.z.Read(p)
	f.out += int64(n)
	if in := f.in(); f.out > bombBytes && f.out/bombRatio > in {
		return n, fmt.Errorf("%w: %d bytes from %d", ErrBomb, f.out, in)
	}
	return n, inflateError(err)
}

// inflateError says of a file that asks for too much memory what it is.
func inflateError(err error) error {
	if errors.Is(err, zstd.ErrWindowSizeExceeded) || errors.Is(err, xz.ErrMemlimit) || errors.Is(err, zstd.ErrDecoderSizeExceeded) {
		return fmt.Errorf("%w: it asks for more than %d MiB of memory", ErrBomb, maxWindow>>20)
	}
	return err
}
