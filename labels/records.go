package labels

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// jsonRecord is one value of a JSON file.
type jsonRecord struct {
	text   string
	at     Position
	file   string // path in the source
	number int    // of the record in its file, from 1
}

// eachJSON yields the records of JSON files: the lines of a .jsonl file; else
// the values of the file one after the other, the elements of a list where it
// is one whose first element is no string. Values are checked to be well
// formed, at most 64 deep and UTF-8.
func eachJSON(src Source, opt ReadOptions, extensions []string, yield func(jsonRecord, error) bool) {
	files, err := src.Files(extensions...)
	if err != nil {
		yield(jsonRecord{}, err)
		return
	}
	for _, file := range files {
		n := 0
		one := func(r jsonRecord, err error) bool {
			if err == nil {
				n++
			}
			r.file, r.number = file, n
			return yield(r, err)
		}
		if isJSONL(file) {
			if !eachLine(src, file, opt, func(l textLine, err error) bool {
				if err != nil {
					return one(jsonRecord{}, err)
				}
				return strings.TrimSpace(l.text) == "" || splitJSON(l.text, l.at, one)
			}) {
				return
			}
			continue
		}
		text, err := readWhole(src, file, opt)
		if err != nil {
			if !yield(jsonRecord{}, err) || !IsRecordError(err) {
				return
			}
			continue
		}
		if !splitJSON(text, Position{File: src.Display(file), Line: 1}, one) {
			return
		}
	}
}

// splitJSON yields the records of a text; see eachJSON.
func splitJSON(text string, at Position, yield func(jsonRecord, error) bool) bool {
	s := newScanner(text, at)
	ok := true
	record := func() bool {
		s.peek()
		start := s.pos
		if !s.skip() {
			return false
		}
		ok = yield(jsonRecord{text: text[start:s.pos], at: s.position(start)}, nil)
		return ok
	}
	if s.validUTF8() {
		for good := true; good && !s.atEnd(); {
			if s.peek() == '[' && !startsWithString(text[s.pos:]) {
				good = s.array(func(int) bool { return record() })
			} else {
				good = record()
			}
		}
	}
	if len(s.problems) > 0 {
		ok = ok && yield(jsonRecord{at: s.problems[0].At}, s.problems[0])
	}
	return ok
}

// startsWithString reports whether the first element of a list is a string.
func startsWithString(text string) bool {
	return strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(text, "["), " \t\r\n"), `"`)
}

// decode reads a record into a Go value. Fields it does not have are ignored.
func (r jsonRecord) decode(into any) error {
	err := json.Unmarshal([]byte(r.text), into)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		at := r.at
		at.Line += strings.Count(r.text[:min(max(int(wrong.Offset), 0), len(r.text))], "\n")
		what := wrong.Field
		if what == "" {
			what = "record"
		}
		return &RecordError{At: at, What: what, Found: "a value of the kind " + wrong.Value, Expected: plainKind(wrong.Type.String())}
	}
	return &RecordError{At: r.at, What: "record", Found: err.Error()}
}

// plainKind names a Go type as JSON would.
func plainKind(name string) string {
	switch name = strings.TrimLeft(name, "*"); {
	case name == "string":
		return "a string"
	case name == "bool":
		return "true or false"
	case strings.HasPrefix(name, "int"):
		return "a whole number from 0 to 2147483647"
	case strings.HasPrefix(name, "float"):
		return "a number"
	case strings.HasPrefix(name, "["):
		return "a list"
	}
	return "an object"
}

// problem is an error of the record.
func (r jsonRecord) problem(docID, what, found, expected string) *RecordError {
	return &RecordError{At: r.at, DocID: docID, What: what, Found: found, Expected: expected}
}

// docID is the first of the candidates that is not empty, else the file's base
// name, with the record's number where it is not the first.
func (r jsonRecord) docID(candidates ...string) string {
	if i := slices.IndexFunc(candidates, func(c string) bool { return c != "" }); i >= 0 {
		return candidates[i]
	}
	name := fileDocID(r.file, ".json", ".jsonl", ".ndjson", ".jsonld")
	if r.number > 1 {
		name += fmt.Sprintf("-%d", r.number)
	}
	return name
}

// jsonText is a string, or a number that stands for one.
type jsonText string

// UnmarshalJSON takes strings and numbers as they are written; any other value
// is "".
func (t *jsonText) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*t = jsonText(s)
	} else if len(b) > 0 && (b[0] == '-' || b[0] >= '0' && b[0] <= '9') {
		*t = jsonText(b)
	}
	return nil
}

// marshalJSON is a value as one line of JSON, newline included, with < > & as
// they are.
func marshalJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// topKeys lists the keys of the first object in the head of a JSON file that
// may be cut off anywhere: the object itself or the first element of a list.
func topKeys(head []byte) map[string]bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte(bom)))
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("[")))
	keys := map[string]bool{}
	depth := 0
	for i := 0; i < len(head); i++ {
		switch head[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				return keys
			}
		case '"':
			end := i + 1
			for end < len(head) && head[end] != '"' {
				if head[end] == '\\' {
					end++
				}
				end++
			}
			if end >= len(head) {
				return keys
			}
			rest := bytes.TrimLeft(head[end+1:], " \t\r\n")
			if depth == 1 && bytes.HasPrefix(rest, []byte(":")) {
				keys[string(head[i+1:end])] = true
			}
			i = end
		}
		if depth == 0 {
			return keys // no object
		}
	}
	return keys
}

// foreignKeys are keys that the native form does not have at its top.
var foreignKeys = []string{"text", "tokens", "spans", "ents", "entities", "entity_mentions", "event_mentions",
	"label", "labels", "annotations", "predictions", "data", "target", "@context"}

// isForeignJSON reports whether the head of a JSON file has such a key.
func isForeignJSON(head []byte) bool {
	keys := topKeys(head)
	return slices.ContainsFunc(foreignKeys, func(k string) bool { return keys[k] })
}

// span checks a pair of offsets of a JSON record.
func (r jsonRecord) span(docID, what string, start, end *int32) (schema.Span, error) {
	switch {
	case start == nil || end == nil:
		return schema.NoSpan, r.problem(docID, what, "no start or no end", "both")
	case *start < 0 || *end <= *start || *end == math.MaxInt32:
		return schema.NoSpan, r.problem(docID, what, fmt.Sprintf("[%d,%d)", *start, *end), "0 ≤ start < end")
	}
	return schema.Span{Start: *start, End: *end}, nil
}

// writeJSONLines writes one value a line.
func writeJSONLines(out Output, docs iter.Seq[*Document], record func(*Document) (any, error)) error {
	return out.WriteFile("", func(w io.Writer) error {
		for d := range docs {
			v, err := record(d)
			if err != nil {
				return err
			}
			b, err := marshalJSON(v)
			if err != nil {
				return fmt.Errorf("document %q: %w", d.DocID, err)
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	})
}

func isJSONL(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".jsonl" || ext == ".ndjson"
}
