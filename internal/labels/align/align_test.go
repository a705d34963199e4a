package align

import (
	"reflect"
	"slices"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/schema"
)

func mention(text, typ string) schema.Mention {
	return schema.Mention{Text: text, Type: typ, Span: schema.NoSpan, Head: schema.NoSpan}
}

func TestAlign(t *testing.T) {
	//       0    5    10   15        counted in code points
	text := "قال بوتين وماكرون إن مصرف مصر قرب مَوسكو وبوتين"
	x := schema.NewIndex(text)
	d := &labels.Document{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{
		mention("بوتين", "PER"),   // first of two
		mention("ماكرون", "PER"),  // after a proclitic
		mention(" بوتين ", "PER"), // second
		mention("بوتين", "PER"),   // none left
		mention("بوتين", "ORG"),   // another type may share the first
		mention("مصر", "GPE"),     // the word, not the beginning of مصرف
		mention("صرف", "ORG"),     // occurs only inside a word
		mention("موسكو", "GPE"),   // vowel sign in the text
		mention("باريس", "GPE"),
		{Span: schema.Span{Start: 0, End: 3}, Head: schema.NoSpan, Text: "قال"},
	}, Events: []schema.Event{
		{Span: schema.NoSpan, Cue: schema.NoSpan, Text: "قرب", Arguments: []schema.Argument{{Role: "ACTOR", Span: schema.NoSpan, Text: "بوتين"}}},
		{Span: schema.NoSpan, Cue: schema.NoSpan, Arguments: []schema.Argument{{Role: "ACTOR", Span: schema.NoSpan, Text: "بوتين"}, {Role: "TIME", Span: schema.NoSpan, Text: "أمس"}}},
	}}}
	counts, list := Spans(d, x)
	var got []schema.Span
	for r := range d.Spans() {
		if r.Text != nil {
			got = append(got, *r.Span)
		}
	}
	no := schema.NoSpan
	sp := func(a, b int32) schema.Span { return schema.Span{Start: a, End: b} }
	want := []schema.Span{sp(4, 9), sp(11, 17), sp(42, 47), no, sp(4, 9), sp(26, 29), sp(22, 25), sp(34, 40), no, sp(0, 3),
		sp(30, 33), sp(42, 47), no, sp(4, 9), no}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	// 3 بوتين mentions and 2 arguments placed by rule; ماكرون, قرب exact; مصر is
	// likelier than مصرف; صرف is inside it; موسكو has a vowel sign.
	if want := (Counts{Given: 1, Exact: 2, Likely: 1, Folded: 1, Inside: 1, Several: 5, Absent: 3}); counts != want {
		t.Errorf("counts %+v, want %+v", counts, want)
	}
	if d.Mentions[7].Text != "مَوسكو" || d.Mentions[2].Text != "بوتين" {
		t.Errorf("texts %q %q", d.Mentions[7].Text, d.Mentions[2].Text)
	}
	var reasons []string
	for _, u := range list {
		reasons = append(reasons, u.Text+": "+u.Reason())
	}
	if !reflect.DeepEqual(reasons[:3], []string{"بوتين: " + placement.AllUsed, "باريس: " + placement.NotInText, "أمس: " + placement.NotInText}) || len(reasons) != 11 {
		t.Errorf("unaligned %q", reasons)
	}
}

// A name inside a longer mention of its type is not a mention again; inside one
// of another type it may be.
func TestAlignNested(t *testing.T) {
	x := schema.NewIndex("الرئيس بوتين في مدينة موسكو ثم بوتين في مطار موسكو")
	for _, reverse := range []bool{false, true} {
		d := &labels.Document{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{
			mention("بوتين", "PER"), mention("الرئيس بوتين", "PER"), mention("موسكو", "GPE"), mention("مطار موسكو", "LOC"), mention("مدينة موسكو", "GPE")}}}
		if reverse {
			slices.Reverse(d.Mentions)
		}
		if counts, list := Spans(d, x); counts.Absent > 0 {
			t.Fatal(list)
		}
		got := map[string]int32{}
		for _, m := range d.Mentions {
			got[m.Text] = m.Span.Start
		}
		if want := map[string]int32{"الرئيس بوتين": 0, "مدينة موسكو": 16, "بوتين": 31, "مطار موسكو": 40, "موسكو": 45}; !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// texts is a Resolver's look-up over fixed texts.
func texts(pairs ...string) func(string) *schema.Index {
	m := map[string]*schema.Index{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = schema.NewIndex(pairs[i+1])
	}
	return func(id string) *schema.Index { return m[id] }
}

func spanDoc(id string, spans ...any) *labels.Document {
	d := &labels.Document{Annotation: schema.Annotation{DocID: id}, At: labels.Position{File: "p", Line: 1}}
	for i := 0; i < len(spans); i += 3 {
		d.Mentions = append(d.Mentions, schema.Mention{Head: schema.NoSpan, Text: spans[i+2].(string),
			Span: schema.Span{Start: int32(spans[i].(int)), End: int32(spans[i+1].(int))}})
	}
	return d
}

func TestCheckOffsets(t *testing.T) {
	// a, 😀 (4 bytes, 2 UTF-16 units), b, é (2 bytes, 1 unit), c
	x := schema.NewIndex("a😀béc")
	for _, tt := range []struct {
		d    *labels.Document
		want labels.Unit
		err  string
	}{
		{spanDoc("d", 2, 3, "b", 4, 5, "c"), labels.CodePoints, ""},
		{spanDoc("d", 3, 4, "b", 5, 6, "c"), labels.UTF16Units, ""},
		{spanDoc("d", 5, 6, "b", 8, 9, "c"), labels.UTF8Bytes, ""},
		{spanDoc("d", 2, 2, "b", 3, 4, "éc"), labels.CodePointsInclusive, ""},
		{spanDoc("d", 5, 5, "b", 6, 8, "éc"), labels.UTF8BytesInclusive, ""},
		{spanDoc("d", 3, 3, "b", 4, 5, "éc"), labels.UTF16UnitsInclusive, ""},
		{spanDoc("d", 1, 2, "", 4, 5, ""), labels.CodePoints, ""},
		{spanDoc("d"), labels.CodePoints, ""},
		{spanDoc("d", 2, 3, "b", 4, 5, "x"), 0, `p:1: mention 2: span [4,5): found "c", expected "x"`},
		{spanDoc("d", 2, 3, "b", 4, 9, ""), 0, `p:1: mention 2: span [4,9): found a span outside the text, expected one inside`},
		{spanDoc("d", 2, 3, "b", 40, 50, "c"), 0, `p:1: mention 2: span [40,50): found no text there, expected "c"`},
	} {
		got, err := offsets.Detect(tt.d, x)
		if got != tt.want || (err == nil) != (tt.err == "") || err != nil && err.Error() != tt.err {
			t.Errorf("%v: %v, %v; want %v %s", tt.d.Mentions, got, err, tt.want, tt.err)
		}
		if err == nil {
			if err := offsets.Convert(tt.d, x, got); err != nil {
				t.Error(err)
			}
			if again, err := offsets.Detect(tt.d, x); again != labels.CodePoints || err != nil {
				t.Errorf("after conversion: %v %v", again, err)
			}
		}
	}
	z := schema.NewIndex("ééaéébaaaa")
	// é is two bytes: [4,5) is "a" in bytes (code point 2) and "é" in code points.
	if u, err := offsets.Detect(spanDoc("d", 4, 5, "a"), z); u != labels.UTF8Bytes || err != nil {
		t.Error(u, err)
	}
}

func TestAmbiguousUnit(t *testing.T) {
	// 0 é, 1 😀, 2 q, 3 q, 4 x, 5 q: [6,7) is q in bytes (code point 2) and q in
	// UTF-16 units (code point 5); in code points it leaves the text.
	x := schema.NewIndex("é😀qqxq")
	_, err := offsets.Detect(spanDoc("d", 6, 7, "q"), x)
	want := `p:1: mention 1: span [6,7): found several units that fit every surface (UTF-8 bytes, UTF-16 code units), expected one`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

func TestResolver(t *testing.T) {
	look := texts("bmp", "قال بوتين", "astral", "😀 بوتين", "other", "😀 بوتين")
	r := Resolver{Text: look, Strict: true}
	for _, tt := range []struct {
		d    *labels.Document
		want schema.Span
		err  bool
	}{
		{spanDoc("bmp", 4, 9, "بوتين"), schema.Span{Start: 4, End: 9}, false},
		{spanDoc("astral", 3, 8, "بوتين"), schema.Span{Start: 2, End: 7}, false}, // UTF-16
		{spanDoc("other", 2, 7, "بوتين"), schema.Span{Start: 2, End: 7}, true},   // code points after UTF-16
		{spanDoc("bmp", 4, 9, ""), schema.Span{Start: 4, End: 9}, false},
		{spanDoc("unknown", 4, 9, "x"), schema.Span{Start: 4, End: 9}, false},
	} {
		err := r.Resolve(tt.d)
		if (err != nil) != tt.err || tt.d.Mentions[0].Span != tt.want {
			t.Errorf("%s: %v %v", tt.d.DocID, tt.d.Mentions[0].Span, err)
		}
		if tt.d.DocID == "bmp" && tt.d.Mentions[0].Text != "بوتين" {
			t.Errorf("text %q", tt.d.Mentions[0].Text)
		}
	}
	if r.Unit != labels.UTF16Units || r.Unknown != 1 || r.Counts != (Counts{Given: 3, Converted: 1}) {
		t.Errorf("%v %d %+v", r.Unit, r.Unknown, r.Counts)
	}
}

// A surface that is off in a file that counts bytes is looked for near where it claims
// to be in code points.
func TestClaimInBytes(t *testing.T) {
	look := texts("a", "إيران وقطر، ثم إيران وقطر، ثم إيران")
	r := Resolver{Text: look, Move: true}
	d := spanDoc("a", 0, 10, "إيران", 13, 19, "قطر", 29, 39, "إيران") // the third is at 27
	if err := r.Resolve(d); err != nil || d.Mentions[2].Span != (schema.Span{Start: 15, End: 20}) {
		t.Errorf("%v, %v", d.Mentions[2].Span, err)
	}
}

func TestRealign(t *testing.T) {
	look := texts("a", "بوتين ثم بوتين ثم بوتين")
	var lost []Listed
	r := Resolver{Text: look, Move: true, Listed: func(l Listed) { lost = append(lost, l) }}
	d := spanDoc("a", 10, 15, "بوتين", 90, 95, "", 0, 5, "باريس", 9, 14, "بوتين", 6, 8, "ثم")
	d.Mentions[0].Head = schema.Span{Start: 11, End: 15}
	d.Mentions[3].Fragments = []schema.Span{{Start: 9, End: 10}, {Start: 90, End: 91}}
	if err := r.Resolve(d); err != nil {
		t.Fatal(err)
	}
	// The nearest occurrence to 10 is [9,14), which mention 3 already has, so
	// the nearest free one is taken and the head moves along.
	if m := d.Mentions[0]; m.Span != (schema.Span{Start: 18, End: 23}) || m.Head != (schema.Span{Start: 19, End: 23}) {
		t.Errorf("%v head %v", m.Span, m.Head)
	}
	if d.Mentions[1].Span.IsSet() || d.Mentions[2].Span.IsSet() || d.Mentions[3].Fragments != nil {
		t.Errorf("%+v", d.Mentions)
	}
	if want := (Counts{Given: 2, Likely: 1, Moved: 1, Absent: 2}); r.Counts != want {
		t.Errorf("%+v, want %+v", r.Counts, want)
	}
	if len(lost) != 3 { // the span outside, the absent surface, the one that was moved
		t.Errorf("lost %+v", lost)
	}
}
