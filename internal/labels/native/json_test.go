package native

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

func TestJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &labels.Document{Annotation: labelstest.GenAnnotation().Draw(t, "annotation"), Error: labelstest.GenString().Draw(t, "error")}
		for _, encode := range []func([]byte, *labels.Document) ([]byte, error){AppendFile, AppendLine} {
			b, err := encode(nil, d)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Parse(string(b), labels.Position{File: "x", Line: 1}, false)
			if err != nil {
				t.Fatalf("%v\n%s", err, b)
			}
			if !reflect.DeepEqual(got.Annotation, d.Annotation) || got.Error != d.Error {
				t.Fatalf("read %+v\nwrote %+v\n%s", got, d, b)
			}
			again, err := encode(nil, got)
			if err != nil || !bytes.Equal(again, b) {
				t.Fatalf("second writing differs (%v)\n%s\n%s", err, b, again)
			}
		}
		line, _ := AppendLine(nil, d)
		// What Python's str.splitlines cuts at must not occur inside a line.
		if i := strings.IndexAny(string(line), "\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029"); i >= 0 || bytes.Count(line, []byte("\n")) != 1 {
			t.Fatalf("line break inside %q", line)
		}
	})
}

// sample is a canonical label file with every field once.
const sample = "testdata/json/000_sample.json"

func TestJSONGolden(t *testing.T) {
	docs, err := labels.ReadAll(ReadFiles(labels.FileSource(sample), labels.ReadOptions{}))
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	out, err := AppendFile(nil, docs[0])
	if err != nil {
		t.Fatal(err)
	}
	golden(t, sample, out)
	d := docs[0]
	// Lines as in the file.
	if got := []labels.Position{d.At, d.MentionAt(0), d.MentionAt(1), d.EventAt(0), d.ArgumentAt(0, 2), d.EventAt(1)}; !reflect.DeepEqual(got,
		[]labels.Position{{File: sample, Line: 1}, {File: sample, Line: 4}, {File: sample, Line: 5}, {File: sample, Line: 8}, {File: sample, Line: 11}, {File: sample, Line: 13}}) {
		t.Errorf("positions %v", got)
	}
}

// Each message is what the reader must say of the text beside it.
func TestJSONErrors(t *testing.T) {
	tests := []struct{ name, text, want, hint string }{
		{"empty", ``, `f:1: JSON: found the end, expected a value`, "cut off"},
		{"cut off", `{"doc_id":"a","mentions":[{"start":1`, `f:1: mentions[0].start: found the end, expected a comma or the end of the object`, "cut off"},
		{"cut in string", `{"doc_id":"a`, `f:1: doc_id: found the end inside a string, expected a closing quote`, "cut off"},
		{"list", `[{"doc_id":"a"}]`, `f:1: JSON: found a list, expected an object`, ""},
		{"no doc_id", `{"mentions":[]}`, `f:1: JSON: found no doc_id, expected the article's doc_id`, ""},
		{"unknown", "{\"doc_id\":\"a\",\n\"mentoins\":[]}", `f:2: mentoins: found an unknown field, expected a field of the format`, `did you mean "mentions"?`},
		{"unknown inside", "{\"doc_id\":\"a\",\"mentions\":[\n{},\n{\"star\":1}]}", `f:3: mentions[1].star: found an unknown field, expected a field of the format`, `did you mean "start"?`},
		{"unlike", `{"doc_id":"a","wholly_different":[]}`, `f:1: wholly_different: found an unknown field, expected a field of the format`, "known fields: doc_id, error"},
		{"twice", "{\"doc_id\":\"a\",\n\"doc_id\":\"b\"}", `f:2: doc_id: found the key twice, expected one value`, ""},
		{"wrong type", `{"doc_id":"a","mentions":[{"start":"4","end":5}]}`, `f:1: mentions[0].start: found a string, expected a whole number`, ""},
		{"number as string", `{"doc_id":7}`, `f:1: doc_id: found 7, expected a string`, ""},
		{"float", `{"doc_id":"a","mentions":[{"start":1,"end":4.0}]}`, `f:1: mentions[0].end: found 4.0, expected a whole number`, "write 4, not 4.0"},
		{"negative", `{"doc_id":"a","mentions":[{"start":-1,"end":4}]}`, `f:1: mentions[0].start: found -1, expected a number from 0 to 2147483647`, ""},
		{"huge", `{"doc_id":"a","mentions":[{"start":1,"end":2147483648}]}`, `f:1: mentions[0].end: found 2147483648, expected a number from 0 to 2147483647`, ""},
		{"half a span", `{"doc_id":"a","events":[{"cue_start":1}]}`, `f:1: events[0]: found cue_start without cue_end, expected both or none`, ""},
		{"empty span", `{"doc_id":"a","events":[{"start":0,"end":0}]}`, `f:1: events[0]: found the empty span [0,0), expected start < end`, "leave both out"},
		{"confidence", `{"doc_id":"a","events":[{"arguments":[{"confidence":1.5}]}]}`, `f:1: events[0].arguments[0].confidence: found 1.5, expected a number from 0 to 1`, ""},
		{"nan", `{"doc_id":"a","events":[{"confidence":NaN}]}`, `f:1: events[0].confidence: found NaN, expected a value`, "JSON has no NaN"},
		{"overflow", `{"doc_id":"a","events":[{"confidence":1e999}]}`, `f:1: events[0].confidence: found 1e999, expected a number from 0 to 1`, ""},
		{"bool", `{"doc_id":"a","mentions":[{"metonym":"yes"}]}`, `f:1: mentions[0].metonym: found a string, expected true or false`, ""},
		{"modes", `{"doc_id":"a","events":[{"modes":"phone"}]}`, `f:1: events[0].modes: found a string, expected a list`, ""},
		{"mode", `{"doc_id":"a","events":[{"modes":["a",null]}]}`, `f:1: events[0].modes[1]: found null, expected a string`, ""},
		{"fragment", `{"doc_id":"a","mentions":[{"fragments":[[1,2,3]]}]}`, `f:1: mentions[0].fragments[0]: found a list that is no pair, expected a pair [start, end]`, ""},
		{"fragment null", `{"doc_id":"a","mentions":[{"fragments":[[1,null]]}]}`, `f:1: mentions[0].fragments[0]: found a list that is no pair, expected a pair [start, end]`, ""},
		{"garbage", "{\"doc_id\":\"a\"}\n{\"doc_id\":\"b\"}", `f:2: JSON: found an object after the record, expected the end`, "one object a record"},
		{"comma", `{"doc_id":"a",}`, `f:1: JSON: found '}', expected a key in double quotes`, ""},
		{"quotes", `{'doc_id':"a"}`, `f:1: JSON: found '\'', expected a key in double quotes`, "double quotes"},
		{"colon", `{"doc_id" "a"}`, `f:1: doc_id: found a string, expected a colon`, ""},
		{"control", "{\"doc_id\":\"a\nb\"}", `f:1: doc_id: found the control character '\n' in a string, expected an escape such as \n`, ""},
		{"escape", `{"doc_id":"\x"}`, "f:1: doc_id: found the escape \"\\\\x\", expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", ""},
		{"surrogate", `{"doc_id":"\ud83d"}`, `f:1: doc_id: found the lone surrogate \ud83d, expected a surrogate pair`, "cut between"},
		{"utf8", "{\"doc_id\":\n\"a\xff\"}", `f:2: JSON: found the byte 0xff, which is no UTF-8, expected UTF-8`, "convert"},
		{"deep", `{"doc_id":` + strings.Repeat("[", 100000), `f:1: doc_id` + strings.Repeat("[0]", 63) + `: found nesting deeper than 64`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse(tt.text, labels.Position{File: "f", Line: 1}, true)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %v", err, tt.want)
			}
			var e *labels.RecordError
			if !errors.As(err, &e) {
				t.Fatalf("%T is no RecordError", err)
			}
			if tt.hint != "" && !strings.Contains(e.Hint(), tt.hint) {
				t.Errorf("hint %q, want %q in it", e.Hint(), tt.hint)
			}
		})
	}
}

func TestJSONAbsent(t *testing.T) {
	d, err := Parse(` {"doc_id":"a","error":null,"mentions":[{"mention_id":null,"start":null,"end":null,"text":"x","confidence":null,
		"metonym":null,"fragments":null}],"events":[{"modes":[],"quoted":null,"cue_start":null}]} `, labels.Position{File: "f", Line: 1}, false)
	if err != nil {
		t.Fatal(err)
	}
	want := schema.Annotation{DocID: "a", Mentions: []schema.Mention{{Span: schema.NoSpan, Head: schema.NoSpan, Text: "x"}},
		Events: []schema.Event{{Span: schema.NoSpan, Cue: schema.NoSpan}}}
	if !reflect.DeepEqual(d.Annotation, want) {
		t.Errorf("got %+v", d.Annotation)
	}
}

func TestWriteRefuses(t *testing.T) {
	over := 1.5
	for _, a := range []schema.Annotation{
		{},
		{DocID: "a\xff"},
		{DocID: "a", Mentions: []schema.Mention{{Span: schema.Span{Start: -1, End: 4}, Head: schema.NoSpan}}},
		{DocID: "a", Mentions: []schema.Mention{{Span: schema.NoSpan, Head: schema.NoSpan, Fragments: []schema.Span{schema.NoSpan}}}},
		{DocID: "a", Mentions: []schema.Mention{{Span: schema.NoSpan, Head: schema.NoSpan, Confidence: &over}}},
	} {
		if b, err := AppendLine(nil, &labels.Document{Annotation: a}); err == nil {
			t.Errorf("wrote %s", b)
		}
	}
}

func TestJSONFolder(t *testing.T) {
	files := fstest.MapFS{
		"l/b.json":      {Data: []byte("\uFEFF{\"doc_id\":\"b\"}")},
		"l/a.json":      {Data: []byte("{\"doc_id\":\"a\"\n,\"x\":1,\n\"y\":2}")},
		"l/c.json":      {Data: []byte(`{"doc_id":"` + strings.Repeat("c", 200) + `"}`)},
		"l/actors.json": {Data: []byte("[]")},
		"l/.d.json":     {Data: []byte("{")},
		"l/e.txt":       {Data: []byte("{")},
	}
	var items, remarks []string
	opt := labels.ReadOptions{MaxRecord: 100, Warn: func(at labels.Position, s string) { remarks = append(remarks, at.String()+": "+s) }}
	for d, err := range ReadFiles(labels.Source{FS: files, Path: "l", Name: "data/labels"}, opt) {
		if err != nil {
			items = append(items, err.Error())
		} else {
			items = append(items, d.DocID)
		}
	}
	want := []string{"data/labels/a.json:2: x: found an unknown field, expected a field of the format",
		"data/labels/a.json:3: y: found an unknown field, expected a field of the format", "b",
		"data/labels/c.json:1: record: found more than 100 bytes, expected at most that"}
	if !reflect.DeepEqual(items, want) {
		t.Errorf("got %q", items)
	}
	if !reflect.DeepEqual(remarks, []string{"data/labels/b.json:1: byte order mark skipped"}) {
		t.Errorf("remarks %q", remarks)
	}
}

func TestJSONWriteFolder(t *testing.T) {
	dir := t.TempDir()
	docs := []*labels.Document{{Annotation: schema.Annotation{DocID: "a"}}, {Annotation: schema.Annotation{DocID: "b"}}}
	if err := WriteFiles(labels.DirOutput(filepath.Join(dir, "new")), slices.Values(docs), labels.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "new", "b.json"))
	if err != nil || string(got) != "{\n  \"doc_id\": \"b\"\n}\n" {
		t.Errorf("%q %v", got, err)
	}
	if err := WriteFiles(labels.StreamOutput(io.Discard), slices.Values(docs), labels.WriteOptions{}); !errors.Is(err, labels.ErrOneFile) {
		t.Errorf("two articles into one stream: %v", err)
	}
	for _, id := range []string{"../x", "x/y", "actors", ""} {
		bad := []*labels.Document{{Annotation: schema.Annotation{DocID: id}}}
		if err := WriteFiles(labels.DirOutput(dir), slices.Values(bad), labels.WriteOptions{}); err == nil {
			t.Errorf("doc_id %q accepted as a file name", id)
		}
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

var update = flag.Bool("update", false, "rewrite golden files")

// golden compares got with a file in testdata, or rewrites the file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(got) {
		t.Errorf("%s differs (run with -update if that is meant):\n%s", name, got)
	}
}
