package answers

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

var types = &schema.Ontology{MentionTypes: []schema.MentionType{{Code: schema.Code{Code: "PER"}}, {Code: schema.Code{Code: "GPE"}}}}

// text is what the answers below are about, 31 code points.
const text = "Oman and Peru met Ali in Mosul."

func read(answer, shape string) string {
	a, err := Parse(answer, shape, types)
	if err != nil {
		return "error: " + err.Error()
	}
	x := schema.NewIndex(text)
	d, err := a.Document("a", labels.Position{}, labels.ReadOptions{Text: func(string) *schema.Index { return x }, Ontology: types})
	if err != nil {
		return "error: " + err.Error()
	}
	var b strings.Builder
	b.WriteString(a.Shape)
	for i, m := range d.Mentions {
		fmt.Fprintf(&b, " %s:%s", m.Text, m.Type)
		if m.Span.IsSet() {
			b.WriteString(m.Span.String())
		}
		if d.Hints != nil && i < len(d.Hints.Mentions) && d.Hints.Mentions[i].Status != "" {
			b.WriteString("(" + d.Hints.Mentions[i].Status + ")")
		}
	}
	return b.String()
}

// What models write around an answer is passed over.
func TestAroundAnAnswer(t *testing.T) {
	const want = "list Oman:GPE"
	const answer = `{"entities":[{"text":"Oman","type":"GPE"}]}`
	quoted := `"{\"entities\":[{\"text\":\"Oman\",\"type\":\"GPE\"}]}"`
	for name, in := range map[string]string{
		"bare":                     answer,
		"byte order mark":          "\ufeff" + answer,
		"fence":                    "```json\n" + answer + "\n```",
		"fence without a language": "```\n" + answer + "\n```",
		"fence of tildes":          "~~~json\n" + answer + "\n~~~",
		"fence on one line":        "```json " + answer + "```",
		"fence in prose":           "Here you are [1]:\n\n```json\n" + answer + "\n```\nI hope that helps {sic}.",
		"fence left open":          "```json\n" + answer,
		"prose before":             "The entities are: " + answer,
		"prose after":              answer + "\n\nLet me know if you need [more].",
		"thoughts":                 "<think>\nOman {is} a country. {\"entities\":[]}\n</think>\n" + answer,
		"thoughts without a start": "Oman is a country.\n</think>\n\n" + answer,
		"thinking":                 "<thinking>[\"Peru\"]</thinking>" + answer,
		"the same twice":           answer + "\nAs JSON:\n```json\n" + answer + "\n```",
		"a list of one":            "[" + answer + "]",
		"trailing commas":          `{"entities":[{"text":"Oman","type":"GPE",},],}`,
		"comments":                 "{\"entities\":[ // all\n{\"text\":\"Oman\",\"type\":\"GPE\"} /* one */]}",
		"a string of JSON":         quoted,
		"a fence in a string":      `"` + "```json\\n" + strings.ReplaceAll(answer, `"`, `\"`) + "\\n```" + `"`,
		"Python":                   "{'entities': [{'text': 'Oman', 'type': 'GPE', 'score': np.float32(0.9), 'sure': True, 'x': None}]}",
		"keys without quotes":      `{entities: [{text: "Oman", type: "GPE"}]}`,
		"a wrapper":                `{"result": {"entities": [{"text":"Oman","type":"GPE"}]}}`,
		"a wrapper with a string":  `{"answer": ` + quoted + `}`,
		"a list":                   `[{"text":"Oman","type":"GPE"}]`,
		"an item a line":           `{"text":"Oman","type":"GPE"}`,
	} {
		if got := read(in, Auto); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestShapes(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"pipeline, aggregated", `[{"entity_group":"GPE","score":0.99,"word":"oman","start":0,"end":4},{"entity_group":"PER","score":0.5,"word":"ali","start":18,"end":21}]`,
			"hf :GPE[0,4) :PER[18,21)"},
		{"pipeline, none", `[{"entity":"B-GPE","score":0.9,"index":1,"word":"Om","start":0,"end":2},{"entity":"I-GPE","score":0.8,"index":2,"word":"##an","start":2,"end":4},{"entity":"B-GPE","score":0.9,"index":4,"word":"Peru","start":9,"end":13},{"entity":"B-PER","score":0.9,"index":6,"word":"Ali","start":18,"end":21}]`,
			"hf :GPE[0,4) :GPE[9,13) :PER[18,21)"},
		{"pipeline, none, a first tag on every piece", `[{"entity":"B-GPE","index":1,"word":"Om","start":0,"end":2},{"entity":"B-GPE","index":2,"word":"##an","start":2,"end":4}]`, "hf :GPE[0,4)"},
		{"pipeline, none, labels without prefixes", `[{"entity":"GPE","index":1,"word":"▁Oman","start":0,"end":4},{"entity":"GPE","index":3,"word":"▁Peru","start":9,"end":13}]`, "hf :GPE[0,4) :GPE[9,13)"},
		{"pipeline, slow tokenizer", `[{"entity_group":"GPE","score":0.99,"word":"Oman","start":null,"end":null}]`, "hf Oman:GPE"},
		{"pipeline, pieces without offsets", `[{"entity":"B-GPE","index":1,"word":"Om","start":null,"end":null},{"entity":"I-GPE","index":2,"word":"##an","start":null,"end":null}]`, "hf Oman:GPE"},
		{"pipeline over a list", `[[{"entity_group":"GPE","score":0.99,"word":"Oman","start":0,"end":4}]]`, "hf :GPE[0,4)"},
		{"pipeline, nothing", `[]`, "list"},
		{"spaCy", `{"text":"Oman and Peru met Ali in Mosul.","ents":[{"start":0,"end":4,"label":"GPE"}],"tokens":[{"id":0,"start":0,"end":4}]}`, "spacy :GPE[0,4)"},
		{"GLiNER", `[{"start":18,"end":21,"text":"Ali","label":"PER","score":0.87}]`, "gliner Ali:PER[18,21)"},
		{"GLiNER2", `{"entities":{"PER":["Ali"],"GPE":["Oman","Peru"]}}`, "list Ali:PER Oman:GPE Peru:GPE"},
		{"LangExtract", `{"extractions":[{"extraction_class":"GPE","extraction_text":"Oman","char_interval":{"start_pos":0,"end_pos":4},"alignment_status":"match_exact"},{"extraction_class":"PER","extraction_text":"Ali of Mosul","char_interval":{"start_pos":18,"end_pos":21},"alignment_status":"match_lesser"},{"extraction_class":"PER","extraction_text":"Zed","char_interval":null,"alignment_status":null}],"text":"Oman and Peru met Ali in Mosul.","document_id":"doc_1"}`,
			"langextract Oman:GPE[0,4)(match_exact) Ali of Mosul:PER(match_lesser) Zed:PER"},
		{"tokens and tags", `{"tokens":["Oman","and","Peru","met","Ali","in","Mosul","."],"tags":["B-GPE","O","B-GPE","O","B-PER","I-PER","I-PER","O"]}`,
			"tokens Oman:GPE[0,4) Peru:GPE[9,13) Ali in Mosul:PER[18,30)"},
		{"sentences of tokens", `{"tokens":[["oman","and"],["peru"]],"ner_tags":[["B-GPE","O"],["S-GPE"]]}`, "tokens Oman:GPE[0,4) Peru:GPE[9,13)"},
		{"pairs of token and tag", `[["Oman","B-GPE"],["and","O"]]`, "tokens Oman:GPE[0,4)"},
		{"pairs of text and type", `[["Oman","GPE"],["Ali","PER"]]`, "list Oman:GPE Ali:PER"},
		{"spaCy 2", `{"entities":[[0,4,"GPE"]]}`, "list :GPE[0,4)"},
		{"texts", `["Oman","Peru"]`, "list Oman: Peru:"},
		{"types by text", `{"Oman":"GPE","Ali":"PER"}`, "list Oman:GPE Ali:PER"},
		{"texts by type", `{"PER":["Ali"],"GPE":[]}`, "list Ali:PER"},
		{"other names", `{"named_entities":[{"name":"Oman","category":"GPE","offset":0,"length":4}]}`, "list Oman:GPE[0,4)"},
		{"entity is a text beside a type", `{"entities":[{"entity":"Oman","type":"GPE"}]}`, "list Oman:GPE"},
		{"an item a line", "{\"text\":\"Oman\",\"type\":\"GPE\"}\n{\"text\":\"Ali\",\"type\":\"PER\"}", "list Oman:GPE Ali:PER"},

		{"unknown keys", `{"countries":[{"what":"Oman"}]}`, `error: found an object with the keys "countries", expected the keys "mentions" and "events"`},
		{"a key with a slip", `{"entitys":[{"what":"Oman"}]}`, `error: found an object with the keys "entitys", expected the keys "mentions" and "events"; did you mean "entities" for "entitys"?`},
		{"items without a text", `{"entities":[{"what":"Oman"}]}`, `error: found item 1: an item with the keys "what", expected a text, or start and end`},
		{"prose", "I found no entities.", `error: found "I found no entities.", expected one JSON object`},
		{"nothing", " ", "error: found nothing, expected one JSON object"},
		{"a cut answer", `{"entities":[{"text":"Oman"`, `error: found "{\"entities\":[{\"text\":\"Oman\"", expected one JSON object`},
		{"two lists", `{"mentions":[{"text":"Oman","type":"GPE"}],"entities":[{"text":"Ali","type":"PER"}]}`, `error: found mentions under both "mentions" and "entities", expected one list`},
		{"a list and actors", `{"entities":[{"text":"Oman","type":"GPE"}],"actors":[{"text":"Ali","type":"PER"}]}`, `error: found mentions under both "entities" and "actors", expected one list`},
		{"a list and one of a type", `{"persons":["Ali"],"entities":["Oman"]}`, `error: found mentions under both "entities" and "persons", expected one list`},
		{"a second list of other items", `{"entities":["Oman"],"mentions":[{"what":"Ali"}]}`, `error: found mentions under both "mentions" and "entities", expected one list`},
		{"an empty list first", `{"mentions":[],"entities":[{"text":"Oman","type":"GPE"}]}`, "list Oman:GPE"},
		{"an empty list behind", `{"entities":[],"actors":[{"text":"Ali","type":"PER"}]}`, "list Ali:PER"},
		{"two empty lists", `{"mentions":[],"entities":[]}`, "list"},
		{"a second list that says no more", `{"entities":[{"text":"Oman","type":"GPE"},{"text":"Ali","type":"PER"}],"actors":["Ali"]}`, "list Oman:GPE Ali:PER"},
		{"spaCy with groups of spans", `{"ents":[{"start":0,"end":4,"label":"GPE"}],"spans":{"sc":[{"start":9,"end":13,"label":"GPE"}]}}`, "spacy :GPE[0,4)"},
		{"a key twice", `{"entities":[{"text":"Oman","type":"GPE"}],"entities":[{"text":"Ali","type":"PER"}]}`, `error: found the key "entities" twice, expected one value`},
		{"a type twice", `{"PER":["Ali"],"GPE":["Oman"],"GPE":["Peru"]}`, `error: found the key "GPE" twice, expected one value`},
		{"a key of an item twice", `{"entities":[{"text":"Oman","text":"Peru","type":"GPE"}]}`, `error: found the key "text" twice, expected one value`},
		{"cut behind an item", `{"entities":[{"text":"Oman","type":"GPE"},{"text":"Al`, `error: found "{\"entities\":[{\"text\":\"Oman\",\"type\":\"GPE\"},{\"text\":\"Al", expected one JSON object`},
		{"a list cut behind an item", `[{"text":"Oman","type":"GPE"},{"te`, `error: found "[{\"text\":\"Oman\",\"type\":\"GPE\"},{\"te", expected one JSON object`},
		{"cut in prose", `Sure: {"entities":[{"text":"Oman","type":"GPE"},`, `error: found "Sure: {\"entities\":[{\"text\":\"Oman\",\"type\":\"GPE\"},", expected one JSON object`},
		{"cut in a fence", "```json\n{\"entities\":[{\"text\":\"Oman\"},\n```", "error: found \"```json\\n{\\\"entities\\\":[{\\\"text\\\":\\\"Oman\\\"},\\n```\", expected one JSON object"},
		{"brackets that are none of it", `The set {x and [see: {"entities":[{"text":"Oman","type":"GPE"}]}`, "list Oman:GPE"},
		{"a thought that does not end", `<think>Perhaps {"entities":[{"text":"Oman","type":"GPE"}]}, but`, `error: found a thought, <think>, that does not end, expected one JSON object behind it`},
		{"a second thought that does not end", `<think>a</think> <Reasoning> {"entities":[]}`, `error: found a thought, <Reasoning>, that does not end, expected one JSON object behind it`},
		{"two answers", `{"entities":[{"text":"Oman","type":"GPE"}]} or {"entities":[{"text":"Peru","type":"GPE"}]}`, "error: found 2 answers that differ, expected one"},
		{"a number", "17", "error: found a number, expected one JSON object"},
		{"fewer tags", `{"tokens":["Oman","and"],"tags":["B-GPE"]}`, "error: found 2 tokens and 1 tag, expected as many of both"},
		{"tags that are numbers", `{"tokens":["Oman"],"ner_tags":[3]}`, "error: found a tag that is a number, expected O, B-TYPE, I-TYPE, E-TYPE or S-TYPE"},
		{"tokens of another text", `{"tokens":["Chile"],"tags":["B-GPE"]}`, `error: found the token "Chile", expected "Oman and Peru met Al" as in the article`},
	} {
		if got := read(tt.in, Auto); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
	if got := read(`[["Oman","GPE"]]`, Tokens); !strings.HasPrefix(got, "error: found an answer of the shape list, expected tokens") {
		t.Errorf("another shape than asked for: %s", got)
	}
}

// Tokens as preprocessing leaves them are found by their letters.
func TestFoldedTokens(t *testing.T) {
	article := schema.NewIndex("قالَ إنَّ الأردنَ وافقَ، ثمَّ غادرَ مُحمّدٌ إلى «دمشق».")
	for _, answer := range []string{
		`{"tokens":["قال","ان","ال+","اردن","وافق","،","ثم","غادر","محمد","الي","\"","دمشق","\"","."],"tags":["O","O","B-GPE","I-GPE","O","O","O","O","B-PER","O","O","B-GPE","O","O"]}`,
		`{"tokens":["[CLS]","قال","ان","الا","##ردن","وافق","،","ثم","غادر","[UNK]","الى","«","دمشق","»",".","[SEP]"],"tags":["O","O","O","B-GPE","I-GPE","O","O","O","O","B-PER","O","O","B-GPE","O","O","O"]}`,
		`{"tokens":["قال","ان","الاردن","ثم","غادر","محمد","الى","دمشق"],"tags":["O","O","B-GPE","O","O","B-PER","O","B-GPE"]}`,
	} {
		a, err := Parse(answer, Auto, types)
		if err != nil {
			t.Fatal(err)
		}
		d, err := a.Document("a", labels.Position{}, labels.ReadOptions{Text: func(string) *schema.Index { return article }, Ontology: types})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range d.Mentions {
			got = append(got, m.Text)
		}
		if want := "الأردنَ مُحمّدٌ دمشق"; strings.Join(got, " ") != want || d.Hints.Tokens == 0 {
			t.Errorf("got %q, want %q; %d tokens changed", got, want, d.Hints.Tokens)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`{"entities":[{"text":"x"}]}`, "```json\n[]\n```", `[["a","B-X"]]`, `{"tokens":[["a"]],"tags":[["O"]]}`, `"\u00e`, `{'a': np.float32(1)}`, "<think>", "[[[[[["} {
		f.Add(s)
	}
	x := schema.NewIndex("a b é 😀")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Parse(s, Auto, types)
		var e *Error
		if err != nil {
			if !errors.As(err, &e) {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		_, _ = a.Document("a", labels.Position{}, labels.ReadOptions{Text: func(string) *schema.Index { return x }, Ontology: types})
	})
}
