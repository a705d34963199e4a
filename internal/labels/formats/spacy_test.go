package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

func TestSpacyRoundTrip(t *testing.T) { checkRoundTrip(t, "spacy", ".jsonl", false) }

func TestSpacyRead(t *testing.T) {
	// testdata/spacy/doc.json is Doc.to_json() of spaCy 3.8.18, blank("ar"), on
	// emojiText with a line break and ents بوتين PER, موسكو GPE and in the group "sc" قال بوتين
	// CONSULT and بوتين PER with the kb_id "putin".
	docs, err := labels.ReadAll(format("spacy").Read(labels.FileSource("testdata/spacy/doc.json"), labels.ReadOptions{}))
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	line, _ := native.AppendLine(nil, docs[0])
	want := `{"doc_id":"doc","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"putin"},{"mention_id":"m2","start":15,"end":20,"text":"موسكو","type":"GPE"}],` +
		`"events":[{"event_id":"e1","start":2,"end":11,"text":"قال بوتين","type":"CONSULT"}]}` + "\n"
	if string(line) != want {
		t.Errorf("got %s", line)
	}
	person := `{"doc_id":"f","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"}]}` + "\n"
	pair := `["` + emojiText + `", {"entities": [[6, 11, "PER"]]}]`
	for _, tt := range []struct{ text, want string }{
		{pair, person},
		{"[" + pair + ",\n" + pair + "]", person + strings.Replace(person, `"f"`, `"f-2"`, 1)},
		{`["x", {"entities": [[0, 1]]}]`, "error: f.json:1: entities[0]: found another value, expected [start, end, label]\n"},
		{`["x"]`, "error: f.json:1: record: found another list"},
		{`{"text":"x","ents":[{"start":0,"end":2,"label":"PER"}]}`, `error: f.json:1: mention "m1": span [0,2): found a span outside the text`},
		{`{"text":"x","ents":[{"start":-1,"end":2,"label":"PER"}]}`, `error: f.json:1: ents[0]: found [-1,2), expected 0 ≤ start < end`},
		{`{"text":"x","ents":[{"start":1.5,"end":2,"label":"PER"}]}`, `error: f.json:1: ents.start: found a value of the kind number 1.5, expected a whole number`},
		{`{"ents":[]}`, `error: f.json:1: text: found none`},
	} {
		if got := readText("spacy", "f.json", tt.text, labels.ReadOptions{}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s", tt.text, got)
		}
	}
}

func FuzzSpacy(f *testing.F) {
	f.Add(`["😀 قال",{"entities":[[2,5,"PER"]]}]`)
	f.Add(`{"text":"😀 قال","ents":[{"start":2,"end":5,"label":"PER","kb_id":"x"}],"spans":{"a":[{"start":2,"end":5,"label":"PER"}]}}`)
	fuzzReader(f, "spacy", ".json")
}
