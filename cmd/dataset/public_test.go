package main

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// publicNames bounds what other programs may hold on to: exported functions,
// types, constants, variables and methods. What no program needs stands under internal.
var publicNames = map[string]int{"schema": 66, "labels": 25, "data": 1, "eval": 26, "pipeline": 71}

// TestPublicNamesAreFewAndDocumented also asks every package for its comment.
func TestPublicNamesAreFewAndDocumented(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	forEachGoFile(t, root, func(pkg, file string, _ []string) {
		if seen[pkg] || strings.HasSuffix(file, "_test.go") {
			return
		}
		seen[pkg] = true
		names, comment := exportedNames(t, filepath.Join(root, pkg), pkg)
		if comment == "" {
			t.Errorf("%s has no package comment", pkg)
		}
		most, public := publicNames[pkg]
		if !public {
			if pkg != "cmd/dataset" && !strings.HasPrefix(pkg, "internal/") && !strings.Contains(pkg, "/internal/") {
				t.Errorf("%s is public; list it in publicNames, or move it under internal", pkg)
			}
			return
		}
		if len(names) > most {
			t.Errorf("%s exports %d names, at most %d: unexport what no program needs, or move it under internal", pkg, len(names), most)
		}
		for name, documented := range names {
			if !documented {
				t.Errorf("%s.%s has no comment", pkg, name)
			}
		}
	})
}

// exportedNames are a package's exported names, and whether each has a comment: its
// own, that of its group, or one on its line.
func exportedNames(t *testing.T, dir, pkg string) (names map[string]bool, comment string) {
	t.Helper()
	set := token.NewFileSet()
	var files []*ast.File
	sources, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, source, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	d, err := doc.NewFromFiles(set, files, module+"/"+pkg, doc.PreserveAST)
	if err != nil {
		t.Fatal(err)
	}
	names = map[string]bool{}
	funcs, values := d.Funcs, append(d.Consts, d.Vars...)
	for _, typ := range d.Types {
		funcs = append(append(funcs, typ.Funcs...), typ.Methods...)
		values = append(append(values, typ.Consts...), typ.Vars...)
		names[typ.Name] = documented(typ.Decl, typ.Name) || typ.Doc != ""
	}
	for _, f := range funcs {
		name := f.Name
		if f.Recv != "" {
			name = strings.TrimPrefix(f.Recv, "*") + "." + name
		}
		// What an interface of the standard library says needs no comment.
		names[name] = f.Doc != "" || f.Name == "Error" || f.Name == "Unwrap" || f.Name == "String"
	}
	for _, v := range values {
		for _, name := range v.Names {
			if ast.IsExported(name) {
				names[name] = v.Doc != "" || documented(v.Decl, name)
			}
		}
	}
	return names, d.Doc
}

// documented reports whether a name of a group has a comment of its own.
func documented(group *ast.GenDecl, name string) bool {
	for _, spec := range group.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.Name == name && (spec.Doc != nil || spec.Comment != nil) {
				return true
			}
		case *ast.ValueSpec:
			for _, n := range spec.Names {
				if n.Name == name && (spec.Doc != nil || spec.Comment != nil) {
					return true
				}
			}
		}
	}
	return false
}
