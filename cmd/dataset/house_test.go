package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/mizan-corpus/mizan"

// floors say from the ground up which packages may rest on which: a package
// belongs to the floor with the longest matching path, and imports its own floor
// and those that are named. docs/architecture.md shows every single arrow.
var floors = []struct {
	path string
	on   []string
}{
	{"internal/atomicfile", nil},
	{"internal/regular", nil},
	{"internal/memory", nil},
	{"internal/wording", nil},
	{"internal/suggest", nil},
	{"schema", nil},
	{"internal/field", []string{"schema"}},
	{"internal/yamlnode", nil},
	{"internal/ontology", []string{"schema", "internal/suggest", "internal/yamlnode"}},
	{"internal/version", nil},
	{"internal/dist", []string{"schema"}},
	{"internal/signing", []string{"internal/regular"}},
	{"internal/visible", nil},
	{"internal/labels", []string{"schema", "internal/field", "internal/ontology", "internal/suggest", "internal/atomicfile", "internal/regular", "internal/wording", "internal/yamlnode"}},
	{"labels", []string{"internal/labels"}},
	{"internal/data", []string{"schema", "internal/field", "internal/ontology", "internal/version", "internal/labels", "internal/atomicfile", "internal/memory", "internal/regular", "internal/suggest", "internal/wording", "internal/yamlnode"}},
	{"data", []string{"schema", "internal/ontology", "internal/labels", "internal/data"}},
	{"internal/eval/place", []string{"schema"}},
	{"internal/eval", []string{"schema", "internal/field", "internal/ontology", "internal/eval/place", "internal/suggest", "internal/wording"}},
	{"internal/eval/extract", []string{"schema", "internal/field", "internal/ontology", "internal/labels", "internal/atomicfile", "internal/regular", "internal/suggest"}},
	{"eval", []string{"internal/eval"}},
	{"internal/annotate", []string{"schema", "internal/ontology", "internal/labels", "internal/eval", "internal/atomicfile", "internal/regular", "internal/suggest", "internal/wording"}},
	{"pipeline", []string{"schema", "labels", "data", "eval", "internal"}},
	{"cmd/dataset", []string{"schema", "labels", "data", "eval", "internal", "pipeline"}},
}

// owners lists the packages that alone may import a dependency; tests of the
// checkers may too, to write files that the owner would not write.
var owners = map[string]struct{ packages, checkers []string }{
	"github.com/parquet-go/parquet-go": {[]string{"internal/data/tables", "internal/data/tables/pages"}, []string{"data", "internal/data/release", "internal/data/predictions"}},
	"github.com/spf13/cobra":           {packages: []string{"cmd/dataset", "cmd/dataset/internal/cli", "cmd/dataset/internal/corpus", "cmd/dataset/internal/labelling", "cmd/dataset/internal/scoring"}},
	"gonum.org/v1/gonum":               {packages: []string{"internal/eval/stats", "internal/eval/coverage"}},
}

// mostFiles bounds a package's files, tests aside; a format or a family of
// metrics is a file, so their rooms may be wider.
const mostFiles = 25

var wideRooms = []string{"internal/labels/formats", "internal/eval/metrics"}

func TestImportsFollowTheArrows(t *testing.T) {
	forEachGoFile(t, filepath.Join("..", ".."), func(pkg, file string, imports []string) {
		isTest := strings.HasSuffix(file, "_test.go")
		for _, imp := range imports {
			if rest, ok := strings.CutPrefix(imp, module+"/"); ok && rest != pkg && !isTest {
				if floor := floorOf(pkg); floor < 0 {
					t.Errorf("%s: package %s is on no floor; add it to floors", file, pkg)
				} else if !rests(floor, rest) {
					t.Errorf("%s: %s must not import %s", file, pkg, rest)
				}
			}
			for dep, owner := range owners {
				if (imp == dep || strings.HasPrefix(imp, dep+"/")) && !slices.Contains(owner.packages, pkg) &&
					!(isTest && slices.Contains(owner.checkers, pkg)) {
					t.Errorf("%s: only %v may import %s", file, owner.packages, dep)
				}
			}
			if pkg == "schema" && !isTest && strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
				t.Errorf("%s: schema is standard library only, found %s", file, imp)
			}
		}
	})
}

// floorOf is the number of the package's floor, or -1.
func floorOf(pkg string) int {
	found, length := -1, -1
	for i, f := range floors {
		if below(pkg, f.path) && len(f.path) > length {
			found, length = i, len(f.path)
		}
	}
	return found
}

func rests(floor int, imported string) bool {
	on := floorOf(imported)
	return on == floor || slices.ContainsFunc(floors[floor].on, func(p string) bool { return below(imported, p) })
}

// below reports whether a package is at the path or under it.
func below(pkg, root string) bool {
	return pkg == root || strings.HasPrefix(pkg, root+"/")
}

func TestNoPackageIsADrawer(t *testing.T) {
	files := map[string]int{}
	forEachGoFile(t, filepath.Join("..", ".."), func(pkg, file string, _ []string) {
		if slices.Contains([]string{"util", "utils", "common", "helper", "helpers", "misc"}, path.Base(pkg)) {
			t.Errorf("%s: a package named %s says nothing about its purpose", file, path.Base(pkg))
		}
		if !strings.HasSuffix(file, "_test.go") {
			files[pkg]++
		}
	})
	for pkg, n := range files {
		if n > mostFiles && !slices.Contains(wideRooms, pkg) {
			t.Errorf("%s has %d files, at most %d: give it rooms", pkg, n, mostFiles)
		}
	}
}

// TestArchitectureShowsTheHouse holds the arrows in docs/architecture.md against
// the imports; -update draws them anew.
func TestArchitectureShowsTheHouse(t *testing.T) {
	imported := map[string]map[string]bool{}
	forEachGoFile(t, filepath.Join("..", ".."), func(pkg, file string, imports []string) {
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		if imported[pkg] == nil {
			imported[pkg] = map[string]bool{}
		}
		for _, imp := range imports {
			if rest, ok := strings.CutPrefix(imp, module+"/"); ok {
				imported[pkg][rest] = true
			}
		}
	})
	var drawn strings.Builder
	drawn.WriteString("```arrows\n")
	last := -1
	for _, pkg := range slices.SortedFunc(maps.Keys(imported), func(a, b string) int {
		if c := floorOf(b) - floorOf(a); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	}) {
		if floor := floorOf(pkg); floor != last {
			if last >= 0 {
				drawn.WriteByte('\n')
			}
			last = floor
		}
		line := fmt.Sprintf("%-28s → %s", pkg, strings.Join(slices.Sorted(maps.Keys(imported[pkg])), " "))
		drawn.WriteString(strings.TrimRight(strings.TrimSuffix(strings.TrimRight(line, " "), "→"), " ") + "\n")
	}
	drawn.WriteString("```\n")
	page := filepath.Join("..", "..", "docs", "architecture.md")
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)```arrows\n.*?```\n")
	if got := block.FindString(string(b)); got != drawn.String() {
		if !*update {
			t.Fatalf("docs/architecture.md does not show the imports as they are; draw them anew with go test ./cmd/dataset -run House -update")
		}
		if got == "" {
			t.Fatal("docs/architecture.md has no block ```arrows")
		}
		text := strings.Replace(string(b), got, drawn.String(), 1)
		if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
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
