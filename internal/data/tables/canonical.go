package tables

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
)

// The canonical form of a table, over which its content hash is taken: its
// rows in ascending key order, over all splits and shards together, each as
// one JSON object in the form of RFC 8785 (members sorted by name, no white
// space, shortest escapes, UTF-8) followed by one line feed. Every column is a
// member; null stands for a null, a date is "YYYY-MM-DD", a list is an array
// in its order, and a nullable list without elements is null. The table's
// content hash is the SHA-256 of that text in lower-case hex. Nothing about
// the encoding, the compression or the division into files is part of it.
//
// The keys: articles by doc_id; mentions by doc_id, start, end, mention_id;
// actors by actor_id; events by doc_id, start, end, event_id; arguments by all
// columns in their order, with doc_id, event_id, role, mention_id and
// target_event_id before the others; the pass tables by doc_id, annotator, and
// then like the table that they repeat. Strings compare by bytes, and a null
// comes first.
//
// The content hash of a release is the SHA-256 of one line a table, in order of
// the tables' names: name, space, number of rows, space, content hash, line
// feed. A table without rows takes no part.
//
// The columns are those of the release's schema version: one that a later
// version added is no member of an older release's rows. A column that came after
// the first schema version is a member only where it is not null, so that content
// which does not use it keeps its hash.

// TableHash computes the content hash of a table row by row.
type TableHash[T Row] struct {
	sum    hash.Hash
	out    *bufio.Writer
	line   []byte
	rows   int64
	fields []field.Field[T] // by name
}

func NewTableHash[T Row]() *TableHash[T] {
	h := &TableHash[T]{sum: sha256.New(), fields: TableOf[T]().byName}
	h.out = bufio.NewWriterSize(h.sum, 64<<10)
	return h
}

// LeaveOut takes columns out of the canonical form: those that the schema
// version of the release does not have.
func (h *TableHash[T]) LeaveOut(columns map[string]bool) {
	h.fields = slices.DeleteFunc(slices.Clone(h.fields), func(f field.Field[T]) bool { return columns[f.Name] })
}

// Add takes the next row, in key order.
func (h *TableHash[T]) Add(row *T) {
	h.line = appendFields(h.line[:0], h.fields, row)
	h.out.Write(h.line) // a hash never fails
	h.rows++
}

// Table is the manifest's entry for the rows added so far.
func (h *TableHash[T]) Table() dataset.TableInfo {
	h.out.Flush()
	return dataset.TableInfo{Name: TableOf[T]().Name, Rows: h.rows, ContentSHA256: hex.EncodeToString(h.sum.Sum(nil))}
}

// AppendRow appends the canonical form of one row.
func AppendRow[T Row](b []byte, row *T) []byte { return appendFields(b, TableOf[T]().byName, row) }

// Differing calls visit for the columns in which two rows differ, by name,
// with both values in canonical form.
func Differing[T Row](a, b *T, visit func(column *field.Column, a, b []byte)) {
	fields := TableOf[T]().byName
	for i := range fields {
		x, y := appendValue(nil, &fields[i], a), appendValue(nil, &fields[i], b)
		if !bytes.Equal(x, y) {
			visit(&fields[i].Column, x, y)
		}
	}
}

func appendFields[T any](b []byte, fields []field.Field[T], row *T) []byte {
	b = append(b, '{')
	first := true
	var long longText
	for i := range fields {
		f, before := &fields[i], len(b)
		if !first {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), f.Name...), '"', ':')
		value := len(b)
		if f.Kind == field.Text && len(*f.Text(row)) >= leastLong {
			b = long.append(b, *f.Text(row))
		} else {
			b = appendValue(b, f, row)
		}
		if f.Since != field.FirstVersion && string(b[value:]) == "null" {
			b = b[:before]
			continue
		}
		first = false
	}
	return append(b, '}', '\n')
}

func appendValue[T any](b []byte, f *field.Field[T], row *T) []byte {
	nullable := f.Has(field.Nullable)
	switch f.Kind {
	case field.Text, field.Date:
		if s := *f.Text(row); s != "" || !nullable {
			return AppendString(b, s)
		}
	case field.Start, field.End:
		if v := *f.Offset(row); !nullable || v >= 0 && f.Span(row).IsSet() {
			return strconv.AppendInt(b, int64(v), 10)
		}
	case field.Whole:
		return strconv.AppendInt(b, int64(*f.Whole(row)), 10)
	case field.Flag:
		return strconv.AppendBool(b, *f.Flag(row))
	case field.Maybe:
		if v := *f.Maybe(row); v != nil {
			return strconv.AppendBool(b, *v)
		}
	case field.Texts:
		list := *f.Texts(row)
		return appendArray(b, len(list), nullable, func(b []byte, k int) []byte { return AppendString(b, list[k]) })
	case field.Spans:
		list := *f.Spans(row)
		return appendArray(b, len(list), nullable, func(b []byte, k int) []byte {
			return appendNumbers(b, number{"end", list[k].End}, number{"start", list[k].Start})
		})
	case field.Segments:
		list := *f.Segments(row)
		return appendArray(b, len(list), nullable, func(b []byte, k int) []byte {
			return appendNumbers(b, number{"length", list[k].Length}, number{"raw_start", list[k].RawStart}, number{"start", list[k].Start})
		})
	}
	return append(b, "null"...)
}

// appendArray appends a list; a nullable one without elements is null.
func appendArray(b []byte, n int, nullable bool, element func([]byte, int) []byte) []byte {
	if n == 0 && nullable {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for k := range n {
		if k > 0 {
			b = append(b, ',')
		}
		b = element(b, k)
	}
	return append(b, ']')
}

// appendNumbers appends an object of numbers.
func appendNumbers(b []byte, members ...number) []byte {
	for i, m := range members {
		b = append(b, ",{"[btoi(i == 0)])
		b = append(AppendString(b, m.name), ':')
		b = strconv.AppendInt(b, int64(m.value), 10)
	}
	return append(b, '}')
}

type number struct {
	name  string
	value int32
}

// AppendString appends s as RFC 8785 has it: two-character escapes where JSON
// has them, \u00xx for the other control characters, all else as it is.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := plain(s, 0); i < len(s); i = plain(s, i+1) {
		c := s[i]
		b = append(b, s[from:i]...)
		from = i + 1
		if short := strings.IndexByte("\b\t\n\f\r\"\\", c); short >= 0 {
			b = append(b, '\\', `btnfr"\`[short])
		} else {
			b = append(b, `\u00`...)
			b = append(b, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

// plain is the first byte of s from i on that is escaped, or its length. Eight
// bytes are looked at once: those below a space, quotes and backslashes borrow
// from their top bit, which bytes over 7F have set (Hacker's Delight 6-1).
func plain(s string, i int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(s); i += 8 {
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		quote, slash := w^'"'*ones, w^'\\'*ones
		if found := ((w-' '*ones)&^w | (quote-ones)&^quote | (slash-ones)&^slash) & tops; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(s) && s[i] >= ' ' && s[i] != '"' && s[i] != '\\'; i++ {
	}
	return i
}

// longText is the last long text of a row, and where its form begins and ends: a raw text is often the canonical one.
type longText struct {
	text     string
	from, to int
}

const leastLong = 256 // bytes

func (l *longText) append(b []byte, s string) []byte {
	from := len(b)
	if len(s) == len(l.text) && unsafe.StringData(s) == unsafe.StringData(l.text) {
		return append(b, b[l.from:l.to]...)
	}
	b = AppendString(b, s)
	*l = longText{s, from, len(b)}
	return b
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
