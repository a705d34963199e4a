package formats

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

func TestBratRoundTrip(t *testing.T) { checkRoundTrip(t, "brat", "", false) }

// readBratText reads an .ann beside a .txt ("" for none).
func readBratText(ann, text string, opt labels.ReadOptions) string {
	var b strings.Builder
	files := fstest.MapFS{"d/a.ann": {Data: []byte(ann)}, "d/b.txt": {}}
	if text != "" {
		files["d/a.txt"] = &fstest.MapFile{Data: []byte(text)}
	}
	for d, err := range format("brat").Read(labels.Source{FS: files, Path: "d"}, opt) {
		if err != nil {
			b.WriteString("error: " + err.Error() + "\n")
			continue
		}
		line, _ := native.AppendLine(nil, d)
		b.Write(line)
	}
	return b.String()
}

func TestBratRead(t *testing.T) {
	// Every kind of line, as in the description of the format.
	ann := `T1	PER 6 11	بوتين
T2	GPE 15 17;18 20	مو كو
T3	CONSULT 2 5	قال
T4	TIME 21 25	ترحب
T5	Head 6 9	بوت
T6	GPE 12 14	إن
E1	CONSULT:T3 ACTOR:T1 ACTOR2:T2 TIME:T4 CUE:T7
T7	Cue 12 14	إن
R1	HEAD Arg1:T1 Arg2:T5
R2	works_for Arg1:T1 Arg2:T2
A1	level T1 NAM
M2	metonym T2
A3	modes E1 phone
A4	modes E1 visit
N1	Reference T1 Wikipedia:534366	بوتين
N2	Reference T6 actor:x	إن
*	Equiv T2 T6
#1	AnnotatorNotes T1	to be seen
#2	hopper_id E1	h 1
`
	ann = strings.Replace(ann, "15 17;18 20	مو كو", "15 17;18 20	مو كو", 1)
	opt := labels.ReadOptions{Text: emojiTexts}
	remarks := heard(&opt)
	want := `{"doc_id":"a","mentions":[{"mention_id":"T1","start":6,"end":11,"text":"بوتين","head_start":6,"head_end":9,"type":"PER","level":"NAM","actor_id":"Wikipedia:534366"},` +
		`{"mention_id":"T2","start":15,"end":20,"text":"موسكو","type":"GPE","actor_id":"x","metonym":true,"fragments":[[15,17],[18,20]]},` +
		`{"mention_id":"T6","start":12,"end":14,"text":"إن","type":"GPE","actor_id":"x"}],` +
		`"events":[{"event_id":"E1","start":2,"end":5,"text":"قال","type":"CONSULT","modes":["phone","visit"],"hopper_id":"h 1","cue_start":12,"cue_end":14,"arguments":[` +
		`{"role":"ACTOR","mention_id":"T1"},{"role":"ACTOR","mention_id":"T2"},{"role":"TIME","start":21,"end":25,"text":"ترحب"}]}]}` + "\n"
	for _, text := range []string{emojiText, ""} { // the article's text stands in for a missing file
		*remarks = nil
		if got := readBratText(ann, text, opt); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if got := strings.Join(*remarks, "\n"); got != "d/a.ann:18: left out: note \"AnnotatorNotes\"\nd/a.ann:10: left out: relation \"works_for\" from a mention from T1 to T2" {
		t.Errorf("remarks %s", got)
	}
	// The same span in UTF-16 units is found out by its surface.
	*remarks = nil
	if got := readBratText("T1\tPER 7 12\tبوتين\n", emojiText, opt); !strings.Contains(got, `"start":6,"end":11`) || len(*remarks) != 1 || !strings.Contains((*remarks)[0], "UTF-16") {
		t.Errorf("got %s %q", got, *remarks)
	}
	// Spans of one referent without a link: ids are of one article, and so is the actor.
	if got := readBratText("T1\tPER 6 11\tبوتين\nT2\tPER 2 5\tقال\n*\tEquiv T2 T1\n", emojiText, labels.ReadOptions{}); strings.Count(got, `"actor_id":"a:T2"`) != 2 {
		t.Errorf("got %s", got)
	}
	// A span over a line break is written in two fragments by brat.
	if got := readBratText("T1\tPER 2 5;6 11\tقال بوتين\n", "😀 قال\nبوتين", labels.ReadOptions{}); got != `{"doc_id":"a","mentions":[{"mention_id":"T1","start":2,"end":11,"text":"قال\nبوتين","type":"PER"}]}`+"\n" {
		t.Errorf("got %s", got)
	}
}

func TestBratErrors(t *testing.T) {
	for _, tt := range []struct{ ann, want string }{
		{"T1\tPER 5 10\tبوتين\n", `error: d/a.ann:1: mention "T1": span [5,10): found " بوتي", expected "بوتين"`},
		{"T1\tPER 6 9;10 11\tبوت ي\n", `error: d/a.ann:1: T1: found "بوت ن", expected "بوت ي"`},
		{"T1\tPER 6 x\tبوتين\n", `error: d/a.ann:1: T1: found "PER 6 x", expected TYPE START END`},
		{"T1\tPER 6 99999999999\tبوتين\n", `error: d/a.ann:1: T1: found`},
		{"\nT1\tPER 6 7;3 4\tب\n", `error: d/a.ann:2: T1: found "6 7;3 4", expected fragments in the order of the text`},
		{"T1\tPER 6 11\tبوتين\nT1\tPER 6 11\tبوتين\n", `error: d/a.ann:2: id: found "T1", expected an id that no other line has`},
		{"E1\tCONSULT:T9\n", `error: d/a.ann:1: E1: found "T9", expected the T of a trigger`},
		{"T1\tCONSULT 6 11\tبوتين\nE1\tCONSULT:T1 ACTOR:T5\n", `error: d/a.ann:2: E1: found "E1 to T5", expected ids of annotations in the file`},
		{"E1\tCONSULT\n", `error: d/a.ann:1: E1: found "CONSULT", expected ROLE:ID`},
		{"X1\tfoo\n", `error: d/a.ann:1: id: found "X1"`},
		{"T1 PER 6 11 x\n", `error: d/a.ann:1: line: found`},
		{"R1\tx Arg1:T1\n", `error: d/a.ann:1: R1: found`},
		{"A1\tx\n", `error: d/a.ann:1: A1: found "x", expected NAME ID or NAME ID VALUE`},
		{"T1\tPER 6 11\t\xff\n", `error: d/a.ann:1: line: found the byte 0xff`},
	} {
		if got := readBratText(tt.ann, emojiText, labels.ReadOptions{}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%q: got %s", tt.ann, got)
		}
	}
	if got := readBratText("T1\tPER 6 11\tx\n", "", labels.ReadOptions{}); got != "error: d/a.ann:1: text: found no file d/a.txt, expected the text beside the annotations\n" {
		t.Errorf("got %s", got)
	}
}

func TestBratWrite(t *testing.T) {
	// Fields whose place in brat is not plain, in the lines that the doc comment names.
	x := schema.NewIndex(emojiText)
	sure := 0.5
	d := &labels.Document{Annotation: schema.Annotation{DocID: "a",
		Mentions: []schema.Mention{{ID: "m1", Span: schema.Span{Start: 6, End: 11}, Head: schema.Span{Start: 6, End: 9}, Type: "PER", Level: "NAM", ActorID: "putin", Confidence: &sure}},
		Events: []schema.Event{{ID: "E1", Span: schema.Span{Start: 2, End: 5}, Cue: schema.NoSpan, Type: "CONSULT", Modes: []string{"phone"}, SourceMentionID: "m1",
			Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "m1", Span: schema.NoSpan}, {Role: "ACTOR", MentionID: "m1", Span: schema.NoSpan}}}}}}
	got, err := appendBrat(d, x, labels.WriteOptions{})
	want := "T1\tPER 6 11\tبوتين\nT2\tHead 6 9\tبوت\nT3\tCONSULT 2 5\tقال\nE1\tCONSULT:T3 SOURCE:T1 ACTOR:T1 ACTOR2:T1\nR1\tHEAD Arg1:T1 Arg2:T2\n" +
		"#1\tmention_id T1\tm1\nA1\tlevel T1 NAM\nN1\tReference T1 actor:putin\tبوتين\nA2\tconfidence T1 0.5\nA3\tmodes E1 phone\n"
	if err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
}

func FuzzBrat(f *testing.F) {
	f.Add("T1\tPER 2 5;6 11\tقال بوتين\nT2\tCONSULT 2 5\t\nE1\tCONSULT:T2 ACTOR:T1 ACTOR2:E1\nR1\tHEAD Arg1:T1 Arg2:T2\nA1\tquoted E1 x\n*\tEquiv T1\n#1\tvalue T1\tx\n")
	fuzzReader(f, "brat", ".ann")
}

// Lines that name nothing, and links without what they link, are errors with their line.
func TestBratEmptyLinks(t *testing.T) {
	for ann, want := range map[string]string{
		"T1\tPER 6 11\tبوتين\n*2\tEquiv\n": `d/a.ann:2`,
		"*\tAlias T1 T2\n":                 `d/a.ann:1`,
		"R1\tHEAD\n":                       `d/a.ann:1`,
		"E1\tCONSULT\n":                    `d/a.ann:1`,
		"E1\tCONSULT:\n":                   `d/a.ann:1`,
		"E\t:\n":                           `d/a.ann:1`,
	} {
		if got := readBratText(ann, emojiText, labels.ReadOptions{}); !strings.HasPrefix(got, "error: "+want) {
			t.Errorf("%q: %s", ann, got)
		}
	}
	if got := readBratText("T1\tPER 6 11\tبوتين\n*\tEquiv\n", emojiText, labels.ReadOptions{}); strings.Contains(got, "error") {
		t.Error(got)
	}
}
