// Package yamlnode reads a YAML file, or a JSON file, which is YAML too, as a tree
// of nodes that know their lines.
package yamlnode

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Node is a part of a file.
type Node = yaml.Node

// Entry is a key of a mapping and its value.
type Entry struct{ Key, Value *Node }

// The bounds of a file, held before it is parsed: bytes, and how deep brackets may
// stand in one another. Files of ours have three levels.
const (
	MaxBytes = 4 << 20
	MaxDepth = 100
)

// Error is what is wrong at one line of a file.
type Error struct {
	File string
	Line int
	What string
	Next string // what to do, "" for nothing
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.What) }

// Hint is the next step, "" for none.
func (e *Error) Hint() string { return e.Next }

// Parse reads the one document of a file; expected says what belongs into it. A
// key may stand twice: who reads the tree sees to that. The error is an [Error].
func Parse(path string, src []byte, expected string) (body *Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			body, err = nil, &Error{path, 1, fmt.Sprintf("not readable as YAML: %v", r), ""}
		}
	}()
	if line, what := unbounded(src); what != "" {
		return nil, &Error{path, line, what, ""}
	}
	d := yaml.NewDecoder(bytes.NewReader(src))
	for {
		var doc Node
		if err := d.Decode(&doc); err == io.EOF {
			break
		} else if err != nil {
			return nil, syntaxError(path, src, err)
		}
		if len(doc.Content) == 0 || isEmpty(doc.Content[0]) {
			continue
		}
		if body != nil {
			return nil, &Error{path, Line(doc.Content[0]), "found a second document, expected one", ""}
		}
		body = doc.Content[0]
	}
	if body == nil {
		return nil, &Error{path, 1, "found nothing, expected " + expected, ""}
	}
	return body, nil
}

// isEmpty reports whether nothing was written.
func isEmpty(n *Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Value == "" && n.Anchor == ""
}

// unbounded says where, and by what, a file is beyond the bounds; "" for nowhere. It
// counts brackets and what lines begin with, wherever they stand, so that it may see
// more than there is; real files are far below.
func unbounded(src []byte) (line int, what string) {
	if len(src) > MaxBytes {
		return 1, fmt.Sprintf("found %d bytes, expected at most %d", len(src), MaxBytes)
	}
	depth, line := 0, 1
	begins, marks := true, 0 // marks of lists and keys that a line begins with
	var indents []int
	column := 0
	for _, b := range src {
		column++
		switch {
		case b == '\n':
			line, begins, marks, column = line+1, true, 0, 0
		case begins && (b == ' ' || b == '\t'):
		case begins && (b == '-' || b == '?' || b == ':'):
			marks++
		default:
			if begins { // the levels of indentation that are open
				for len(indents) > 0 && indents[len(indents)-1] >= column {
					indents = indents[:len(indents)-1]
				}
				indents = append(indents, column)
			}
			begins = false
			switch b {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		if depth > MaxDepth || marks > MaxDepth || len(indents) > MaxDepth {
			return line, fmt.Sprintf("found more than %d levels in one another, expected a plain file", MaxDepth)
		}
	}
	return 0, ""
}

var atLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

func syntaxError(path string, src []byte, err error) error {
	line, what := 1, err.Error()
	if m := atLine.FindStringSubmatch(what); m != nil {
		what = what[len(m[0]):]
		if n, err := strconv.Atoi(m[1]); err == nil {
			line = n
			if strings.HasPrefix(what, "did not find expected") { // the parser's own lines begin with 0
				line++
			}
			line = min(line, 1+bytes.Count(bytes.TrimSpace(src), []byte("\n"))) // not behind the last
		}
	}
	var y *Error
	if errors.As(err, &y) {
		return y
	}
	return &Error{path, line, "not YAML: " + what, ""}
}

// Mapping is a node's entries.
func Mapping(n *Node) ([]Entry, bool) {
	if n == nil || n.Kind != yaml.MappingNode || marked(n) {
		return nil, false
	}
	var entries []Entry
	for i := 0; i+1 < len(n.Content); i += 2 {
		entries = append(entries, Entry{n.Content[i], n.Content[i+1]})
	}
	return entries, true
}

// Sequence is the items of a list.
func Sequence(n *Node) ([]*Node, bool) {
	if n == nil || n.Kind != yaml.SequenceNode || marked(n) {
		return nil, false
	}
	return n.Content, true
}

// Plain is a scalar as it was written. Numbers keep their digits.
func Plain(n *Node) (string, bool) {
	if n == nil || n.Kind != yaml.ScalarNode || marked(n) || n.Tag == "!!null" || n.Tag == "!!merge" {
		return "", false
	}
	return n.Value, true
}

// IsNull reports whether a node is a null.
func IsNull(n *Node) bool {
	return n == nil || n.Kind == yaml.ScalarNode && n.Tag == "!!null" && !marked(n)
}

// marked reports whether a node has an anchor or a tag, of which files of ours have
// none.
func marked(n *Node) bool { return n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 }

// Line is the line of a file, from 1, that a node begins in.
func Line(n *Node) int {
	if n == nil || n.Line == 0 {
		return 1
	}
	return n.Line
}

// Kind is what a node is, for messages.
func Kind(n *Node) string {
	if IsNull(n) {
		return "nothing"
	}
	if v, ok := Plain(n); ok {
		return fmt.Sprintf("%q", cut(v))
	}
	switch {
	case n.Kind == yaml.AliasNode:
		return "alias"
	case n.Anchor != "":
		return "anchor"
	case marked(n):
		return "tag"
	case n.Kind == yaml.MappingNode:
		return "mapping"
	case n.Kind == yaml.SequenceNode:
		return "sequence"
	}
	return strings.ToLower(n.ShortTag())
}

// cut is the beginning of a long text.
func cut(s string) string {
	const most = 80
	if r := slices.Collect(func(yield func(rune) bool) {
		for _, c := range s[:min(len(s), 4*most+4)] {
			if !yield(c) {
				return
			}
		}
	}); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
