package ontology

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// Encode is an ontology as JSON in canonical form: the same ontology gives the
// same bytes, however its file was written. A list has an entry a line.
func Encode(o *schema.Ontology) ([]byte, error) {
	whole, err := marshal(o)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(whole))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteByte('{')
	for first := true; d.More(); first = false {
		if !first {
			b.WriteByte(',')
		}
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		name, _ := json.Marshal(key)
		b.WriteString("\n  " + string(name) + ": ")
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
	return b.Bytes(), nil
}

func rawBytes(list []json.RawMessage) [][]byte {
	out := make([][]byte, len(list))
	for i, item := range list {
		out[i] = slices.Clone(item)
	}
	return out
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// Hash is the SHA-256 of the canonical form, in lower-case hexadecimal digits.
func Hash(o *schema.Ontology) (string, error) {
	b, err := Encode(o)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
