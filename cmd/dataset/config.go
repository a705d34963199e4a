package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/spf13/pflag"

	"github.com/mizan-corpus/mizan/schema"
)

// configName is the file that dataset gate reads when it is given no
// predictions.
const configName = "mizan.yaml"

// config is a gate's settings as they stand in a file. Every key but
// predictions, extractor and the extractor's own is a flag of dataset gate.
type config struct {
	file     string
	settings []setting
}

// setting is one value: a flag's, or one condition of min or max_drop.
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

var configKeys = map[string]kindOfKey{
	"predictions": pathKey, "extractor": scalarKey, "jobs": scalarKey, "timeout": scalarKey, "retries": scalarKey,
	"release": pathKey, "from": scalarKey, "metrics": listKey, "where": listKey, "iou": scalarKey,
	"min": mappingKey, "max_drop": mappingKey, "baseline": pathKey, "allow_mismatch": scalarKey,
	"significant": scalarKey, "alpha": scalarKey, "permutations": scalarKey,
	"seed": scalarKey, "resamples": scalarKey, "level": scalarKey, "interval": scalarKey,
	"junit": pathKey, "markdown": pathKey,
}

// configError is what is wrong at one line of a configuration.
type configError struct {
	file string
	line int
	what string
	next string
}

func (e *configError) Error() string { return fmt.Sprintf("%s:%d: %s", e.file, e.line, e.what) }
func (e *configError) Hint() string  { return e.next }

// readConfig reads a configuration strictly: an unknown key, a key given twice
// and a value of the wrong shape are all reported, each with its line.
func readConfig(path string) (*config, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseConfig(path, src)
}

func parseConfig(path string, src []byte) (c *config, err error) {
	defer func() {
		if r := recover(); r != nil {
			c, err = nil, &configError{path, 1, fmt.Sprintf("not readable as YAML: %v", r), ""}
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
		return nil, &configError{path, 1, "found nothing, expected keys such as extractor and min", ""}
	case 1:
	default:
		return nil, &configError{path, lineOf(docs[1].Body), "found a second document, expected one", ""}
	}
	c = &config{file: path}
	var bad []error
	c.read(docs[0].Body, &bad)
	if len(bad) > 0 {
		return nil, joinHinted(bad)
	}
	return c, nil
}

// joinHinted joins errors under the first next step that any of them knows.
func joinHinted(errs []error) error {
	if len(errs) == 0 {
		return nil
	}
	hint := ""
	for _, err := range errs {
		hint = cmp.Or(hint, hintOf(err))
	}
	return &withHint{errors.Join(errs...), hint}
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
	return &configError{path, line, "not YAML: " + what, ""}
}

// read reads the keys of the whole file.
func (c *config) read(body ast.Node, bad *[]error) {
	fail := func(line int, next, format string, args ...any) {
		*bad = append(*bad, &configError{c.file, line, fmt.Sprintf(format, args...), next})
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
		kind, known := configKeys[key]
		switch {
		case !ok:
			fail(line, "", "found %s as a key, expected a name", nodeKind(e.Key))
			continue
		case !known:
			nearest := schema.Nearest(key, sortedNames(configKeys), 1)
			fail(line, "known keys: "+strings.Join(sortedNames(configKeys), ", "), "unknown key %q; nearest: %s", key, nearest[0])
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
				v = filepath.Join(filepath.Dir(c.file), v)
			}
			c.settings = append(c.settings, setting{line: line, key: key, value: v})
		}
	}
}

type failFunc = func(line int, next, format string, args ...any)

// readConditions reads "METRIC.f1: 0.8" entries.
func (c *config) readConditions(key string, n ast.Node, fail failFunc) {
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

func (c *config) readList(key string, n ast.Node, fail failFunc) {
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

// apply sets each flag that the command line does not set itself. conditions
// gets those of min and max_drop, own the keys that are no flags.
func (c *config) apply(flags *pflag.FlagSet, condition func(key, figure, limit string) error, own map[string]*string) error {
	var bad []error
	given := map[string]bool{}
	flags.Visit(func(f *pflag.Flag) { given[f.Name] = true })
	for _, s := range c.settings {
		name := strings.ReplaceAll(s.key, "_", "-")
		var err error
		switch {
		case s.fromMapping:
			err = condition(s.key, s.entry, s.value)
		case own[s.key] != nil:
			*own[s.key] = s.value
		case !given[name]:
			err = flags.Set(name, s.value)
		}
		if err != nil {
			bad = append(bad, &configError{c.file, s.line, s.key + ": " + err.Error(), hintOf(err)})
		}
	}
	return joinHinted(bad)
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
