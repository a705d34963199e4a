package formats

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// tsvOf is a file of one token with a label.
func tsvOf(label string) string {
	return "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Thing|value\n\n\n#Text=Anna\n1-1\t0-4\tAnna\t" + label + "\t\n"
}

// The layouts in which INCEpTION exports: a project with a folder a document and a
// file an annotator in it, or one of these folders, or one of these files.
func TestProjectLayouts(t *testing.T) {
	project := fstest.MapFS{
		"p/annotation/a.txt/anna.tsv":        {Data: []byte(tsvOf("PER"))},
		"p/annotation/a.txt/ben.tsv":         {Data: []byte(tsvOf("ORG"))},
		"p/annotation/a.txt/INITIAL_CAS.tsv": {Data: []byte(tsvOf("_"))},
		"p/annotation/b.txt/INITIAL_CAS.tsv": {Data: []byte(tsvOf("_"))},
		"p/annotation/c.d.pdf/ben.tsv":       {Data: []byte(tsvOf("GPE"))},
		"p/curation/a.txt/CURATION_USER.tsv": {Data: []byte(tsvOf("LOC"))},
		"p/source/a.txt":                     {Data: []byte("Anna")},
		"plain/x.tsv":                        {Data: []byte(tsvOf("PER"))},
		"plain/y.tsv":                        {Data: []byte(tsvOf("ORG"))},
	}
	for _, tt := range []struct{ path, annotator, want, said string }{
		{"p", "", "a LOC, c.d GPE", "p/curation/a.txt/CURATION_USER.tsv: annotations of CURATION_USER are read, not those of anna, ben; p: not labelled: b no annotator has begun"},
		{"p", "ben", "a ORG, c.d GPE", "p/annotation/a.txt/ben.tsv: annotations of ben are read, not those of CURATION_USER, anna; p: not labelled: b no annotator has begun"},
		{"p/annotation", "", "a PER, c.d GPE", "p/annotation/a.txt/anna.tsv: annotations of anna are read, not those of ben; p/annotation: not labelled: b no annotator has begun"},
		{"p/annotation/a.txt", "ben", "a ORG", "p/annotation/a.txt/ben.tsv: annotations of ben are read, not those of anna"},
		{"p/annotation/c.d.pdf", "", "c.d GPE", ""},
		{"p/annotation/a.txt/ben.tsv", "", "a ORG", ""},
		{"plain", "", "x PER, y ORG", ""},
		{"plain/y.tsv", "", "y ORG", ""},
	} {
		src := labels.Source{FS: project, Path: tt.path}
		if f, err := labels.DetectFormat(src); err != nil || f.Name != "webanno" {
			t.Errorf("%s: found %v, %v", tt.path, f, err)
		}
		opt := labels.ReadOptions{Annotator: tt.annotator}
		said := heard(&opt)
		var got []string
		docs, err := labels.ReadAll(format("webanno").Read(src, opt))
		for _, d := range docs {
			got = append(got, d.DocID+" "+d.Mentions[0].Type)
		}
		if strings.Join(got, ", ") != tt.want || strings.Join(*said, "; ") != tt.said || err != nil {
			t.Errorf("%s for %q: got %q, said %q, %v", tt.path, tt.annotator, got, *said, err)
		}
	}
}

// What INCEpTION and UIMA write in XMI: the document's name where the annotator's
// is given as its id, slots, relations, lists of values, annotations without text,
// and a type system beside the files.
func TestXMIOfInception(t *testing.T) {
	file := func(meta, body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:m="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" ` +
			`xmlns:s="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:c="http:///webanno/custom.ecore">` +
			`<m:DocumentMetaData xmi:id="1" sofa="9" begin="0" end="11" ` + meta + `/>` + body +
			`<s:Sentence xmi:id="2" sofa="9" begin="0" end="11"/><cas:Sofa xmi:id="9" sofaID="_InitialView" sofaString="Ann met Ben"/></xmi:XMI>`)}
	}
	folder := fstest.MapFS{
		"x/TypeSystem.xml": {Data: []byte(`<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"/>`)},
		"x/1.xmi":          file(`documentId="anna" documentTitle="a.txt" documentUri="project/a.txt"`, `<ner:NamedEntity xmi:id="3" sofa="9" begin="0" end="3" value="PER" identifier="Q1"/>`),
		"x/2.xmi":          file(`documentId="b"`, `<c:Deed xmi:id="3" sofa="9" begin="4" end="7" value="CONSULT" who="5 6"/><c:DeedLink xmi:id="5" role="ACTOR" target="7"/><c:DeedLink xmi:id="6" role="ACTOR" target="8"/><c:One xmi:id="7" sofa="9" begin="0" end="3" label="PER"/><c:One xmi:id="8" sofa="9" begin="8" end="11"><label>PER</label></c:One>`),
		"x/3.xmi":          file(``, `<c:Event xmi:id="3" sofa="9" begin="4" end="7" type="x"/><c:One xmi:id="4" sofa="9" begin="0" end="3" value="PER"/><c:Rel xmi:id="5" sofa="9" begin="0" end="3" Governor="3" Dependent="4" label="ACTOR"/><c:One xmi:id="6" sofa="9" begin="3" end="3" value="PER"/>`),
	}
	want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":0,"end":3,"text":"Ann","type":"PER","actor_id":"Q1"}]}
{"doc_id":"b","mentions":[{"mention_id":"m1","start":0,"end":3,"text":"Ann","type":"PER"},{"mention_id":"m2","start":8,"end":11,"text":"Ben","type":"PER"}],"events":[{"event_id":"e1","start":4,"end":7,"text":"met","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"m1"},{"role":"ACTOR","mention_id":"m2"}]}]}
{"doc_id":"3","mentions":[{"mention_id":"m1","start":0,"end":3,"text":"Ann","type":"PER"}],"events":[{"event_id":"e1","start":4,"end":7,"text":"met","type":"x","arguments":[{"role":"ACTOR","mention_id":"m1"}]}]}
`
	var opt labels.ReadOptions
	said := heard(&opt)
	if got := readSource("xmi", labels.Source{FS: folder, Path: "x"}, opt); got != want {
		t.Errorf("got %s", got)
	}
	if got := strings.Join(*said, "\n"); got != "x/3.xmi:1: left out: annotation without text webanno.custom.One at 3" {
		t.Errorf("said %s", got)
	}
	opt.Types = []string{"custom.One"}
	if got := readSource("xmi", labels.Source{FS: folder, Path: "x/2.xmi"}, opt); strings.Contains(got, "CONSULT") || strings.Count(got, "PER") != 2 {
		t.Errorf("of one type: %s", got)
	}
}
