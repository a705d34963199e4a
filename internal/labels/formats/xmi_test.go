package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

func TestXMIRead(t *testing.T) {
	// testdata/xmi/cassis.xmi was written by dkpro-cassis 0.12.0, Cas.to_xmi,
	// from these spans of "😀 قال بوتين إن\nموسكو ترحب": NamedEntity بوتين PER
	// (identifier putin), موسكو GPE, and one without a value over both with what
	// is between; Event قال CONSULT; a Token each word.
	var opt labels.ReadOptions
	remarks := heard(&opt)
	docs, err := labels.ReadAll(format("xmi").Read(labels.FileSource("testdata/xmi/cassis.xmi"), opt))
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	line, _ := native.AppendLine(nil, docs[0])
	want := `{"doc_id":"cassis","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"putin"},{"mention_id":"m2","start":15,"end":20,"text":"موسكو","type":"GPE"},` +
		`{"mention_id":"m3","start":6,"end":20,"text":"بوتين إن\nموسكو","type":"NamedEntity"}],"events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT"}]}` + "\n"
	if string(line) != want || docs[0].MentionAt(1).Line != 5 {
		t.Errorf("got %s, second mention at %s", line, docs[0].MentionAt(1))
	}
	if len(*remarks) != 0 {
		t.Errorf("remarks %q", *remarks)
	}
	opt.Types = []string{"Token"}
	docs, err = labels.ReadAll(format("xmi").Read(labels.FileSource("testdata/xmi/cassis.xmi"), opt))
	if err != nil || len(docs[0].Mentions) != 6 {
		t.Errorf("tokens: %v %v", docs, err)
	}
}

func TestXMIRoundTrip(t *testing.T) { checkRoundTrip(t, "xmi", "", false) }

func TestXMIErrors(t *testing.T) {
	file := func(body string) string {
		return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:t="http:///x/type.ecore" xmi:version="2.0">` + body +
			`<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="😀 قال"/></xmi:XMI>`
	}
	for _, tt := range []struct{ name, text, want string }{
		{"good", file(`<t:NamedEntity xmi:id="2" sofa="1" begin="3" end="6" value="PER" confidence="0.5"/>`), `{"doc_id":"f","mentions":[{"mention_id":"m1","start":2,"end":5,"text":"قال","type":"PER","confidence":0.5}]}`},
		{"inside a character", file("\n" + `<t:NamedEntity xmi:id="2" sofa="1" begin="1" end="6"/>`), `error: f.xmi:3: mention "m1": span [1,6): found a span outside the text`},
		{"outside", file(`<t:NamedEntity xmi:id="2" sofa="1" begin="3" end="7"/>`), `error: f.xmi:2: mention "m1": span [3,7): found a span outside the text`},
		{"no number", file(`<t:NamedEntity xmi:id="2" sofa="1" begin="x" end="7"/>`), `error: f.xmi:2: NamedEntity: found begin="x" end="7", expected 0 ≤ begin < end`},
		{"no text", `<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>`, `error: f.xmi:1: Sofa: found none with a text`},
		{"cut off", file("")[:150], `error: f.xmi:2: XML: found unexpected EOF`},
		{"entities", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xmi:XMI xmlns:xmi="http://www.omg.org/XMI"><x y="&b;"/></xmi:XMI>`, `error: f.xmi:1: XML: found invalid character entity &b;`},
		{"deep", strings.Repeat("<a>", 100000), `error: f.xmi:1: XML: found nesting deeper than 64`},
		{"bytes", "<a b=\"\xff\"/>", `error: f.xmi:1: XML: found invalid UTF-8`},
		{"encoding", `<?xml version="1.0" encoding="windows-1256"?><a/>`, `error: f.xmi:1: XML: found xml: encoding "windows-1256" declared but`},
	} {
		if got := readText("xmi", "f.xmi", tt.text, labels.ReadOptions{}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s", tt.name, got)
		}
	}
	points := labels.CodePoints
	counted := file(`<t:NamedEntity xmi:id="2" sofa="1" begin="2" end="5" value="PER"/><t:Lemma xmi:id="3" sofa="1" begin="0" end="1"/>`)
	if got := readText("xmi", "f.xmi", counted, labels.ReadOptions{}); !strings.HasPrefix(got, "error: f.xmi:1: offsets: found spans that begin or end with white space") {
		t.Errorf("code points: %s", got)
	}
	if got := readText("xmi", "f.xmi", counted, labels.ReadOptions{Unit: &points}); !strings.Contains(got, `"start":2,"end":5,"text":"قال"`) {
		t.Errorf("code points stated: %s", got)
	}
	if got := readText("xmi", "f.xmi", file(strings.Repeat("<x/>", 1000)), labels.ReadOptions{MaxRecord: 500}); got != "error: f.xmi:1: record: found more than 500 bytes, expected at most that\n" {
		t.Errorf("long: %s", got)
	}
}

func FuzzXMI(f *testing.F) {
	f.Add(`<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"><t:Event xmi:id="2" sofa="1" begin="3" end="6" value="x" confidence="NaN"/><Sofa xmi:id="1" sofaString="😀 قال"/></xmi:XMI>`)
	fuzzReader(f, "xmi", ".xmi")
}
