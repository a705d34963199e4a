package eval

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
)

// tallyMagic begins the canonical form; its last character is the form's version.
const tallyMagic = "mizan-tally-1\n"

// AppendBinary appends the canonical form of the tally: the same counts give
// the same bytes, whatever the order in which they were added. It holds the
// settings, the metrics' names and widths, and for each class in sorted order
// its name and counters as varints. Classes whose counters are all zero are
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
	for c, row := range t.rows {
		for _, v := range row {
			if v != 0 {
				filled = append(filled, t.names[c])
				break
			}
		}
	}
	sort.Strings(filled)
	b = binary.AppendUvarint(b, uint64(len(filled)))
	for _, name := range filled {
		b = appendString(b, name)
		for _, v := range t.rows[t.ids[name]] {
			b = binary.AppendVarint(b, v)
		}
	}
	return b, nil
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
		return nil, errors.New("not a tally: expected it to begin with mizan-tally-1")
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
		filled := false
		for i := range row {
			row[i] = r.varint()
			filled = filled || row[i] != 0
		}
		if r.err == nil && (!first && name <= last || !filled) {
			r.err = fmt.Errorf("class %q is out of order or has no counts", name)
		}
		t.rows[t.Class(name)] = row
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
