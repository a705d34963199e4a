package eval

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
)

// tallyMagic begins the canonical form; its last character is the form's version.
const tallyMagic = "mizan-tally-2\n"

// AppendBinary appends the canonical form of the tally: the same counts give
// the same bytes, whatever the order in which they were added. It holds the
// settings, the metrics' names and widths, and for each class in sorted order
// its name, its counters' whole numbers as varints, and the proper fractions
// that some counters hold beside them. Classes whose counters are all zero are
// left out.
func (t *Tally) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, tallyMagic...)
	b = appendString(b, t.layout.settings)
	b = binary.AppendUvarint(b, uint64(len(t.layout.metrics)))
	for _, m := range t.layout.metrics {
		b = appendString(b, m.Name)
		b = binary.AppendUvarint(b, uint64(len(m.Counters)))
	}
	var filled []string
	for c := range t.rows {
		if t.filled(Class(c)) {
			filled = append(filled, t.names[c])
		}
	}
	sort.Strings(filled)
	b = binary.AppendUvarint(b, uint64(len(filled)))
	for _, name := range filled {
		b = appendString(b, name)
		c := t.ids[name]
		for _, v := range t.rows[c] {
			b = binary.AppendVarint(b, v)
		}
		b = t.layout.appendFractions(b, t.parts[c])
	}
	return b, nil
}

// filled reports whether any counter of the class is other than zero.
func (t *Tally) filled(c Class) bool {
	return slices.ContainsFunc(t.rows[c], func(v int64) bool { return v != 0 }) ||
		slices.ContainsFunc(t.parts[c], func(f fractions) bool { return len(f) > 0 })
}

// appendFractions appends the number of counters with fractions and for each
// its place, the number of fractions, and their denominators, ascending, and
// numerators.
func (l *Layout) appendFractions(b []byte, parts []fractions) []byte {
	n := 0
	for _, f := range parts {
		n += min(1, len(f))
	}
	b = binary.AppendUvarint(b, uint64(n))
	for slot, f := range parts {
		if len(f) == 0 {
			continue
		}
		b = binary.AppendUvarint(b, uint64(l.fixed[slot]))
		b = binary.AppendUvarint(b, uint64(len(f)))
		for _, p := range f {
			b = binary.AppendUvarint(b, uint64(p.den))
			b = binary.AppendUvarint(b, uint64(p.num))
		}
	}
	return b
}

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// ReadTally reads the canonical form back. The layout must be the one that it
// was written under; otherwise the error wraps [ErrLayout].
func ReadTally(l *Layout, data []byte) (*Tally, error) {
	r := &tallyReader{r: bytes.NewReader(data)}
	magic := make([]byte, len(tallyMagic))
	if n, _ := r.r.Read(magic); n != len(tallyMagic) || string(magic) != tallyMagic {
		return nil, errors.New("not a tally: expected it to begin with mizan-tally-2")
	}
	if got := r.string(); r.err == nil && got != l.settings {
		return nil, fmt.Errorf("%w: settings %q, expected %q", ErrLayout, got, l.settings)
	}
	if n := r.uvarint(); r.err == nil && n != uint64(len(l.metrics)) {
		return nil, fmt.Errorf("%w: %d metrics, expected %d", ErrLayout, n, len(l.metrics))
	}
	for _, m := range l.metrics {
		name, width := r.string(), r.uvarint()
		if r.err == nil && (name != m.Name || width != uint64(len(m.Counters))) {
			return nil, fmt.Errorf("%w: metric %s with %d counters, expected %s with %d", ErrLayout, name, width, m.Name, len(m.Counters))
		}
	}
	t := l.NewTally()
	last, first := "", true
	for n := r.uvarint(); n > 0 && r.err == nil; n-- {
		name := r.string()
		row := make([]int64, l.width)
		for i := range row {
			row[i] = r.varint()
		}
		c := t.Class(name)
		t.rows[c], t.parts[c] = row, r.fractions(l)
		if r.err == nil && (!first && name <= last || !t.filled(c)) {
			r.err = fmt.Errorf("class %q is out of order or has no counts", name)
		}
		last, first = name, false
	}
	if r.err == nil && r.r.Len() > 0 {
		r.err = fmt.Errorf("%d bytes after the end", r.r.Len())
	}
	if r.err != nil {
		return nil, fmt.Errorf("damaged tally: %w", r.err)
	}
	return t, nil
}

// fractions reads what [Layout.appendFractions] wrote.
func (r *tallyReader) fractions(l *Layout) []fractions {
	n := r.uvarint()
	if n == 0 || r.err != nil {
		return nil
	}
	out := make([]fractions, len(l.fixed))
	for last := -1; n > 0 && r.err == nil; n-- {
		at := r.uvarint()
		if r.err == nil && (at >= uint64(l.width) || int(at) <= last || l.slot[at] < 0) {
			r.fail(fmt.Errorf("fractions of counter %d, which has none or is out of order", at))
			break
		}
		last = int(at)
		count := r.uvarint()
		if r.err == nil && (count == 0 || count > uint64(r.r.Len())) {
			r.fail(fmt.Errorf("%d fractions in %d bytes", count, r.r.Len()))
		}
		before := int64(1)
		for ; count > 0 && r.err == nil; count-- {
			den, num := r.uvarint(), r.uvarint()
			if r.err == nil && (den > math.MaxInt64 || int64(den) <= before || num == 0 || num >= den) {
				r.fail(fmt.Errorf("fraction %d/%d is not proper or out of order", num, den))
				break
			}
			before = int64(den)
			slot := l.slot[at]
			out[slot] = append(out[slot], fraction{int64(num), int64(den)})
		}
	}
	return out
}

type tallyReader struct {
	r   *bytes.Reader
	err error
}

func (r *tallyReader) uvarint() uint64 {
	v, err := binary.ReadUvarint(r.r)
	r.fail(err)
	return v
}

func (r *tallyReader) varint() int64 {
	v, err := binary.ReadVarint(r.r)
	r.fail(err)
	return v
}

func (r *tallyReader) string() string {
	n := r.uvarint()
	if r.err == nil && n > uint64(r.r.Len()) {
		r.fail(fmt.Errorf("a name of %d bytes where %d are left", n, r.r.Len()))
	}
	if r.err != nil {
		return ""
	}
	b := make([]byte, n)
	_, err := r.r.Read(b)
	if n > 0 {
		r.fail(err)
	}
	return string(b)
}

func (r *tallyReader) fail(err error) {
	if r.err == nil && err != nil {
		r.err = err
	}
}
