package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

func init() {
	register(Source{
		Name:       "jsonl",
		Extensions: []string{".jsonl", ".ndjson"},
		Doc:        "JSON Lines in UTF-8, an article a line: an object whose keys are columns",
		Read:       readJSONLines,
	})
}

// readJSONLines gives an article a line. Without a doc_id of its own an
// article's is the file's and the line's number. Blank lines are passed over.
func readJSONLines(f File, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		lines := newLineReader(f.Reader, o.maxBytes())
		var noted sync.Once
		for {
			line, err := lines.next()
			n := lines.n
			switch {
			case err == io.EOF:
				return
			case errors.Is(err, ErrLongLine):
				long := rowError(f.Name, n, fmt.Errorf("%w: over %d bytes", err, o.maxBytes()))
				if !yield(func() (*Document, error) { return nil, long }, nil) {
					return
				}
				continue
			case err != nil:
				yield(nil, rowError(f.Name, n, err))
				return
			}
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte(byteOrderMark))
			}
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			// The columns of the first line are noted before any article.
			noted.Do(func() {
				if r, err := parseObject(line); err == nil {
					if found, err := o.Columns.resolve(slices.Sorted(maps.Keys(r))); err == nil {
						noteColumns(f, found)
					}
				}
			})
			item := func() (*Document, error) {
				d, err := jsonDoc(line, fmt.Sprintf("%s:%d", f.Name, n), numbered(f.ID, n), o)
				if err != nil {
					return nil, rowError(f.Name, n, err)
				}
				return d, nil
			}
			if !yield(item, nil) {
				return
			}
		}
	}
}

func noteColumns(f File, found map[string]string) {
	if text := columnsNote(found); text != "" && f.Note != nil {
		f.Note(Note{Code: NoteColumns, Text: text})
	}
}

// ErrObject says that a line is no JSON object.
var ErrObject = errors.New("not a JSON object")

func parseObject(line []byte) (map[string]json.RawMessage, error) {
	if err := checkText(line); err != nil {
		return nil, err
	}
	var r map[string]json.RawMessage
	if err := json.Unmarshal(line, &r); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("%w: column %d: %w", ErrObject, syntax.Offset, err)
		}
		return nil, fmt.Errorf("%w: found %s", ErrObject, clip(string(line)))
	}
	if r == nil {
		return nil, fmt.Errorf("%w: found null", ErrObject)
	}
	return r, nil
}

func jsonDoc(line []byte, at, id string, o Options) (*Document, error) {
	values, err := parseObject(line)
	if err != nil {
		return nil, err
	}
	found, err := o.Columns.resolve(slices.Sorted(maps.Keys(values)))
	if err != nil {
		return nil, err
	}
	r := row{}
	for field, column := range found {
		s, err := jsonText(values[column], field)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", column, err)
		}
		r[field] = s
	}
	return tableDoc(r, at, id)
}

// halfSurrogate reports whether a valid JSON string has an escape of a surrogate
// without its other half, which decoding would replace without a word.
func halfSurrogate(v []byte) bool {
	unit := func(i int) uint64 { // of the escape at i; 0 for another
		if i+6 > len(v) || v[i] != '\\' || v[i+1] != 'u' {
			return 0
		}
		n, _ := strconv.ParseUint(string(v[i+2:i+6]), 16, 16)
		return n
	}
	for i := bytes.IndexByte(v, '\\'); i >= 0 && i < len(v); i++ {
		if v[i] != '\\' {
			continue
		}
		switch u := unit(i); {
		case utf16.IsSurrogate(rune(u)) && utf16.DecodeRune(rune(u), rune(unit(i+6))) == utf8.RuneError:
			return true
		case utf16.IsSurrogate(rune(u)):
			i += 11
		default:
			i++ // what is escaped
		}
	}
	return false
}

// jsonText is a value as text: a string, a number as it is written, null as "",
// and of texts and authors a list of strings.
func jsonText(v json.RawMessage, field string) (string, error) {
	var s string
	switch {
	case len(v) == 0 || string(v) == "null":
		return "", nil
	case v[0] == '"':
		if err := json.Unmarshal(v, &s); err != nil {
			return "", err
		}
		if halfSurrogate(v) {
			return "", errors.New("found an escape of half a surrogate pair, expected text")
		}
		return s, nil
	case v[0] == '[' && (field == fieldText || field == fieldAuthor):
		var list []json.RawMessage
		if err := json.Unmarshal(v, &list); err != nil {
			return "", err
		}
		var parts []string
		for _, e := range list {
			s, err := jsonText(e, "")
			if err != nil {
				return "", err
			}
			parts = append(parts, s)
		}
		return strings.Join(parts, map[string]string{fieldText: "\n", fieldAuthor: ", "}[field]), nil
	case v[0] == '-' || '0' <= v[0] && v[0] <= '9':
		return string(v), nil
	}
	return "", fmt.Errorf("found %s, expected text", clip(string(v)))
}
