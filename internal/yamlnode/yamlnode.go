// Package yamlnode reads a YAML file, or a JSON file, which is YAML too, as a tree
// of nodes that know their lines.
package yamlnode

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
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
func Parse(path string, src []byte, expected string) (body ast.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			body, err = nil, &Error{path, 1, fmt.Sprintf("not readable as YAML: %v", r), ""}
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
		return nil, &Error{path, 1, "found nothing, expected " + expected, ""}
	case 1:
		return docs[0].Body, nil
	}
	return nil, &Error{path, Line(docs[1].Body), "found a second document, expected one", ""}
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
	return &Error{path, line, "not YAML: " + what, ""}
}

// Mapping is a node's entries; a mapping of one entry is a node of its own.
func Mapping(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}, true
	}
	return nil, false
}

// Plain is a scalar as it was written. Numbers keep their digits.
func Plain(n ast.Node) (string, bool) {
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

// Line is the line of a file, from 1, that a node begins in.
func Line(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

// Kind is what a node is, for messages.
func Kind(n ast.Node) string {
	if n == nil || slices.Contains([]ast.NodeType{ast.NullType, ast.UnknownNodeType}, n.Type()) {
		return "nothing"
	}
	if v, ok := Plain(n); ok {
		return fmt.Sprintf("%q", v)
	}
	return strings.ToLower(n.Type().YAMLName())
}
