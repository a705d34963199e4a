package formats

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

// exchanged is an annotation with every kind of part once.
func exchanged() *labels.Document {
	sure, quoted := 0.5, true
	return &labels.Document{Annotation: schema.Annotation{DocID: "a",
		Mentions: []schema.Mention{
			{ID: "m1", Span: schema.Span{Start: 6, End: 11}, Text: "بوتين", Head: schema.Span{Start: 6, End: 9}, Type: "PER", Level: "NAM", ActorID: "putin", Confidence: &sure},
			{ID: "m2", Span: schema.Span{Start: 15, End: 20}, Text: "موسكو", Head: schema.NoSpan, Type: "GPE", Level: "NAM", ActorID: "rus", Metonym: true}},
		Events: []schema.Event{{ID: "e1", Span: schema.Span{Start: 2, End: 5}, Text: "قال", Cue: schema.Span{Start: 12, End: 14}, Type: "CONSULT", Modes: []string{"phone"}, Contexts: []string{"diplomatic"},
			CAMEO: "041", Realis: "other", Auxiliaries: []string{"future"}, HopperID: "h1", PartOf: "h2", SourceMentionID: "m2", Quoted: &quoted, Confidence: &sure,
			Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "m1", Span: schema.NoSpan, Confidence: &sure}, {Role: "TIME", Span: schema.Span{Start: 21, End: 25}, Text: "ترحب", Value: "2016"}}}}}}
}

// Every format that is written is told from all others by its contents, under
// each of its extensions and none.
func TestWrittenIsDetected(t *testing.T) {
	for _, f := range labels.All() {
		if f.Write == nil {
			continue
		}
		for _, docs := range [][]*labels.Document{{exchanged()}, {{Annotation: schema.Annotation{DocID: "a"}}}} {
			src, _ := export(t, f.Name, f.Extensions[0], docs, map[string]*schema.Index{"a": schema.NewIndex(emojiText)})
			got, err := labels.DetectFormat(src)
			if err != nil || got.Name != f.Name {
				t.Errorf("%s: %v\n%s", f.Name, err, dump(src))
			}
		}
	}
	for file, want := range map[string]string{"testdata/spacy/doc.json": "spacy", "testdata/xmi/cassis.xmi": "xmi"} {
		if got, err := labels.DetectFormat(labels.FileSource(file)); err != nil || got.Name != want {
			t.Errorf("%s: %v", file, err)
		}
	}
	for text, want := range map[string]string{webannoSample: "webanno", `["x", {"entities": []}]`: "spacy", `{"id":1,"text":"x","label":[[0,1,"PER"]]}`: "doccano",
		`{"text":"x","_input_hash":1,"spans":[]}`: "prodigy", `[{"id":1,"data":{"text":"x"},"annotations":[]}]`: "labelstudio",
		`{"doc_id":"a","tokens":["x"],"entity_mentions":[]}`: "oneie", "EU NNP B-NP B-ORG\nrejects VBZ B-VP O\n": "conll"} {
		for _, name := range []string{"x.json", "x.jsonl", "x.txt", "x"} {
			got, err := labels.DetectFormat(labels.Source{FS: fstest.MapFS{name: {Data: []byte(text)}}, Path: name})
			if err != nil || got.Name != want {
				t.Errorf("%s: %v, want %s", name, err, want)
			}
		}
	}
}

// What each format loses of exchanged. The list is what its Notes say.
func TestLosses(t *testing.T) {
	event := "e1 auxiliaries, e1 cameo, e1 contexts, e1 hopper_id, e1 modes, e1 part_of, e1 quoted, e1 realis"
	for format, want := range map[string]string{
		"json": "", "jsonl": "", "webannotation": "", "labelstudio": "",
		"brat":    "e1 arguments[0].confidence",
		"webanno": "e1 arguments[0].confidence",
		"oneie":   "e1 arguments[0].confidence, e1 arguments[1].value, e1 auxiliaries, e1 cameo, e1 confidence, e1 contexts, e1 hopper_id, e1 modes, e1 part_of, e1 quoted, e1 realis, m1 actor_id, m1 confidence, m2 actor_id, m2 metonym",
		"prodigy": "e1 arguments[0].confidence, e1 arguments[1].value, " + strings.Replace(event, "e1 contexts", "e1 confidence, e1 contexts", 1) + ", m1 actor_id, m1 confidence, m1 level, m2 actor_id, m2 level, m2 metonym",
		"doccano": "e1 arguments[0].confidence, e1 arguments[1].value, " + strings.Replace(event, "e1 contexts", "e1 confidence, e1 contexts", 1) + ", m1 actor_id, m1 confidence, m1 level, m2 actor_id, m2 level, m2 metonym",
		"spacy": "e1 arguments[0], e1 arguments[1], e1 auxiliaries, e1 cameo, e1 confidence, e1 contexts, e1 cue, e1 hopper_id, e1 modes, e1 part_of, e1 quoted, e1 realis, e1 source_mention_id, " +
			"m1 confidence, m1 head, m1 level, m2 level, m2 metonym",
		"conll":     "e1 event, m1 actor_id, m1 confidence, m1 head, m1 level, m2 actor_id, m2 level, m2 metonym",
		"conll2012": "e1 event, m1 actor_id, m1 confidence, m1 head, m1 level, m1 type, m2 actor_id, m2 level, m2 metonym, m2 type",
	} {
		_, lost := export(t, format, "", []*labels.Document{exchanged()}, map[string]*schema.Index{"a": schema.NewIndex(emojiText)})
		for i, l := range lost {
			_, rest, _ := strings.Cut(l, "\x00")
			lost[i] = strings.Replace(rest, "\x00", " ", 1)
		}
		slices.Sort(lost)
		if got := strings.Join(slices.Compact(lost), ", "); got != want {
			t.Errorf("%s: lost %s\nwant %s", format, got, want)
		}
	}
}

// Writers refuse what is not in the text, and articles without a text.
func TestWritersProveSpans(t *testing.T) {
	outside, other := exchanged(), exchanged()
	outside.Mentions[1].Span.End = 99
	other.Mentions[0].Text = "لافروف"
	for _, f := range labels.All() {
		if f.Write == nil || f.Name == "json" || f.Name == "jsonl" {
			continue
		}
		for name, d := range map[string]*labels.Document{"outside": outside, "other text": other} {
			if err := f.Write(memory{}, slices.Values([]*labels.Document{d}), labels.WriteOptions{Text: emojiTexts}); err == nil || !strings.Contains(err.Error(), `document "a": mention`) {
				t.Errorf("%s, %s: %v", f.Name, name, err)
			}
		}
		if err := f.Write(memory{}, slices.Values([]*labels.Document{exchanged()}), labels.WriteOptions{}); err == nil || !strings.Contains(err.Error(), "text") {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// Whatever the format, a record over the limit and nesting without end are
// errors of records, and a failing disk is the last item.
func TestReadersAreBounded(t *testing.T) {
	for _, f := range labels.All() {
		ext := f.Extensions[0]
		for name, text := range map[string]string{"long line": strings.Repeat("x", 100000), "deep list": strings.Repeat("[", 100000), "deep object": strings.Repeat(`{"text":`, 100000),
			"deep XML": strings.Repeat("<a>", 100000), "long after a good start": "#FORMAT=WebAnno TSV 3.3\n" + strings.Repeat("#", 100000)} {
			for _, limit := range []int{1000, 0} {
				src := labels.Source{FS: fstest.MapFS{"f" + ext: {Data: []byte(text)}}, Path: "f" + ext}
				_, err := labels.ReadAll(f.Read(src, labels.ReadOptions{MaxRecord: limit}))
				if err != nil && !labels.IsRecordError(err) || err == nil && limit > 0 {
					t.Errorf("%s, %s: %.200v", f.Name, name, err)
				}
			}
		}
		broken := errors.New("disk on fire")
		for _, start := range []string{"", "[", "<a>", "x\tO\n"} {
			r := io.MultiReader(strings.NewReader(start), iotest.ErrReader(broken))
			refused, failed := false, false // a reader may give a file up before the disk fails
			for _, err := range f.Read(labelstest.Stream("-", r), labels.ReadOptions{}) {
				if failed {
					t.Errorf("%s: an item after the I/O error", f.Name)
				}
				failed = errors.Is(err, broken)
				refused = refused || labels.IsRecordError(err)
			}
			if !failed && !refused {
				t.Errorf("%s: no I/O error", f.Name)
			}
		}
	}
}
