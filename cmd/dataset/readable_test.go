package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// A function has at most so many lines and so many ways through it (McCabe's
// cyclomatic complexity: one, and one more for each if, loop, case and each && and ||), tests
// apart.
const (
	mostLines = 60
	mostPaths = 25
)

func TestFunctionsCanBeRead(t *testing.T) {
	files := token.NewFileSet()
	forEachGoFile(t, filepath.Join("..", ".."), func(pkg, file string, _ []string) {
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		parsed, err := parser.ParseFile(files, filepath.Join("..", "..", file), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			lines, paths := files.Position(f.End()).Line-files.Position(f.Pos()).Line+1, pathsOf(f)
			if lines <= mostLines && paths <= mostPaths {
				continue
			}
			t.Errorf("%s: %s has %d lines and %d paths, at most %d and %d: give its steps names", files.Position(f.Pos()), f.Name.Name, lines, paths, mostLines, mostPaths)
		}
	})
}

// pathsOf is the cyclomatic complexity of a function.
func pathsOf(f *ast.FuncDecl) int {
	n := 1
	ast.Inspect(f, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			n++
		case *ast.CaseClause:
			if node.List != nil {
				n++
			}
		case *ast.CommClause:
			if node.Comm != nil {
				n++
			}
		case *ast.BinaryExpr:
			if node.Op == token.LAND || node.Op == token.LOR {
				n++
			}
		}
		return true
	})
	return n
}

func TestPathsAreCounted(t *testing.T) {
	src := "package p\nfunc f(a, b bool) { if a && b { }; for range 3 { }; switch { case a: case b: default: }; go func() { if a || b { } }() }\n"
	parsed, err := parser.ParseFile(token.NewFileSet(), "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	// 1 + if + && + range + two cases + if + ||
	if n := pathsOf(parsed.Decls[0].(*ast.FuncDecl)); n != 8 {
		t.Errorf("%d paths, expected 8", n)
	}
}
