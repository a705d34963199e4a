package native

import (
	"bytes"
	"errors"
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

func TestActorsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		actors := labelstest.GenList(labelstest.GenActor()).Draw(t, "actors")
		var b bytes.Buffer
		if err := WriteActors(&b, actors); err != nil {
			t.Fatal(err)
		}
		rows, problems := parseActors(b.String(), labels.Position{File: "actors.json", Line: 1})
		if len(problems) > 0 || len(rows) != len(actors) {
			t.Fatalf("%v\n%s", problems, b.String())
		}
		for i, r := range rows {
			if !reflect.DeepEqual(r.Actor, actors[i]) || r.At.Line != i+2 {
				t.Fatalf("row %d at %v: %+v, want %+v", i, r.At, r.Actor, actors[i])
			}
		}
	})
}

func TestActorsRead(t *testing.T) {
	files := fstest.MapFS{"l/actors.json": {Data: []byte("[\n{\"actor_id\":\"a\",\"name_ar\":\"بوتين\"},\n{\"actor_id\":\"b\",\"sectors\":\"GOV\"},\n{\"name_en\":\"x\"},\n{\"actor_id\":\"c\",\"members\":[\"a\"]}\n]\n")}}
	var items []string
	for r, err := range ReadActors(labels.Source{FS: files, Path: "l"}, labels.ReadOptions{}) {
		if err != nil {
			items = append(items, err.Error())
		} else {
			items = append(items, r.At.String()+" "+r.ID)
		}
	}
	want := []string{"l/actors.json:2 a", "l/actors.json:5 c",
		"l/actors.json:3: [1].sectors: found an unknown field, expected a field of the format",
		"l/actors.json:4: [2]: found no actor_id, expected the actor's id"}
	if !reflect.DeepEqual(items, want) {
		t.Errorf("got %q", items)
	}
	for text, want := range map[string]string{
		"":                             "f:1: JSON: found the end, expected a list of actors",
		"null":                         "f:1: JSON: found null, expected a list of actors",
		"{}":                           "f:1: JSON: found an object, expected a list of actors",
		"[]\n[]":                       "f:2: JSON: found a list after the list, expected the end",
		"[\"a\"]":                      "f:1: [0]: found a string, expected an object",
		"[\n{}":                        "f:2: [0]: found no actor_id, expected the actor's id\nf:2: [0]: found the end, expected a comma or the end of the list",
		"[{\"actor_id\":\"a\"}, \xff]": "f:1: JSON: found the byte 0xff, which is no UTF-8, expected UTF-8",
	} {
		if _, problems := parseActors(text, labels.Position{File: "f", Line: 1}); problems.Error() != want {
			t.Errorf("%q: got  %v\nwant %v", text, problems, want)
		}
	}
	var missing error
	for _, err := range ReadActors(labels.Source{FS: fstest.MapFS{"x/y": {}}, Path: "x", Name: "data/labels"}, labels.ReadOptions{}) {
		missing = err
	}
	if !errors.Is(missing, fs.ErrNotExist) {
		t.Errorf("missing table: %v", missing)
	}
	if err := WriteActors(new(bytes.Buffer), []schema.Actor{{NameEN: "nobody"}}); err == nil {
		t.Error("wrote an actor without an id")
	}
}
