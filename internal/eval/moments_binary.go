package eval

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// momentsMagic begins the canonical form; its last character is the form's version.
const momentsMagic = "mizan-moments-1\n"

// AppendBinary appends a canonical form: equal sums give equal bytes, whatever
// the order in which articles were added. It holds the settings, and for each
// metric its name, the number of its counters that ratios are made of, and its
// products other than zero: the names of two rows in sorted order, then every
// product of a counter of the first and one of the second, 16 bytes each, the
// greatest first.
func (m *Moments) AppendBinary(b []byte) []byte {
	b = append(b, momentsMagic...)
	b = appendString(b, m.layout.settings)
	b = binary.AppendUvarint(b, uint64(len(m.metrics)))
	for i, p := range m.metrics {
		b = appendString(b, m.layout.metrics[i].Name)
		b = binary.AppendUvarint(b, uint64(p.width))
		b = p.appendBinary(b)
	}
	return b
}

// ReadMoments reads the canonical form back. The layout must be the one that it
// was written under; otherwise the error wraps [ErrLayout].
func ReadMoments(l *Layout, data []byte) (*Moments, error) {
	r := &tallyReader{r: bytes.NewReader(data)}
	magic := make([]byte, len(momentsMagic))
	if n, _ := r.r.Read(magic); n != len(momentsMagic) || string(magic) != momentsMagic {
		return nil, errors.New("not moments: expected them to begin with mizan-moments-1")
	}
	if got := r.string(); r.err == nil && got != l.settings {
		return nil, fmt.Errorf("%w: settings %q, expected %q", ErrLayout, got, l.settings)
	}
	if n := r.uvarint(); r.err == nil && n != uint64(len(l.metrics)) {
		return nil, fmt.Errorf("%w: %d metrics, expected %d", ErrLayout, n, len(l.metrics))
	}
	m := l.NewMoments()
	for i, p := range m.metrics {
		name, width := r.string(), r.uvarint()
		if want := l.metrics[i].Name; r.err == nil && (name != want || width != uint64(p.width)) {
			return nil, fmt.Errorf("%w: metric %s with %d counters, expected %s with %d", ErrLayout, name, width, want, p.width)
		}
		r.products(p)
	}
	if r.err == nil && !bytes.Equal(m.AppendBinary(nil), data) {
		r.err = errors.New("its products are out of order, or bytes follow its end")
	}
	if r.err != nil {
		return nil, fmt.Errorf("damaged moments: %w", r.err)
	}
	return m, nil
}

func (p *Products) appendBinary(b []byte) []byte {
	type entry struct {
		a, b   string
		turned bool
		block  []int128
	}
	var entries []entry
	p.each(func(a, b int32, block []int128) {
		if !slices.ContainsFunc(block, func(v int128) bool { return v != int128{} }) {
			return
		}
		e := entry{p.names[a], p.names[b], false, block}
		if e.a > e.b {
			e.a, e.b, e.turned = e.b, e.a, true
		}
		entries = append(entries, e)
	})
	slices.SortFunc(entries, func(x, y entry) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	b = binary.AppendUvarint(b, uint64(len(entries)))
	for _, e := range entries {
		b = appendString(appendString(b, e.a), e.b)
		for i := range p.width {
			for j := range p.width {
				at := i*p.width + j
				if e.turned {
					at = j*p.width + i
				}
				v := e.block[at]
				b = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(b, uint64(v.hi)), v.lo)
			}
		}
	}
	return b
}

// products reads what [Products.appendBinary] wrote.
func (r *tallyReader) products(p *Products) {
	for n := r.uvarint(); n > 0 && r.err == nil; n-- {
		names := [2]string{r.string(), r.string()}
		if need := 16 * p.width * p.width; r.err == nil && need > r.r.Len() {
			r.fail(fmt.Errorf("products of %d bytes where %d are left", need, r.r.Len()))
		}
		if r.err != nil {
			return
		}
		a, b := p.row(names[0]), p.row(names[1])
		block := p.block(min(a, b), max(a, b))
		for i := range p.width {
			for j := range p.width {
				var v [16]byte
				_, err := r.r.Read(v[:])
				r.fail(err)
				at := i*p.width + j
				if a > b {
					at = j*p.width + i
				}
				block[at] = int128{int64(binary.BigEndian.Uint64(v[:8])), binary.BigEndian.Uint64(v[8:])}
			}
		}
		for i := range p.width {
			for j := range i {
				if a == b && block[i*p.width+j] != block[j*p.width+i] {
					r.fail(fmt.Errorf("products of %q with itself that differ by the order of the factors", names[0]))
				}
			}
		}
	}
}
