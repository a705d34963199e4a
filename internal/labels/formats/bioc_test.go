package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestBioCRoundTrip(t *testing.T) { checkRoundTrip(t, "bioc", ".xml", false) }

func TestBioCJSONRoundTrip(t *testing.T) { checkRoundTrip(t, "biocjson", ".json", false) }

const (
	biocXMLSample = `<?xml version='1.0' encoding='utf-8'?><!DOCTYPE collection SYSTEM "BioC.dtd">
<collection><source>s</source><date>d</date><key>k</key><document><id>a</id>
<passage><offset>0</offset><text>😀 قال</text></passage>
<passage><offset>6</offset><text>بوتين إن موسكو</text><annotation id="1"><infon key="type">PER</infon><infon key="identifier">putin</infon><infon key="MESH">D1</infon><location offset="6" length="5"/><text>بوتين</text></annotation>
<annotation id="2"><infon key="type">GRP</infon><location offset="15" length="5"/><location offset="6" length="5"/><text>بوتين موسكو</text></annotation>
<relation id="R1"><infon key="type">x</infon><node refid="1" role="a"/><node refid="2" role="b"/></relation></passage></document></collection>`
	biocJSONSample = `{"bioctype":"BioCCollection","source":"s","documents":[{"id":"a","infons":{},"passages":[{"offset":0,"infons":{"section":"t"},"text":"","sentences":[{"offset":0,"text":"😀 قال","annotations":[{"id":"e","infons":{"type":"CONSULT"},"text":"قال","locations":[{"offset":2,"length":3}]}]},{"offset":6,"text":"بوتين"}],` +
		`"annotations":[{"id":1,"infons":{"type":"PER","confidence":0.5},"text":"بوتين","locations":[{"offset":6,"length":5}]}],"relations":[{"id":"R1","infons":{},"nodes":[{"refid":"e","role":"Trigger"},{"refid":1,"role":"ACTOR"}]}]}]}]}`
)

func FuzzBioC(f *testing.F) {
	f.Add(biocXMLSample)
	fuzzReader(f, "bioc", ".xml")
}

func FuzzBioCJSON(f *testing.F) {
	f.Add(biocJSONSample)
	fuzzReader(f, "biocjson", ".json")
}

func TestBioC(t *testing.T) {
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readText("bioc", "f.xml", biocXMLSample, opt)
	want := `{"doc_id":"a","mentions":[{"mention_id":"1","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"putin"},{"mention_id":"2","start":6,"end":20,"text":"بوتين إن موسكو","type":"GRP","fragments":[[6,11],[15,20]]}]}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if all := strings.Join(*said, "\n"); !strings.Contains(all, "left out: relation x R1") || !strings.Contains(all, `left out: attribute "MESH" of 1`) {
		t.Error(all)
	}
	// Java programs count UTF-16 code units, others bytes: what fits the surfaces.
	for _, offset := range []string{"6", "7", "12"} {
		length := map[string]string{"6": "5", "7": "5", "12": "10"}[offset]
		text := `<collection><document><id>a</id><passage><offset>0</offset><text>😀 قال بوتين</text><annotation id="m1"><infon key="type">PER</infon><location offset="` + offset + `" length="` + length + `"/><text>بوتين</text></annotation></passage></document></collection>`
		if got := readText("bioc", "f.xml", text, labels.ReadOptions{}); got != `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"}]}`+"\n" {
			t.Errorf("%s: %s", offset, got)
		}
	}
	for _, tt := range []struct{ old, new, want string }{
		{`offset="15" length="5"`, `offset="15" length="50"`, `error: f.xml:2: annotation "2".location: found offset 15, length 50, expected a place in one of the passages`},
		{`<text>بوتين</text>`, `<text>لافروف</text>`, `error: f.xml:2: annotation "1": found "بوتين", expected "لافروف"`},
		{`<offset>6<`, `<offset>3<`, `error: f.xml:2: passages[1].offset: found 3, expected 5 or more, where the text before it ends`},
		{`<offset>6<`, `<offset>x<`, `error: f.xml:4: offset: found "x", expected a whole number from 0 on`},
		{`<location offset="6" length="5"/><text>بوتين<`, `<text>بوتين<`, `error: f.xml:2: annotation "1": found no location, expected one or more`},
	} {
		if got := readText("bioc", "f.xml", strings.Replace(biocXMLSample, tt.old, tt.new, 1), labels.ReadOptions{}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %s", tt.new, got)
		}
	}
	got = readText("biocjson", "f.json", biocJSONSample, labels.ReadOptions{})
	if want := `{"doc_id":"a","mentions":[{"mention_id":"1","start":6,"end":11,"text":"بوتين","type":"PER","confidence":0.5}],"events":[{"event_id":"e","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"1"}]}]}` + "\n"; got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}
