package formats

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// apfSample has offsets in code points of sgmSample without its tags, the last one
// included: counted by hand, " A&amp;B 😀 " are the characters 1 to 10.
const (
	sgmSample = "<DOC>\n<TEXT>\nA&amp;B 😀 قال\nبوتين اليوم\n</TEXT>\n</DOC>\n"
	apfSample = `<?xml version="1.0"?>
<!DOCTYPE source_file SYSTEM "apf.v5.1.1.dtd">
<source_file URI="a.sgm"><document DOCID="a">
<entity ID="a-E1" TYPE="PER" SUBTYPE="Individual" CLASS="SPC"><entity_mention ID="a-E1-1" TYPE="NAM" METONYMY_MENTION="TRUE"><extent><charseq START="16" END="20">بوتين</charseq></extent><head><charseq START="16" END="18">بوت</charseq></head></entity_mention></entity>
<timex2 ID="a-T1" VAL="2016-07-06"><timex2_mention ID="a-T1-1"><extent><charseq START="22" END="26">اليوم</charseq></extent></timex2_mention></timex2>
<relation ID="a-R1" TYPE="PHYS"/>
<event ID="a-EV1" TYPE="Contact" SUBTYPE="Phone-Write" TENSE="Past"><event_mention ID="a-EV1-1"><extent><charseq START="12" END="20">قال
بوتين</charseq></extent><anchor><charseq START="12" END="14">قال</charseq></anchor><event_mention_argument REFID="a-E1-1" ROLE="Entity"><extent><charseq START="16" END="20">بوتين</charseq></extent></event_mention_argument><event_mention_argument REFID="a-T1-1" ROLE="Time-Within"/></event_mention></event>
</document></source_file>`
	ereSample = `<?xml version="1.0" encoding="UTF-8"?>
<deft_ere kit_id="k" doc_id="a" source_type="newswire">
<entities><entity id="ent-1" type="PER" specificity="specific"><entity_mention id="m-1" source="a" offset="9" length="5" noun_type="NOM"><mention_text>بوتين</mention_text><nom_head source="a" offset="9" length="3">بوت</nom_head></entity_mention></entity></entities>
<fillers><filler id="f-1" source="a" offset="15" length="5" type="time">اليوم</filler></fillers>
<relations><relation id="r-1" type="physical"/></relations>
<hoppers><hopper id="h-1"><event_mention id="em-1" type="contact" subtype="correspondence" realis="actual"><trigger source="a" offset="5" length="3">قال</trigger><em_arg entity_id="ent-1" entity_mention_id="m-1" role="entity" realis="true">بوتين</em_arg><em_arg filler_id="f-1" role="time">اليوم</em_arg></event_mention></hopper></hoppers>
</deft_ere>`
)

func FuzzAPF(f *testing.F) {
	f.Add(apfSample)
	fuzzReader(f, "apf", ".xml")
}

func FuzzERE(f *testing.F) {
	f.Add(ereSample)
	fuzzReader(f, "ere", ".xml")
}

// readFiles reads files of a folder, as readText does.
func readFiles(name string, files fstest.MapFS, opt labels.ReadOptions) string {
	var b strings.Builder
	for d, err := range format(name).Read(labels.Source{FS: files, Path: "."}, opt) {
		if err != nil {
			b.WriteString("error: " + err.Error() + "\n")
			continue
		}
		line, _ := native.AppendLine(nil, d)
		b.Write(line)
	}
	return b.String()
}

func TestAPF(t *testing.T) {
	files := fstest.MapFS{"a.apf.xml": {Data: []byte(apfSample)}, "a.sgm": {Data: []byte(sgmSample)}}
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readFiles("apf", files, opt)
	want := `{"doc_id":"a","mentions":[{"mention_id":"a-E1-1","start":16,"end":21,"text":"بوتين","head_start":16,"head_end":19,"type":"PER","level":"NAM","actor_id":"a-E1","metonym":true},` +
		`{"mention_id":"a-T1-1","start":22,"end":27,"text":"اليوم","type":"TIMEX2"}],` +
		`"events":[{"event_id":"a-EV1-1","start":12,"end":15,"text":"قال","type":"Phone-Write","hopper_id":"a-EV1","arguments":[{"role":"Entity","mention_id":"a-E1-1"},{"role":"Time-Within","mention_id":"a-T1-1"}]}]}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	for _, kind := range []string{`attribute "SUBTYPE" Individual of a-E1`, `attribute "CLASS"`, `attribute "VAL" 2016-07-06`, "relation PHYS a-R1", `attribute "TENSE"`} {
		if !strings.Contains(strings.Join(*said, "\n"), kind) {
			t.Errorf("no %s in %q", kind, *said)
		}
	}
	// Where the entity counts as one character, and surfaces say so, that is read.
	files["a.sgm"].Data = []byte("<DOC>\n<TEXT>\n A&amp;B    😀 قال\nبوتين اليوم\n</TEXT>\n</DOC>\n")
	if got := readFiles("apf", files, labels.ReadOptions{}); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	// Without the .sgm the article's text is taken, else what the file says stays.
	delete(files, "a.sgm")
	if got := readFiles("apf", files, labels.ReadOptions{Text: textsOf("\n\nA&amp;B 😀 قال\nبوتين اليوم")}); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if got := readFiles("apf", files, labels.ReadOptions{}); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`START="16" END="20">بوتين</charseq></extent><head>`, `START="16" END="2">بوتين</charseq></extent><head>`, `error: a.apf.xml:4: charseq of a-E1-1: found START="16" END="2", expected 0 ≤ START ≤ END`},
		{`REFID="a-T1-1"`, `REFID="a-T9-1"`, `error: a.apf.xml:8: REFID of an argument of a-EV1-1: found "a-T9-1", expected the ID of a mention`},
		{`<anchor>`, `<ancho>`, `error: a.apf.xml:8: XML: found element <ancho> closed by </anchor>`},
		{`<document DOCID="a">`, `<documents>`, `error: a.apf.xml:9: XML`},
	} {
		files["a.apf.xml"].Data = []byte(strings.Replace(apfSample, tt.old, tt.new, 1))
		if got := readFiles("apf", files, labels.ReadOptions{}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: %s", tt.new, got)
		}
	}
}

func TestERE(t *testing.T) {
	files := fstest.MapFS{"a.rich_ere.xml": {Data: []byte(ereSample)}, "a.xml": {Data: []byte("<D>😀 قال بوتين اليوم</D>")}}
	opt := labels.ReadOptions{}
	said := heard(&opt)
	got := readFiles("ere", files, opt)
	want := `{"doc_id":"a","mentions":[{"mention_id":"m-1","start":9,"end":14,"text":"بوتين","head_start":9,"head_end":12,"type":"PER","level":"NOM","actor_id":"ent-1"},` +
		`{"mention_id":"f-1","start":15,"end":20,"text":"اليوم","type":"time"}],` +
		`"events":[{"event_id":"em-1","start":5,"end":8,"text":"قال","type":"contact:correspondence","realis":"actual","hopper_id":"h-1","arguments":[{"role":"entity","mention_id":"m-1"},{"role":"time","mention_id":"f-1"}]}]}` + "\n"
	if got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	if all := strings.Join(*said, "\n"); !strings.Contains(all, "relation physical r-1") || !strings.Contains(all, `attribute "specificity" of entity ent-1`) || !strings.Contains(all, `attribute "realis" of em_arg`) {
		t.Error(all)
	}
	files["a.rich_ere.xml"].Data = []byte(strings.Replace(ereSample, `length="3">قال`, `length="-3">قال`, 1))
	if got := readFiles("ere", files, labels.ReadOptions{}); !strings.Contains(got, `a.rich_ere.xml:6: trigger : found offset="5" length="-3", expected a place in the source`) {
		t.Error(got)
	}
	for name, want := range map[string]string{apfSample: "apf", ereSample: "ere"} {
		if f, err := labels.DetectFormat(labels.Source{FS: fileOf("f.xml", name), Path: "f.xml"}); err != nil || f.Name != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}
