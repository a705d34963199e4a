package ontology

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/yamlnode"
	"github.com/mizan-corpus/mizan/schema"
)

var update = flag.Bool("update", false, "write the JSON Schema anew")

// Each file has one fault; the error names its line, counted by hand.
func TestParseErrors(t *testing.T) {
	const head = "name: x\nmention_types: [A, B]\nevent_types: [E]\nroles: [R]\n" // four lines
	for _, c := range []struct{ src, want string }{
		{"", `o.yaml:1: found nothing, expected keys such as name and mention_types`},
		{"name: x\n", `o.yaml:1: found neither mention_types nor event_types, expected one of them at least`},
		{"name: A B\nmention_types: [A]\n", `o.yaml:1: name: found "A B", expected lower-case letters`},
		{"name: x\nmention_types: [A]\nname: y\n", `o.yaml:3: found the key "name" again, expected each key once`},
		{"name: x\nmention_typs: [A]\n", `o.yaml:2: found the key "mention_typs", expected one of auxiliaries, `},
		{"name: x\nmention_types:\n  - A\n  - {code: B}\n  - A\n", `o.yaml:5: mention_types[2]: found "A" again, expected it only at mention_types[0]`},
		{"name: x\nmention_types:\n  - {code: A, actor: perhaps}\n", `o.yaml:3: mention_types[0].actor: found "perhaps", expected true or false`},
		{"name: x\nmention_types: A\n", `o.yaml:2: mention_types: found "A", expected a list`},
		{"name: x\nmention_types: [\"\"]\n", `o.yaml:2: mention_types[0]: found "", expected a code of 1 to 100 printable characters`},
		{"name: x\nevent_types:\n  - {code: E, quad: 5}\n", `o.yaml:3: event_types[0].quad: found 5, expected one of quads`},
		{"name: x\nevent_types:\n  - {code: E, quad: -1}\n", `o.yaml:3: event_types[0].quad: found "-1", expected a whole number`},
		{head + "countries: iso\n", `o.yaml:5: countries: found "iso", expected one of iso3166-1`},
		{head + "realis: [yes, no]\nrecords: {source: Q, target: R}\n", `o.yaml:6: records.source: found "Q", expected one of R`},
		{head + "cameo:\n  crosswalk:\n    - {prefix: \"01\", type: Z}\n", `o.yaml:7: cameo.crosswalk[0].type: found "Z", expected one of E`},
		{head + "rules:\n  - {code: r, of: event}\n", `o.yaml:6: rules[0]: found nothing that the rule asks, expected require`},
		{head + "rules:\n  - {code: r, of: thing, require: type}\n", `o.yaml:6: rules[0].of: found "thing", expected one of actor, argument, event, mention`},
		{head + "rules:\n  - {code: r, of: event, require: hopper}\n", `o.yaml:6: rules[0]: found "hopper", expected one of event_id, `},
		{head + "rules:\n  - {code: R, of: event, require: type}\n", `o.yaml:6: rules[0].code: found "R", expected lower-case words`},
		{head + "rules:\n  - {code: r, of: mention, any_role: [R]}\n", `o.yaml:6: rules[0]: found roles of mention, expected them in a rule of event`},
		{head + "rules:\n  - {code: r, of: event, roles: {S: {min: 1}}}\n", `o.yaml:6: rules[0].roles: found "S", expected one of R`},
		{head + "rules:\n  - {code: r, of: event, require: cue, found: \"{cu}\"}\n", `o.yaml:6: rules[0]: found "cu", expected one of event_id, `},
		{head + "rules:\n  - {code: r, of: event, when: {type: A}, require: cue}\n", `o.yaml:6: rules[0].when.type[0]: found "A", expected one of E`},
		{head + "rules:\n  - code: r\n    of: mention\n    when:\n      type: [A, E]\n    require: level\n", `o.yaml:9: rules[0].when.type[1]: found "E", expected one of A, B`},
		{head + "levels: [NAM]\nrules:\n  - {code: r, of: mention, values: {level: NOM}}\n", `o.yaml:7: rules[0].values.level[0]: found "NOM", expected one of NAM`},
		{head + "rules:\n  - {code: r, of: argument, when: {role: S}, require: text}\n", `o.yaml:6: rules[0].when.role[0]: found "S", expected one of R`},
		{"name: x\nmention_types: [A]\nrules:\n  - {code: r, of: event, when: {type: E}, require: cue}\n", `o.yaml:4: rules[0].when.type[0]: found "E", expected none: the ontology has no such list`},
		{"name: x\nmention_types: &a [A]\nlevels: *a\n", `o.yaml:`},
		{"name: [\n", `o.yaml:1: not YAML: `},
	} {
		_, err := Parse("o.yaml", []byte(c.src))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %s", c.src, err, c.want)
		}
	}
	if _, err := Parse("o.yaml", make([]byte, MostBytes+1)); err == nil {
		t.Error("a file past the bound was read")
	}
	many := "name: x\nlevels:\n" + strings.Repeat("- a\n", mostEntries+1)
	var at *yamlnode.Error
	const near = "name: x\nevent_types: [Attack]\nrules:\n  - {code: r, of: event, when: {type: Attak}, require: cue}\n"
	if _, err := Parse("o.yaml", []byte(near)); !errors.As(err, &at) || at.Hint() != `did you mean "Attack"?` {
		t.Errorf("a code nearly of the list: %v", err)
	}
	if _, err := Parse("o.yaml", []byte(many)); !errors.As(err, &at) || at.Line != 3 {
		t.Errorf("too many entries: %v", err)
	}
}

// Four types are four lines, and a code alone is an entry.
func TestParseShortForm(t *testing.T) {
	o, err := Parse("o.yaml", []byte("name: ace\nmention_types: [PER, {code: GPE, actor: true}]\nevent_types: [Attack]\nroles: [Target, {code: When, value: time, fillers: span}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := &schema.Ontology{
		Name:         "ace",
		MentionTypes: []schema.MentionType{{Code: schema.Code{Code: "PER"}}, {Code: schema.Code{Code: "GPE"}, Actor: true}},
		EventTypes:   []schema.EventType{{Code: schema.Code{Code: "Attack"}}},
		Roles:        []schema.Role{{Code: schema.Code{Code: "Target"}}, {Code: schema.Code{Code: "When"}, Fillers: []string{"span"}, Value: "time"}},
	}
	if !reflect.DeepEqual(o, want) {
		t.Errorf("got %+v", o)
	}
}

func TestNamed(t *testing.T) {
	// CoNLL-2003, OntoNotes 5 and Wojood as published: 4, 18 and 21 types; ACE
	// 2005: 7 types, 33 subtypes of events, 35 roles.
	for name, n := range map[string][3]int{"plover": {5, 16, 7}, "conll2003": {4, 0, 0}, "ontonotes": {18, 0, 0}, "ace2005": {7, 33, 35}, "wojood": {21, 0, 0}, "muc4": {4, 6, 5}} {
		o := Named(name)
		if o == nil {
			t.Errorf("no %s", name)
			continue
		}
		if got := [3]int{len(o.MentionTypes), len(o.EventTypes), len(o.Roles)}; got != n || o.Licence == "" {
			t.Errorf("%s: %v, expected %v", name, got, n)
		}
	}
	if _, err := Find("plovr"); err == nil || !strings.Contains(err.Error(), `did you mean "plover"?`) {
		t.Errorf("got %v", err)
	}
}

// The shape that files are read by has a place for every field of the value, and
// none besides.
func TestShapeIsTheValue(t *testing.T) {
	var walk func(place string, s *shape, typ reflect.Type)
	walk = func(place string, s *shape, typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map {
			typ = typ.Elem()
		}
		if s.kind == mapping {
			walk(place, s.item, typ)
			return
		}
		if typ.Kind() != reflect.Struct {
			return
		}
		names := map[string]bool{}
		if _, coded := reflect.New(typ).Elem().Interface().(schema.Coded); coded {
			names["code"] = true // shadowed in Go by the name of the embedded struct
		}
		for _, f := range reflect.VisibleFields(typ) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == "" { // embedded, or promoted through what is
				continue
			}
			names[name] = true
			if s.fields[name] == nil {
				t.Errorf("%s: no place for %s", place, name)
				continue
			}
			walk(place+"."+name, s.fields[name], f.Type)
		}
		for name := range s.fields {
			if !names[name] && !(name == "gloss" && strings.HasSuffix(place, "crosswalk")) {
				t.Errorf("%s: %s is read and not kept", place, name)
			}
		}
	}
	walk("", file, reflect.TypeFor[schema.Ontology]())
}

func TestJSONSchema(t *testing.T) {
	path := filepath.Join("..", "..", "schema", "ontology", "ontology.schema.json")
	if *update {
		if err := os.WriteFile(path, JSONSchema(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil || string(b) != string(JSONSchema()) || !json.Valid(b) {
		t.Errorf("%s is not what files are read by; -update writes it (%v)", path, err)
	}
}

// docs/ontology.md names every key of a file and every field of rules.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "ontology.md"))
	if err != nil {
		t.Fatal(err)
	}
	names := append(Sorted(file.fields), Sorted(file.fields["rules"].fields)...)
	for _, list := range Fields {
		for _, f := range list {
			names = append(names, f.Name)
		}
	}
	for _, name := range names {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/ontology.md does not name %s", name)
		}
	}
	for _, name := range Names() {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/ontology.md does not name %s", name)
		}
	}
}

func TestDiff(t *testing.T) {
	a, err := Parse("a", []byte("name: a\nmention_types: [PER, LOC]\nlevels: [NAM]\n"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse("b", []byte("name: b\nmention_types: [{code: PER, actor: true}, ORG]\nlevels: [NAM]\nroles: [R]\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`~ mention_types PER: {"code":"PER"} → {"code":"PER","actor":true}`, `- mention_types LOC`, `+ mention_types ORG`, `~ name: "a" → "b"`, `+ roles R`}
	if got := Diff(a, b); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := Diff(a, a); got != nil {
		t.Errorf("with itself: %q", got)
	}
}

// What is inferred from labels is an ontology that reads back and has just their
// codes.
func TestInfer(t *testing.T) {
	x := NewInference()
	x.Add(&schema.Annotation{
		Mentions: []schema.Mention{{Type: "PER", ActorID: "a"}, {Type: "GPE"}},
		Events: []schema.Event{{Type: "Attack", Modes: []string{"air"}, Realis: "yes", Arguments: []schema.Argument{
			{Role: "Target", MentionID: "m"}, {Role: "When", Value: "2016"}}}},
	})
	o := x.Ontology()
	if _, err := Parse("o", Encode(o)); err != nil {
		t.Error(err)
	}
	got := fmt.Sprint(schema.Codes(o.MentionTypes), schema.Codes(o.EventTypes), o.EventTypes[0].Modes, o.Realis, o.Roles, o.MentionTypes[1].Actor)
	if want := "[GPE PER] [Attack] [{air }] [{yes }] [{{Target } [mention] } {{When } [span] time}] true"; got != want {
		t.Errorf("got %s", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"conll2003", "ace2005"} {
		f.Add(Encode(Named(name)))
	}
	f.Add([]byte("name: x\nmention_types: [A]\nrules: [{code: a, of: mention, forbid: crossed, found: \"{value:q\"}]\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		o, err := Parse("o", src)
		if err != nil {
			return
		}
		again, err := Parse("o", Encode(o))
		if err != nil || string(Encode(again)) != string(Encode(o)) {
			t.Fatalf("not the same when written and read back: %v", err)
		}
	})
}
