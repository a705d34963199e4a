package answers

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"
)

// Object is the one object in a text that has one of the keys, as plain JSON. A key
// that is near to a missing one is an error.
func Object(text string, keys ...string) ([]byte, error) {
	grade := func(v any) int {
		o, ok := v.(object)
		if !ok {
			return 0
		}
		n := 0
		for _, k := range keys {
			if _, has := o.values[k]; has {
				n++
			}
		}
		return n
	}
	v, err := find(text, grade)
	if err != nil {
		return nil, err
	}
	if l, ok := v.(list); ok && len(l) == 1 { // a list of one answer
		v = l[0]
	}
	o, ok := v.(object)
	want := `one JSON object with the keys "` + strings.Join(keys, `" and "`) + `"`
	switch n := grade(v); {
	case !ok:
		return nil, &Error{Found: kindOf(v), Expected: want}
	case n == 0, n < len(keys) && like(o, keys) != "":
		return nil, &Error{Found: "an object with " + keysOf(o), Expected: want + like(o, keys), JSON: true}
	}
	return json.Marshal(o)
}

// MarshalJSON writes an object with its keys in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, k := range o.keys {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(k)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(o.values[k])
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Split is the answers of a record of a file: the record itself, or, where its keys
// are articles, the value of each with its article.
func Split(text string, article func(docID string) bool) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		work := 64*len(text) + 1<<16
		v, ok := whole(bare(text), &work)
		o, is := v.(object)
		if !ok || !is || len(o.keys) == 0 || twice(o) != "" || !article(o.keys[0]) {
			yield("", text)
			return
		}
		for _, id := range o.keys {
			value, err := json.Marshal(o.values[id])
			if err != nil || !yield(id, string(value)) {
				return
			}
		}
	}
}
