package ontology

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/schema"
)

// Encode is an ontology as JSON in canonical form: the same ontology gives the
// same bytes, however its file was written. A list has an entry a line.
func Encode(o *schema.Ontology) []byte {
	d := json.NewDecoder(bytes.NewReader(marshal(o)))
	must(d.Token())
	var b bytes.Buffer
	b.WriteByte('{')
	for first := true; d.More(); first = false {
		if !first {
			b.WriteByte(',')
		}
		key := must(d.Token())
		var value json.RawMessage
		must(value, d.Decode(&value))
		b.WriteString("\n  " + strconv.Quote(key.(string)) + ": ")
		var items []json.RawMessage
		if value[0] != '[' || json.Unmarshal(value, &items) != nil {
			b.Write(value)
			continue
		}
		b.WriteString("[\n    ")
		b.Write(bytes.Join(rawBytes(items), []byte(",\n    ")))
		b.WriteString("\n  ]")
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}

// must is the value; there is no error where a plain value is encoded, and where
// what was encoded is decoded.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func rawBytes(list []json.RawMessage) [][]byte {
	out := make([][]byte, len(list))
	for i, item := range list {
		out[i] = slices.Clone(item)
	}
	return out
}

func marshal(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	must(0, e.Encode(v))
	return b.Bytes()
}

// Hash is the SHA-256 of the canonical form, in lower-case hexadecimal digits.
func Hash(o *schema.Ontology) string {
	sum := sha256.Sum256(Encode(o))
	return hex.EncodeToString(sum[:])
}
