package openai

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/schema"
)

// alignedResult asks a fixed annotation about a text through Aligned.
func alignedResult(t *testing.T, text string, answer schema.Annotation) run.Result {
	t.Helper()
	ex := extract.Func(func(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
		answer.DocID = a.DocID
		return &answer, nil
	})
	source := func(yield func(*schema.Article, error) bool) { yield(&schema.Article{DocID: "a", Text: text}, nil) }
	for r := range run.Run(t.Context(), source, extract.Aligned(ex, extract.PlacementOptions{}), run.Options{}) {
		return r
	}
	t.Fatal("no result")
	return run.Result{}
}

func surface(text string) schema.Mention {
	return schema.Mention{ID: text, Text: text, Type: "GPE", Span: schema.NoSpan, Head: schema.NoSpan}
}

func TestAlignedPlacesAndLists(t *testing.T) {
	//       0    5    10   15    21
	text := "مصر تدعو إيران ومصر وإيران وأنقرة"
	given := schema.Mention{ID: "given", Text: "تدعو", Type: "PER", Span: schema.Span{Start: 4, End: 8}, Head: schema.NoSpan}
	r := alignedResult(t, text, schema.Annotation{Mentions: []schema.Mention{given, surface("مصر"), surface("ايران"), surface("أنقرة"), surface("باريس")}})
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	// مصر and, after folding the alef, ايران stand twice; أنقرة once; باريس not at all.
	if want := (extract.Placement{Given: 1, Exact: 1, Several: 2, Absent: 1}); r.Alignment != want {
		t.Errorf("got %+v, want %+v", r.Alignment, want)
	}
	var listed []string
	for _, u := range r.Placed {
		listed = append(listed, u.Item+": "+u.Reason)
	}
	want := []string{`mention "باريس": not in the text`,
		`mention "مصر": one of 2 places; placed at [0,3)`,
		`mention "ايران": written otherwise; one of 2 places; placed at [9,14)`}
	if !slices.Equal(listed, want) {
		t.Errorf("got %q, want %q", listed, want)
	}
}

func TestAlignedChecksOffsets(t *testing.T) {
	m := schema.Mention{ID: "m1", Text: "باريس", Type: "GPE", Head: schema.NoSpan, Span: schema.Span{Start: 1, End: 4}}
	r := alignedResult(t, "مصر وحدها", schema.Annotation{Mentions: []schema.Mention{m}})
	if extracttest.KindOf(extracttest.AsNil(r.Err)) != extract.KindOffsets || !strings.Contains(r.Err.Error(), `offsets: mention "m1": span [1,4): found "صر ", expected "باريس"`) {
		t.Errorf("got %v", r.Err)
	}
	// One off, and nowhere else: placed by the surface, and said.
	m.Text = "مصر"
	r = alignedResult(t, "مصر وحدها", schema.Annotation{Mentions: []schema.Mention{m}})
	if r.Err != nil || r.Annotation.Mentions[0].Span != (schema.Span{Start: 0, End: 3}) || r.Alignment != (extract.Placement{Likely: 1, Moved: 1}) {
		t.Errorf("got %+v, %v, %+v", r.Annotation, r.Err, r.Alignment)
	}
	// 𝐀 is two UTF-16 units: مصر at 2 in code points, at 3 in JavaScript.
	m.Span = schema.Span{Start: 3, End: 6}
	own := m.Span
	r = alignedResult(t, "𝐀 مصر", schema.Annotation{Mentions: []schema.Mention{m}})
	if r.Err != nil || r.Annotation.Mentions[0].Span != (schema.Span{Start: 2, End: 5}) || r.Alignment.Converted != 1 || m.Span != own {
		t.Errorf("got %+v, %v, %+v", r.Annotation, r.Err, r.Alignment)
	}
}

// The extractor's own annotation is not changed: a file of predictions may be
// asked twice.
func TestAlignedCopies(t *testing.T) {
	answer := schema.Annotation{Mentions: []schema.Mention{surface("مصر")}}
	before, _ := json.Marshal(answer)
	alignedResult(t, "في مصر", answer)
	after, _ := json.Marshal(answer)
	if string(before) != string(after) {
		t.Errorf("%s became %s", before, after)
	}
}

func TestAlignedAbsurdSurfaces(t *testing.T) {
	text := strings.Repeat("ا ", 20_000)
	r := alignedResult(t, text, schema.Annotation{Mentions: []schema.Mention{surface("ا"), surface(" "), surface("\u0640"), surface("")}})
	if r.Err != nil || r.Alignment.Several != 1 {
		t.Errorf("got %+v, %v", r.Alignment, r.Err)
	}
}

// A model's answer becomes an annotation with everything in its place.
func TestModelAnswer(t *testing.T) {
	//       0   4        13   18   23 25     32    38
	text := "قال وزير خارجية مصر إن مصر بحثت الأزمة مع إيران أمس. وبحثت مصر الهدنة"
	answer := `{"mentions":[
	 {"id":"A","text":"وزير خارجية مصر","before":null,"after":null,"head":"وزير","type":"PER","level":"NOM","metonym":false,"actor":"minister"},
	 {"id":"B","text":"مصر","before":"خارجية","after":"إن","head":"مصر","type":"GPE","level":"NAM","metonym":false,"actor":"egypt"},
	 {"id":"C","text":"مصر","before":"إن","after":"بحثت","head":"مصر","type":"GPE","level":"NAM","metonym":false,"actor":"egypt"},
	 {"id":"D","text":"ايران","before":null,"after":null,"head":"طهران","type":"GPE","level":"NAM","metonym":false,"actor":null},
	 {"id":"D","text":"باريس","before":null,"after":null,"head":"باريس","type":"GPE","level":"NAM","metonym":false,"actor":null}],
	"events":[
	 {"id":"x","text":"بحثت","before":". و","after":"مصر الهدنة","type":"CONSULT","modes":[],"contexts":["diplomatic"],"realis":"actual","auxiliaries":[],"hopper":"h1","source":null,"cue":null,"quoted":null,
	  "arguments":[{"role":"ACTOR","mention":"m1","event":null,"text":null,"value":null}]},
	 {"id":"y","text":"بحثت","before":"مصر","after":"الأزمة","type":"CONSULT","modes":["multilateral"],"contexts":[],"realis":"actual","auxiliaries":[],"hopper":null,"source":"A","cue":"قال","quoted":false,
	  "arguments":[{"role":"ACTOR","mention":"C","event":null,"text":null,"value":null},{"role":"ACTOR","mention":"D","event":null,"text":null,"value":null},
	   {"role":"TOPIC","mention":null,"event":"x","text":null,"value":null},{"role":"TIME","mention":null,"event":null,"text":"أمس","value":"2016-09-02"},
	   {"role":"HOST","mention":null,"event":null,"text":null,"value":null}]}]}`
	m, fault := decodeAnswer(answer, true, nil)
	if fault != nil {
		t.Fatal(fault)
	}
	a := &schema.Article{DocID: "doc", Text: text}
	got, counts, unplaced, err := m.annotation(a, extract.PlacementOptions{})
	if err != nil {
		t.Fatal(err)
	}
	runes := []rune(text)
	at := func(s schema.Span) string {
		if !s.IsSet() {
			return "none"
		}
		return fmt.Sprintf("%d:%s", s.Start, string(runes[s.Start:s.End]))
	}
	var lines []string
	for _, m := range got.Mentions {
		lines = append(lines, fmt.Sprintf("%s %s head %s", m.ID, at(m.Span), at(m.Head)))
	}
	for _, e := range got.Events {
		lines = append(lines, fmt.Sprintf("%s %s cue %s source %s hopper %s", e.ID, at(e.Span), at(e.Cue), e.SourceMentionID, e.HopperID))
		for _, g := range e.Arguments {
			lines = append(lines, fmt.Sprintf("  %s %s%s %s %s", g.Role, g.MentionID, g.TargetEventID, at(g.Span), g.Value))
		}
	}
	// Code points counted by hand.
	want := []string{
		"m1 4:وزير خارجية مصر head 4:وزير",
		"m2 16:مصر head 16:مصر",
		"m3 23:مصر head 23:مصر",
		"m4 42:إيران head none",
		"m5 none head none",
		"e1 54:بحثت cue none source  hopper doc/h1",
		"  ACTOR ?m1 none ",
		"e2 27:بحثت cue 0:قال source m1 hopper ",
		"  ACTOR m3 none ",
		"  ACTOR m4 none ",
		"  TOPIC e1 none ",
		"  TIME  48:أمس 2016-09-02",
		"  HOST  none ",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	// m1, the cue and TIME exactly; m4 by folding; m2, m3, e1, e2 by context;
	// m5 and the head of m4 nowhere.
	if c := (extract.Placement{Exact: 3, Folded: 1, Context: 4, Absent: 2}); counts != c {
		t.Errorf("got %+v, want %+v", counts, c)
	}
	var listed []string
	for _, u := range unplaced {
		if u.Kind != placement.Nowhere {
			continue
		}
		listed = append(listed, u.Item+" "+u.Text+": "+u.Reason)
	}
	wantListed := []string{`mention "m5" باريس: not in the text`, `head of mention "m4" طهران: not in the mention`,
		`ACTOR of event "e1" m1: the answer has no such id`, `HOST of event "e2" : it names no mention, event or text`}
	if !slices.Equal(listed, wantListed) {
		t.Errorf("got %q, want %q", listed, wantListed)
	}
}

func FuzzDecodeAnswer(f *testing.F) {
	for _, seed := range []string{`{}`, "```json\n{}\n```", "```", `{"mentions":[{"text":"مصر","before":"في"}],"events":[{"text":"مصر","cue":"في","arguments":[{}]}]}`, `[]`, ``, "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		m, fault := decodeAnswer(content, false, nil)
		if (m == nil) == (fault == nil) {
			t.Fatal("neither or both of answer and fault")
		}
		if m == nil {
			return
		}
		got, _, _, err := m.annotation(&schema.Article{DocID: "a", Text: "في مصر وفي مصر"}, extract.PlacementOptions{})
		if err != nil || len(got.Mentions) != len(m.Mentions) || len(got.Events) != len(m.Events) {
			t.Fatalf("%v: %d mentions of %d", err, len(got.Mentions), len(m.Mentions))
		}
	})
}
