package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestWebAnnotationRoundTrip(t *testing.T) { checkRoundTrip(t, "webannotation", "", false) }

func TestWebAnnotationRead(t *testing.T) {
	// After example 24 of the recommendation (a position) and 23 (a quote).
	text := `[{"@context":"http://www.w3.org/ns/anno.jsonld","id":"http://example.org/a#m1","type":"Annotation","body":{"type":"TextualBody","purpose":"tagging","value":"PER"},
"target":{"source":"http://example.org/a","selector":[{"type":"TextPositionSelector","start":6,"end":11},{"type":"TextQuoteSelector","exact":"بوتين"}]}},
{"@context":"http://www.w3.org/ns/anno.jsonld","id":"http://example.org/a#m2","type":"Annotation","body":["http://example.org/moscow",{"type":"TextualBody","value":"GPE"}],
"target":{"source":"http://example.org/a","selector":{"type":"TextQuoteSelector","exact":"موسكو","prefix":"إن ","suffix":" ترحب"}}}]`
	want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"},{"mention_id":"m2","start":15,"end":20,"text":"موسكو","type":"GPE","actor_id":"http://example.org/moscow"}]}` + "\n"
	if got := readText("webannotation", "f.json", text, labels.ReadOptions{Text: emojiTexts}); got != want {
		t.Errorf("got %s", got)
	}
	// Without the text the quote alone has no place yet.
	if got := readText("webannotation", "f.json", text, labels.ReadOptions{}); !strings.Contains(got, `{"mention_id":"m2","text":"موسكو"`) {
		t.Errorf("got %s", got)
	}
	var remarks []string
	opt := labels.ReadOptions{Text: emojiTexts, Warn: func(_ labels.Position, s string) { remarks = append(remarks, s) }}
	utf16 := strings.Replace(text, `"start":6,"end":11`, `"start":7,"end":12`, 1)
	utf16 = utf16[:strings.Index(utf16, ",\n{")] + "]" // the other is placed in code points
	if got := readText("webannotation", "f.json", utf16, opt); !strings.Contains(got, `"start":6,"end":11`) || len(remarks) != 1 || !strings.Contains(remarks[0], "UTF-16") {
		t.Errorf("got %s %q", got, remarks)
	}
	for _, tt := range []struct{ old, new, want string }{
		{`"start":6,"end":11`, `"start":5,"end":10`, `error: f.json:1: mention "m1": span [5,10): found " بوتي", expected "بوتين"`},
		{`"start":6`, `"start":12`, `error: f.json:1: TextPositionSelector: found [12,11), expected 0 ≤ start < end`},
		{`"selector":{"type":"TextQuoteSelector"`, `"selector":{"type":"XPathSelector"`, `error: f.json:3: target.selector: found no text position and no quote`},
		{`a#m2`, `a#m1`, `error: f.json:3: id: found "http://example.org/a#m1", expected an id that no other annotation of the article has`},
		{`"target":{"source":"http://example.org/a","selector":[`, `"targets":{"x":[`, `error: f.json:1: record: found the type "Annotation" without a target`},
	} {
		if got := readText("webannotation", "f.json", strings.Replace(text, tt.old, tt.new, 1), labels.ReadOptions{Text: emojiTexts}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s", tt.new, got)
		}
	}
}

// A place in plain text is also named by a fragment (RFC 5147), of the source or in
// a selector; a place inside another is not taken for the other.
func TestWebAnnotationFragments(t *testing.T) {
	file := func(target string) string {
		return `[{"id":"#m1","type":"Annotation","body":{"type":"TextualBody","purpose":"tagging","value":"PER"},"target":` + target + `}]`
	}
	const want = `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"}]}` + "\n"
	for _, target := range []string{
		`"http://example.org/a#char=6,11"`,
		`{"source":"a","selector":{"type":"FragmentSelector","conformsTo":"http://tools.ietf.org/rfc/rfc5147","value":"char=6,11;length=30"}}`,
		`{"source":"a","selector":[{"type":"FragmentSelector","value":"xywh=1,2,3,4"},{"type":"TextQuoteSelector","exact":"بوتين"}]}`,
	} {
		if got := readText("webannotation", "f.json", file(target), labels.ReadOptions{Text: emojiTexts}); got != want {
			t.Errorf("%s: got %s", target, got)
		}
	}
	for target, want := range map[string]string{
		`{"source":"a","selector":{"type":"FragmentSelector","value":"char=11,6"}}`:                                                                `target.selector: found no text position and no quote`,
		`{"source":"a","selector":{"type":"TextQuoteSelector","exact":"قال بوتين","refinedBy":{"type":"TextPositionSelector","start":4,"end":9}}}`: `target.selector: found a place inside another (refinedBy)`,
		`{"source":"a","selector":[{"type":"FragmentSelector","value":"char=5,10"},{"type":"TextQuoteSelector","exact":"بوتين"}]}`:                 `span [5,10): found " بوتي", expected "بوتين"`,
	} {
		if got := readText("webannotation", "f.json", file(target), labels.ReadOptions{Text: emojiTexts}); !strings.Contains(got, "f.json:1: ") || !strings.Contains(got, want) {
			t.Errorf("%s: got %s", target, got)
		}
	}
}

// Recogito and Annotorious write no source, several tags, comments, and links as
// two targets.
func TestRecogito(t *testing.T) {
	span := func(id, start, end, bodies string) string {
		return `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"` + id + `","body":[` + bodies + `],"target":{"selector":[{"type":"TextQuoteSelector","exact":""},{"type":"TextPositionSelector","start":` + start + `,"end":` + end + `}]}}`
	}
	tag := func(v string) string { return `{"type":"TextualBody","value":"` + v + `","purpose":"tagging"}` }
	file := "[" + span("#x", "6", "11", `{"type":"TextualBody","value":"who?","purpose":"commenting"},`+tag("PER")+","+tag("leader")+","+tag("PER")) + "," +
		span("#y", "2", "5", tag("CONSULT")) + `,{"type":"Annotation","id":"#z","motivation":"linking","body":[` + tag("ACTOR") + `],"target":[{"id":"#y"},{"id":"#x"}]}]`
	opt := labels.ReadOptions{Text: emojiTexts}
	said := heard(&opt)
	got := readText("webannotation", "f.json", file, opt)
	want := `{"doc_id":"f","mentions":[{"mention_id":"x","start":6,"end":11,"text":"بوتين","type":"PER"},{"mention_id":"m2","start":6,"end":11,"text":"بوتين","type":"leader"}],` +
		`"events":[{"event_id":"y","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"x"}]}]}` + "\n"
	if got != want {
		t.Errorf("got %s", got)
	}
	if want := `f.json:1: left out: body of the purpose "commenting" f who?`; strings.Join(*said, "\n") != want {
		t.Errorf("said %q", *said)
	}
}

func FuzzWebAnnotation(f *testing.F) {
	f.Add(`{"type":"AnnotationPage","items":[{"id":"a#m","type":"Annotation","body":{"value":"PER"},"target":{"source":"a","selector":{"type":"TextPositionSelector","start":2,"end":5}}},{"type":"Annotation","target":"a#m","body":[{"purpose":"tagging","value":"HEAD"},{"purpose":"linking","source":"a#m"}]}]}`)
	f.Add(`{"target":{"items":[{"source":"a","selector":{"type":"TextPositionSelector","start":2,"end":5}},{"source":"a","selector":{"type":"TextQuoteSelector","exact":"قال"}}]}}`)
	fuzzReader(f, "webannotation", ".json")
}
