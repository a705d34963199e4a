package formats

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func TestDoccanoRoundTrip(t *testing.T) { checkRoundTrip(t, "doccano", ".jsonl", false) }

func TestDoccanoRead(t *testing.T) {
	points, utf16 := labels.CodePoints, labels.UTF16Units
	sequence := `{"id":3,"text":"` + emojiText + `","label":[[S,E,"PER"]],"Comments":[]}`
	relations := `{"id":3,"doc_id":"a","text":"` + emojiText + `","entities":[{"id":11,"label":"PER","start_offset":S,"end_offset":E},{"id":12,"label":"CONSULT","start_offset":0,"end_offset":1}],"relations":[{"id":1,"from_id":12,"to_id":11,"type":"ACTOR"}]}`
	at := func(text, start, end string) string {
		return strings.NewReplacer("S", start, "E,", end+",", "E}", end+"}", "CONSULT", "CONSULT").Replace(text)
	}
	person := `"mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"}]`
	for _, tt := range []struct {
		name, text string
		unit       *labels.Unit
		want       string
	}{
		{"code points stated", at(sequence, "6", "11"), &points, `{"doc_id":"3",` + person + "}\n"},
		{"UTF-16 stated", at(sequence, "7", "12"), &utf16, `{"doc_id":"3",` + person + "}\n"},
		{"stated in the file", strings.NewReplacer(`"id":3`, `"offset_unit":"utf16_code_unit","doc_id":"3"`, `,"Comments":[]`, "").Replace(at(sequence, "7", "12")), nil, `{"doc_id":"3",` + person + "}\n"},
		{"stated wrongly", strings.NewReplacer(`"id":3`, `"offset_unit":"byte","doc_id":"3"`, `,"Comments":[]`, "").Replace(at(sequence, "7", "12")), nil, `error: f.jsonl:1: offset_unit: found "byte", expected "unicode_code_point" or "utf16_code_unit"` + "\n"},
		// In the other unit a space would be part of the span.
		{"told by white space", at(sequence, "6", "11"), nil, `remark: f.jsonl:1: offsets taken to count Unicode code points: counted otherwise, more spans of the file begin or end with white space or inside words` + "\n" + `{"doc_id":"3",` + person + "}\n"},
		{"UTF-16 by white space", at(sequence, "7", "12"), nil, `remark: f.jsonl:1: offsets taken to count UTF-16 code units: counted otherwise, more spans of the file begin or end with white space or inside words` + "\n" + `{"doc_id":"3",` + person + "}\n"},
		{"not stated", strings.Replace(at(sequence, "6", "11"), "😀 قال ", "😀 قالن", 1), nil, `error: f.jsonl:1: offsets: found [6,11), which is "بوتين" in Unicode code points and other text in UTF-16 code units, expected one unit that fits` + "\n"},
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
		remarks := ""
		opt := labels.ReadOptions{Unit: tt.unit, Warn: func(at labels.Position, s string) { remarks += "remark: " + at.String() + ": " + s + "\n" }}
		got := readText("doccano", "f.jsonl", tt.text, opt)
		if got = remarks + got; !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	// The unit is that of the whole file, and what the editor made of it: "Anna" and
	// "Rita" stand behind an emoji, the marks of رَجُل are one cluster with their
	// letters, CR LF is one.
	for _, tt := range []struct{ name, text, want string }{
		{"a sloppy span", `{"id":1,"text":"😀 Anna met Rita.","label":[[3,7,"PER"],[12,16,"PER"]]}` + "\n" + `{"id":2,"text":"😀 Anna met","label":[[3,8,"PER"]]}`, "Anna,Rita,Anna "},
		{"the other way round", `{"id":1,"text":"😀 Anna met Rita.","label":[[2,6,"PER"],[11,15,"PER"]]}` + "\n" + `{"id":2,"text":"😀 Anna met","label":[[2,7,"PER"]]}`, "Anna,Rita,Anna "},
		{"clusters", `{"id":1,"text":"قال رَجُلٌ في باريس أمس","label":[[4,7,"PER"],[11,16,"GPE"]]}`, "رَجُلٌ,باريس"},
		{"code points beside marks", `{"id":1,"text":"قال رَجُلٌ في باريس أمس","label":[[4,10,"PER"],[14,19,"GPE"]]}`, "رَجُلٌ,باريس"},
		{"CR LF", `{"id":1,"text":"Anna\r\nmet Rita in Rome","label":[[9,13,"PER"],[17,21,"GPE"]]}`, "Rita,Rome"},
		{"CR LF counted twice", `{"id":1,"text":"Anna\r\nmet Rita in Rome","label":[[10,14,"PER"],[18,22,"GPE"]]}`, "Rita,Rome"},
		// What was imported in code points and then drawn upon.
		{"carried unit", `{"id":1,"offset_unit":"unicode_code_point","text":"😀 Anna met Rita.","label":[[2,6,"PER"],[12,16,"PER"]]}`, "Anna,Rita"},
		{"an export that was not labelled", `{"id":1,"text":"Anna"}`, ""},
	} {
		var got []string
		docs, err := labels.ReadAll(format("doccano").Read(labels.Source{FS: fstest.MapFS{"f.jsonl": {Data: []byte(tt.text)}}, Path: "f.jsonl"}, labels.ReadOptions{}))
		for _, d := range docs {
			for _, m := range d.Mentions {
				got = append(got, m.Text)
			}
		}
		if strings.Join(got, ",") != tt.want || err != nil {
			t.Errorf("%s: got %q, %v", tt.name, got, err)
		}
	}
	clusters := labels.Graphemes
	if got := readText("doccano", "f.jsonl", `{"text":"رَجُلٌ 👩‍👩‍👧 هنا","label":[[4,5,"x"],[6,9,"y"]]}`, labels.ReadOptions{Unit: &clusters}); !strings.Contains(got, `"start":7,"end":12,"text":"👩‍👩‍👧"`) || !strings.Contains(got, `"text":"هنا"`) {
		t.Errorf("clusters stated: %s", got)
	}
	// Without astral letters there is nothing to tell.
	if got := readText("doccano", "f.jsonl", `{"text":"قال بوتين","label":[[4,9,"PER"]]}`, labels.ReadOptions{}); got != `{"doc_id":"f","mentions":[{"mention_id":"m1","start":4,"end":9,"text":"بوتين","type":"PER"}]}`+"\n" {
		t.Errorf("got %s", got)
	}
	// A stated unit is still held against the text.
	if got := readText("labelstudio", "f.json", `{"data":{"text":"😀 قال"},"annotations":[{"result":[{"id":"a","type":"labels","value":{"start":1,"end":4,"text":"قال","labels":["x"]}}]}]}`, labels.ReadOptions{Unit: &points}); !strings.HasPrefix(got, `error: f.json:1: mention "a": span [1,4): found " قا", expected "قال"`) {
		t.Errorf("got %s", got)
	}
	// Another text than the article's.
	if got := readText("doccano", "f.jsonl", `{"text":"قال","label":[]}`, labels.ReadOptions{Text: func(string) *schema.Index { return schema.NewIndex("لا") }}); !strings.HasPrefix(got, `error: f.jsonl:1: text: found "قال" at letter 0`) {
		t.Errorf("got %s", got)
	}
}

func FuzzDoccano(f *testing.F) {
	f.Add(`{"text":"😀 قال","label":[[2,5,"x"],[0,1,"CONSULT"]],"entities":[{"id":1,"label":"Head","start_offset":2,"end_offset":3}],"relations":[{"from_id":1,"to_id":1,"type":"HEAD"}]}`)
	fuzzReader(f, "doccano", ".jsonl")
}
