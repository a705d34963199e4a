package labels

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

var seeds = []string{
	``, `{}`, `[]`, `null`, `{"doc_id":"a"}`, `{"doc_id":"a","error":"b"}`, `{"doc_id":"\u00e9\ud83d\ude00\n"}`, `{"doc_id":"\ud83d"}`,
	`{"doc_id":"a","mentions":[{"start":0,"end":4,"text":"بوتين","fragments":[[0,1],[2,4]],"confidence":1e-9}]}`,
	`{"doc_id":"a","events":[{"quoted":true,"modes":["x"],"arguments":[{"role":"TIME","start":1,"end":2,"value":"2016"}]}]}`,
	`{"doc_id":"a","x":[{"y":[1,-0.5e+3,true,false,null]}]}`, `[{"actor_id":"a","members":["b"]}]`, "\uFEFF{}", `{"doc_id":"a","mentions":[{}],"events":[{"arguments":[{}]},{}]}`, "{\"doc_id\":\"a\xff\"}", `{"a":01}`, `{"a":-}`,
}

func addSeeds(f *testing.F) {
	for _, s := range seeds {
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
		d, err := ParseJSON(text, Position{File: "f", Line: 1}, true)
		if (d == nil) == (err == nil) {
			t.Fatal(d, err)
		}
		if err != nil {
			_ = err.Error()
			return
		}
		for _, encode := range []func([]byte, *Document) ([]byte, error){AppendJSON, AppendJSONL} {
			b, err := encode(nil, d)
			if err != nil {
				t.Fatal(err)
			}
			back, err := ParseJSON(string(b), Position{File: "f", Line: 1}, true)
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
		read := func(text string) (docs []*Document, bad int) {
			for d, err := range readLines(StreamSource("f", strings.NewReader(text)), ReadOptions{MaxRecord: 1000}) {
				if err != nil {
					if !IsRecordError(err) {
						t.Fatalf("I/O error from a string: %v", err)
					}
					bad++
				} else {
					docs = append(docs, &Document{Annotation: d.Annotation, Error: d.Error})
				}
			}
			return docs, bad
		}
		docs, _ := read(text)
		var b []byte
		for _, d := range docs {
			var err error
			if b, err = AppendJSONL(b, d); err != nil {
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
		rows, problems := parseActors(text, Position{File: "f", Line: 1})
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
		back, problems := parseActors(b.String(), Position{File: "f", Line: 1})
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

// The scanner must accept just what encoding/json accepts, but for its stated
// limits: depth, UTF-8 and surrogates.
func FuzzScanner(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.Contains(strings.ToLower(text), `\ud`) {
			return
		}
		s := newScanner(text, Position{File: "f", Line: 1})
		ok := s.skip() && s.peek() == 0 && s.pos == len(text)
		if want := json.Valid([]byte(text)); ok != want && !strings.Contains(s.problems.Error(), "nesting") {
			t.Fatalf("accepted %v, encoding/json %v: %v", ok, want, s.problems)
		}
	})
}

// Normalising and aligning must hold up against any text.
func FuzzAlign(f *testing.F) {
	f.Add("قال بوتين إن موسكو", "بوتين", int32(4), int32(9))
	f.Add("a\u0640\u064b \u200f😀", "😀", int32(-1), int32(-1))
	f.Fuzz(func(t *testing.T, text, surface string, start, end int32) {
		x := schema.NewIndex(text)
		d := &Document{Annotation: schema.Annotation{DocID: "a",
			Mentions: []schema.Mention{{Span: schema.Span{Start: start, End: end}, Head: schema.NoSpan, Text: surface}, {Span: schema.NoSpan, Head: schema.NoSpan, Text: surface}},
			Events:   []schema.Event{{Span: schema.NoSpan, Cue: schema.NoSpan, Text: surface}}}}
		r := Resolver{Text: func(string) *schema.Index { return x }, Realign: true}
		if err := r.Resolve(d); err != nil {
			t.Fatal(err)
		}
		for s := range d.spans() {
			if s.text == nil || !s.span.IsSet() {
				continue
			}
			if got, ok := x.Slice(*s.span); !ok || got != *s.text {
				t.Fatalf("%v: %q at %v, text has %q", s, *s.text, s.span, got)
			}
		}
		n := NormaliseMapped(text)
		if again := Normalise(n.Text); again != n.Text {
			t.Fatalf("normalised twice: %q, once: %q", again, n.Text)
		}
		for i := range n.Len() {
			if _, ok := x.Slice(n.Original(schema.Span{Start: i, End: i + 1})); !ok {
				t.Fatalf("code point %d of %q maps outside %q", i, n.Text, text)
			}
		}
	})
}
