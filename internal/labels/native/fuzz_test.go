package native

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

func addSeeds(f *testing.F) {
	for _, s := range labelstest.Seeds {
		f.Add(s)
	}
	if b, err := os.ReadFile(sample); err == nil {
		f.Add(string(b))
	}
}

// What parses must be written and read back to the same, in both layouts.
func FuzzJSON(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Parse(text, labels.Position{File: "f", Line: 1}, true)
		if (d == nil) == (err == nil) {
			t.Fatal(d, err)
		}
		if err != nil {
			_ = err.Error()
			return
		}
		for _, encode := range []func([]byte, *labels.Document) ([]byte, error){AppendFile, AppendLine} {
			b, err := encode(nil, d)
			if err != nil {
				t.Fatal(err)
			}
			back, err := Parse(string(b), labels.Position{File: "f", Line: 1}, true)
			if err != nil || !reflect.DeepEqual(back.Annotation, d.Annotation) || back.Error != d.Error {
				t.Fatalf("%v\n%s", err, b)
			}
		}
	})
}

func FuzzJSONL(f *testing.F) {
	addSeeds(f)
	f.Add("{\"doc_id\":\"a\"}\n\n{\"doc_id\":\"b\"}\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		read := func(text string) (docs []*labels.Document, bad int) {
			for d, err := range ReadLines(labelstest.Stream("f", strings.NewReader(text)), labels.ReadOptions{MaxRecord: 1000}) {
				if err != nil {
					if !labels.IsRecordError(err) {
						t.Fatalf("I/O error from a string: %v", err)
					}
					bad++
				} else {
					docs = append(docs, &labels.Document{Annotation: d.Annotation, Error: d.Error})
				}
			}
			return docs, bad
		}
		docs, _ := read(text)
		var b []byte
		for _, d := range docs {
			var err error
			if b, err = AppendLine(b, d); err != nil {
				t.Fatal(err)
			}
		}
		if len(b) > 1000 {
			return // a canonical line may be longer than the limit
		}
		if back, bad := read(string(b)); bad > 0 || !reflect.DeepEqual(back, docs) {
			t.Fatalf("read back %d of %d documents, %d bad\n%s", len(back), len(docs), bad, b)
		}
	})
}

func FuzzActors(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		rows, problems := parseActors(text, labels.Position{File: "f", Line: 1})
		if len(problems) > 0 {
			return
		}
		var actors []schema.Actor
		for _, r := range rows {
			actors = append(actors, r.Actor)
		}
		var b bytes.Buffer
		if err := WriteActors(&b, actors); err != nil {
			t.Fatal(err)
		}
		back, problems := parseActors(b.String(), labels.Position{File: "f", Line: 1})
		if len(problems) > 0 || len(back) != len(rows) {
			t.Fatal(problems)
		}
		for i := range back {
			if !reflect.DeepEqual(back[i].Actor, rows[i].Actor) {
				t.Fatalf("%+v, want %+v", back[i].Actor, rows[i].Actor)
			}
		}
	})
}
