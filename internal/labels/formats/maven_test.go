package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

const mavenLine = `{"id":"a","title":"t","content":[{"sentence":"😀 قال بوتين","tokens":["😀","قال","بوتين"]},{"sentence":"في موسكو","tokens":["في","موسكو"]}],` +
	`"events":[{"id":"E1","type":"Statement","type_id":2,"mention":[{"id":"x1","trigger_word":"قال","sent_id":0,"offset":[1,2]},{"id":"x2","trigger_word":"في موسكو","sent_id":1,"offset":[0,2]}]}],` +
	`"negative_triggers":[{"id":"n1","trigger_word":"😀","sent_id":0,"offset":[0,1]}],"temporal_relations":{"BEFORE":[["E1","E2"]]},"TIMEX":[{"id":"T1","mention":"بوتين","type":"DATE","sent_id":0,"offset":[2,3]}]}`

const mavenArgLine = `{"id":"a","title":"t","document":"😀 قال بوتين إن موسكو ترحب","events":[{"id":"E1","type":"Statement","mention":[{"id":"x1","trigger_word":"قال","offset":[2,5]}],` +
	`"argument":{"Agent":[{"entity_id":"P1"}],"Content":[{"content":"ترحب","offset":[21,25]}]}}],"entities":[{"id":"P1","type":"Person","mention":[{"id":"y1","mention":"موسكو","offset":[15,20]},{"id":"y2","mention":"بوتين","offset":[6,11]}]}]}`

const omniLine = `{"id":"a-0","text":"😀 قال بوتين إن موسكو ترحب","events":[{"type":"Statement","triggers":[{"id":"x1","trigger_word":"قال","position":[2,5],` +
	`"arguments":[{"role":"Agent","mentions":[{"mention_id":"y1","mention":"بوتين","position":[6,11]}]},{"role":"Content","mentions":[{"mention":"ترحب","position":[21,25]}]}]}]}],` +
	`"negative_triggers":[{"id":1,"trigger_word":"إن","position":[12,14]}],"entities":[{"type":"Person","mentions":[{"mention_id":"y1","mention":"بوتين","position":[6,11]}]}]}`

func FuzzMAVEN(f *testing.F) {
	f.Add(mavenLine)
	f.Add(mavenArgLine)
	fuzzReader(f, "maven", ".jsonl")
}

func FuzzOmniEvent(f *testing.F) {
	f.Add(omniLine)
	fuzzReader(f, "omnievent", ".jsonl")
}

// The lines have the form of the README files of MAVEN, MAVEN-ERE, MAVEN-Arg and
// of OmniEvent's documentation of its unified format.
func TestMAVEN(t *testing.T) {
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readText("maven", "f.jsonl", mavenLine, opt)
	if want := `{"doc_id":"a","mentions":[{"mention_id":"T1","start":6,"end":11,"text":"بوتين","type":"DATE"}],"events":[{"event_id":"x1","start":2,"end":5,"text":"قال","type":"Statement","hopper_id":"a:E1"},` +
		`{"event_id":"x2","start":12,"end":20,"text":"في موسكو","type":"Statement","hopper_id":"a:E1"}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if len(*said) != 1 || (*said)[0] != "f.jsonl:1: left out: temporal relation between events of a" {
		t.Error(*said)
	}
	got = readText("maven", "f.jsonl", mavenArgLine, labels.ReadOptions{})
	if want := `{"doc_id":"a","mentions":[{"mention_id":"y1","start":15,"end":20,"text":"موسكو","type":"Person","actor_id":"a:P1"},{"mention_id":"y2","start":6,"end":11,"text":"بوتين","type":"Person","actor_id":"a:P1"}],` +
		`"events":[{"event_id":"x1","start":2,"end":5,"text":"قال","type":"Statement","hopper_id":"a:E1","arguments":[{"role":"Agent","mention_id":"y2"},{"role":"Content","start":21,"end":25,"text":"ترحب"}]}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`"offset":[1,2]`, `"offset":[1,4]`, "events[0].mention[0].offset: found tokens [1,4) of sentence 0, expected tokens of one of the sentences"},
		{`"trigger_word":"قال"`, `"trigger_word":"قالت"`, `events[0].mention[0]: found "قال", expected "قالت"`},
		{`"offset":[1,2]`, `"offset":[1]`, "events[0].mention[0].offset: found 1 numbers, expected [start, end]"},
	} {
		if got := readText("maven", "f.jsonl", strings.Replace(mavenLine, tt.old, tt.new, 1), labels.ReadOptions{}); got != "error: f.jsonl:1: "+tt.want+"\n" {
			t.Errorf("%s: %s", tt.new, got)
		}
	}
	if got := readText("maven", "f.jsonl", strings.Replace(mavenArgLine, `"entity_id":"P1"`, `"entity_id":"P2"`, 1), labels.ReadOptions{}); !strings.Contains(got, `entity_id: found "P2", expected the id of one of the entities`) {
		t.Error(got)
	}
	opt = labels.ReadOptions{}
	said = heard(&opt)
	if got := readText("maven", "f.jsonl", `{"id":"a","title":"t","content":[],"candidates":[]}`, opt); got != "" || len(*said) != 1 || !strings.Contains((*said)[0], "not labelled: a") {
		t.Error(got, *said)
	}
}

func TestOmniEvent(t *testing.T) {
	got := readText("omnievent", "f.jsonl", omniLine, labels.ReadOptions{})
	if want := `{"doc_id":"a-0","mentions":[{"mention_id":"y1","start":6,"end":11,"text":"بوتين","type":"Person","actor_id":"a-0:0"}],` +
		`"events":[{"event_id":"x1","start":2,"end":5,"text":"قال","type":"Statement","hopper_id":"a-0:0","arguments":[{"role":"Agent","mention_id":"y1"},{"role":"Content","start":21,"end":25,"text":"ترحب"}]}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if got := readText("omnievent", "f.jsonl", strings.Replace(omniLine, `"position":[2,5]`, `"position":[2]`, 1), labels.ReadOptions{}); got != "error: f.jsonl:1: events[0].triggers[0].position: found 1 numbers, expected [start, end]\n" {
		t.Error(got)
	}
	for line, want := range map[string]string{mavenLine: "maven", mavenArgLine: "maven", omniLine: "omnievent"} {
		if f, err := labels.DetectFormat(labels.Source{FS: fileOf("f.jsonl", line), Path: "f.jsonl"}); err != nil || f.Name != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}
