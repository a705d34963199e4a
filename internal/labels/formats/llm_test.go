package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

func FuzzLLM(f *testing.F) {
	f.Add("Here:\n```json\n{\"entities\":[{\"text\":\"بوتين\",\"type\":\"PER\"}],\"events\":[{\"trigger\":\"قال\",\"type\":\"CONSULT\",\"arguments\":{\"ACTOR\":[\"بوتين\"]}}]}\n```")
	f.Add("{\"PER\":[\"x\"]}")
	fuzzReader(f, "llm", ".md")
}

func FuzzLangExtract(f *testing.F) {
	f.Add(`{"document_id":"a","text":"😀 x","extractions":[{"extraction_class":"PER","extraction_text":"x","char_interval":{"start_pos":2,"end_pos":3},"alignment_status":"match_exact","attributes":{"level":"NAM","a":["b",1]}}]}`)
	fuzzReader(f, "langextract", ".jsonl")
}

func TestLLM(t *testing.T) {
	putin := `{"doc_id":"a","mentions":[{"mention_id":"m1","text":"بوتين","type":"PER"}]}` + "\n"
	for name, tt := range map[string]struct{ file, text, want string }{
		"fenced":    {"a.md", "Sure! Here is the JSON:\n```json\n{\"entities\": [{\"text\": \"بوتين\", \"type\": \"PER\", \"start\": 99}]}\n```\nLet me know.", putin},
		"bare list": {"a.md", `[{"name":"بوتين","label":"PER"}]`, putin},
		"by type":   {"a.txt", "Entities: {\"PER\": [\"بوتين\"]} as asked.", putin},
		"in a line": {"f.jsonl", `{"doc_id":"a","response":"` + "```json\\n{\\\"entities\\\":{\\\"PER\\\":[\\\"بوتين\\\"]}}\\n```" + `"}`, putin},
		"parsed":    {"f.jsonl", `{"id":"a","output":{"mentions":[{"surface":"بوتين","category":"PER"}]}}`, putin},
		"event": {"a.md", `{"events":[{"trigger":"اتصل","type":"CONSULT","arguments":[{"role":"ACTOR","text":"بوتين"}],"realis":"actual"}]}`,
			`{"doc_id":"a","events":[{"event_id":"e1","text":"اتصل","type":"CONSULT","realis":"actual","arguments":[{"role":"ACTOR","text":"بوتين"}]}]}` + "\n"},
		"nothing":  {"a.md", "I cannot help with that.", `error: a.md:1: answer: found "I cannot help with that.", expected JSON, bare or in a ` + "``` fence\n"},
		"cut off":  {"a.md", "```json\n{\"entities\": [{\"text\": \"بو", `error: a.md:1: answer: found "` + "```json\\n{\\\"entities\\\": [{\\\"text\\\": \\\"بو" + `", expected JSON, bare or in a ` + "``` fence\n"},
		"no text":  {"a.md", `[{"label":"PER"}]`, "error: a.md:1: answer[0]: found no text, expected the words of the article, as text, surface, mention\n"},
		"no field": {"f.jsonl", `{"doc_id":"a"}`, "error: f.jsonl:1: record: found no answer, expected response, output, completion, content, answer with the model's text\n"},
	} {
		if got := readText("llm", tt.file, tt.text, labels.ReadOptions{}); got != tt.want {
			t.Errorf("%s:\ngot  %swant %s", name, got, tt.want)
		}
		if name != "no field" && name != "nothing" && name != "bare list" && name != "event" && name != "no text" && name != "by type" {
			if !format("llm").Detect(tt.file, []byte(tt.text)) && name != "cut off" {
				t.Errorf("%s is not detected", name)
			}
		}
	}
	opt := labels.ReadOptions{}
	said := heard(&opt)
	readText("llm", "a.md", "```\n[{\"text\":\"x\",\"type\":\"PER\",\"why\":\"said\"}]\n```\nor\n```\n[]\n```", opt)
	if got := strings.Join(*said, "\n"); got != "a.md:1: left out: second block of JSON in an answer of a\n"+`a.md:1: left out: attribute "why" of x` {
		t.Error(got)
	}
}

// The lines are what langextract 1.7.1's save_annotated_documents writes.
func TestLangExtract(t *testing.T) {
	line := `{"extractions": [{"extraction_class": "PER", "extraction_text": "بوتين", "char_interval": {"start_pos": 6, "end_pos": 11}, "alignment_status": "match_exact", "extraction_index": null, "group_index": null, "description": null, "attributes": {"level": "NAM", "office": "president"}}, ` +
		`{"extraction_class": "GPE", "extraction_text": "موسكو الكبرى", "char_interval": {"start_pos": 15, "end_pos": 20}, "alignment_status": "match_lesser", "attributes": null}, ` +
		`{"extraction_class": "GPE", "extraction_text": "واشنطن", "char_interval": null, "alignment_status": null, "attributes": null}], "text": "` + emojiText + `", "document_id": "a"}`
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readText("langextract", "f.jsonl", line, opt)
	if want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER","level":"NAM"},{"mention_id":"m2","text":"موسكو الكبرى","type":"GPE"},{"mention_id":"m3","text":"واشنطن","type":"GPE"}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if got := strings.Join(*said, "\n"); !strings.Contains(got, `place of "موسكو الكبرى" is a match_lesser`) || !strings.Contains(got, `left out: attribute "office" of m1`) {
		t.Error(got)
	}
	if got := readText("langextract", "f.jsonl", `{"document_id":"a","extractions":[{"extraction_class":"PER"}]}`, labels.ReadOptions{}); got != "error: f.jsonl:1: extractions[0].extraction_text: found none, expected the words of the text\n" {
		t.Error(got)
	}
}

// Forms that are read and not written are told from all others, whatever the file
// is called.
func TestReadFormsAreDetected(t *testing.T) {
	for text, want := range map[string]string{
		`{"doc_id":"a","response":"[]"}`:                                    "llm",
		`{"id":1,"output":{"entities":[]}}`:                                 "llm",
		"Here:\n```json\n[]\n```\n":                                         "llm",
		`{"document_id":"a","text":"x","extractions":[]}`:                   "langextract",
		`{"doc_id":"a","entities":[{"text":"x","label":"PER"}]}`:            "entities",
		`[{"entity_group":"PER","word":"x","start":0,"end":1,"score":0.5}]`: "entities",
		`{"doc_id":"a","sentences":[["x"]],"predicted_ner":[[]]}`:           "dygie",
		`{"tokens":["x"],"tags":[0]}`:                                       "huggingface",
		`{"tokenized_text":["x"],"ner":[]}`:                                 "gliner",
		`{"id":1,"passages":[]}`:                                            "biocjson",
		mavenLine:                                                           "maven",
		mavenArgLine:                                                        "maven",
		omniLine:                                                            "omnievent",
		casSample:                                                           "casjson",
		biocJSONSample:                                                      "biocjson",
		biocXMLSample:                                                       "bioc",
		gateSample:                                                          "gate",
		apfSample:                                                           "apf",
		ereSample:                                                           "ere",
		pubtatorSample:                                                      "pubtator",
		conlluSample:                                                        "conllu",
	} {
		for _, name := range []string{"x.json", "x.jsonl", "x.txt", "x.xml", "x"} {
			if want == "llm" && !strings.HasPrefix(text, "{") && name == "x.jsonl" {
				continue // no line of it is a record
			}
			f, err := labels.DetectFormat(labels.Source{FS: fileOf(name, text), Path: name})
			if err != nil || f.Name != want {
				t.Errorf("%s, %s: %v", want, name, err)
			}
		}
	}
}
