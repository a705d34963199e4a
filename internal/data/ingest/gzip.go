package ingest

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// A file that inflates to more than bombBytes at more than bombRatio to one is
// no text: gzip reaches 1,032 to one on zeros, and hardly 20 on pages.
const (
	bombBytes = 64 << 20
	bombRatio = 200
)

// ErrBomb says that a compressed file is made to exhaust whoever reads it.
var ErrBomb = errors.New("the compressed file inflates out of all proportion")

// inflated is the content of a file, and its size, -1 where that is not known:
// of a name that ends in ".gz", all members inflated one after the other.
func inflated(r io.Reader, name string, size int64) (io.Reader, int64, error) {
	if len(name) < len(canonical.GzipExtension) || !strings.EqualFold(name[len(name)-len(canonical.GzipExtension):], canonical.GzipExtension) {
		return r, size, nil
	}
	in := &counter{r, new(atomic.Int64)}
	z, err := gzip.NewReader(in)
	if err == io.EOF {
		return nil, 0, document.ErrEmpty
	}
	if err != nil {
		return nil, 0, err
	}
	return &inflater{in: in, z: z}, -1, nil
}

// inflater inflates, and refuses to go on with a bomb.
type inflater struct {
	in  *counter
	z   *gzip.Reader
	out int64
}

func (f *inflater) Read(p []byte) (int, error) {
	n, err := f.z.Read(p)
	f.out += int64(n)
	if in := f.in.n.Load(); f.out > bombBytes && f.out/bombRatio > in {
		return n, fmt.Errorf("%w: %d bytes from %d", ErrBomb, f.out, in)
	}
	return n, err
}
