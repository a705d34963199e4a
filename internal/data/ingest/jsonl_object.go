package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// ErrObject says that a line is no JSON object.
var ErrObject = errors.New("not a JSON object")

// member is a member of an object: its value as it stands in the line.
type member struct {
	name  string
	value []byte
}

// parseObject cuts a line into the members of its object. Of members of one
// name the last holds. Invalid UTF-8, NUL bytes and escapes of half a surrogate
// pair are errors wherever they stand.
func parseObject(line []byte) ([]member, error) {
	if bad := utf16Mark(line); bad != nil {
		return nil, bad
	}
	if bad := bytes.IndexByte(line, 0); bad >= 0 {
		return nil, wrongCharset(line, &document.EncodingError{Offset: bad, Line: 1})
	}
	if members, ok := plainObject(line); ok {
		return members, nil
	}
	d := jsontext.NewDecoder(bytes.NewBuffer(line), jsontext.AllowDuplicateNames(true))
	if kind := d.PeekKind(); kind != '{' {
		if err := d.SkipValue(); err != nil {
			return nil, syntaxError(line, err)
		}
		return nil, fmt.Errorf("%w: found %s", ErrObject, canonical.Clip(string(line)))
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, syntaxError(line, err)
	}
	var members []member
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, syntaxError(line, err)
		}
		m := member{name: name.String()}
		start := d.InputOffset()
		if err := d.SkipValue(); err != nil {
			return nil, syntaxError(line, err)
		}
		m.value = bytes.TrimLeft(line[start:d.InputOffset()], ": \t")
		members = append(members, m)
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, syntaxError(line, err)
	}
	if rest := bytes.TrimSpace(line[d.InputOffset():]); len(rest) > 0 {
		return nil, fmt.Errorf("%w: found %q after it", ErrObject, canonical.Clip(string(rest)))
	}
	return members, nil
}

// syntaxError says where a line is no JSON, with invalid UTF-8 said first.
func syntaxError(line []byte, err error) error {
	if bytes.Equal(bytes.TrimSpace(line), []byte("[")) {
		return &hinted{fmt.Errorf("%w: found an array over several lines", ErrObject), "JSON Lines has one object a line: jq -c '.[]' FILE makes that of an array"}
	}
	if bad := canonical.CheckText(line); bad != nil {
		return wrongCharset(line, bad)
	}
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return fmt.Errorf("%w: byte %d: %w", ErrObject, syntax.ByteOffset, syntax.Err)
	}
	return fmt.Errorf("%w: %w", ErrObject, err)
}

// jsonColumns resolves columns once for the lines that have the same ones. It
// is safe for concurrent use.
type jsonColumns struct {
	asked Columns
	mu    sync.Mutex
	known map[string]map[string]string // by the names, joined
}

// mostKnown bounds what a file of ever new columns can take.
const mostKnown = 64

func (c *jsonColumns) of(members []member) (map[string]string, error) {
	names := make([]string, 0, len(members))
	for _, m := range members {
		names = append(names, m.name)
	}
	key := strings.Join(names, "\x00")
	c.mu.Lock()
	found, ok := c.known[key]
	c.mu.Unlock()
	if ok {
		return found, nil
	}
	slices.Sort(names)
	found, err := c.asked.resolve(slices.Compact(names))
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]map[string]string{}
	}
	if err == nil && len(c.known) < mostKnown {
		c.known[key] = found
	}
	return found, err
}

func jsonDoc(line []byte, at, id string, columns *jsonColumns) (*document.Document, error) {
	members, err := parseObject(line)
	if err != nil {
		return nil, err
	}
	found, err := columns.of(members)
	if err != nil {
		return nil, err
	}
	r := row{}
	var left []document.Note
	for _, field := range columnFields {
		column, ok := found[field]
		for i := len(members) - 1; ok && i >= 0; i-- {
			if members[i].name != column {
				continue
			}
			if r[field], err = jsonText(members[i].value, field); err != nil && (field == fieldText || field == fieldHTML || field == fieldDocID) {
				return nil, fmt.Errorf("column %q: %w", column, err)
			} else if err != nil {
				// What is not needed costs no article.
				left = append(left, document.Note{File: at, Code: document.NoteColumns, Text: fmt.Sprintf("column %q was not taken: %v", column, err)})
			}
			break
		}
	}
	d, err := tableDoc(r, at, id)
	if err == nil {
		d.Notes = append(d.Notes, left...)
	}
	return d, err
}

// jsonText is a valid value as text: a string, a number as it is written, null
// as "", of texts and authors a list of these, and of what is optional the name in
// an object.
func jsonText(v jsontext.Value, field string) (string, error) {
	switch v.Kind() {
	case 'n':
		return "", nil
	case '"':
		if s, ok := unquotePlain(v); ok {
			return s, nil
		}
		s, err := jsontext.AppendUnquote(make([]byte, 0, len(v)), v)
		return string(s), err
	case '0':
		return string(v), nil
	case '{':
		// {"id": null, "name": "Example News"} and the like.
		if field == "" || field == fieldText || field == fieldHTML || field == fieldDocID {
			break
		}
		members, err := parseObject(v)
		if err != nil {
			return "", err
		}
		for _, name := range []string{"name", "title", "label", "@value", "value"} {
			for _, m := range members {
				if k := jsontext.Value(m.value).Kind(); m.name == name && (k == '"' || k == '0') {
					return jsonText(m.value, "")
				}
			}
		}
	case '[':
		between := map[string]string{fieldText: "\n", fieldAuthor: ", "}[field]
		if between == "" {
			break
		}
		var parts []string
		d := jsontext.NewDecoder(bytes.NewBuffer(v))
		if _, err := d.ReadToken(); err != nil {
			return "", err
		}
		for d.PeekKind() != ']' {
			e, err := d.ReadValue()
			if err != nil {
				return "", err
			}
			inner := ""
			if field == fieldAuthor {
				inner = fieldOutlet // a name, or an object that has one
			}
			s, err := jsonText(e, inner)
			if err != nil {
				return "", err
			}
			parts = append(parts, s)
		}
		return strings.Join(parts, between), nil
	}
	return "", fmt.Errorf("found %s, expected text", canonical.Clip(string(v)))
}
