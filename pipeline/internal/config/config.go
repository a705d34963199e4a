// Package config reads mizan.yaml, the settings of a gate.
package config

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// File is a gate's settings as they stand in a file.
type File struct {
	name     string
	settings []setting
}

// setting is one value, or one condition of min or max_drop.
type setting struct {
	line        int
	key         string
	entry       string // the figure of a condition
	value       string
	fromMapping bool
}

// kindOfKey says what may stand under a key.
type kindOfKey int

const (
	scalarKey kindOfKey = iota
	pathKey             // relative to the file's own folder
	listKey             // one value or a list
	mappingKey
)

var keys = map[string]kindOfKey{
	"predictions": pathKey, "extractor": scalarKey, "jobs": scalarKey, "timeout": scalarKey, "retries": scalarKey,
	"release": pathKey, "from": scalarKey, "metrics": listKey, "where": listKey, "iou": scalarKey,
	"min": mappingKey, "max_drop": mappingKey, "baseline": pathKey, "allow_mismatch": scalarKey,
	"significant": scalarKey, "alpha": scalarKey, "permutations": scalarKey,
	"seed": scalarKey, "resamples": scalarKey, "level": scalarKey, "interval": scalarKey,
	"junit": pathKey, "markdown": pathKey,
}

// Keys is every key of a configuration, sorted.
func Keys() []string { return slices.Sorted(maps.Keys(keys)) }

// lineError is what is wrong at one line of a configuration.
type lineError struct {
	file string
	line int
	what string
	next string
}

func (e *lineError) Error() string { return fmt.Sprintf("%s:%d: %s", e.file, e.line, e.what) }
func (e *lineError) Hint() string  { return e.next }

// Read reads a configuration strictly: an unknown key, a key given twice
// and a value of the wrong shape are all reported, each with its line.
func Read(path string) (*File, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parse(path, src)
}

func parse(path string, src []byte) (c *File, err error) {
	defer func() {
		if r := recover(); r != nil {
			c, err = nil, &lineError{path, 1, fmt.Sprintf("not readable as YAML: %v", r), ""}
		}
	}()
	f, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, syntaxError(path, err)
	}
	var docs []*ast.DocumentNode
	for _, d := range f.Docs {
		if d.Body != nil {
			docs = append(docs, d)
		}
	}
	switch len(docs) {
	case 0:
		return nil, &lineError{path, 1, "found nothing, expected keys such as extractor and min", ""}
	case 1:
	default:
		return nil, &lineError{path, lineOf(docs[1].Body), "found a second document, expected one", ""}
	}
	c = &File{name: path}
	var bad []error
	c.read(docs[0].Body, &bad)
	if len(bad) > 0 {
		return nil, exit.Join(bad)
	}
	return c, nil
}

func syntaxError(path string, err error) error {
	line := 1
	what := err.Error()
	var y yaml.Error
	if errors.As(err, &y) {
		what = y.GetMessage()
		if t := y.GetToken(); t != nil && t.Position != nil {
			line = t.Position.Line
		}
	}
	return &lineError{path, line, "not YAML: " + what, ""}
}

// read reads the keys of the whole file.
func (c *File) read(body ast.Node, bad *[]error) {
	fail := func(line int, next, format string, args ...any) {
		*bad = append(*bad, &lineError{c.name, line, fmt.Sprintf(format, args...), next})
	}
	entries, ok := mapping(body)
	if !ok {
		fail(lineOf(body), "", "found %s, expected keys and values", nodeKind(body))
		return
	}
	seen := map[string]int{}
	for _, e := range entries {
		line := lineOf(e.Key)
		key, ok := plain(e.Key)
		kind, known := keys[key]
		switch {
		case !ok:
			fail(line, "", "found %s as a key, expected a name", nodeKind(e.Key))
			continue
		case !known:
			nearest := suggest.Nearest(key, Keys(), 1)
			fail(line, "known keys: "+strings.Join(Keys(), ", "), "unknown key %q; nearest: %s", key, nearest[0])
			continue
		case seen[key] > 0:
			fail(line, "", "key %q was given in line %d already", key, seen[key])
			continue
		}
		seen[key] = line
		switch kind {
		case mappingKey:
			c.readConditions(key, e.Value, fail)
		case listKey:
			c.readList(key, e.Value, fail)
		default:
			v, ok := plain(e.Value)
			if !ok {
				fail(line, "", "%s: found %s, expected one value", key, nodeKind(e.Value))
				continue
			}
			if kind == pathKey && !filepath.IsAbs(v) {
				v = filepath.Join(filepath.Dir(c.name), v)
			}
			c.settings = append(c.settings, setting{line: line, key: key, value: v})
		}
	}
}

type failFunc = func(line int, next, format string, args ...any)

// readConditions reads "METRIC.f1: 0.8" entries.
func (c *File) readConditions(key string, n ast.Node, fail failFunc) {
	entries, ok := mapping(n)
	if !ok {
		fail(lineOf(n), "", "%s: found %s, expected entries such as mentions.strict.f1: 0.8", key, nodeKind(n))
		return
	}
	seen := map[string]int{}
	for _, e := range entries {
		line := lineOf(e.Key)
		figure, okKey := plain(e.Key)
		limit, okValue := plain(e.Value)
		switch {
		case !okKey || !okValue:
			fail(line, "", "%s: found %s: %s, expected an entry such as mentions.strict.f1: 0.8", key, nodeKind(e.Key), nodeKind(e.Value))
		case seen[figure] > 0:
			fail(line, "", "%s: %s was given in line %d already", key, figure, seen[figure])
		default:
			seen[figure] = line
			c.settings = append(c.settings, setting{line, key, figure, limit, true})
		}
	}
}

func (c *File) readList(key string, n ast.Node, fail failFunc) {
	items := []ast.Node{n}
	if s, ok := n.(*ast.SequenceNode); ok {
		items = s.Values
	}
	for _, item := range items {
		v, ok := plain(item)
		if !ok {
			fail(lineOf(item), "", "%s: found %s, expected a value or a list of values", key, nodeKind(item))
			continue
		}
		c.settings = append(c.settings, setting{line: lineOf(item), key: key, value: v})
	}
}

// Apply hands on every setting. Of the keys for which given is true, nothing is
// taken but conditions; condition gets those of min and max_drop, set all others.
func (c *File) Apply(given func(key string) bool, condition func(key, figure, limit string) error, set func(key, value string) error) error {
	var bad []error
	for _, s := range c.settings {
		var err error
		switch {
		case s.fromMapping:
			err = condition(s.key, s.entry, s.value)
		case !given(s.key):
			err = set(s.key, s.value)
		}
		if err != nil {
			bad = append(bad, &lineError{c.name, s.line, s.key + ": " + err.Error(), exit.Hint(err)})
		}
	}
	return exit.Join(bad)
}

// mapping is a node's entries; a mapping of one entry is a node of its own.
func mapping(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}, true
	}
	return nil, false
}

// plain is a scalar as it was written. Numbers keep their digits.
func plain(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return v.GetToken().Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	}
	return "", false
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

func nodeKind(n ast.Node) string {
	if n == nil || slices.Contains([]ast.NodeType{ast.NullType, ast.UnknownNodeType}, n.Type()) {
		return "nothing"
	}
	if v, ok := plain(n); ok {
		return fmt.Sprintf("%q", v)
	}
	return strings.ToLower(n.Type().YAMLName())
}
