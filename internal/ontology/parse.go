package ontology

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/internal/yamlnode"
	"github.com/mizan-corpus/mizan/schema"
)

// The bounds of a file: bytes, entries of all lists together, problems that are
// told.
const (
	MostBytes    = 4 << 20
	mostEntries  = 20_000
	mostProblems = 20
)

// Read reads the ontology in a file, YAML or JSON.
func Read(path string) (*schema.Ontology, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, MostBytes+1))
	if err != nil {
		return nil, err
	}
	return Parse(path, src)
}

// Parse reads an ontology strictly: an unknown key, a key given twice, a value of
// the wrong shape and a code that is referred to and not there are all reported,
// each with its line. path stands in errors.
func Parse(path string, src []byte) (*schema.Ontology, error) {
	if len(src) > MostBytes {
		return nil, &yamlnode.Error{File: path, Line: 1, What: fmt.Sprintf("found more than %d bytes, expected an ontology", MostBytes)}
	}
	body, err := yamlnode.Parse(path, src, "keys such as name and mention_types")
	if err != nil {
		return nil, err
	}
	r := &reader{path: path, lines: map[string]int{}}
	tree := r.value(body, file, "")
	if err := r.failed(); err != nil {
		return nil, err
	}
	b, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	o := &schema.Ontology{}
	if err := json.Unmarshal(b, o); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	check(o, func(place, found, expected, next string) { r.bad(r.lineOf(place), place, found, expected, next) })
	return o, r.failed()
}

// reader turns nodes into plain values by their shapes and remembers where each
// place of the tree stands.
type reader struct {
	path    string
	lines   map[string]int
	entries int
	bads    []error
}

func (r *reader) bad(line int, what, found, expected, next string) {
	if len(r.bads) < mostProblems {
		s := "found " + found
		if what != "" {
			s = what + ": " + s
		}
		if expected != "" {
			s += ", expected " + expected
		}
		r.bads = append(r.bads, &yamlnode.Error{File: r.path, Line: line, What: s, Next: next})
	}
}

// failed is what was bad, with the first hint.
func (r *reader) failed() error {
	switch len(r.bads) {
	case 0:
		return nil
	case 1:
		return r.bads[0]
	}
	return errors.Join(r.bads...)
}

// lineOf is the line of a place, or of the nearest around it.
func (r *reader) lineOf(place string) int {
	for {
		if n := r.lines[place]; n > 0 {
			return n
		}
		cut := strings.LastIndexAny(place, ".[")
		if cut < 0 {
			return 1
		}
		place = place[:cut]
	}
}

func (r *reader) value(n *yamlnode.Node, s *shape, place string) any {
	r.lines[place] = yamlnode.Line(n)
	switch s.kind {
	case object:
		return r.object(n, s, place)
	case mapping:
		return r.mapping(n, s, place)
	case entries:
		return r.list(n, s, place)
	case texts:
		return r.texts(n, place)
	}
	return r.scalar(n, s, place)
}

func (r *reader) scalar(n *yamlnode.Node, s *shape, place string) any {
	v, ok := yamlnode.Plain(n)
	switch {
	case !ok && s.kind == text && yamlnode.IsNull(n):
		return ""
	case !ok:
		r.bad(yamlnode.Line(n), place, yamlnode.Kind(n), "one value", "")
	case s.kind == number:
		i, err := strconv.Atoi(v)
		if err != nil || i < 0 || i > 1_000_000 {
			r.bad(yamlnode.Line(n), place, strconv.Quote(v), "a whole number", "")
		}
		return i
	case s.kind == yesNo:
		if v != "true" && v != "false" {
			r.bad(yamlnode.Line(n), place, strconv.Quote(v), "true or false", "")
		}
		return v == "true"
	}
	return v
}

func (r *reader) texts(n *yamlnode.Node, place string) []string {
	items, ok := yamlnode.Sequence(n)
	if !ok {
		items = []*yamlnode.Node{n}
	}
	list := []string{}
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", place, i)
		r.lines[at] = yamlnode.Line(item)
		if v, ok := yamlnode.Plain(item); ok {
			list = append(list, v)
		} else {
			r.bad(yamlnode.Line(item), at, yamlnode.Kind(item), "a value or a list of values", "")
		}
	}
	return r.count(n, place, list)
}

// count refuses a file of absurdly many entries.
func (r *reader) count(n *yamlnode.Node, place string, list []string) []string {
	if r.entries += len(list); r.entries > mostEntries {
		r.bad(yamlnode.Line(n), place, fmt.Sprintf("more than %d entries", mostEntries), "fewer", "")
		return nil
	}
	return list
}

func (r *reader) list(n *yamlnode.Node, s *shape, place string) any {
	items, ok := yamlnode.Sequence(n)
	if !ok {
		r.bad(yamlnode.Line(n), place, yamlnode.Kind(n), "a list", "")
		return nil
	}
	if r.entries += len(items); r.entries > mostEntries {
		r.bad(yamlnode.Line(n), place, fmt.Sprintf("more than %d entries", mostEntries), "fewer", "")
		return nil
	}
	list := []any{}
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", place, i)
		r.lines[at] = yamlnode.Line(item)
		if v, plain := yamlnode.Plain(item); plain && s.codeAlone() {
			list = append(list, map[string]any{"code": v})
			continue
		}
		list = append(list, r.object(item, s, at))
	}
	return list
}

func (r *reader) object(n *yamlnode.Node, s *shape, place string) map[string]any {
	out := map[string]any{}
	r.each(n, place, func(key string, k, v *yamlnode.Node, at string) {
		f := s.fields[key]
		if f == nil {
			known := Sorted(s.fields)
			r.bad(yamlnode.Line(k), place, fmt.Sprintf("the key %q", key), "one of "+strings.Join(known, ", "), "nearest: "+suggest.Nearest(key, known, 1)[0])
			return
		}
		out[key] = r.value(v, f, at)
	})
	return out
}

func (r *reader) mapping(n *yamlnode.Node, s *shape, place string) map[string]any {
	out := map[string]any{}
	r.each(n, place, func(key string, _, v *yamlnode.Node, at string) { out[key] = r.value(v, s.item, at) })
	return out
}

// each calls f for every key of a mapping, each key once.
func (r *reader) each(n *yamlnode.Node, place string, f func(key string, k, v *yamlnode.Node, at string)) {
	list, ok := yamlnode.Mapping(n)
	if !ok {
		r.bad(yamlnode.Line(n), place, yamlnode.Kind(n), "keys and values", "")
		return
	}
	seen := map[string]bool{}
	for _, e := range list {
		key, ok := yamlnode.Plain(e.Key)
		switch {
		case !ok:
			r.bad(yamlnode.Line(e.Key), place, yamlnode.Kind(e.Key)+" as a key", "a name", "")
		case seen[key]:
			r.bad(yamlnode.Line(e.Key), place, fmt.Sprintf("the key %q again", key), "each key once", "")
		default:
			at := key
			if place != "" {
				at = place + "." + key
			}
			r.lines[at] = yamlnode.Line(e.Key)
			f(key, e.Key, e.Value, at)
			r.lines[at] = yamlnode.Line(e.Key)
		}
		seen[key] = true
	}
}
