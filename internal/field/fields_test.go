package field

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/version"
	"github.com/mizan-corpus/mizan/schema"
)

// words are names of columns that are words of the language too; where they
// stand says nothing about the column.
var words = []string{"title", "text", "language", "outlet", "author", "url", "published", "raw", "split", "labelled", "start", "end", "type", "level",
	"country", "sector", "aliases", "members", "role", "value", "modes", "contexts", "quoted", "fragments", "confidence", "subtitle", "doc_id"}

// TestColumnsAreSpelledOnce: the name of a column stands in the table of fields,
// and elsewhere only where something is particular about that column.
func TestColumnsAreSpelledOnce(t *testing.T) {
	spelled := map[string][]string{} // names by file
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && file != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || strings.Contains(filepath.ToSlash(file), "test/") {
			return nil
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, content, 0)
		if err != nil {
			return err
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				return true
			}
			for _, key := range []string{"json", "parquet"} { // the name in a struct's tag
				if tag := reflect.StructTag(text).Get(key); tag != "" {
					text, _, _ = strings.Cut(tag, ",")
				}
			}
			if isColumn(text) && !slices.Contains(words, text) {
				spelled[filepath.ToSlash(name)] = append(spelled[filepath.ToSlash(name)], text)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for file, names := range spelled {
		at := slices.IndexFunc(particular, func(p exception) bool { return strings.HasPrefix(file, p.path) })
		if at < 0 {
			t.Errorf("%s spells the columns %v; go by the table of fields, or say here what is particular", file, slices.Compact(slices.Sorted(slices.Values(names))))
			continue
		}
		used[particular[at].path] = true
	}
	for _, p := range particular {
		if !used[p.path] {
			t.Errorf("%s spells no column; take it from the list", p.path)
		}
	}
}

func isColumn(name string) bool {
	return slices.ContainsFunc(Tables, func(t Table) bool { return t.Column(name) != nil })
}

type exception struct{ path, reason string }

// particular says by the beginning of a path why columns are named besides the
// table of fields.
var particular = []exception{
	{"internal/field/fields.go", "the table of fields"},
	{"schema/ontology.go", "the keys of an ontology's own file, which lists the codes of a column under its name"},
	{"internal/eval/asks.go", "the names of an ontology's parts"},
	{"internal/ontology/", "the columns that an ontology lists the codes of"},
	{"internal/labels/answers/items.go", "which names answers of models and pipelines have for ids"},
	{"internal/eval/needs.go", "what predictions may hold, in words"},
	{"cmd/dataset/internal/labelling/convert.go", "a flag named for whom it names"},
	{"internal/labels/formats/", "which names a foreign format has for ids, and how it carries them"},
	{"pipeline/internal/forms/form.go", "the column that few formats have a place for"},
	{"internal/labels/graph/write.go", "the field in a report of what an arc could not carry"},
	{"internal/annotate/", "what the page is told by name, and the journal's text_sha256"},
	{"internal/labels/native/", "a key of the document, and messages on the key of the table of actors"},
	{"internal/labels/check/", "a rule on what a column may hold"},
	{"internal/data/tables/", "the keys by which rows are joined, and those that predictions need"},
	{"internal/data/predictions/rows.go", "events get an id where their arguments need one"},
	{"internal/data/release/verify_", "a check of what a column may hold"},
	{"internal/data/release/info.go", "the columns whose values are counted"},
	{"internal/data/diff/diff.go", "the columns that a score depends on"},
	{"internal/data/export/jsonl.go", "a nested form: ids give way to what they name"},
	{"internal/data/ingest/prepared/", "the keys of a record beside a raw file, which are those of the source"},
	{"internal/eval/column.go", "the columns that results are sliced by"},
	{"internal/eval/metrics/records", "the columns that a record is made of"},
	{"internal/eval/analysis/errors.go", "the fields that an error is told by"},
	{"internal/eval/extract/openai/", "what a language model is asked for"},
}

// Every column says since when it is there, and the schema version is that of
// the newest.
func TestColumnsSince(t *testing.T) {
	newest := version.Version{}
	for _, table := range Tables {
		for _, c := range table.Columns {
			v, err := version.Parse(c.Since)
			if err != nil || c.Meaning == "" {
				t.Errorf("%s.%s: since %q, meaning %q", table.Name, c.Name, c.Since, c.Meaning)
			}
			if v.Compare(newest) > 0 {
				newest = v
			}
		}
	}
	known, err := version.Parse(schema.SchemaVersion)
	if err != nil || known.Compare(newest) < 0 {
		t.Errorf("the schema is of version %s, a column is there since %s", schema.SchemaVersion, newest)
	}
}

// A field of a struct gives the place of one member: what is set by one field is
// read by no other.
func TestFieldsHaveTheirOwnPlaces(t *testing.T) {
	ownPlaces(t, "articles", Articles)
	ownPlaces(t, "mentions", Mentions)
	ownPlaces(t, "actors", Actors)
	ownPlaces(t, "events", Events)
	ownPlaces(t, "arguments", Arguments)
}

func ownPlaces[T any](t *testing.T, table string, fields []Field[T]) {
	t.Helper()
	var item T
	seen := map[any]string{}
	for i := range fields {
		f := &fields[i]
		var at any
		switch f.Kind {
		case Text, Date:
			at = f.Text(&item)
		case Start, End:
			at = f.Offset(&item)
		case Whole:
			if f.Has(Derived) {
				continue
			}
			at = f.Whole(&item)
		case Flag:
			at = f.Flag(&item)
		case Maybe:
			at = f.Maybe(&item)
		case Number:
			at = f.Number(&item)
		case Texts:
			at = f.Texts(&item)
		case Spans:
			at = f.Spans(&item)
		case Segments:
			at = f.Segments(&item)
		}
		if first, twice := seen[at]; twice {
			t.Errorf("%s: %s and %s have one place", table, first, f.Name)
		}
		seen[at] = f.Name
	}
}
