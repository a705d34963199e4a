package formats

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// Files that the tools themselves wrote (testdata/README.md) give what was put
// into the tools: offsets in code points, whatever the file counts in.
func TestFilesOfTheTools(t *testing.T) {
	const (
		putin  = `{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"}`
		linked = `{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"putin"}`
		moscow = `{"mention_id":"m2","start":15,"end":20,"text":"موسكو","type":"GPE"}`
		said   = `{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT"}`
	)
	document := func(id, mentions, events string) string {
		line := `{"doc_id":"` + id + `","mentions":[` + mentions + `]`
		if events != "" {
			line += `,"events":[` + events + `]`
		}
		return line + "}\n"
	}
	call := func(event, actor string) string {
		return `{"event_id":"` + event + `","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"` + actor + `"}]}`
	}
	for file, tt := range map[string]struct{ format, want string }{
		"xmi/cassis.xmi":          {"xmi", document("cassis", linked+","+moscow+`,{"mention_id":"m3","start":6,"end":20,"text":"بوتين إن\nموسكو","type":"NamedEntity"}`, said)},
		"spacy/doc.json":          {"spacy", document("doc", linked+","+moscow, `{"event_id":"e1","start":2,"end":11,"text":"قال بوتين","type":"CONSULT"}`)},
		"conll/nltk.conll":        {"conll", document("nltk", putin+","+moscow, "")},
		"conll/labelstudio.conll": {"conll", document("labelstudio", putin+","+moscow, "")},
		"labelstudio/export.json": {"labelstudio", document("1", strings.Replace(putin, "m1", "r1", 1)+","+strings.Replace(moscow, "m2", "r2", 1), call("r3", "r1"))},
		"doccano/relations.jsonl": {"doccano", document("1", putin+","+moscow, call("e1", "m1"))},
		"doccano/spans.jsonl":     {"doccano", document("1", putin+","+moscow, said)},
		"webannotation/apache-annotator.jsonld": {"webannotation",
			document("urn:example:a", putin+","+moscow+","+`{"mention_id":"m3","start":26,"end":31,"text":"بوتين","type":"PER"}`, "")},
		"brat/bratly.ann": {"brat", document("bratly", `{"mention_id":"T1","start":6,"end":11,"text":"بوتين","type":"PER","level":"NAM","actor_id":"putin"},`+
			`{"mention_id":"T2","start":15,"end":20,"text":"موسكو","type":"GPE"},{"mention_id":"T4","start":8,"end":11,"text":"تين","type":"PER"},`+
			`{"mention_id":"T5","start":6,"end":20,"text":"بوتين إن\nموسكو","type":"GRP","fragments":[[6,11],[15,20]]}`,
			`{"event_id":"E1","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"T1"},{"role":"LOCATION","mention_id":"T2"}]}`)},
	} {
		src := labels.FileSource("testdata/" + file)
		if f, err := labels.DetectFormat(src); err != nil || f.Name != tt.format {
			t.Errorf("%s: detected %v, %v", file, f, err)
			continue
		}
		var got []byte
		for d, err := range format(tt.format).Read(src, labels.ReadOptions{}) {
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			got, _ = native.AppendLine(got, d)
		}
		if string(got) != tt.want {
			t.Errorf("%s:\ngot  %swant %s", file, got, tt.want)
		}
	}
}

// Every format that is written counts an emoji as its unit asks, so that the
// Arabic mention behind it comes back at the same place; what is written is in
// the file as it is, not moved.
func TestEmojiBeforeMention(t *testing.T) {
	for _, f := range labels.All() {
		if f.Write == nil {
			continue
		}
		src, _ := export(t, f.Name, f.Extensions[0], []*labels.Document{exchanged()}, map[string]*schema.Index{"a": schema.NewIndex(emojiText)})
		docs, err := labels.ReadAll(f.Read(src, labels.ReadOptions{Text: emojiTexts}))
		if err != nil || len(docs) != 1 || len(docs[0].Mentions) != 2 {
			t.Errorf("%s: %v, %v", f.Name, docs, err)
			continue
		}
		if m := docs[0].Mentions[0]; m.Text != "بوتين" || m.Span.Start != 6 || m.Span.End != 11 {
			t.Errorf("%s: %q at %s", f.Name, m.Text, m.Span)
		}
		offsets := map[string]string{"utf16_code_unit": "16-21", "unicode_code_point": "6", "token": "بوتين"}
		want := offsets[f.Unit]
		switch f.Name {
		case "xmi":
			want = `begin="16" end="21"`
		case "doccano":
			want = `"start_offset":16,"end_offset":21`
		case "casjson":
			want = `"begin":16,"end":21`
		}
		if text := dump(src); utf8.ValidString(text) && !strings.Contains(text, want) {
			t.Errorf("%s: no %q in\n%s", f.Name, want, text)
		}
	}
}
