// Package config reads mizan.yaml, the settings of a gate.
package config

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/internal/yamlnode"
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
	ontologyKey // a name, or a file relative to the file's own folder
	mapKey      // pairs A=B, or files of them relative to the file's own folder, or a mapping
)

var keys = map[string]kindOfKey{
	"predictions": pathKey, "extractor": scalarKey, "ontology": ontologyKey, "jobs": scalarKey, "timeout": scalarKey, "startup": scalarKey, "retries": scalarKey,
	"release": pathKey, "from": scalarKey, "map": mapKey, "metrics": listKey, "where": listKey, "iou": scalarKey, "zero_division": scalarKey,
	"min": mappingKey, "max_drop": mappingKey, "baseline": pathKey, "allow_mismatch": scalarKey,
	"significant": scalarKey, "alpha": scalarKey, "permutations": scalarKey,
	"seed": scalarKey, "resamples": scalarKey, "level": scalarKey, "interval": scalarKey,
	"junit": pathKey, "markdown": pathKey,
}

// Keys is every key of a configuration, sorted.
func Keys() []string { return slices.Sorted(maps.Keys(keys)) }

// maxConfig is the most bytes of a configuration.
const maxConfig = 1 << 20

// Read reads a configuration strictly: an unknown key, a key given twice
// and a value of the wrong shape are all reported, each with its line.
func Read(path string) (*File, error) {
	src, err := regular.ReadFile(path, maxConfig)
	if err != nil {
		return nil, err
	}
	return parse(path, src)
}

func parse(path string, src []byte) (*File, error) {
	body, err := yamlnode.Parse(path, src, "keys such as extractor and min")
	if err != nil {
		return nil, err
	}
	c := &File{name: path}
	var bad []error
	c.read(body, &bad)
	if len(bad) > 0 {
		return nil, exit.Join(bad)
	}
	return c, nil
}

// read reads the keys of the whole file.
func (c *File) read(body *yamlnode.Node, bad *[]error) {
	fail := func(line int, next, format string, args ...any) {
		*bad = append(*bad, &yamlnode.Error{File: c.name, Line: line, What: fmt.Sprintf(format, args...), Next: next})
	}
	entries, ok := yamlnode.Mapping(body)
	if !ok {
		fail(yamlnode.Line(body), "", "found %s, expected keys and values", yamlnode.Kind(body))
		return
	}
	seen := map[string]int{}
	for _, e := range entries {
		line := yamlnode.Line(e.Key)
		key, ok := yamlnode.Plain(e.Key)
		kind, known := keys[key]
		switch {
		case !ok:
			fail(line, "", "found %s as a key, expected a name", yamlnode.Kind(e.Key))
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
		case mapKey:
			c.readMap(key, e.Value, fail)
		default:
			v, ok := yamlnode.Plain(e.Value)
			if !ok {
				fail(line, "", "%s: found %s, expected one value", key, yamlnode.Kind(e.Value))
				continue
			}
			if kind == pathKey || kind == ontologyKey && ontology.Named(v) == nil {
				v = c.beside(v)
			}
			c.settings = append(c.settings, setting{line: line, key: key, value: v})
		}
	}
}

// beside is a path relative to the file's own folder.
func (c *File) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(c.name), path)
}

type failFunc = func(line int, next, format string, args ...any)

// readConditions reads "METRIC.f1: 0.8" entries.
func (c *File) readConditions(key string, n *yamlnode.Node, fail failFunc) {
	entries, ok := yamlnode.Mapping(n)
	if !ok {
		fail(yamlnode.Line(n), "", "%s: found %s, expected entries such as mentions.strict.f1: 0.8", key, yamlnode.Kind(n))
		return
	}
	seen := map[string]int{}
	for _, e := range entries {
		line := yamlnode.Line(e.Key)
		figure, okKey := yamlnode.Plain(e.Key)
		limit, okValue := yamlnode.Plain(e.Value)
		switch {
		case !okKey || !okValue:
			fail(line, "", "%s: found %s: %s, expected an entry such as mentions.strict.f1: 0.8", key, yamlnode.Kind(e.Key), yamlnode.Kind(e.Value))
		case seen[figure] > 0:
			fail(line, "", "%s: %s was given in line %d already", key, figure, seen[figure])
		default:
			seen[figure] = line
			c.settings = append(c.settings, setting{line, key, figure, limit, true})
		}
	}
}

func (c *File) readList(key string, n *yamlnode.Node, fail failFunc) {
	items, ok := yamlnode.Sequence(n)
	if !ok {
		items = []*yamlnode.Node{n}
	}
	for _, item := range items {
		v, ok := yamlnode.Plain(item)
		if !ok {
			fail(yamlnode.Line(item), "", "%s: found %s, expected a value or a list of values", key, yamlnode.Kind(item))
			continue
		}
		c.settings = append(c.settings, setting{line: yamlnode.Line(item), key: key, value: v})
	}
}

// readMap reads "A: B" entries, or a list as [File.readList] does.
func (c *File) readMap(key string, n *yamlnode.Node, fail failFunc) {
	entries, ok := yamlnode.Mapping(n)
	if !ok {
		from := len(c.settings)
		c.readList(key, n, fail)
		for i := range c.settings[from:] {
			if s := &c.settings[from+i]; !strings.Contains(s.value, "=") {
				s.value = c.beside(s.value)
			}
		}
		return
	}
	for _, e := range entries {
		name, okKey := yamlnode.Plain(e.Key)
		to, okValue := yamlnode.Plain(e.Value)
		if !okKey || !okValue {
			fail(yamlnode.Line(e.Key), "", "%s: found %s: %s, expected A: B, or A: \"-\" for what is not to be judged", key, yamlnode.Kind(e.Key), yamlnode.Kind(e.Value))
			continue
		}
		c.settings = append(c.settings, setting{line: yamlnode.Line(e.Key), key: key, value: name + "=" + to})
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
			bad = append(bad, &yamlnode.Error{File: c.name, Line: s.line, What: s.key + ": " + err.Error(), Next: exit.Hint(err)})
		}
	}
	return exit.Join(bad)
}
