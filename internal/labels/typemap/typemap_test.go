package typemap

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

var gold = &schema.Ontology{Name: "gold", MentionTypes: []schema.MentionType{{Code: schema.Code{Code: "PER"}}, {Code: schema.Code{Code: "LOC"}}},
	EventTypes: []schema.EventType{{Code: schema.Code{Code: "Attack"}}}, Roles: []schema.Role{{Code: schema.Code{Code: "Target"}}, {Code: schema.Code{Code: "Time"}}}}

func prediction() *schema.Annotation {
	return &schema.Annotation{DocID: "d", Mentions: []schema.Mention{
		{ID: "m1", Span: schema.Span{Start: 0, End: 2}, Text: "Al", Type: "PERSON"},
		{ID: "m2", Span: schema.Span{Start: 3, End: 5}, Text: "UK", Type: "GPE"},
		{ID: "m3", Span: schema.Span{Start: 6, End: 9}, Text: "now", Type: "DATE"},
	}, Events: []schema.Event{
		{ID: "e1", Type: "hit", SourceMentionID: "m3", Arguments: []schema.Argument{
			{Role: "victim", MentionID: "m1"}, {Role: "when", MentionID: "m3"}, {Role: "because", TargetEventID: "e2"}, {Role: "how", MentionID: "m1"}}},
		{ID: "e2", Type: "say"},
	}}
}

func TestApply(t *testing.T) {
	m, err := Parse([]string{"PERSON=PER,GPE=LOC", "event:hit=Attack", "say=-,role:victim=Target,when=Time,DATE=-,how=-,none=PER"})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Check(gold); err != nil {
		t.Fatal(err)
	}
	given, counts := prediction(), Counts{}
	got := m.Apply(given, counts)
	want := &schema.Annotation{DocID: "d", Mentions: []schema.Mention{
		{ID: "m1", Span: schema.Span{Start: 0, End: 2}, Text: "Al", Type: "PER"},
		{ID: "m2", Span: schema.Span{Start: 3, End: 5}, Text: "UK", Type: "LOC"},
	}, Events: []schema.Event{{ID: "e1", Type: "Attack", Arguments: []schema.Argument{
		{Role: "Target", MentionID: "m1"}, {Role: "Time", Span: schema.Span{Start: 6, End: 9}, Text: "now"}}}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("found %+v\nexpected %+v", got, want)
	}
	if !reflect.DeepEqual(given, prediction()) {
		t.Errorf("the prediction given is changed: %+v", given)
	}
	warnings := strings.Join(m.Warnings(counts), "\n")
	for _, w := range []string{"1 mention: DATE 1", "1 event: say 1", "1 argument: how 1", `--map none=PER: nothing predicted is called "none"`} {
		if !strings.Contains(warnings, w) {
			t.Errorf("warnings %q, expected %q", warnings, w)
		}
	}
	if list := counts.List(); len(list) != 8 || list[0] != (Count{Mention, "DATE", "-", 1}) || list[3] != (Count{Event, "hit", "Attack", 1}) {
		t.Errorf("counts %+v", counts.List())
	}
}

// All others are what no pair of the kind names.
func TestAllOthers(t *testing.T) {
	m, err := Parse([]string{"PERSON=PER", "mention:*=-"})
	if err != nil {
		t.Fatal(err)
	}
	got := m.Apply(prediction(), Counts{})
	if len(got.Mentions) != 1 || got.Mentions[0].Type != "PER" || len(got.Events) != 2 || got.Events[0].Type != "hit" {
		t.Errorf("%+v", got)
	}
}

func TestParse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "map.yaml")
	if err := os.WriteFile(file, []byte("GPE: LOC\n\"*\": \"-\"\nevent:hit: Attack\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	m, err := Parse([]string{"PERSON = PER", file, "GPE=LOC"})
	if want := "*=-,GPE=LOC,PERSON=PER,event:hit=Attack"; err != nil || m.String() != want {
		t.Errorf("%s, %v, expected %s", m, err, want)
	}
	if m, err := Parse(nil); m.String() != "" || err != nil || m.Check(gold) != nil || m.Warnings(nil) != nil {
		t.Errorf("no pairs: %v, %v", m, err)
	}
	for arg, want := range map[string]string{
		"A=B,C":     `found "C", expected A=B`,
		"A=":        `found "A=", expected A=B`,
		"=B":        `found "=B"`,
		"A=B,A=C":   "found A=B and A=C, expected one of them",
		"no/such":   "neither pairs A=B,C=D nor a file",
		"event:=X":  "expected A=B",
		"A=B=C":     "expected A=B",
		"A=B,,C=D":  "expected A=B",
		"role:A=B,": "expected A=B",
	} {
		if m, err := Parse([]string{arg}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, error %v, expected %s", arg, m, err, want)
		}
	}
}

func TestCheck(t *testing.T) {
	for pair, want := range map[string]string{
		"A=PER": "", "A=Attack": "", "A=Target": "", "A=-": "", "role:A=Target": "",
		"A=PERS":       `the ontology gold of the labels has no "PERS"; did you mean "PER"?`,
		"role:A=PER":   `has no "PER"`,
		"mention:A=":   "",
		"event:A=Time": `has no "Time"`,
	} {
		m, err := Parse([]string{pair})
		if err != nil {
			continue
		}
		if err := m.Check(gold); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, expected %q", pair, err, want)
		}
	}
}

// Under the extended ontology a bare label is what it is mapped to.
func TestExtend(t *testing.T) {
	m, err := Parse([]string{"hit=Attack,victim=Target,PERSON=PER,*=-,PER=LOC"})
	if err != nil {
		t.Fatal(err)
	}
	o := m.Extend(gold)
	if o.EventType("hit") == nil || o.Role("victim") == nil || o.MentionType("PERSON") == nil || len(o.MentionTypes) != 3 || len(gold.MentionTypes) != 2 {
		t.Errorf("%+v", o)
	}
}

// A map of names to themselves changes nothing, and no map adds an item.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &labelstest.Labelling("a").Draw(t, "a").Doc.Annotation
		same := []Pair{{Kind: Mention, From: "PER", To: "PER"}, {Kind: Event, From: "CONSULT", To: "CONSULT"}}
		m, err := New(same)
		if err != nil {
			t.Fatal(err)
		}
		b := m.Apply(a, Counts{})
		if len(b.Mentions) != len(a.Mentions) || len(b.Events) != len(a.Events) {
			t.Fatalf("%+v is not %+v", b, a)
		}
		if m, err = New(append(same, Pair{From: "*", To: "-"})); err != nil {
			t.Fatal(err)
		}
		counts := Counts{}
		b = m.Apply(a, counts)
		mapped := map[Kind]int{}
		for c, n := range counts {
			mapped[c.Kind] += n
		}
		if mapped[Mention] != len(a.Mentions) || mapped[Event] != len(a.Events) || len(b.Mentions) > len(a.Mentions) {
			t.Fatalf("%v counted of %d mentions and %d events", counts, len(a.Mentions), len(a.Events))
		}
		again, err := Parse([]string{m.String()})
		if err != nil || again.String() != m.String() {
			t.Fatalf("%s was read as %s, %v", m, again, err)
		}
	})
}

// FuzzParse wants an error or a map that reads back, never a panic.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"A: B\n", "\"*\": \"-\"\n", "{\"A\":\"B\"}", "A: [B]\n", "- A\n", "event:hit: Attack\n", "A: B\nA: C\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		pairs, err := parseFile("f", src)
		if err != nil {
			return
		}
		m, err := New(pairs)
		if err != nil || m == nil {
			return
		}
		if again, err := Parse([]string{m.String()}); err != nil || again.String() != m.String() {
			t.Fatalf("%s was read as %s, %v", m, again, err)
		}
	})
}

// Names that are changed one to one and mapped back are as they were.
func TestMapUndoesRenaming(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &labelstest.Labelling("a").Draw(t, "a").Doc.Annotation
		renamed := *a
		renamed.Mentions, renamed.Events = slices.Clone(a.Mentions), slices.Clone(a.Events)
		var pairs []Pair
		rename := func(kind Kind, name *string) {
			if *name != "" {
				pairs = append(pairs, Pair{kind, *name + "'", *name})
				*name += "'"
			}
		}
		for i := range renamed.Mentions {
			rename(Mention, &renamed.Mentions[i].Type)
		}
		for i := range renamed.Events {
			e := &renamed.Events[i]
			rename(Event, &e.Type)
			e.Arguments = slices.Clone(e.Arguments)
			for j := range e.Arguments {
				rename(Role, &e.Arguments[j].Role)
			}
		}
		m, err := New(pairs)
		if err != nil {
			t.Fatal(err)
		}
		back := m.Apply(&renamed, Counts{})
		for i := range back.Events {
			if len(back.Events[i].Arguments)+len(a.Events[i].Arguments) == 0 {
				back.Events[i].Arguments = a.Events[i].Arguments // nil or empty
			}
		}
		if !slices.EqualFunc(back.Mentions, a.Mentions, func(x, y schema.Mention) bool { return reflect.DeepEqual(x, y) }) ||
			!slices.EqualFunc(back.Events, a.Events, func(x, y schema.Event) bool { return reflect.DeepEqual(x, y) }) {
			t.Fatalf("%+v\nis not\n%+v", back, a)
		}
	})
}
