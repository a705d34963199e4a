package prepared

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/internal/yamlnode"
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
	body, err := yamlnode.Parse(file, data, `keys such as "title: …"`)
	var y *yamlnode.Error
	if errors.As(err, &y) {
		return nil, &document.FileError{File: file, Line: y.Line, Err: fmt.Errorf("%w: %s", document.ErrRecord, y.What)}
	}
	if err != nil {
		return nil, err
	}
	root, ok := yamlnode.Mapping(body)
	if !ok {
		return nil, &document.FileError{File: file, Line: yamlnode.Line(body), Err: fmt.Errorf("%w: found no keys, expected a mapping such as \"title: …\"", document.ErrRecord)}
	}
	if err := r.decode("", root, r.fields()); err != nil {
		return nil, err
	}
	return r, r.check()
}

// field decodes the value of one key.
type field func(key string, n *yamlnode.Node) error

func (r *Record) fields() map[string]field {
	text := func(to *string) field {
		return func(key string, n *yamlnode.Node) (err error) {
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
		"lines": func(key string, n *yamlnode.Node) error {
			m, ok := yamlnode.Mapping(n)
			if !ok {
				return r.fail(key, document.ErrRecord, "lines is %s, expected title, subtitle and body", describe(n))
			}
			return r.decode("lines.", m, map[string]field{
				"title": r.lineNumber(&r.TitleLine), "subtitle": r.lineNumber(&r.SubtitleLine), "body": r.ranges,
			})
		},
	}
}

func (r *Record) decode(prefix string, entries []yamlnode.Entry, fields map[string]field) error {
	for _, e := range entries {
		name := e.Key.Value
		key := prefix + name
		if at, twice := r.at[key]; twice {
			return &document.FileError{File: r.File, Line: yamlnode.Line(e.Key), Err: fmt.Errorf("%w: the key %s was given in line %d already", document.ErrRecord, key, at)}
		}
		r.at[key] = yamlnode.Line(e.Key)
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
		if err := f(key, e.Value); err != nil {
			return err
		}
	}
	return nil
}

// text is a scalar as it is written; null is "".
func (r *Record) text(key string, n *yamlnode.Node) (string, error) {
	if yamlnode.IsNull(n) {
		return "", nil
	}
	if v, ok := yamlnode.Plain(n); ok {
		return strings.TrimSuffix(v, "\n"), nil
	}
	return "", r.fail(key, document.ErrRecord, "%s is %s, expected text", key, describe(n))
}

func (r *Record) lineNumber(to *int) field {
	return func(key string, n *yamlnode.Node) error {
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

func (r *Record) ranges(key string, n *yamlnode.Node) error {
	list, ok := yamlnode.Sequence(n)
	if !ok {
		return r.fail(key, document.ErrRecord, "%s is %s, expected a list such as [3, 5-9]", key, describe(n))
	}
	for _, e := range list {
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

func describe(n *yamlnode.Node) string {
	if _, ok := yamlnode.Mapping(n); ok {
		return "a mapping"
	}
	if _, ok := yamlnode.Sequence(n); ok {
		return "a list"
	}
	if _, ok := yamlnode.Plain(n); ok {
		return "a single value"
	}
	if yamlnode.IsNull(n) {
		return "nothing"
	}
	return "an anchor, alias or tag"
}
