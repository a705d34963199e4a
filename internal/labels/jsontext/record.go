package jsontext

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

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// Record is one value of a JSON file.
type Record struct {
	Text   string
	At     labels.Position
	File   string // path in the source
	Number int    // of the record in its file, from 1
	Shared bool   // its first line has others too
}

// EachRecord yields the records of JSON files: the lines of a .jsonl file; else
// the values of the file one after the other, the elements of a list where it
// is one whose first element is no string. Values are checked to be well
// formed, at most 64 deep and UTF-8.
func EachRecord(src labels.Source, opt labels.ReadOptions, extensions []string, yield func(Record, error) bool) {
	files, err := src.Files(extensions...)
	if err != nil {
		yield(Record{}, err)
		return
	}
	for _, file := range files {
		n := 0
		one := func(r Record, err error) bool {
			if err == nil {
				n++
			}
			r.File, r.Number = file, n
			return yield(r, err)
		}
		if IsJSONL(file) {
			if !textfile.EachLine(src, file, opt, func(l textfile.Line, err error) bool {
				if err != nil {
					return one(Record{}, err)
				}
				return strings.TrimSpace(l.Text) == "" || splitJSON(l.Text, l.At, one)
			}) {
				return
			}
			continue
		}
		text, err := textfile.Read(src, file, opt)
		if err != nil {
			if !yield(Record{}, err) || !labels.IsRecordError(err) {
				return
			}
			continue
		}
		if !splitJSON(text, labels.Position{File: src.Display(file), Line: 1}, one) {
			return
		}
	}
}

// splitJSON yields the records of a text; see EachRecord.
func splitJSON(text string, at labels.Position, yield func(Record, error) bool) bool {
	s := NewScanner(text, at)
	ok := true
	last := -1 // end of the record before
	record := func() bool {
		s.Peek()
		start := s.Pos
		if !s.skip() {
			return false
		}
		shared := last >= 0 && !strings.Contains(text[last:start], "\n") || followed(text[s.Pos:]) && !strings.Contains(text[start:s.Pos], "\n")
		last = s.Pos
		ok = yield(Record{Text: text[start:s.Pos], At: s.Position(start), Shared: shared}, nil)
		return ok
	}
	if s.ValidUTF8() {
		for good := true; good && !s.AtEnd(); {
			if s.Peek() == '[' && !startsWithString(text[s.Pos:]) {
				good = s.Array(func(int) bool { return record() })
			} else {
				good = record()
			}
		}
	}
	if len(s.Problems) > 0 {
		ok = ok && yield(Record{At: s.Problems[0].At}, s.Problems[0])
	}
	return ok
}

// followed reports whether another element of a list begins on the same line.
func followed(rest string) bool {
	rest, more := strings.CutPrefix(strings.TrimLeft(rest, " \t\r"), ",")
	return more && !strings.HasPrefix(strings.TrimLeft(rest, " \t\r"), "\n")
}

// startsWithString reports whether the first element of a list is a string.
func startsWithString(text string) bool {
	return strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(text, "["), " \t\r\n"), `"`)
}

// Decode reads a record into a Go value. Fields it does not have are ignored.
func (r Record) Decode(into any) error {
	err := json.Unmarshal([]byte(r.Text), into)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		at := r.At
		at.Line += strings.Count(r.Text[:min(max(int(wrong.Offset), 0), len(r.Text))], "\n")
		what := wrong.Field
		if what == "" {
			what = "record"
		}
		return &labels.RecordError{At: at, What: what, Found: "a value of the kind " + wrong.Value, Expected: plainKind(wrong.Type.String())}
	}
	return &labels.RecordError{At: r.At, What: "record", Found: err.Error()}
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

// Problem is an error of the record.
func (r Record) Problem(docID, what, found, expected string) *labels.RecordError {
	return &labels.RecordError{At: r.At, DocID: docID, What: what, Found: found, Expected: expected}
}

// DocID is the first of the candidates that is not empty, else the file's base
// name, with the record's number where it is not the first.
func (r Record) DocID(candidates ...string) string {
	if i := slices.IndexFunc(candidates, func(c string) bool { return c != "" }); i >= 0 {
		return candidates[i]
	}
	name := textfile.DocID(r.File, ".json", ".jsonl", ".ndjson", ".jsonlines", ".jsonld")
	if r.Number > 1 {
		name += fmt.Sprintf("-%d", r.Number)
	}
	return name
}

// Text is a string, or a number that stands for one.
type Text string

// UnmarshalJSON takes strings and numbers as they are written; any other value
// is "".
func (t *Text) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*t = Text(s)
	} else if len(b) > 0 && (b[0] == '-' || b[0] >= '0' && b[0] <= '9') {
		*t = Text(b)
	}
	return nil
}

// Marshal is a value as one line of JSON, newline included, with < > & as
// they are.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}

// TopKeys lists the keys of the first object in the head of a JSON file that
// may be cut off anywhere: the object itself or the first element of a list.
func TopKeys(head []byte) map[string]bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte(textfile.BOM)))
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
	"sentences", "tokenized_text", "extractions", "passages", "response", "output", "completion", "content", "answer",
	"label", "labels", "annotations", "predictions", "data", "target", "@context"}

// IsForeignJSON reports whether the head of a JSON file has such a key.
func IsForeignJSON(head []byte) bool {
	keys := TopKeys(head)
	return slices.ContainsFunc(foreignKeys, func(k string) bool { return keys[k] })
}

// Span checks a pair of offsets of a JSON record.
func (r Record) Span(docID, what string, start, end *int32) (schema.Span, error) {
	switch {
	case start == nil || end == nil:
		return schema.NoSpan, r.Problem(docID, what, "no start or no end", "both")
	case *start < 0 || *end <= *start || *end == math.MaxInt32:
		return schema.NoSpan, r.Problem(docID, what, fmt.Sprintf("[%d,%d)", *start, *end), "0 ≤ start < end")
	}
	return schema.Span{Start: *start, End: *end}, nil
}

// WriteLines writes one value a line.
func WriteLines(out labels.Output, docs iter.Seq[*labels.Document], record func(*labels.Document) (any, error)) error {
	return out.WriteFile("", func(w io.Writer) error {
		for d := range docs {
			v, err := record(d)
			if err != nil {
				return err
			}
			b, err := Marshal(v)
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

func IsJSONL(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".jsonl" || ext == ".ndjson" || ext == ".jsonlines"
}
