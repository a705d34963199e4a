package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestLabelStudioRoundTrip(t *testing.T) { checkRoundTrip(t, "labelstudio", ".json", false) }

func TestLabelStudioRead(t *testing.T) {
	// The shape of an export: regions, a choice of a region, a relation.
	task := func(start, end string) string {
		return `[{"id": 7, "data": {"text": "` + emojiText + `", "doc_id": "a"}, "file_upload": "x.json", "annotations": [{"id": 1, "completed_by": 1, "was_cancelled": false, "result": [
 {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual", "value": {"start": ` + start + `, "end": ` + end + `, "text": "بوتين", "labels": ["PER"]}},
 {"id": "r1", "from_name": "level", "to_name": "text", "type": "choices", "value": {"start": ` + start + `, "end": ` + end + `, "text": "بوتين", "choices": ["NAM"]}},
 {"id": "r2", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 2, "end": 5, "labels": ["CONSULT"]}},
 {"type": "relation", "from_id": "r2", "to_id": "r1", "direction": "right", "labels": ["ACTOR"]}]}]}]`
	}
	want := `{"doc_id":"a","mentions":[{"mention_id":"r1","start":6,"end":11,"text":"بوتين","type":"PER","level":"NAM"}],` +
		`"events":[{"event_id":"r2","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"r1"}]}]}` + "\n"
	if got := readText("labelstudio", "f.json", task("6", "11"), labels.ReadOptions{Text: emojiTexts}); got != want {
		t.Errorf("got %s", got)
	}
	// The same in UTF-16 units: the second region then is "قا" and its space before.
	remarks := []string{}
	opt := labels.ReadOptions{Warn: func(_ labels.Position, s string) { remarks = append(remarks, s) }}
	if got := readText("labelstudio", "f.json", task("7", "12"), opt); !strings.Contains(got, `"start":6,"end":11,"text":"بوتين"`) || !strings.Contains(got, `"start":1,"end":4`) {
		t.Errorf("got %s", got)
	}
	if len(remarks) != 1 || !strings.Contains(remarks[0], "UTF-16") {
		t.Errorf("remarks %q", remarks)
	}
	for _, bad := range []struct{ text, want string }{
		{task("5", "10"), `error: f.json:1: mention "r1": span [5,10): found " بوتي", expected "بوتين"`},
		{task("6", `"x"`), `error: f.json:2: annotations.result.value.end: found a value of the kind string, expected a whole number`},
		{task("11", "6"), `error: f.json:1: result[0].value: found [11,6), expected 0 ≤ start < end`},
		{strings.Replace(task("6", "11"), `"from_id": "r2"`, `"from_id": "r9"`, 1), `error: f.json:1: result[3]: found a relation from "r9" to "r1", expected ids of regions`},
		{strings.Replace(task("6", "11"), `"id": "r2"`, `"id": "r1"`, 1), `error: f.json:1: result[2].id: found "r1" at [2,5), expected an id that no region elsewhere has`},
		{`[{"id":1,"data":{},"annotations":[]}]`, `error: f.json:1: data.text: found none`},
		{`[{"id":1,"data":`, `error: f.json:1: [0]: found the end, expected a value`},
		{strings.Repeat(`[`, 100000), `error: f.json:1: `},
	} {
		if got := readText("labelstudio", "f.json", bad.text, labels.ReadOptions{}); !strings.HasPrefix(got, bad.want) {
			t.Errorf("got %s, want %s", got, bad.want)
		}
	}
	if got := readText("labelstudio", "f.json", task("6", "11"), labels.ReadOptions{Text: textsOf("قال بوتين")}); !strings.Contains(got, `text: found "😀`) {
		t.Errorf("another text: %s", got)
	}
	// The article has tatweel and other spacing: spans are matched letter by letter.
	if got := readText("labelstudio", "f.json", task("6", "11"), labels.ReadOptions{Text: textsOf("😀  قال\nبوتـين إن موسكو ترحب")}); !strings.Contains(got, `"start":7,"end":13,"text":"بوتـين"`) {
		t.Errorf("respaced text: %s", got)
	}
}

func FuzzLabelStudio(f *testing.F) {
	f.Add(`[{"data":{"text":"😀 قال"},"annotations":[{"result":[{"id":"a","type":"labels","value":{"start":2,"end":5,"labels":["x","y"]}},{"type":"relation","from_id":"a","to_id":"a"},{"id":"a","type":"choices","from_name":"quoted","value":{"choices":["true"]}}]}]}]`)
	fuzzReader(f, "labelstudio", ".json")
}
