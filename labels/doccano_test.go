package labels

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

// The generator's texts all have an emoji: doccano's own files are then read
// with the unit stated, which is what the refusal asks for.
func TestDoccanoRoundTrip(t *testing.T) {
	unit := CodePoints
	checkRoundTripWith(t, "doccano", ".jsonl", false, ReadOptions{Unit: &unit})
}

func TestDoccanoRead(t *testing.T) {
	points, utf16 := CodePoints, UTF16Units
	sequence := `{"id":3,"text":"` + emojiText + `","label":[[S,E,"PER"]],"Comments":[]}`
	relations := `{"id":3,"doc_id":"a","text":"` + emojiText + `","entities":[{"id":11,"label":"PER","start_offset":S,"end_offset":E},{"id":12,"label":"CONSULT","start_offset":0,"end_offset":1}],"relations":[{"id":1,"from_id":12,"to_id":11,"type":"ACTOR"}]}`
	at := func(text, start, end string) string {
		return strings.NewReplacer("S", start, "E,", end+",", "E}", end+"}", "CONSULT", "CONSULT").Replace(text)
	}
	person := `"mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"}]`
	for _, tt := range []struct {
		name, text string
		unit       *Unit
		want       string
	}{
		{"code points stated", at(sequence, "6", "11"), &points, `{"doc_id":"3",` + person + "}\n"},
		{"UTF-16 stated", at(sequence, "7", "12"), &utf16, `{"doc_id":"3",` + person + "}\n"},
		{"not stated", at(sequence, "6", "11"), nil, `error: f.jsonl:1: offsets: found [6,11), which is "بوتين" in Unicode code points and other text in UTF-16 code units, expected one unit that fits` + "\n"},
		{"old key", strings.Replace(at(sequence, "6", "11"), "label", "labels", 1), &points, `{"doc_id":"3",` + person + "}\n"},
		// emojiText has 25 code points and 26 UTF-16 units.
		{"only one fits", at(sequence, "22", "26"), nil, `{"doc_id":"3","mentions":[{"mention_id":"m1","start":21,"end":25,"text":"ترحب","type":"PER"}]}` + "\n"},
		{"relations", strings.Replace(at(relations, "6", "11"), `"id":12,"label":"CONSULT","start_offset":0,"end_offset":1}`, `"id":12,"label":"CONSULT","start_offset":2,"end_offset":5}`, 1), &points,
			`{"doc_id":"a",` + person + `,"events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"m1"}]}]}` + "\n"},
		{"outside", at(sequence, "22", "27"), nil, `error: f.jsonl:1: mention "m1": span [22,27): found a span outside the text, expected one inside` + "\n"},
		{"no pair", at(sequence, `"x"`, "2"), &points, `error: f.jsonl:1: label[0]: found ["x",2,"PER"], expected [start, end, label]` + "\n"},
		{"no text", `{"label":[]}`, nil, "error: f.jsonl:1: text: found none, expected the article's text\n"},
		{"dangling", `{"id":3,"text":"a","entities":[],"relations":[{"from_id":1,"to_id":2,"type":"x"}]}`, nil, "error: f.jsonl:1: relations[0]: found from 1 to 2, expected ids of entities\n"},
		{"too deep", strings.Repeat("[", 100000), nil, "error: f.jsonl:1: " + strings.Repeat("[0]", 64)},
	} {
		if got := readText("doccano", "f.jsonl", tt.text, ReadOptions{Unit: tt.unit}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	// Without astral letters there is nothing to tell.
	if got := readText("doccano", "f.jsonl", `{"text":"قال بوتين","label":[[4,9,"PER"]]}`, ReadOptions{}); got != `{"doc_id":"f","mentions":[{"mention_id":"m1","start":4,"end":9,"text":"بوتين","type":"PER"}]}`+"\n" {
		t.Errorf("got %s", got)
	}
	// A stated unit is still held against the text.
	if got := readText("labelstudio", "f.json", `{"data":{"text":"😀 قال"},"annotations":[{"result":[{"id":"a","type":"labels","value":{"start":1,"end":4,"text":"قال","labels":["x"]}}]}]}`, ReadOptions{Unit: &points}); !strings.HasPrefix(got, `error: f.json:1: mention "a": span [1,4): found " قا", expected "قال"`) {
		t.Errorf("got %s", got)
	}
	// Another text than the article's.
	if got := readText("doccano", "f.jsonl", `{"text":"قال","label":[]}`, ReadOptions{Text: func(string) *schema.Index { return schema.NewIndex("لا") }}); !strings.HasPrefix(got, `error: f.jsonl:1: text: found "قال" at letter 0`) {
		t.Errorf("got %s", got)
	}
}

func FuzzDoccano(f *testing.F) {
	f.Add(`{"text":"😀 قال","label":[[2,5,"x"],[0,1,"CONSULT"]],"entities":[{"id":1,"label":"Head","start_offset":2,"end_offset":3}],"relations":[{"from_id":1,"to_id":1,"type":"HEAD"}]}`)
	fuzzReader(f, "doccano", ".jsonl")
}
