package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestCASJSONRoundTrip(t *testing.T) { checkRoundTrip(t, "casjson", "", false) }

func FuzzCASJSON(f *testing.F) {
	f.Add(casSample)
	fuzzReader(f, "casjson", ".json")
}

// casSample is what dkpro-cassis 0.12.0, Cas.to_json, writes of a NamedEntity
// بوتين with value and identifier, an event with an argument, and a token, without
// the types.
const casSample = `{"%TYPES":{},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","mimeType":"text/plain","sofaString":"😀 قال بوتين إن\nموسكو ترحب"},
{"%ID":2,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","@sofa":1,"begin":7,"end":12,"value":"PER","identifier":"putin"},
{"%ID":4,"%TYPE":"webanno.custom.Event","@sofa":1,"begin":3,"end":6,"value":"CONSULT","@Args":5},
{"%ID":5,"%TYPE":"uima.cas.FSArray","%ELEMENTS":[6]},
{"%ID":6,"%TYPE":"webanno.custom.EventArgsLink","role":"ACTOR","@target":2},
{"%ID":7,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token","@sofa":1,"begin":0,"end":2}],"%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2,4,7]}}}`

func TestCASJSON(t *testing.T) {
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readText("casjson", "f.json", casSample, opt)
	if want := `{"doc_id":"f","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"putin"}],` +
		`"events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"m1"}]}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if len(*said) > 0 {
		t.Error(*said)
	}
	// The structures as an object, and values in an array of their own.
	object := `{"%TYPES":{},"%FEATURE_STRUCTURES":{"1":{"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"😀 قال"},"10":{"%TYPE":"x.Event","@sofa":1,"begin":3,"end":6,"value":"CONSULT","@modes":2},"2":{"%TYPE":"uima.cas.StringArray","%ELEMENTS":["phone","visit"]}}}`
	if got := readText("casjson", "f.json", object, labels.ReadOptions{}); got != `{"doc_id":"f","events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT","modes":["phone","visit"]}]}`+"\n" {
		t.Error(got)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`"%TYPE":"webanno.custom.Event"`, `"%TYP":"x"`, "f.json:1: %FEATURE_STRUCTURES[2]: found "},
		{`"begin":7,"end":12`, `"begin":7,"end":2`, `f.json:1: NamedEntity: found begin="7" end="2", expected 0 ≤ begin < end`},
		{`"begin":7,"end":12`, `"begin":7,"end":1200`, `f.json:1: mention "m1": span [7,1200)`},
		{`"sofaString"`, `"sofaStrong"`, "f.json:1: Sofa: found none with a text, expected a Sofa with a sofaString"},
		{`"%FEATURE_STRUCTURES"`, `"%STRUCTURES"`, "f.json:1: %FEATURE_STRUCTURES: found none, expected the feature structures of one CAS"},
	} {
		if got := readText("casjson", "f.json", strings.Replace(casSample, tt.old, tt.new, 1), labels.ReadOptions{}); !strings.HasPrefix(got, "error: "+tt.want) {
			t.Errorf("%s: %s", tt.new, got)
		}
	}
}
