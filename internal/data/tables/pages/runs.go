package pages

import (
	"encoding/binary"
	"fmt"
	"io"
)

// runs reads numbers of a few bits in runs: of equal values, each with its length and
// value, and of values bit by bit, in groups of eight (RLE of Encodings.md).
type runs struct {
	in     []byte
	width  uint // bits a value, 0 to 32
	left   uint64
	equal  bool
	value  uint32
	packed []byte // the bits of the run
	at     uint64 // next value of it
}

func newRuns(in []byte, width uint) runs { return runs{in: in, width: width} }

// next begins the next run.
func (r *runs) next() error {
	head, n := binary.Uvarint(r.in)
	if n <= 0 {
		if r.width == 0 && len(r.in) == 0 { // nothing needs to be written of zeros
			r.equal, r.value, r.left = true, 0, 1<<40
			return nil
		}
		return fmt.Errorf("runs of values: %w", io.ErrUnexpectedEOF)
	}
	r.in = r.in[n:]
	if r.equal = head&1 == 0; r.equal {
		size := int(r.width+7) / 8
		if len(r.in) < size {
			return fmt.Errorf("runs of values: %w", io.ErrUnexpectedEOF)
		}
		r.value = 0
		for i := range size {
			r.value |= uint32(r.in[i]) << (8 * i)
		}
		if r.width < 32 && r.value>>r.width != 0 {
			return fmt.Errorf("a run of %d in %d bits", r.value, r.width)
		}
		r.in, r.left = r.in[size:], head>>1
	} else {
		// Some writers leave out bytes that only fill up the last group.
		size := min(head>>1, uint64(len(r.in))) * uint64(r.width)
		size = min(size, uint64(len(r.in)))
		r.packed, r.at, r.in = r.in[:size], 0, r.in[size:]
		r.left = 8 * min(head>>1, 1<<40)
		if r.width > 0 {
			r.left = min(r.left, 8*size/uint64(r.width))
		}
	}
	if r.left == 0 {
		return fmt.Errorf("a run of no values")
	}
	return nil
}

// read fills dst with the next values.
func read[T byte | int32](r *runs, dst []T) error {
	for len(dst) > 0 {
		if r.left == 0 {
			if err := r.next(); err != nil {
				return err
			}
		}
		n := int(min(uint64(len(dst)), r.left))
		if r.equal {
			for i := range n {
				dst[i] = T(r.value)
			}
		} else {
			unpack(r.packed, r.at, r.width, dst[:n])
			r.at += uint64(n)
		}
		r.left -= uint64(n)
		dst = dst[n:]
	}
	return nil
}

// unpack reads values of width bits from number at on; the lowest bits come first.
func unpack[T byte | int32 | int64](in []byte, at uint64, width uint, dst []T) {
	mask := uint64(1)<<width - 1 // all ones at 64
	bit := at * uint64(width)
	for i := range dst {
		from, shift := bit>>3, uint(bit&7)
		var word uint64
		if from+8 <= uint64(len(in)) {
			word = binary.LittleEndian.Uint64(in[from:]) >> shift
			if shift+width > 64 && from+8 < uint64(len(in)) {
				word |= uint64(in[from+8]) << (64 - shift)
			}
		} else {
			for k := from; k < uint64(len(in)); k++ {
				word |= uint64(in[k]) << (8 * (k - from))
			}
			word >>= shift
		}
		dst[i] = T(word & mask)
		bit += uint64(width)
	}
}
