package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestProdigyRoundTrip(t *testing.T) { checkRoundTrip(t, "prodigy", ".jsonl", false) }

func TestProdigyRead(t *testing.T) {
	// The shape that the tool's documentation gives for relations.
	task := `{"text":"` + emojiText + `","_input_hash":1,"meta":{"doc_id":"a"},"tokens":[{"text":"😀","start":0,"end":1,"id":0,"ws":true},{"text":"قال","start":2,"end":5,"id":1,"ws":true},{"text":"بوتين","start":6,"end":11,"id":2,"ws":true}],` +
		`"spans":[{"start":6,"end":11,"token_start":2,"token_end":2,"label":"PER"},{"start":2,"end":5,"token_start":1,"token_end":1,"label":"CONSULT"}],` +
		`"relations":[{"head":1,"child":2,"head_span":{"start":2,"end":5,"token_start":1,"token_end":1,"label":"CONSULT"},"child_span":{"start":6,"end":11,"token_start":2,"token_end":2,"label":null},"label":"ACTOR"}],"answer":"accept"}`
	want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"}],"events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"m1"}]}]}` + "\n"
	opt := labels.ReadOptions{Text: emojiTexts}
	remarks := heard(&opt)
	if got := readText("prodigy", "f.jsonl", task, opt); got != want {
		t.Errorf("got %s", got)
	}
	// In UTF-16 units: the tokens tell, the spans have no surface.
	shifted := strings.NewReplacer(`"start":2,"end":5`, `"start":3,"end":6`, `"start":6,"end":11`, `"start":7,"end":12`, `"end":1,`, `"end":2,`).Replace(task)
	if got := readText("prodigy", "f.jsonl", shifted, opt); got != want || len(*remarks) != 1 || !strings.Contains((*remarks)[0], "UTF-16") {
		t.Errorf("got %s %q", got, *remarks)
	}
	if got := readText("prodigy", "f.jsonl", strings.Replace(task, "accept", "reject", 1), opt); got != "" || len(*remarks) != 2 {
		t.Errorf("got %s %q", got, *remarks)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`"token_start":2,"token_end":2,"label":"PER"`, `"token_start":2,"token_end":3,"label":"PER"`, "error: f.jsonl:1: spans[0]: found tokens 2 to 3, which are not [6,11), expected the first and the last token of the span"},
		{`"child_span":{"start":6`, `"child_span":{"start":7`, "error: f.jsonl:1: relations[0]: found a head_span or child_span that is none of the spans"},
		{`"text":"قال"`, `"text":"x"`, `error: f.jsonl:1: mention "tokens[1]": span [2,5): found "قال", expected "x"`},
		{`"spans":[{"start":6,`, `"spans":[{`, "error: f.jsonl:1: spans[0]: found no start or no end"},
		{emojiText, "", `error: f.jsonl:1: mention "tokens[0]": span [0,1): found no text there`},
	} {
		if got := readText("prodigy", "f.jsonl", strings.Replace(task, tt.old, tt.new, 1), labels.ReadOptions{}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s", tt.new, got)
		}
	}
}

func FuzzProdigy(f *testing.F) {
	f.Add(`{"text":"😀 قال","tokens":[{"text":"قال","start":2,"end":5,"id":0}],"spans":[{"start":2,"end":5,"token_start":0,"token_end":0,"label":"PER"}],"relations":[{"head_span":{"start":2,"end":5},"child_span":{"start":2,"end":5,"label":"PER"},"label":"x"}]}`)
	fuzzReader(f, "prodigy", ".jsonl")
}
