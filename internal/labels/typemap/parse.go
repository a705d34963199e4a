package typemap

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/internal/yamlnode"
)

// A ParseError says what is wrong with a map.
type ParseError struct{ What string }

func (e *ParseError) Error() string { return "map: " + e.What }

func parseError(format string, args ...any) error {
	return &ParseError{fmt.Sprintf(format, args...)}
}

// maxFile is the greatest size of a file of pairs: 1 MiB.
const maxFile = 1 << 20

// Parse reads a map as it is typed: each argument is pairs A=B,C=- or the name of
// a file of them. A is a type or a role of the predictions, with "mention:",
// "event:" or "role:" before it where only those are meant, or "*" for all that
// no pair names; B is one of the labels', or "-" for what is not to be judged.
func Parse(args []string) (*Map, error) {
	var pairs []Pair
	for _, arg := range args {
		list, err := parseArgument(arg)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, list...)
	}
	return New(pairs)
}

func parseArgument(arg string) (pairs []Pair, err error) {
	if !strings.Contains(arg, "=") {
		return readFile(arg)
	}
	for item := range strings.SplitSeq(arg, ",") {
		from, to, ok := strings.Cut(item, "=")
		if !ok {
			return nil, parseError("found %q, expected A=B", item)
		}
		p, err := newPair(from, to)
		if err != nil {
			return nil, err
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

func newPair(from, to string) (Pair, error) {
	p := Pair{From: strings.TrimSpace(from), To: strings.TrimSpace(to)}
	if kind, name, ok := strings.Cut(p.From, ":"); ok && slices.Contains(kinds, Kind(kind)) {
		p.Kind, p.From = Kind(kind), name
	}
	if p.From == "" || p.To == "" || strings.ContainsAny(p.From+p.To, ",=") {
		return p, parseError("found %q, expected A=B, or A=- for what is not to be judged", from+"="+to)
	}
	return p, nil
}

// readFile reads a file of YAML or JSON whose keys are A and whose values B; one
// of "-" is written in quotes.
func readFile(path string) ([]Pair, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, parseError("%q is neither pairs A=B,C=D nor a file that can be read", path)
	}
	src, err := regular.Named(path, maxFile)
	if err != nil {
		return nil, parseError("%v", err)
	}
	return parseFile(path, src)
}

func parseFile(path string, src []byte) (pairs []Pair, err error) {
	body, err := yamlnode.Parse(path, src, "A: B, one a line")
	if err != nil {
		return nil, err
	}
	entries, ok := yamlnode.Mapping(body)
	if !ok {
		return nil, &yamlnode.Error{File: path, Line: yamlnode.Line(body), What: "found " + yamlnode.Kind(body) + ", expected A: B, one a line"}
	}
	for _, e := range entries {
		p, err := ofEntry(e.Key, e.Value)
		if err != nil {
			return nil, &yamlnode.Error{File: path, Line: yamlnode.Line(e.Key), What: err.Error()}
		}
		pairs = append(pairs, p)
	}
	return pairs, nil
}

func ofEntry(key, value *yamlnode.Node) (Pair, error) {
	from, okKey := yamlnode.Plain(key)
	to, okValue := yamlnode.Plain(value)
	if !okKey || !okValue {
		return Pair{}, parseError("found %s: %s, expected A: B, or A: \"-\" for what is not to be judged", yamlnode.Kind(key), yamlnode.Kind(value))
	}
	return newPair(from, to)
}
