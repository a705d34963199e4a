package segment

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

func TestTokenise(t *testing.T) {
	// وماكرون is cut after its proclitic, where a mention begins.
	x := schema.NewIndex("قال، وماكرون (م) 3.5\n😀a_b.")
	var got []string
	tokens := Tokens(x, []schema.Span{{Start: 6, End: 12}})
	for _, s := range tokens {
		v, _ := x.Slice(s)
		got = append(got, v)
	}
	want := []string{"قال", "،", "و", "ماكرون", "(", "م", ")", "3.5", "😀", "a_b", "."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if from, to, ok := TokenRange(tokens, schema.Span{Start: 6, End: 12}); !ok || from != 3 || to != 4 {
		t.Errorf("tokens %d to %d, %v", from, to, ok)
	}
	if _, _, ok := TokenRange(tokens, schema.Span{Start: 5, End: 11}); ok {
		t.Error("a span that ends inside a token")
	}
	if got := Sentences(x, tokens, nil); !slices.Equal(got, [][2]int{{0, 8}, {8, 11}}) {
		t.Errorf("sentences %v", got)
	}
	if got := Sentences(x, tokens, []schema.Span{{Start: 17, End: 22}}); len(got) != 1 {
		t.Errorf("a span over the line break: %v", got)
	}
}

// The tokens of a text are found in it again, also by sentence and where they
// were cut.
func TestTokensAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := labelstest.Labelling("a").Draw(t, "text")
		x := schema.NewIndex(l.Text)
		var spans []schema.Span
		for _, m := range l.Doc.Mentions {
			spans = append(spans, m.Span)
		}
		tokens := Tokens(x, spans)
		var parts [][]string
		for _, s := range Sentences(x, tokens, spans) {
			var words []string
			for _, tok := range tokens[s[0]:s[1]] {
				v, _ := x.Slice(tok)
				words = append(words, v)
			}
			parts = append(parts, words)
		}
		placed, _, err := PlaceTokens(labels.ReadOptions{Text: func(string) *schema.Index { return x }}, "a", parts)
		if err != nil || !slices.Equal(slices.Concat(placed.Tokens...), tokens) || len(placed.Respelt) > 0 {
			t.Fatalf("%v: %v, want %v in %q", err, placed, tokens, l.Text)
		}
		for _, s := range spans {
			if _, _, ok := TokenRange(tokens, s); !ok {
				t.Fatalf("%s is no row of tokens", s)
			}
		}
	})
}

// Tokens of treebanks and of normalised Arabic stand for the text's own letters.
func TestRespeltTokens(t *testing.T) {
	for _, tt := range []struct{ text, tokens, want string }{
		{`He said "yes (or 1/2 no)" — then…`, "He said `` yes -LRB- or 1\\/2 no -RRB- '' -- then ...", `He|said|"|yes|(|or|1/2|no|)|"|—|then|…`},
		{"قالَ الرَّئيسُ إنّ أمّه", "قال الرئيس ان امه", "قالَ|الرَّئيسُ|إنّ|أمّه"},
		{"1a 2b (c) 2b [d]", "2b -lsb- d -rsb-", "2b|[|d|]"},
		{"a``b -LRB-", "a `` b -LRB-", "a|``|b|-LRB-"}, // which stand there as they are
	} {
		x := schema.NewIndex(tt.text)
		placed, _, err := PlaceTokens(labels.ReadOptions{Text: func(string) *schema.Index { return x }}, "a", [][]string{strings.Fields(tt.tokens)})
		var got []string
		for _, s := range slices.Concat(placed.Tokens...) {
			surface, _ := x.Slice(s)
			got = append(got, surface)
		}
		if strings.Join(got, "|") != tt.want || err != nil {
			t.Errorf("%s: got %q, %v", tt.tokens, got, err)
		}
	}
	x := schema.NewIndex("one two")
	if _, _, err := PlaceTokens(labels.ReadOptions{Text: func(string) *schema.Index { return x }}, "a", [][]string{{"one", "three"}}); err == nil {
		t.Error("a token that is not there was placed")
	}
}
