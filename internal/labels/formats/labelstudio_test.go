package formats

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func TestLabelStudioRoundTrip(t *testing.T) { checkRoundTrip(t, "labelstudio", ".json", false) }

func TestLabelStudioRead(t *testing.T) {
	// The shape of an export: regions, a choice of a region, a relation.
	task := func(start, end string) string {
		return `[{"id": 7, "data": {"text": "` + emojiText + `", "doc_id": "a"}, "file_upload": "x.json", "annotations": [{"id": 1, "completed_by": 1, "was_cancelled": false, "result": [
 {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual", "value": {"start": ` + start + `, "end": ` + end + `, "text": "بوتين", "labels": ["PER"]}},
 {"id": "r1", "from_name": "level", "to_name": "text", "type": "choices", "value": {"start": ` + start + `, "end": ` + end + `, "text": "بوتين", "choices": ["NAM"]}},
 {"id": "r2", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 2, "end": 5, "labels": ["CONSULT"]}},
 {"type": "relation", "from_id": "r2", "to_id": "r1", "direction": "right", "labels": ["ACTOR"]}]}]}]`
	}
	want := `{"doc_id":"a","mentions":[{"mention_id":"r1","start":6,"end":11,"text":"بوتين","type":"PER","level":"NAM"}],` +
		`"events":[{"event_id":"r2","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"r1"}]}]}` + "\n"
	if got := readText("labelstudio", "f.json", task("6", "11"), labels.ReadOptions{Text: emojiTexts}); got != want {
		t.Errorf("got %s", got)
	}
	// The same in UTF-16 units: the second region then is "قا" and its space before.
	var opt labels.ReadOptions
	remarks := heard(&opt)
	if got := readText("labelstudio", "f.json", task("7", "12"), opt); !strings.Contains(got, `"start":6,"end":11,"text":"بوتين"`) || !strings.Contains(got, `"start":1,"end":4`) {
		t.Errorf("got %s", got)
	}
	if len(*remarks) != 1 || !strings.Contains((*remarks)[0], "UTF-16") {
		t.Errorf("remarks %q", *remarks)
	}
	for _, bad := range []struct{ text, want string }{
		{task("5", "10"), `error: f.json:1: mention "r1": span [5,10): found " بوتي", expected "بوتين"`},
		{task("6", `"x"`), `error: f.json:1: result[0].value: found start "" and no globalOffsets`},
		{task("11", "6"), `error: f.json:1: result[0].value: found [11,6), expected 0 ≤ start < end`},
		{strings.Replace(task("6", "11"), `"from_id": "r2"`, `"from_id": "r9"`, 1), `error: f.json:1: result[3]: found a relation from "r9" to "r1", expected ids of regions`},
		{strings.Replace(task("6", "11"), `"id": "r2"`, `"id": "r1"`, 1), `error: f.json:1: result[2].id: found "r1" at [2,5), expected an id that no region elsewhere has`},
		{`[{"id":1,"data":{},"annotations":[{"result":[]}]}]`, `error: f.json:1: data.text: found none`},
		{`[{"id":1,"data":`, `error: f.json:1: [0]: found the end, expected a value`},
		{strings.Repeat(`[`, 100000), `error: f.json:1: `},
	} {
		if got := readText("labelstudio", "f.json", bad.text, labels.ReadOptions{}); !strings.HasPrefix(got, bad.want) {
			t.Errorf("got %s, want %s", got, bad.want)
		}
	}
	if got := readText("labelstudio", "f.json", task("6", "11"), labels.ReadOptions{Text: textsOf("قال بوتين")}); !strings.Contains(got, `text: found "😀`) {
		t.Errorf("another text: %s", got)
	}
	// The article has tatweel and other spacing: spans are matched letter by letter.
	if got := readText("labelstudio", "f.json", task("6", "11"), labels.ReadOptions{Text: textsOf("😀  قال\nبوتـين إن موسكو ترحب")}); !strings.Contains(got, `"start":7,"end":13,"text":"بوتـين"`) {
		t.Errorf("respaced text: %s", got)
	}
}

// A labelling configuration may name a text inside an object ($article.text).
func TestLabelStudioNestedData(t *testing.T) {
	var opt labels.ReadOptions
	said := heard(&opt)
	file := `[{"id":3,"data":{"article":{"text":"` + conservedText + `","by":{"name":"Eve"}},"doc_id":"a"},"annotations":[{"result":[` + lsRegion("r1", "4", "7", "Ben", "PER") + `]}]}]`
	want := `{"doc_id":"a","mentions":[{"mention_id":"r1","start":4,"end":7,"text":"Ben","type":"PER"}]}` + "\n"
	if got := readText("labelstudio", "f.json", file, opt); got != want {
		t.Errorf("got %s", got)
	}
	if want := `f.json:1: left out: data "article.by.name" a`; strings.Join(*said, "\n") != want {
		t.Errorf("said %q", *said)
	}
}

// Exports list predictions by their ids, and some leave out what is empty: a task
// that has nothing else was not begun.
func TestLabelStudioIDsOfPredictionsAlone(t *testing.T) {
	var opt labels.ReadOptions
	said := heard(&opt)
	if got := readText("labelstudio", "f.json", `[{"id":3,"data":{"text":"x"},"predictions":[5]}]`, opt); got != "" {
		t.Errorf("got %s", got)
	}
	if len(*said) != 1 || !strings.Contains((*said)[0], "not begun") {
		t.Errorf("said %q", *said)
	}
}

// lsRegion is a region of a test's task.
func lsRegion(id, start, end, text, label string) string {
	return `{"id":"` + id + `","from_name":"l","to_name":"t","type":"labels","value":{"start":` + start + `,"end":` + end + `,"text":"` + text + `","labels":["` + label + `"]}}`
}

// The forms that exports of the tool have, and what is read of them. The text is
// "Ann met\nBen.", with an emoji before it where units matter.
func TestLabelStudioForms(t *testing.T) {
	ann := `{"doc_id":"7","mentions":[{"mention_id":"a","start":0,"end":3,"text":"Ann","type":"PER"}]}` + "\n"
	ben := `{"doc_id":"7","mentions":[{"mention_id":"b","start":8,"end":11,"text":"Ben","type":"PER"}]}` + "\n"
	a, b := lsRegion("a", "0", "3", "Ann", "PER"), lsRegion("b", "8", "11", "Ben", "PER")
	task := func(rest string) string { return `[{"id":7,"data":{"text":"Ann met\nBen."},` + rest + `}]` }
	done := func(set string) string { return task(`"annotations":[` + set + `],"drafts":[],"predictions":[]`) }
	for _, tt := range []struct{ name, file, annotator, want string }{
		{"done", done(`{"id":1,"completed_by":3,"result":[` + a + `],"was_cancelled":false}`), "", ann},
		{"done with nothing", done(`{"id":1,"result":[]}`), "", `{"doc_id":"7"}` + "\n"},
		{"without a result", done(`{"id":1}`), "", `{"doc_id":"7"}` + "\n"},
		{"skipped", done(`{"id":1,"result":[` + a + `],"was_cancelled":true}`), "", "f.json:1: not labelled: 7 skipped"},
		{"skipped beside done", done(`{"id":1,"result":[` + a + `],"was_cancelled":true},{"id":2,"result":[` + b + `]}`), "", ben},
		{"not begun, predicted", task(`"annotations":[],"predictions":[{"result":[` + a + `],"score":0.5}]`), "", "f.json:1: not labelled: 7 not begun"},
		{"not begun, predictions by id", task(`"annotations":[],"predictions":[1,2]`), "", "f.json:1: not labelled: 7 not begun"},
		{"a draft", task(`"annotations":[],"drafts":[{"id":1,"result":[` + a + `]}],"predictions":[]`), "", "f.json:1: not labelled: 7 a draft only"},
		{"a task for the import", task(`"meta":{}`), "", "f.json:1: not labelled: 7 not begun"},
		{"a file of predictions", task(`"predictions":[{"model_version":"m","result":[` + a + `]}]`), "", ann},
		{"predictions by id beside a done one", task(`"annotations":[{"result":[` + a + `]}],"predictions":[5]`), "", ann},
		{"predictions beside a done one", task(`"annotations":[{"result":[` + a + `]}],"predictions":[{"result":[` + b + `]}]`), "", "f.json:1: predictions beside annotations are not read\n" + ann},
		{"annotations by id", task(`"annotations":[4]`), "", "error: f.json:1: annotations: found ids of annotations"},
		{"completions", task(`"completions":[{"id":1001,"result":[` + a + `]}]`), "", ann},
		{"a skipped completion", task(`"completions":[{"id":1001,"skipped":true,"result":[]}]`), "", "f.json:1: not labelled: 7 skipped"},
		{"ground truth", done(`{"id":1,"result":[` + a + `]},{"id":2,"ground_truth":true,"result":[` + b + `]}`), "", "f.json:1: 2 annotations of one task; the ground truth is read\n" + ben},
		{"annotator", done(`{"id":1,"completed_by":1,"result":[` + a + `]},{"id":2,"completed_by":{"id":2,"email":"b@x"},"result":[` + b + `]}`), "b@x", "f.json:1: 2 annotations of one task; the annotator asked for is read\n" + ben},
		{"the first", done(`{"id":1,"result":[` + b + `]},{"id":2,"result":[` + a + `]}`), "", "f.json:1: 2 annotations of one task; the first is read\n" + ben},
		// captureSelection of the editor writes \n for a line break, an older one drops it.
		{"a line break as \\n", done(`{"result":[` + lsRegion("b", "4", "11", `met\\nBen`, "ORG") + `]}`), "", `{"doc_id":"7","mentions":[{"mention_id":"b","start":4,"end":11,"text":"met\nBen","type":"ORG"}]}` + "\n"},
		{"a line break dropped", done(`{"result":[` + lsRegion("b", "4", "11", `metBen`, "ORG") + `]}`), "", `{"doc_id":"7","mentions":[{"mention_id":"b","start":4,"end":11,"text":"met\nBen","type":"ORG"}]}` + "\n"},
		{"text as a list", done(strings.Replace(`{"result":[`+a+`]}`, `"Ann"`, `["Ann"]`, 1)), "", ann},
		{"another key of data", strings.Replace(done(`{"result":[`+b+`]}`), `"text":`, `"source":"somewhere else on the web","body":`, 1), "", "f.json:1: left out: data \"source\" 7\n" + ben},
		{"HyperText", done(`{"result":[{"id":"b","type":"hypertextlabels","value":{"start":"/text()[1]","startOffset":9,"end":"/text()[1]","endOffset":12,"globalOffsets":{"start":8,"end":11},"text":"Ben","hypertextlabels":["PER"]}}]}`), "", ben},
		{"HTML", strings.Replace(done(`{"result":[{"id":"b","type":"labels","value":{"start":"/p[1]","end":"/p[1]","globalOffsets":{"start":8,"end":11},"text":"Ben","labels":["PER"]}}]}`), "Ann met\\nBen.", "<p>Ann met\\n<b class='x'>Ben</b>.</p>", 1), "", ben},
		{"a relation without a label", done(`{"result":[` + a + `,` + lsRegion("e", "4", "7", "met", "CONSULT") + `,{"type":"relation","from_id":"e","to_id":"a","direction":"right"}]}`), "",
			"f.json:1: a relation without a label is an argument without a role\n" + strings.Replace(ann, "]}", `],"events":[{"event_id":"e","start":4,"end":7,"text":"met","type":"CONSULT","arguments":[{"mention_id":"a"}]}]}`, 1)},
		{"a relation both ways", done(`{"result":[` + a + `,` + lsRegion("e", "4", "7", "met", "CONSULT") + `,{"type":"relation","from_id":"e","to_id":"a","direction":"bi","labels":["ACTOR"]}]}`), "",
			"f.json:1: left out: second direction of a relation 7 e to a\n" + strings.Replace(ann, "]}", `],"events":[{"event_id":"e","start":4,"end":7,"text":"met","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"a"}]}]}`, 1)},
		{"a value of the task", done(`{"result":[` + a + `,{"id":"z","type":"choices","from_name":"tone","value":{"choices":["calm"]}}]}`), "", "f.json:1: left out: result \"tone\" of the type \"choices\" 7 z\n" + ann},
		{"a note of a region", done(`{"result":[` + strings.Replace(a, `"value"`, `"meta":{"text":["sure?"]},"value"`, 1) + `]}`), "", "f.json:1: left out: note of a region 7 a\n" + ann},
		{"JSON-MIN", `[{"id":7,"text":"Ann met\nBen.","label":[{"start":0,"end":3,"text":"Ann","labels":["PER"]}],"annotator":1,"annotation_id":5,"lead_time":2.5}]`, "", strings.Replace(ann, `"a"`, `"label.1"`, 1)},
		{"JSON-MIN of another control", `[{"id":7,"body":"Ann met\nBen.","ner":[{"start":8,"end":11,"text":"Ben","labels":["PER"]}],"tone":{"choices":["calm"]},"annotator":1,"annotation_id":5}]`, "", "f.json:1: left out: data \"tone\" 7\n" + strings.Replace(ben, `"b"`, `"ner.1"`, 1)},
		{"JSON-MIN of nothing", `[{"id":7,"text":"Ann met\nBen.","annotator":1,"annotation_id":5}]`, "", `{"doc_id":"7"}` + "\n"},
		{"JSON-MIN of two annotators", "[" + `{"id":7,"text":"Ann.","annotator":1,"annotation_id":5},` + "\n" + `{"id":7,"text":"Ann.","label":[{"start":0,"end":3,"text":"Ann","labels":["PER"]}],"annotator":2,"annotation_id":6}]`, "", "f.json:2: annotation by 2 of an article that 1 annotated; the first is read\n" + `{"doc_id":"7"}` + "\n"},
		{"of one of them", "[" + `{"id":7,"text":"Ann.","annotator":1,"annotation_id":5},` + "\n" + `{"id":7,"text":"Ann.","label":[{"start":0,"end":3,"text":"Ann","labels":["PER"]}],"annotator":2,"annotation_id":6}]`, "2", "f.json:1: annotation by 1 is not read\n" + strings.Replace(ann, `"a"`, `"label.1"`, 1)},
		// Records of one line are told apart by their number and name.
		{"one line", `[{"id":1,"data":{"text":"x"},"annotations":[]},{"id":7,"data":{"text":"Ann met"},"annotations":[{"result":[` + lsRegion("a", "0", "3", "Bob", "PER") + `]}]}]`, "",
			"f.json:1: not labelled: 1 not begun\n" + `error: f.json:1: record 2 (7): mention "a": span [0,3): found "Ann", expected "Bob"`},
	} {
		opt := labels.ReadOptions{Annotator: tt.annotator}
		said := heard(&opt)
		got := readText("labelstudio", "f.json", tt.file, opt)
		if got = strings.Join(append(*said, got), "\n"); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// A file of the tool is told from those that look like it.
func TestLabelStudioDetect(t *testing.T) {
	for text, want := range map[string]string{
		`[{"id":7,"text":"Ann.","label":[{"start":0,"end":3,"text":"Ann","labels":["PER"]}],"annotator":1,"annotation_id":5,"created_at":"x","lead_time":2}]`: "labelstudio",
		`[{"id":7,"text":"Ann.","label":[[0,3,"PER"]]}]`:                             "doccano",
		`[{"data":{"text":"Ann."},"completions":[]}]`:                                "labelstudio",
		`[{"data":{"doc_id":"a","text":"Ann."}}]`:                                    "labelstudio",
		`[{"annotations":[],"file_upload":"x.txt","data":{"text":"Ann."}}]`:          "labelstudio",
		`[{"id":7,"annotations":[],"drafts":[],"predictions":[],"data":{"t":"A."}}]`: "labelstudio",
	} {
		src := labels.Source{FS: fstest.MapFS{"f.json": {Data: []byte(text)}}, Path: "f.json"}
		if f, err := labels.DetectFormat(src); err != nil || f.Name != want {
			t.Errorf("%s: found %v, %v, expected %s", text, f, err, want)
		}
	}
}

// The editor takes a string as the text of a region, with \n for a line break,
// and a task without annotations for one to be labelled.
func TestLabelStudioWrite(t *testing.T) {
	x := schema.NewIndex("Ann met\nBen.")
	docs := []*labels.Document{
		{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{{ID: "m1", Span: schema.Span{Start: 4, End: 11}, Head: schema.NoSpan, Type: "ORG", Level: "NAM"}}}},
		{Annotation: schema.Annotation{DocID: "b"}, Unlabelled: true},
	}
	src, _ := export(t, "labelstudio", ".json", docs, map[string]*schema.Index{"a": x, "b": x})
	want := `--- file.json
[
{"data":{"doc_id":"a","text":"Ann met\nBen."},"annotations":[{"result":[{"id":"m1","from_name":"label","to_name":"text","type":"labels","value":{"start":4,"end":11,"text":"met\\nBen","labels":["ORG"]}},{"id":"m1","from_name":"level","to_name":"text","type":"choices","value":{"start":4,"end":11,"choices":["NAM"]}}]}]},
{"data":{"doc_id":"b","text":"Ann met\nBen."}}]
`
	if got := strings.TrimSpace(dump(src)); got != strings.TrimSpace(want) {
		t.Errorf("got %s", got)
	}
}

func FuzzLabelStudio(f *testing.F) {
	f.Add(`[{"data":{"text":"😀 قال"},"annotations":[{"result":[{"id":"a","type":"labels","value":{"start":2,"end":5,"labels":["x","y"]}},{"type":"relation","from_id":"a","to_id":"a"},{"id":"a","type":"choices","from_name":"quoted","value":{"choices":["true"]}}]}]}]`)
	fuzzReader(f, "labelstudio", ".json")
}
