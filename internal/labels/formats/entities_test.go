package formats

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestEntitiesRoundTrip(t *testing.T) { checkRoundTrip(t, "entities", ".jsonl", true) }

func TestGLiNERRoundTrip(t *testing.T) { checkRoundTrip(t, "gliner", ".json", false) }

func FuzzEntities(f *testing.F) {
	f.Add(`{"id":1,"text":"😀 x","entities":[[2,3,"PER"],{"start":2,"end":3,"label":"PER","score":0.5}]}`)
	f.Add(`[{"entity":"B-PER","index":1,"word":"x","start":0,"end":1,"score":0.5},{"entity":"I-PER","index":2,"word":"x","start":1,"end":2,"score":0.5}]`)
	fuzzReader(f, "entities", ".json")
}

func FuzzGLiNER(f *testing.F) {
	f.Add(`[{"tokenized_text":["😀","x"],"ner":[[1,1,"PER"]]}]`)
	fuzzReader(f, "gliner", ".json")
}

// The forms are those of GLiNER 0.2's predict_entities, transformers'
// token-classification pipeline with and without aggregation, flair's
// Sentence.to_dict, stanza's Document.to_dict and spaCy's training data.
func TestEntities(t *testing.T) {
	putin := `{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"`
	text := `"text":"` + emojiText + `"`
	article := func(entities string) string { return `{"doc_id":"a",` + text + `,"entities":[` + entities + `]}` }
	one := func(rest string) string { return `{"doc_id":"a","mentions":[` + putin + rest + "}]}\n" }
	for name, tt := range map[string]struct{ file, text, want string }{
		"spaCy":           {"f.jsonl", article(`[6,11,"PER"]`), one("")},
		"GLiNER":          {"f.jsonl", article(`{"start":6,"end":11,"text":"بوتين","label":"PER","score":0.5}`), one(`,"confidence":0.5`)},
		"transformers":    {"f.jsonl", article(`{"entity_group":"PER","score":0.5,"word":"بوتين","start":6,"end":11}`), one(`,"confidence":0.5`)},
		"flair":           {"f.jsonl", article(`{"text":"بوتين","start_pos":6,"end_pos":11,"labels":[{"value":"PER","confidence":0.5}]}`), one(`,"confidence":0.5`)},
		"stanza":          {"f.jsonl", article(`{"text":"بوتين","type":"PER","start_char":6,"end_char":11}`), one("")},
		"pieces":          {"f.jsonl", article(`{"entity":"B-PER","index":3,"word":"بو","start":6,"end":8},{"entity":"I-PER","index":4,"word":"##تين","start":8,"end":11},{"entity":"B-PER","index":5,"word":"x","start":12,"end":14}`), `{"doc_id":"a","mentions":[` + putin + `},{"mention_id":"m2","start":12,"end":14,"text":"إن","type":"PER"}]}` + "\n"},
		"UTF-16 units":    {"f.jsonl", article(`{"start":7,"end":12,"text":"بوتين","label":"PER"}`), one("")},
		"surface only":    {"f.jsonl", `{"doc_id":"a","entities":[{"start":null,"end":null,"word":"بوتين","entity_group":"PER"}]}`, `{"doc_id":"a","mentions":[{"mention_id":"m1","text":"بوتين","type":"PER"}]}` + "\n"},
		"one file":        {"a.json", `[{"entity_group":"PER","word":"x","start":6,"end":11},{"entity_group":"PER","word":"x","start":1,"end":2}]`, `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"type":"PER"},{"mention_id":"m2","start":1,"end":2,"type":"PER"}]}` + "\n"},
		"event":           {"f.jsonl", article(`[2,5,"CONSULT"]`), `{"doc_id":"a","events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT"}]}` + "\n"},
		"no article":      {"f.jsonl", `{"start":6,"end":11,"text":"بوتين","label":"PER"}`, `error: f.jsonl:1: record: found an entity of no article, expected {"doc_id", "entities": […]}, a line an article` + "\n"},
		"no label":        {"f.jsonl", article(`{"start":6,"end":11}`), `error: f.jsonl:1: entities[0]: found {"start":6,"end":11}, expected [start, end, label], or an object with start, end and label` + "\n"},
		"another surface": {"f.jsonl", article(`{"start":6,"end":11,"text":"لافروف","label":"PER"}`), `error: f.jsonl:1: mention "m1": span [6,11): found "بوتين", expected "لافروف"` + "\n"},
		"no list":         {"f.jsonl", `{"doc_id":"a","text":"x","entities":null}`, "error: f.jsonl:1: entities: found none, expected a list, [] for no entities\n"},
		"nothing":         {"f.jsonl", article(`{"label":"PER"}`), "error: f.jsonl:1: entities[0]: found no start, end or text, expected offsets or the surface\n"},
	} {
		if got := readText("entities", tt.file, tt.text, labels.ReadOptions{}); got != tt.want {
			t.Errorf("%s:\ngot  %swant %s", name, got, tt.want)
		}
	}
	opt := labels.ReadOptions{}
	said := heard(&opt)
	readText("entities", "f.jsonl", article(`{"start":6,"end":11,"label":"PER","colour":"red"}`), opt)
	if len(*said) != 1 || (*said)[0] != `f.jsonl:1: left out: attribute "colour" of an entity of a` {
		t.Error(*said)
	}
}

func TestGLiNER(t *testing.T) {
	// The last token is included, as in the README of GLiNER.
	got := readText("gliner", "f.json", `[{"tokenized_text":["😀","فلاديمير","بوتين"],"ner":[[1,2,"person"],[2,2,"name"]]}]`, labels.ReadOptions{})
	if want := `{"doc_id":"f","mentions":[{"mention_id":"m1","start":2,"end":16,"text":"فلاديمير بوتين","type":"person"},{"mention_id":"m2","start":11,"end":16,"text":"بوتين","type":"name"}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if got := readText("gliner", "f.json", `[{"tokenized_text":["x"],"ner":[[0,1,"person"]]}]`, labels.ReadOptions{}); !strings.Contains(got, "found tokens 0 to 1, expected a range inside the 1 tokens, the last one included") {
		t.Error(got)
	}
}

func fileOf(name, text string) fstest.MapFS { return fstest.MapFS{name: {Data: []byte(text)}} }
