package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestOneIERoundTrip(t *testing.T) { checkRoundTrip(t, "oneie", ".jsonl", false) }

func TestOneIERead(t *testing.T) {
	// Two windows of one article, ids counted anew in each, as TextEE writes
	// them; the second window begins after a word that no window has.
	text := `{"doc_id":"a","wnd_id":"a-0","tokens":["😀","قال","بوتين"],"entity_mentions":[{"id":"E1","text":"بوتين","entity_type":"PER","mention_type":"NAM","start":2,"end":3}],"relation_mentions":[],"event_mentions":[{"id":"EV1","event_type":"CONSULT","trigger":{"text":"قال","start":1,"end":2},"arguments":[{"entity_id":"E1","text":"بوتين","role":"ACTOR","start":2,"end":3}]}]}
{"doc_id":"a","wnd_id":"a-1","tokens":["موسكو","ترحب"],"entity_mentions":[{"id":"E1","text":"موسكو ترحب","entity_type":"GPE","start":0,"end":2}],"event_mentions":[]}
{"doc_id":"b","sent_id":"b-0","tokens":["إن"],"entity_mentions":[],"event_mentions":[]}
`
	want := `{"doc_id":"a","mentions":[{"mention_id":"a-0-E1","start":6,"end":11,"text":"بوتين","type":"PER","level":"NAM"},{"mention_id":"a-1-E1","start":15,"end":25,"text":"موسكو ترحب","type":"GPE"}],` +
		`"events":[{"event_id":"a-0-EV1","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"a-0-E1"}]}]}` + "\n" + `{"doc_id":"b"}` + "\n"
	if got := readText("oneie", "f.jsonl", text, labels.ReadOptions{Text: emojiTexts}); got != want {
		t.Errorf("got %s", got)
	}
	// Without the text the offsets are those of "😀 قال بوتين\nموسكو ترحب".
	if got := readText("oneie", "f.jsonl", text, labels.ReadOptions{}); !strings.Contains(got, `"start":12,"end":22,"text":"موسكو ترحب"`) {
		t.Errorf("got %s", got)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`"بوتين"],`, `"لافروف"],`, `error: f.jsonl:1: tokens of a-0: found token 2: text has "بوتين إن موسكو ترحب" there, expected the tokens in the order of the article's text`},
		{`"text":"بوتين","entity_type"`, `"text":"قال","entity_type"`, `error: f.jsonl:1: entity_mentions[0]: found "بوتين" at tokens [2,3), expected "قال"`},
		{`"start":2,"end":3}],"rel`, `"start":2,"end":4}],"rel`, `error: f.jsonl:1: entity_mentions[0]: found tokens [2,4), expected a range inside the 3 tokens`},
		{`"entity_id":"E1"`, `"entity_id":"E9"`, `error: f.jsonl:1: event_mentions[0].arguments: found the entity_id "E9"`},
		{`"doc_id":"b"`, `"doc_id":7`, `error: f.jsonl:3: doc_id: found a value of the kind number, expected a string`},
	} {
		if got := readText("oneie", "f.jsonl", strings.Replace(text, tt.old, tt.new, 1), labels.ReadOptions{Text: emojiTexts}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s", tt.new, got)
		}
	}
	again := text + strings.Split(text, "\n")[0]
	if got := readText("oneie", "f.jsonl", again, labels.ReadOptions{Text: emojiTexts}); !strings.Contains(got, "error: f.jsonl:4: doc_id: found a window after windows of another article") {
		t.Errorf("got %s", got)
	}
}

// A text made to be slow to align is given up in bounded time.
func TestAlignmentIsBounded(t *testing.T) {
	long := strings.Repeat("a", 1<<17)
	tokens := strings.Repeat(`"a",`, 1<<16) + `"b"`
	got := readText("oneie", "f.jsonl", `{"doc_id":"a","tokens":[`+tokens+`],"entity_mentions":[]}`, labels.ReadOptions{Text: textsOf(long)})
	if !strings.HasPrefix(got, "error: f.jsonl:1: tokens of : found token 65536") {
		t.Errorf("got %.200s", got)
	}
}

func FuzzOneIE(f *testing.F) {
	f.Add(`{"doc_id":"a","tokens":["😀","قال"],"entity_mentions":[{"id":"E","entity_type":"TIME","start":0,"end":1}],"relation_mentions":[{"relation_type":"HEAD","arguments":[{"entity_id":"E"},{"entity_id":"E"}]}],"event_mentions":[{"id":"V","event_type":"x","trigger":{"start":1,"end":2},"arguments":[{"entity_id":"E","role":"TIME"}]}]}`)
	fuzzReader(f, "oneie", ".jsonl")
}
