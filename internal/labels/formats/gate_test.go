package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

const (
	pubtatorSample = "1|t|😀 قال\n1|a|بوتين إن موسكو\n1\t6\t11\tبوتين\tPER\tputin\n1\t15\t20\tموسكو\tGPE\t-\textra\n1\tCID\tD1\tD2\n\n2|t|x\n2|a|\n"
	gateSample     = `<?xml version='1.0' encoding='UTF-8'?>
<GateDocument version="3"><GateDocumentFeatures/>
<TextWithNodes><Node id="0"/>😀 <Node id="3"/>قال<Node id="6"/> <Node id="7"/>بوتين<Node id="12"/> &amp; ترحب<Node id="19"/></TextWithNodes>
<AnnotationSet><Annotation Id="1" Type="Token" StartNode="7" EndNode="12"/></AnnotationSet>
<AnnotationSet Name="Key">
<Annotation Id="2" Type="PER" StartNode="7" EndNode="12"><Feature><Name className="java.lang.String">inst</Name><Value className="java.lang.String">putin</Value></Feature><Feature><Name className="java.lang.String">gender</Name><Value className="java.lang.String">male</Value></Feature></Annotation>
<Annotation Id="3" Type="CONSULT" StartNode="3" EndNode="6"/><Annotation Id="4" Type="PER" StartNode="7" EndNode="7"/></AnnotationSet>
<AnnotationSet Name="Second"><Annotation Id="5" Type="ORG" StartNode="0" EndNode="3"/></AnnotationSet>
<AnnotationSet Name="Original markups"><Annotation Id="6" Type="body" StartNode="0" EndNode="19"/></AnnotationSet>
</GateDocument>`
)

func FuzzPubTator(f *testing.F) {
	f.Add(pubtatorSample)
	fuzzReader(f, "pubtator", ".pubtator")
}

func FuzzGATE(f *testing.F) {
	f.Add(gateSample)
	fuzzReader(f, "gate", ".xml")
}

func TestPubTator(t *testing.T) {
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readText("pubtator", "f.txt", pubtatorSample, opt)
	want := `{"doc_id":"1","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"putin"},{"mention_id":"m2","start":15,"end":20,"text":"موسكو","type":"GPE"}]}` + "\n" + `{"doc_id":"2"}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if all := strings.Join(*said, "\n"); all != "f.txt:4: left out: column behind the identifier \"extra\"\nf.txt:5: left out: relation CID of 1" {
		t.Error(all)
	}
	for _, tt := range []struct{ old, new, want string }{
		{"\t6\t11", "\t6\t12", `error: f.txt:3: mention "m1": span [6,12): found "بوتين ", expected "بوتين"`},
		{"\t6\t11", "\t11\t6", "error: f.txt:3: offsets: found 11 and 6, expected 0 ≤ start < end"},
		{"1\t6\t11", "9\t6\t11", `error: f.txt:3: ID: found "9", expected ID|t|TITLE before annotations of the ID`},
		{"1|a", "3|a", `error: f.txt:2: ID: found "3", expected "1" as in the line above, or an empty line`},
		{"\tبوتين\tPER\tputin", "", "error: f.txt:3: line: found 3 columns, expected ID, start, end, text, type and identifier"},
	} {
		if got := readText("pubtator", "f.txt", strings.Replace(pubtatorSample, tt.old, tt.new, 1), labels.ReadOptions{}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %s", tt.new, got)
		}
	}
}

func TestGATE(t *testing.T) {
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readText("gate", "f.xml", gateSample, opt)
	want := `{"doc_id":"f","mentions":[{"mention_id":"m2","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"putin"}],"events":[{"event_id":"e3","start":2,"end":5,"text":"قال","type":"CONSULT"}]}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	all := strings.Join(*said, "\n")
	for _, part := range []string{`set of annotations of the name "Second"`, `attribute "gender" of m2`, "annotation without text PER 4"} {
		if !strings.Contains(all, part) {
			t.Errorf("no %s in %s", part, all)
		}
	}
	if strings.Contains(all, "Original") || strings.Contains(all, "Token") {
		t.Error(all)
	}
	if got := readText("gate", "f.xml", gateSample, labels.ReadOptions{Annotator: "Second"}); !strings.Contains(got, `"start":0,"end":2,"text":"😀 ","type":"ORG"`) {
		t.Error(got)
	}
	if got := readText("gate", "f.xml", strings.Replace(gateSample, `StartNode="7" EndNode="12"><F`, `StartNode="7" EndNode="13"><F`, 1), labels.ReadOptions{}); got != `error: f.xml:6: annotation 2: found StartNode="7" EndNode="13", expected two nodes of the text in their order`+"\n" {
		t.Error(got)
	}
	for text, want := range map[string]string{pubtatorSample: "pubtator", gateSample: "gate", biocXMLSample: "bioc", biocJSONSample: "biocjson"} {
		name := map[bool]string{true: "f.xml", false: "f.txt"}[strings.HasPrefix(text, "<")]
		if f, err := labels.DetectFormat(labels.Source{FS: fileOf(name, text), Path: name}); err != nil || f.Name != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}
