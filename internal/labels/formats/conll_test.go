package formats

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

func TestCoNLLRoundTrip(t *testing.T) { checkRoundTrip(t, "conll", ".conll", true) }

func TestCoNLLSchemes(t *testing.T) {
	// Two adjacent spans of one type and one of another, as each scheme has
	// them (Tjong Kim Sang and Veenstra 1999 for IOB1 to IOE2).
	tokens := strings.Fields("a b c d e")
	for scheme, tags := range map[string]string{
		"IOB1": "I-X I-X B-X O I-Y", "IOB2": "B-X I-X B-X O B-Y", "IOE1": "I-X E-X I-X O I-Y", "IOE2": "I-X E-X E-X O E-Y",
		"BIOES": "B-X E-X S-X O S-Y", "BILOU": "B-X L-X U-X O U-Y", "BMES": "B-X E-X S-X O S-Y",
	} {
		var b strings.Builder
		for i, tag := range strings.Fields(tags) {
			b.WriteString(tokens[i] + " _ " + tag + "\n")
		}
		want := `{"doc_id":"f","mentions":[{"mention_id":"m1","start":0,"end":3,"text":"a b","type":"X"},{"mention_id":"m2","start":4,"end":5,"text":"c","type":"X"},{"mention_id":"m3","start":8,"end":9,"text":"e","type":"Y"}]}` + "\n"
		if got := readText("conll", "f.conll", b.String(), labels.ReadOptions{}); got != want {
			t.Errorf("%s: got %s", scheme, got)
		}
		if !detectCoNLL("x", []byte(b.String())) {
			t.Errorf("%s: not detected", scheme)
		}
	}
}

func TestCoNLLRead(t *testing.T) {
	text := "-DOCSTART- a O\n\n😀 O\nقال O\nبوتين B-PER\n\nموسكو B-GPE\nترحب I-GPE\n\n# newdoc id = b\n# sent_id = 1\nإن\tO\n"
	want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER"},{"mention_id":"m2","start":15,"end":25,"text":"موسكو ترحب","type":"GPE"}]}` + "\n" + `{"doc_id":"b"}` + "\n"
	if got := readText("conll", "f.conll", text, labels.ReadOptions{Text: emojiTexts}); got != want {
		t.Errorf("got %s", got)
	}
	for _, tt := range []struct{ old, new, want string }{
		{"بوتين B", "لافروف B", `error: f.conll:5: token: found "لافروف", expected "بوتين إن موسكو ترحب" as in the article`},
		{"B-PER", "PER", `error: f.conll:5: tag: found "PER", expected O, or B-TYPE`},
		{"قال O", "قال", `error: f.conll:4: tag: found "قال"`},
	} {
		if got := readText("conll", "f.conll", strings.Replace(text, tt.old, tt.new, 1), labels.ReadOptions{Text: emojiTexts}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s", tt.new, got)
		}
	}
}

// Nested mentions have a column a level; grammar is none, and what is not read is
// said.
func TestCoNLLNestedColumns(t *testing.T) {
	const hall = `{"mention_id":"m1","start":0,"end":12,"text":"Lincoln Hall","type":"FAC"},{"mention_id":"m2","start":0,"end":7,"text":"Lincoln","type":"PER"}`
	for _, tt := range []struct{ name, text, want string }{
		{"LitBank", "Lincoln\tB-FAC\tB-PER\tO\nHall\tI-FAC\tO\tO\n", hall},
		{"GermEval", "#\thttp://example.org/1 [2009-10-17]\n1\tLincoln\tB-FAC\tB-PER\n2\tHall\tI-FAC\tO\n\n#\tx [y]\n1\tis\tO\tO\n", hall},
		{"CoNLL-2003", "Lincoln NNP B-NP B-FAC\nHall NNP I-NP I-FAC\n", `{"mention_id":"m1","start":0,"end":12,"text":"Lincoln Hall","type":"FAC"}`},
		{"CoNLL-2003 without parts of speech", "Lincoln B-NP B-FAC\nHall I-NP I-FAC\n", `{"mention_id":"m1","start":0,"end":12,"text":"Lincoln Hall","type":"FAC"}`},
		{"tags beside other columns", "Lincoln B-PER NNP B-FAC\nHall O NNP I-FAC\n", `f.conll:1: left out: tags in column 2, which --columns can name f` + "\n" + `{"mention_id":"m1","start":0,"end":12,"text":"Lincoln Hall","type":"FAC"}`},
		{"bars between tags", "Lincoln B-FAC|B-PER\nHall I-FAC\n", hall},
		{"bars, another order", "Lincoln B-PER|B-FAC\nHall L-FAC\n", strings.NewReplacer("m1", "m2", "m2", "m1").Replace(hall[strings.Index(hall, "},")+2:] + "," + hall[:strings.Index(hall, "},")+1])},
		{"bars, two of a type", "New B-GPE|B-GPE\nYork I-GPE|O\n", `{"mention_id":"m1","start":0,"end":8,"text":"New York","type":"GPE"},{"mention_id":"m2","start":0,"end":3,"text":"New","type":"GPE"}`},
		{"a bar in a type", "Rome B-A|B\nis O\n", `{"mention_id":"m1","start":0,"end":4,"text":"Rome","type":"A|B"}`},
		{"numbers as tokens", "1 NN B-FAC\n3 NN I-FAC\n", `{"mention_id":"m1","start":0,"end":3,"text":"1 3","type":"FAC"}`},
		{"the same span in both", "Rome\tB-GPE\tB-LOC\n", `{"mention_id":"m1","start":0,"end":4,"text":"Rome","type":"GPE"},{"mention_id":"m2","start":0,"end":4,"text":"Rome","type":"LOC"}`},
	} {
		var opt labels.ReadOptions
		said := heard(&opt)
		got := readText("conll", "f.conll", tt.text, opt)
		if i := strings.Index(got, `[`); i > 0 {
			got = got[i+1 : strings.LastIndex(got, `]`)]
		}
		if got = strings.Join(append(*said, got), "\n"); got != tt.want {
			t.Errorf("%s: got %s", tt.name, got)
		}
	}
	chosen := labels.ReadOptions{Columns: []int{3, 1, 2}}
	if got := readText("conll", "f.conll", "B-FAC O Lincoln\nI-FAC B-PER Hall\n", chosen); !strings.Contains(got, `"text":"Lincoln Hall","type":"FAC"},{"mention_id":"m2","start":8,"end":12,"text":"Hall","type":"PER"}`) {
		t.Errorf("chosen: %s", got)
	}
	if got := readText("conll", "f.conll", "B-FAC O Lincoln\nI-FAC Hall\n", chosen); !strings.Contains(got, "f.conll:2: line: found 2 columns, expected the 3 that --columns names") {
		t.Errorf("short line: %s", got)
	}
	if got := readText("conll", "f.conll", "B-FAC O Lincoln\nx B-PER Hall\n", chosen); !strings.Contains(got, `f.conll:2: tag in column 1: found "x"`) {
		t.Errorf("no tag: %s", got)
	}
}

// Tokens of a treebank are aligned, counted and not refused.
func TestCoNLLEscapes(t *testing.T) {
	opt := labels.ReadOptions{Text: textsOf("Ann (Ben) said “no”.")}
	said := heard(&opt)
	got := readText("conll", "a.conll", "Ann B-PER\n-LRB- O\nBen B-PER\n-RRB- O\nsaid O\n`` O\nno B-X\n'' O\n. O\n", opt)
	if !strings.Contains(got, `"start":5,"end":8,"text":"Ben"`) || !strings.Contains(got, `"start":16,"end":18,"text":"no"`) {
		t.Error(got)
	}
	if want := "a.conll:2: token escaped or normalised, taken for the article's own letters"; len(*said) != 4 || (*said)[0] != want {
		t.Errorf("said %q", *said)
	}
}

func TestCoNLLWrite(t *testing.T) {
	d := &labels.Document{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{
		{ID: "m1", Span: schema.Span{Start: 2, End: 11}, Head: schema.NoSpan, Type: "PER"}, {ID: "m2", Span: schema.Span{Start: 7, End: 9}, Head: schema.NoSpan, Type: "PER"}},
		Events: []schema.Event{{ID: "e1", Span: schema.Span{Start: 2, End: 5}, Cue: schema.NoSpan}}}}
	var lost []string
	got, err := appendCoNLL(d, labels.WriteOptions{Text: emojiTexts, Lost: func(_, id, field string) { lost = append(lost, id+" "+field) }})
	want := "# doc_id = a\n😀\tO\nقال\tB-PER\nبوتين\tI-PER\nإن\tO\nموسكو\tO\nترحب\tO\n\n"
	if err != nil || got != want || strings.Join(lost, ", ") != "e1 event, m2 mention" {
		t.Errorf("%v %q\n%s", err, lost, got)
	}
}

// A name behind a proclitic: the word is cut, or left whole and the mention
// widened to it. Of two mentions in one word the first is written.
func TestCoNLLProclitics(t *testing.T) {
	text := func(string) *schema.Index { return schema.NewIndex("😀 قال لبوتين وماكرون") }
	d := &labels.Document{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{
		{ID: "m1", Span: schema.Span{Start: 7, End: 12}, Head: schema.NoSpan, Type: "PER"}, {ID: "m2", Span: schema.Span{Start: 14, End: 17}, Head: schema.NoSpan, Type: "PER"},
		{ID: "m3", Span: schema.Span{Start: 17, End: 20}, Head: schema.NoSpan, Type: "GPE"}}}}
	for whole, want := range map[bool]string{
		false: "# doc_id = a\n😀\tO\nقال\tO\nل\tO\nبوتين\tB-PER\nو\tO\nماك\tB-PER\nرون\tB-GPE\n\n()",
		true:  "# doc_id = a\n😀\tO\nقال\tO\nلبوتين\tB-PER\nوماكرون\tB-PER\n\n(m1 span, m2 span, m3 span, m3 mention)",
	} {
		var lost []string
		got, err := appendCoNLL(d, labels.WriteOptions{Text: text, WholeWords: whole, Lost: func(_, id, field string) { lost = append(lost, id+" "+field) }})
		if got += "(" + strings.Join(lost, ", ") + ")"; err != nil || got != want {
			t.Errorf("whole words %v: %v\n%s\nwant\n%s", whole, err, got, want)
		}
	}
}

// Whole words: what is read back covers what was written, and no token of the
// text is cut.
func TestCoNLLWholeWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := labelstest.Labelling("a").Draw(t, "document")
		x := schema.NewIndex(l.Text)
		out, err := appendCoNLL(l.Doc, labels.WriteOptions{Text: textsOf(l.Text), WholeWords: true})
		if err != nil {
			t.Fatal(err)
		}
		src := labels.Source{FS: fstest.MapFS{"f.conll": {Data: []byte(out)}}, Path: "f.conll"}
		back, err := labels.ReadAll(format("conll").Read(src, labels.ReadOptions{Text: textsOf(l.Text)}))
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		words := segment.Tokens(x, nil)
		for _, m := range back[0].Mentions {
			if _, _, ok := segment.TokenRange(words, m.Span); !ok {
				t.Fatalf("%s is no row of words\n%s", m.Span, out)
			}
			if !slices.ContainsFunc(l.Doc.Mentions, func(w schema.Mention) bool { return m.Span.Start <= w.Span.Start && w.Span.End <= m.Span.End }) {
				t.Fatalf("%s covers no mention\n%s", m.Span, out)
			}
		}
	})
}

func FuzzCoNLL(f *testing.F) {
	f.Add("-DOCSTART- a\n\nقال B-PER\nبوتين E-PER\n\n# doc_id = b\nx\tO\n")
	fuzzReader(f, "conll", ".conll")
}

// Articles without a name are numbered behind the name of the file.
func TestCoNLLUnnamed(t *testing.T) {
	got := readText("conll", "f.conll", "-DOCSTART- -X- O O\n\nx\tO\n\n-DOCSTART- -X- O O\n\ny\tO\n", labels.ReadOptions{})
	if want := `{"doc_id":"f"}` + "\n" + `{"doc_id":"f-2"}` + "\n"; got != want {
		t.Errorf("got %s", got)
	}
}
