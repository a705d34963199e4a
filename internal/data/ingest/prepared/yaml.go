package prepared

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/suggest"
)

// MaxRecord is the most bytes a record may have; a real one has two thousand.
const MaxRecord = 256 << 10

// Read reads a record and checks all that does not need its text file.
// An unknown key, a duplicate key, an anchor or a second document is an error.
// Errors are [document.FileError]s with the record's line.
func Read(file string, data []byte) (*Record, error) {
	r := &Record{File: file, at: map[string]int{}}
	if len(data) > MaxRecord {
		return nil, &document.FileError{File: file, Err: &document.TooLargeError{Size: int64(len(data)), Limit: MaxRecord}}
	}
	if err := canonical.CheckText(data); err != nil {
		return nil, &document.FileError{File: file, Line: err.Line, Err: err}
	}
	root, err := parseYAML(data)
	if err != nil {
		line, what := 0, err.Error()
		var y yaml.Error
		if errors.As(err, &y) {
			what = y.GetMessage()
			if t := y.GetToken(); t != nil && t.Position != nil {
				line = t.Position.Line
			}
		}
		return nil, &document.FileError{File: file, Line: line, Err: fmt.Errorf("%w: %s", document.ErrRecord, what)}
	}
	if err := r.decode("", root, r.fields()); err != nil {
		return nil, err
	}
	return r, r.check()
}

// parseYAML is the one mapping of the document. A panic of the parser is an
// error of the document.
func parseYAML(data []byte) (m *ast.MappingNode, err error) {
	defer func() {
		if p := recover(); p != nil {
			m, err = nil, fmt.Errorf("not readable as YAML: %v", p)
		}
	}()
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, err
	}
	var body ast.Node
	for _, d := range f.Docs {
		if d.Body == nil {
			continue
		}
		if body != nil {
			return nil, errors.New("found a second document, expected one")
		}
		body = d.Body
	}
	m, ok := body.(*ast.MappingNode)
	if !ok {
		return nil, errors.New("found no keys, expected a mapping such as \"title: …\"")
	}
	return m, nil
}

// field decodes the value of one key.
type field func(key string, n ast.Node) error

func (r *Record) fields() map[string]field {
	text := func(to *string) field {
		return func(key string, n ast.Node) (err error) {
			*to, err = r.text(key, n)
			return err
		}
	}
	return map[string]field{
		"raw_sha256": text(&r.RawSHA256),
		"title":      text(&r.Title), "subtitle": text(&r.Subtitle),
		"language": text(&r.Language), "outlet": text(&r.Outlet), "author": text(&r.Author), "url": text(&r.URL),
		"published": text(&r.Published), "published_raw": text(&r.PublishedRaw),
		"published_inferred": text(&r.PublishedInferred), "published_evidence": text(&r.PublishedEvidence),
		"lines": func(key string, n ast.Node) error {
			m, ok := n.(*ast.MappingNode)
			if !ok {
				return r.fail(key, document.ErrRecord, "lines is %s, expected title, subtitle and body", describe(n))
			}
			return r.decode("lines.", m, map[string]field{
				"title": r.lineNumber(&r.TitleLine), "subtitle": r.lineNumber(&r.SubtitleLine), "body": r.ranges,
			})
		},
	}
}

func (r *Record) decode(prefix string, m *ast.MappingNode, fields map[string]field) error {
	for _, v := range m.Values {
		name := v.Key.GetToken().Value
		key := prefix + name
		r.at[key] = v.Key.GetToken().Position.Line
		f, ok := fields[name]
		if !ok {
			known := slices.Sorted(maps.Keys(fields))
			near := suggest.Nearest(name, known, 1)[0]
			return &document.FileError{
				File: r.File, Line: r.at[key],
				Err:  fmt.Errorf("%w: unknown key %q, expected %s", document.ErrRecord, key, strings.Join(known, ", ")),
				Hint: fmt.Sprintf("did you mean %q?", prefix+near),
			}
		}
		if err := f(key, v.Value); err != nil {
			return err
		}
	}
	return nil
}

// text is a scalar as it is written; null is "".
func (r *Record) text(key string, n ast.Node) (string, error) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		return strings.TrimSuffix(n.Value.Value, "\n"), nil
	case *ast.NullNode:
		return "", nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, nil
	}
	return "", r.fail(key, document.ErrRecord, "%s is %s, expected text", key, describe(n))
}

func (r *Record) lineNumber(to *int) field {
	return func(key string, n ast.Node) error {
		s, err := r.text(key, n)
		if err != nil || s == "" {
			return err
		}
		var ok bool
		if *to, ok = parseLine(s); !ok {
			return r.fail(key, document.ErrRecord, "%s is %q, expected a line number from 1 or null", key, s)
		}
		return nil
	}
}

func (r *Record) ranges(key string, n ast.Node) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return r.fail(key, document.ErrRecord, "%s is %s, expected a list such as [3, 5-9]", key, describe(n))
	}
	for _, e := range list.Values {
		s, err := r.text(key, e)
		if err != nil {
			return err
		}
		first, last, isRange := strings.Cut(s, "-")
		if !isRange {
			last = first
		}
		a, ok1 := parseLine(first)
		b, ok2 := parseLine(last)
		if !ok1 || !ok2 {
			return r.fail(key, document.ErrRecord, "%s has %q, expected a line such as 3 or a range such as 5-9", key, s)
		}
		r.Body = append(r.Body, LineRange{a, b})
	}
	return nil
}

// parseLine reads a decimal line number from 1.
func parseLine(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0 && n < 1<<30 && strconv.Itoa(n) == s
}

func describe(n ast.Node) string {
	if n == nil {
		return "nothing"
	}
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		return "an anchor, alias or tag"
	}
	return "a single value"
}
