package warc

import (
	"bytes"
	"strings"
)

// Fields are the fields of a WARC record or of an HTTP message, in
// order.
type Fields []namedField

type namedField struct {
	name  string
	value []byte
}

// add takes a line of a header: a field, or the continuation of the one before
// it. Other lines are passed over.
func (f *Fields) add(line []byte) {
	if line[0] == ' ' || line[0] == '\t' {
		if n := len(*f); n > 0 {
			last := &(*f)[n-1]
			last.value = append(append(last.value, ' '), bytes.TrimSpace(line)...)
		}
		return
	}
	name, value, ok := bytes.Cut(line, []byte(":"))
	if !ok {
		return
	}
	*f = append(*f, namedField{string(bytes.TrimSpace(name)), append([]byte(nil), bytes.TrimSpace(value)...)})
}

// Get is the value of the first field of that name, whatever its case; "" for
// none.
func (f Fields) Get(name string) string {
	for _, x := range f {
		if strings.EqualFold(x.name, name) {
			return string(bytes.TrimSpace(x.value))
		}
	}
	return ""
}

// list is the values, separated by commas, of all fields of that name, in
// lower case.
func (f Fields) list(name string) []string {
	var out []string
	for _, x := range f {
		if !strings.EqualFold(x.name, name) {
			continue
		}
		for v := range strings.SplitSeq(string(x.value), ",") {
			if v = strings.ToLower(strings.TrimSpace(v)); v != "" {
				out = append(out, v)
			}
		}
	}
	return out
}
