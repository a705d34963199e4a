package pipeline_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestGoPageShowsTheExamples: the Go code and its output on docs/go.md are those
// of the examples, which are run.
func TestGoPageShowsTheExamples(t *testing.T) {
	examples, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(examples), "\n\t", "\n")
	blocks := regexp.MustCompile("(?s)```(go|text)\n(.*?)```").FindAllStringSubmatch(goPage(t), -1)
	if len(blocks) == 0 {
		t.Fatal("the page has no Go code")
	}
	for _, b := range blocks {
		want := b[2]
		if b[1] == "text" {
			want = "// Output:\n// " + strings.ReplaceAll(strings.TrimSuffix(want, "\n"), "\n", "\n// ") + "\n"
		}
		if !strings.Contains(text, want) {
			t.Errorf("no example has\n%s", want)
		}
	}
}

// TestGoPageNamesEveryFunction: a command's function stands in the page's table.
func TestGoPageNamesEveryFunction(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	page := goPage(t)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() {
				if fn.Doc == nil {
					t.Errorf("%s has no comment", fn.Name)
				}
				takesStreams := strings.Contains(types(fn), "Streams")
				if takesStreams && !strings.Contains(page, "`"+fn.Name.Name+"`") {
					t.Errorf("docs/go.md does not name %s", fn.Name)
				}
			}
		}
	}
}

// types is the names of the types of a function's parameters.
func types(fn *ast.FuncDecl) string {
	var names []string
	for _, p := range fn.Type.Params.List {
		if id, ok := p.Type.(*ast.Ident); ok {
			names = append(names, id.Name)
		}
	}
	return strings.Join(names, " ")
}

func goPage(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "docs", "go.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}
