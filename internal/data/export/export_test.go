package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/schema"
)

func export(t *testing.T, name string, ds dataset.Dataset, path string) {
	t.Helper()
	if err := Lookup(name).Write(t.Context(), ds, Target{Path: path}); err != nil {
		t.Fatal(err)
	}
}

// Every table's CSV has the columns of the table and a record a row, null and
// the empty list differ, and the surfaces stand in the text.
func TestExportCSV(t *testing.T) {
	ds := datatest.Synthetic{Size: 12, WithPasses: true, Mutate: func(a *schema.Annotation) {
		m := &a.Mentions[0]
		m.Fragments = []schema.Span{{Start: m.Span.Start, End: m.Span.Start + 1}, {Start: m.Span.End - 1, End: m.Span.End}}
		a.Mentions[1].Text += "\r\n\"x\", ك"
	}}
	dir := t.TempDir()
	export(t, "csv", ds, dir)
	rows := map[string]int{}
	for d, err := range walk.Entries(ds, func(err error) error { return err }) {
		if err != nil {
			t.Fatal(err)
		}
		rows[dataset.TableArticles]++
		rows[dataset.TableMentions] += len(d.Mentions)
		rows[dataset.TableEvents] += len(d.Events)
		rows[dataset.TableArguments] += len(d.Arguments)
		rows[dataset.TablePassMentions] += len(d.PassMentions)
		rows[dataset.TablePassEvents] += len(d.PassEvents)
		rows[dataset.TablePassArguments] += len(d.PassArguments)
	}
	rows[dataset.TableActors] = len(ds.ActorList())
	for _, table := range dataset.Tables {
		records := readCSV(t, filepath.Join(dir, table+".csv"))
		if len(records)-1 != rows[table] {
			t.Errorf("%s: %d records, expected %d", table, len(records)-1, rows[table])
		}
		for i, c := range field.TableByName(table).Columns {
			if records[0][i] != c.Name {
				t.Errorf("%s: column %d is %q, expected %q", table, i, records[0][i], c.Name)
			}
		}
	}
	mentions := readCSV(t, filepath.Join(dir, "mentions.csv"))
	if got := mentions[1][4]; got != `[{"start":0,"end":1},{"start":`+strconv.Itoa(len([]rune(mentions[1][5]))-1)+`,"end":`+mentions[1][3]+`}]` {
		t.Errorf("fragments %q", got)
	}
	if got := mentions[2][4]; got != "" {
		t.Errorf("null fragments are %q, expected an empty field", got)
	}
	// encoding/csv reads \r\n inside quotes as \n.
	if got := mentions[2][5]; !strings.HasSuffix(got, "\n\"x\", ك") {
		t.Errorf("text %q", got)
	}
	events := readCSV(t, filepath.Join(dir, "events.csv"))
	if got := events[1][7] + events[2][7]; got != `["phone"][]` {
		t.Errorf("modes %s, expected a list and an empty list", got)
	}
	if got := readCSV(t, filepath.Join(dir, "articles.csv"))[1][8]; got != "2016-07-06" { // the synthetic date
		t.Errorf("published %q", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "datapackage.json")); err != nil {
		t.Error(err)
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// Without passes there are no files of passes.
func TestExportCSVWithoutPasses(t *testing.T) {
	dir := t.TempDir()
	export(t, "csv", datatest.Synthetic{Size: 2}, dir)
	if names, err := filepath.Glob(filepath.Join(dir, "*.csv")); err != nil || len(names) != 5 {
		t.Errorf("files %v, %v, expected 5", names, err)
	}
}

// A line is an article; ids in it became what they name, and every span holds
// its text.
func TestExportJSONL(t *testing.T) {
	ds := datatest.Synthetic{Size: 12, Mutate: func(a *schema.Annotation) { a.Events[0].SourceMentionID = "m2" }}
	var b bytes.Buffer
	if err := Lookup("nested").Write(t.Context(), ds, Target{Stream: &b}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 12 {
		t.Fatalf("%d lines, expected 12", len(lines))
	}
	type span struct {
		Start, End int
		Text       string
	}
	for i, line := range lines {
		var a struct {
			Text     string
			Labelled bool
			Mentions []struct {
				span
				Head  span
				Actor struct {
					Name string `json:"name_en"`
				}
			}
			Events []struct {
				span
				Source    struct{ Text string }
				Arguments []struct {
					Role string
					span
					Type  string
					Value string
					Actor *struct {
						Name string `json:"name_en"`
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if a.Labelled != ds.Labelled(i) || a.Mentions == nil || a.Events == nil {
			t.Errorf("line %d: labelled %v, lists %v %v", i, a.Labelled, a.Mentions == nil, a.Events == nil)
		}
		text := []rune(a.Text)
		check := func(s span) {
			if string(text[s.Start:s.End]) != s.Text || s.Text == "" {
				t.Errorf("line %d: %+v, the text has %q", i, s, string(text[s.Start:s.End]))
			}
		}
		for _, m := range a.Mentions {
			check(m.span)
			check(m.Head)
			if m.Actor.Name == "" {
				t.Errorf("line %d: mention %+v has no actor", i, m)
			}
		}
		for _, e := range a.Events {
			check(e.span)
			for _, arg := range e.Arguments {
				check(arg.span)
			}
		}
		if !a.Labelled {
			continue
		}
		// The synthetic article's first event has two ACTORs, a TIME, an event as TOPIC.
		args := a.Events[0].Arguments
		if len(args) != 4 || args[0].Actor == nil || args[3].Type != "AID" || args[2].Value != "2016-07-06" || a.Events[0].Source.Text == "" {
			t.Errorf("line %d: arguments %+v", i, args)
		}
	}
}

// U+0085 and its like would end a line for some readers.
func TestAppendJSONLineEscapesLineSeparators(t *testing.T) {
	b, err := appendJSONLine(nil, "a\u0085b\u2028c<")
	if want := `"a\u0085b\u2028c<"` + "\n"; err != nil || string(b) != want {
		t.Errorf("%s, %v, expected %s", b, err, want)
	}
}

// The script names every file of the release and orders tables by reference;
// that DuckDB takes it is checked with DuckDB itself, beside the other clients.
func TestExportDuckDB(t *testing.T) {
	dir := t.TempDir()
	export(t, "duckdb", datatest.Synthetic{Size: 12, WithPasses: true, Splits: []string{"train", "test"}}, dir)
	script, err := os.ReadFile(filepath.Join(dir, "load.sql"))
	if err != nil {
		t.Fatal(err)
	}
	datatest.Golden(t, "load.sql", script)
	r, err := release.Open(filepath.Join(dir, "release"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Manifest().Files {
		if named := bytes.Contains(script, []byte("'release/"+f.Path+"'")); named != (f.Table != "") {
			t.Errorf("%s in load.sql: %v", f.Path, named)
		}
	}
}

func TestSQLQuotes(t *testing.T) {
	if got := sqlString("a'b") + sqlName(`c"d`); got != `'a''b'"c""d"` {
		t.Errorf("found %s", got)
	}
}

// Ids of clusters outside the table of actors, beside a table, refer to nothing: neither
// DuckDB nor a validator of data packages may be told that they do.
func TestNILsAreNoReferences(t *testing.T) {
	for _, nils := range []bool{false, true} {
		ds := datatest.Synthetic{Size: 2, Mutate: func(a *schema.Annotation) {
			if nils {
				a.Mentions[0].ActorID = "NIL001"
			}
		}}
		out := t.TempDir()
		for _, to := range []string{"duckdb", "csv"} {
			if err := Lookup(to).Write(t.Context(), ds, Target{Path: filepath.Join(out, to)}); err != nil {
				t.Fatal(err)
			}
		}
		for file, reference := range map[string]string{
			"duckdb/load.sql":                 `foreign key ("actor_id") references actors ("actor_id")`,
			"duckdb/release/datapackage.json": `"resource": "actors"`,
			"duckdb/release/croissant.json":   "actors/actor_id", // among the references
			"csv/datapackage.json":            `"resource": "actors"`,
		} {
			b, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(file)))
			if err != nil {
				t.Fatal(err)
			}
			if file == "duckdb/release/croissant.json" {
				var c struct {
					RecordSet []struct {
						Field []struct{ References any }
					}
				}
				if err := json.Unmarshal(b, &c); err != nil {
					t.Fatal(err)
				}
				b = fmt.Appendf(nil, "%v", c)
			}
			if got := strings.Contains(string(b), reference); got == nils {
				t.Errorf("NIL ids %v: %s has the reference: %v", nils, file, got)
			}
		}
		if list, err := release.Verify(os.DirFS(filepath.Join(out, "duckdb", "release"))); err != nil || len(list) > 0 {
			t.Errorf("NIL ids %v: %v, %v", nils, list, err)
		}
	}
}
