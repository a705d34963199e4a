package tables

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
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
// version added is no member of an older release's rows.

// TableHash computes the content hash of a table row by row.
type TableHash[T Row] struct {
	sum     hash.Hash
	out     *bufio.Writer
	line    []byte
	rows    int64
	members []member
}

func NewTableHash[T Row]() *TableHash[T] {
	h := &TableHash[T]{sum: sha256.New(), members: MembersOf(reflect.TypeFor[T]())}
	h.out = bufio.NewWriterSize(h.sum, 64<<10)
	return h
}

// LeaveOut takes columns out of the canonical form: those that the schema
// version of the release does not have.
func (h *TableHash[T]) LeaveOut(columns map[string]bool) {
	h.members = slices.DeleteFunc(slices.Clone(h.members), func(m member) bool {
		return columns[strings.Trim(m.Name, `":`)]
	})
}

// Add takes the next row, in key order.
func (h *TableHash[T]) Add(row *T) {
	h.line = append(appendMembers(h.line[:0], h.members, reflect.ValueOf(row).Elem()), '\n')
	h.out.Write(h.line) // a hash never fails
	h.rows++
}

// Table is the manifest's entry for the rows added so far.
func (h *TableHash[T]) Table() dataset.TableInfo {
	h.out.Flush()
	return dataset.TableInfo{Name: TableOf[T]().Name, Rows: h.rows, ContentSHA256: hex.EncodeToString(h.sum.Sum(nil))}
}

// WriteCanonical writes the canonical form of one row, without the line feed.
func WriteCanonical[T Row](w io.Writer, row *T) error {
	line := AppendRow(nil, row)
	_, err := w.Write(line[:len(line)-1])
	return err
}

func AppendRow[T Row](b []byte, row *T) []byte {
	b = appendMembers(b, MembersOf(reflect.TypeFor[T]()), reflect.ValueOf(row).Elem())
	return append(b, '\n')
}

// member is one column of a row type, or one field of a list's struct.
type member struct {
	Name  string // with quotes and colon
	Index []int
	date  bool
	fill  bool // a list that is [] and not null when empty
}

// MembersOf is the members of a struct type, sorted by name. It runs once a
// table; the rest goes by index.
func MembersOf(t reflect.Type) []member {
	if m, ok := rowMembers[t]; ok {
		return m
	}
	return listMembers(t)
}

// rowMembers and elementMembers are filled before any use and never changed.
var rowMembers = func() map[reflect.Type][]member {
	all := map[reflect.Type][]member{}
	for _, t := range []reflect.Type{
		reflect.TypeFor[ArticleRow](), reflect.TypeFor[MentionRow](), reflect.TypeFor[ActorRow](),
		reflect.TypeFor[EventRow](), reflect.TypeFor[ArgumentRow](), reflect.TypeFor[PassMentionRow](),
		reflect.TypeFor[PassEventRow](), reflect.TypeFor[PassArgumentRow](),
		reflect.TypeFor[RawSegmentRow](), reflect.TypeFor[FragmentRow](),
	} {
		all[t] = listMembers(t)
	}
	return all
}()

func listMembers(t reflect.Type) []member {
	var members []member
	for _, f := range reflect.VisibleFields(t) {
		tag, ok := f.Tag.Lookup("parquet")
		if !ok {
			continue
		}
		options := strings.Split(tag, ",")
		members = append(members, member{
			Name: options[0], Index: f.Index,
			date: slices.Contains(options, "date"),
			fill: !slices.Contains(options, "optional"),
		})
	}
	slices.SortFunc(members, func(a, b member) int { return cmp.Compare(a.Name, b.Name) })
	for i := range members {
		members[i].Name = strconv.Quote(members[i].Name) + ":"
	}
	return members
}

func appendMembers(b []byte, members []member, row reflect.Value) []byte {
	for i, m := range members {
		b = append(b, ",{"[btoi(i == 0)])
		b = append(b, m.Name...)
		b = AppendValue(b, m, row.FieldByIndex(m.Index))
	}
	return append(b, '}')
}

func AppendValue(b []byte, m member, v reflect.Value) []byte {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return append(b, "null"...)
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return AppendString(b, v.String())
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Int32:
		if m.date {
			days := int32(v.Int())
			return AppendString(b, DaysToDate(&days))
		}
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Struct:
		return appendMembers(b, MembersOf(v.Type()), v)
	}
	if v.Len() == 0 && !m.fill {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendValue(b, member{}, v.Index(i))
	}
	return append(b, ']')
}

// AppendString appends s as RFC 8785 has it: two-character escapes where JSON
// has them, \u00xx for the other control characters, all else as it is.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
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

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
