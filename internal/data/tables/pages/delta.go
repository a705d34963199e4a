package pages

import (
	"encoding/binary"
	"fmt"
	"io"
)

// deltas reads DELTA_BINARY_PACKED: the first value, then differences in blocks of
// small blocks, each with a width of its own.
type deltas struct {
	in      []byte
	perMini uint64 // values of a small block
	minis   uint64 // small blocks of a block
	total   uint64 // values that are still to come
	first   bool
	value   int64
	least   int64  // difference of the block
	widths  []byte // of the small blocks that are still to come
	mini    []byte
	width   uint
	at      uint64 // next difference of the small block
}

// newDeltas reads the head of a stream of at most so many values.
func newDeltas(in []byte, most int64) (*deltas, error) {
	d := &deltas{in: in, first: true}
	var head [3]uint64
	for i := range head {
		v, err := d.uvarint()
		if err != nil {
			return nil, err
		}
		head[i] = v
	}
	block, minis, total := head[0], head[1], head[2]
	if block == 0 || block%128 != 0 || block > 1<<20 || minis == 0 || block%minis != 0 || block/minis%32 != 0 {
		return nil, fmt.Errorf("blocks of %d values in %d parts", block, minis)
	}
	if total > uint64(most) {
		return nil, fmt.Errorf("%d values in a page of %d", total, most)
	}
	d.minis, d.perMini, d.total = minis, block/minis, total
	first, err := d.uvarint()
	d.value = int64(first>>1) ^ -int64(first&1)
	d.at = d.perMini
	return d, err
}

func (d *deltas) uvarint() (uint64, error) {
	v, n := binary.Uvarint(d.in)
	if n <= 0 {
		return 0, fmt.Errorf("differences: %w", io.ErrUnexpectedEOF)
	}
	d.in = d.in[n:]
	return v, nil
}

// nextMini begins the next small block.
func (d *deltas) nextMini() error {
	if len(d.widths) == 0 {
		least, err := d.uvarint()
		if err != nil {
			return err
		}
		if uint64(len(d.in)) < d.minis {
			return fmt.Errorf("differences: %w", io.ErrUnexpectedEOF)
		}
		d.least = int64(least>>1) ^ -int64(least&1)
		d.widths, d.in = d.in[:d.minis], d.in[d.minis:]
	}
	d.width, d.widths = uint(d.widths[0]), d.widths[1:]
	size := uint64(d.width) * d.perMini / 8
	if d.width > 64 || size > uint64(len(d.in)) {
		return fmt.Errorf("differences of %d bits: %w", d.width, io.ErrUnexpectedEOF)
	}
	d.mini, d.in, d.at = d.in[:size], d.in[size:], 0
	return nil
}

// read fills dst with the next values.
func (d *deltas) read(dst []int64) error {
	if uint64(len(dst)) > d.total {
		return fmt.Errorf("%d values where %d are left: %w", len(dst), d.total, io.ErrUnexpectedEOF)
	}
	d.total -= uint64(len(dst))
	if d.first && len(dst) > 0 {
		dst[0], dst, d.first = d.value, dst[1:], false
	}
	for len(dst) > 0 {
		if d.at == d.perMini {
			if err := d.nextMini(); err != nil {
				return err
			}
		}
		n := min(uint64(len(dst)), d.perMini-d.at)
		unpack(d.mini, d.at, d.width, dst[:n])
		for i := range dst[:n] {
			d.value += dst[i] + d.least
			dst[i] = d.value
		}
		d.at += n
		dst = dst[n:]
	}
	return nil
}

// after is what stands behind the stream.
func (d *deltas) after() ([]byte, error) {
	s := *d // the stream itself stays where it is
	for left := int64(s.total) - 1; left > 0; left -= int64(s.perMini) {
		if err := s.nextMini(); err != nil {
			return nil, err
		}
	}
	return s.in, nil
}
