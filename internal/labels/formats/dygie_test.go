package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Clusters are numbers: actors are compared by the places of their mentions.
func TestDyGIERoundTrip(t *testing.T) {
	checkRoundTripAs(t, "dygie", ".jsonl", true, labels.ReadOptions{}, func(a *schema.Annotation) {
		places := map[string]string{}
		for _, m := range a.Mentions {
			places[m.ActorID] += m.Span.String()
		}
		for i := range a.Mentions {
			a.Mentions[i].ActorID = places[a.Mentions[i].ActorID]
		}
	})
}

func FuzzDyGIE(f *testing.F) {
	f.Add(`{"doc_key":"a","sentences":[["😀","x"],["y"]],"ner":[[[1,1,"PER"]],[]],"clusters":[[[1,1],[2,2]]],"relations":[[],[]],"events":[[[[0,"CONSULT"],[1,1,"ACTOR"]]],[]]}`)
	fuzzReader(f, "dygie", ".jsonl")
}

func FuzzRAMS(f *testing.F) {
	f.Add(`{"doc_key":"a","sentences":[["😀","x"]],"evt_triggers":[[0,0,[["attack",1.0]]]],"ent_spans":[[1,1,[["evt01arg01victim",1.0]]]],"gold_evt_links":[[[0,0],[1,1],"evt01arg01victim"]]}`)
	fuzzReader(f, "rams", ".jsonl")
}

func TestDyGIE(t *testing.T) {
	// Numbers as in doc/data.md of DyGIE++: of tokens of the whole article, ends included.
	line := `{"doc_key":"a","sentences":[["😀","قال","بوتين"],["في","موسكو"]],"ner":[[[2,2,"PER"]],[[4,4,"GPE"]]],"clusters":[[[2,2],[3,4]]],"relations":[[[2,2,4,4,"PHYS"]],[]],"events":[[[[1,"CONSULT"],[2,2,"ACTOR"],[3,3,"LOCATION"]]],[]]}`
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readText("dygie", "f.jsonl", line, opt)
	want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"a:0"},{"mention_id":"m2","start":15,"end":20,"text":"موسكو","type":"GPE"},` +
		`{"mention_id":"m3","start":12,"end":20,"text":"في موسكو","actor_id":"a:0"}],"events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"m1"},{"role":"LOCATION","start":12,"end":14,"text":"في"}]}]}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if len(*said) != 1 || (*said)[0] != "f.jsonl:1: left out: relation between mentions in sentence 0 of a" {
		t.Error(*said)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`[2,2,"PER"]`, `[2,5,"PER"]`, "error: f.jsonl:1: ner[0][0]: found tokens 2 to 5, expected a range inside the 5 tokens, the last one included\n"},
		{`[2,2,"PER"]`, `["x"]`, `error: f.jsonl:1: ner[0][0]: found ["x"], expected [first, last, label]` + "\n"},
		{`[3,4]]]`, `[3]]]`, "error: f.jsonl:1: clusters[0][1]: found [3], expected [first, last]\n"},
		{`"sentences"`, `"sentenses"`, "error: f.jsonl:1: sentences: found none, expected lists of tokens\n"},
	} {
		if got := readText("dygie", "f.jsonl", strings.Replace(line, tt.old, tt.new, 1), labels.ReadOptions{}); got != tt.want {
			t.Errorf("%s: %s", tt.new, got)
		}
	}
	opt = labels.ReadOptions{}
	said = heard(&opt)
	got = readText("dygie", "f.jsonl", `{"doc_key":"a","sentences":[["x","y"]],"ner":[[]],"predicted_ner":[[[0,0,"PER",7.5,0.75]]],"predicted_events":[[[[1,"CONSULT",3.5,0.5],[0,0,"ACTOR",2.5,0.25]]]]}`, opt)
	if want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":0,"end":1,"text":"x","type":"PER","confidence":0.75}],"events":[{"event_id":"e1","start":2,"end":3,"text":"y","type":"CONSULT","confidence":0.5,"arguments":[{"role":"ACTOR","mention_id":"m1","confidence":0.25}]}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if len(*said) != 1 || !strings.Contains((*said)[0], "what is predicted is read") {
		t.Error(*said)
	}
}

func TestRAMS(t *testing.T) {
	line := `{"rel_triggers": [], "gold_rel_links": [], "doc_key": "nw_RC1", "ent_spans": [[2, 2, [["evt089arg01actor", 1.0]]], [0, 0, [["x", 1.0]]]], "language_id": "eng", "source_url": "", "evt_triggers": [[1, 1, [["contact.discussion.n/a", 1.0]]]], "split": "train", "sentences": [["😀", "قال", "بوتين"]], "gold_evt_links": [[[1, 1], [2, 2], "evt089arg01actor"]]}`
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readText("rams", "f.jsonlines", line, opt)
	if want := `{"doc_id":"nw_RC1","events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"contact.discussion.n/a","arguments":[{"role":"actor","start":6,"end":11,"text":"بوتين"}]}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if len(*said) != 1 || !strings.Contains((*said)[0], "span that no event links to tokens 0 to 0") {
		t.Error(*said)
	}
	if got := readText("rams", "f.jsonlines", strings.Replace(line, "[[1, 1], [2, 2]", "[[0, 0], [2, 2]", 1), labels.ReadOptions{}); !strings.Contains(got, "gold_evt_links[0]: found the trigger [0 0], expected the first and last token of one of evt_triggers") {
		t.Error(got)
	}
	// A bad line leaves the others, as in every file of lines.
	if got := readText("rams", "f.jsonlines", "{\n"+line+"\n", labels.ReadOptions{}); !strings.HasPrefix(got, "error: f.jsonlines:1: ") || !strings.Contains(got, `{"doc_id":"nw_RC1"`) {
		t.Error(got)
	}
	if f, err := labels.DetectFormat(labels.Source{FS: fileOf("f.jsonlines", line), Path: "f.jsonlines"}); err != nil || f.Name != "rams" {
		t.Error(f, err)
	}
}
