package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/mizan-corpus/mizan"

// arrows lists what each package may import of this module; "data/..." is data and
// what is below it. Dependencies point one way: schema ← labels ← data;
// schema ← eval ← eval/report; schema, labels ← eval/extract; pipeline joins them
// all, and cmd has the flags.
var arrows = map[string][]string{
	"schema":              {},
	"internal/wording":    {},
	"internal/atomicfile": {},

	"labels": {"schema"},

	"labels/internal/normalise":  {"schema"},
	"labels/internal/occurrence": {"schema", "labels/internal/normalise"},
	"labels/internal/textfile":   {"labels"},
	"labels/internal/jsontext":   {"schema", "labels", "labels/internal/textfile", "labels/internal/labelstest"},
	"labels/internal/segment":    {"schema", "labels", "labels/internal/labelstest"},
	"labels/internal/offsets":    {"schema", "labels", "labels/internal/normalise"},
	"labels/internal/graph":      {"schema", "labels"},
	"labels/internal/labelstest": {"schema", "labels"},
	"labels/native":              {"schema", "labels", "labels/internal/jsontext", "labels/internal/textfile", "labels/internal/labelstest"},
	"labels/align":               {"schema", "labels", "labels/internal/normalise", "labels/internal/occurrence", "labels/internal/offsets"},
	"labels/check":               {"schema", "labels", "labels/native", "labels/internal/normalise", "labels/internal/occurrence", "labels/internal/offsets", "labels/internal/labelstest"},
	"labels/rebase":              {"schema", "labels", "labels/internal/normalise", "labels/internal/occurrence", "labels/native", "labels/check", "labels/internal/labelstest"},
	"labels/formats":             {"schema", "labels", "labels/native", "labels/internal/graph", "labels/internal/jsontext", "labels/internal/offsets", "labels/internal/segment", "labels/internal/textfile", "labels/internal/labelstest"},

	"data/ingest":  {"schema"},
	"data":         {"schema", "labels", "labels/native", "labels/check", "labels/formats", "data/ingest", "internal/atomicfile"},
	"eval":         {"schema"},
	"eval/report":  {"schema", "eval"},
	"eval/extract": {"schema", "labels", "labels/native", "labels/align", "labels/formats", "internal/atomicfile"},

	"pipeline":                   append(libraries, "pipeline/internal/..."),
	"pipeline/internal/exit":     libraries,
	"pipeline/internal/config":   {"internal/...", "schema", "pipeline/internal/exit"},
	"pipeline/internal/progress": {"data/...", "eval/..."},
	"pipeline/internal/join":     append(libraries, "pipeline/internal/exit"),
	"pipeline/internal/forms":    append(libraries, "pipeline/internal/exit", "pipeline/internal/join"),
	"pipeline/internal/labelset": append(libraries, "pipeline/internal/exit", "pipeline/internal/forms"),
	"pipeline/internal/relabel":  append(libraries, "pipeline/internal/exit", "pipeline/internal/forms", "pipeline/internal/join"),

	"cmd/dataset": append(libraries, "pipeline"),
}

// libraries is what pipeline joins.
var libraries = slices.Clip([]string{"internal/...", "schema", "labels/...", "data/...", "eval/..."})

// allows reports whether a list of arrows has the package.
func allows(list []string, pkg string) bool {
	return slices.ContainsFunc(list, func(arrow string) bool {
		root, below := strings.CutSuffix(arrow, "/...")
		rest, ok := strings.CutPrefix(pkg, root)
		return pkg == arrow || below && ok && (rest == "" || rest[0] == '/')
	})
}

// owners lists the packages that alone may import a dependency.
var owners = map[string][]string{
	"github.com/parquet-go/parquet-go": {"data/internal/tables"},
	"github.com/spf13/cobra":           {"cmd/dataset"},
	"gonum.org/v1/gonum":               {"eval", "eval/report"},
}

// checkers lists the packages whose tests may import it too, to write files
// that the owner would not write.
var checkers = map[string][]string{
	"github.com/parquet-go/parquet-go": {"data", "data/release", "data/predictions"},
}

func TestImportsFollowTheArrows(t *testing.T) {
	root := filepath.Join("..", "..")
	forEachGoFile(t, root, func(pkg, file string, imports []string) {
		allowed, known := arrows[pkg]
		if !known {
			t.Errorf("%s: package %s is not in the house; add it to arrows and docs/architecture.md", file, pkg)
			return
		}
		isTest := strings.HasSuffix(file, "_test.go")
		for _, imp := range imports {
			if rest, ok := strings.CutPrefix(imp, module+"/"); ok && rest != pkg && !allows(allowed, rest) {
				t.Errorf("%s: %s must not import %s", file, pkg, rest)
			}
			for dep, pkgs := range owners {
				if (imp == dep || strings.HasPrefix(imp, dep+"/")) && !slices.Contains(pkgs, pkg) && !(isTest && slices.Contains(checkers[dep], pkg)) {
					t.Errorf("%s: only %v may import %s", file, pkgs, dep)
				}
			}
			if pkg == "schema" && !isTest && strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
				t.Errorf("%s: schema is standard library only, found %s", file, imp)
			}
		}
	})
}

func TestNoPackageIsADrawer(t *testing.T) {
	forEachGoFile(t, filepath.Join("..", ".."), func(pkg, file string, _ []string) {
		if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "misc"}, path.Base(pkg)) {
			t.Errorf("%s: a package named %s says nothing about its purpose", file, path.Base(pkg))
		}
	})
}

func forEachGoFile(t *testing.T, root string, visit func(pkg, file string, imports []string)) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		var imports []string
		for _, imp := range f.Imports {
			p, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				return err
			}
			imports = append(imports, p)
		}
		visit(path.Dir(rel), rel, imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
