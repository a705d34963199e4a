package labels

import (
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
	"pgregory.net/rapid"
)

func TestTokenise(t *testing.T) {
	// وماكرون is cut after its proclitic, where a mention begins.
	x := schema.NewIndex("قال، وماكرون (م) 3.5\n😀a_b.")
	var got []string
	tokens := tokenise(x, []schema.Span{{Start: 6, End: 12}})
	for _, s := range tokens {
		v, _ := x.Slice(s)
		got = append(got, v)
	}
	want := []string{"قال", "،", "و", "ماكرون", "(", "م", ")", "3.5", "😀", "a_b", "."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if from, to, ok := tokenRange(tokens, schema.Span{Start: 6, End: 12}); !ok || from != 3 || to != 4 {
		t.Errorf("tokens %d to %d, %v", from, to, ok)
	}
	if _, _, ok := tokenRange(tokens, schema.Span{Start: 5, End: 11}); ok {
		t.Error("a span that ends inside a token")
	}
	if got := sentences(x, tokens, nil); !slices.Equal(got, [][2]int{{0, 8}, {8, 11}}) {
		t.Errorf("sentences %v", got)
	}
	if got := sentences(x, tokens, []schema.Span{{Start: 17, End: 22}}); len(got) != 1 {
		t.Errorf("a span over the line break: %v", got)
	}
}

// The tokens of a text are found in it again, also by sentence and where they
// were cut.
func TestTokensAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := genLabelled("a").Draw(t, "text")
		x := schema.NewIndex(l.text)
		var spans []schema.Span
		for _, m := range l.doc.Mentions {
			spans = append(spans, m.Span)
		}
		tokens := tokenise(x, spans)
		var parts [][]string
		for _, s := range sentences(x, tokens, spans) {
			var words []string
			for _, tok := range tokens[s[0]:s[1]] {
				v, _ := x.Slice(tok)
				words = append(words, v)
			}
			parts = append(parts, words)
		}
		_, places, _, err := placeTokens(ReadOptions{Text: func(string) *schema.Index { return x }}, "a", parts)
		if err != nil || !slices.Equal(slices.Concat(places...), tokens) {
			t.Fatalf("%v: %v, want %v in %q", err, places, tokens, l.text)
		}
		for _, s := range spans {
			if _, _, ok := tokenRange(tokens, s); !ok {
				t.Fatalf("%s is no row of tokens", s)
			}
		}
	})
}

// A text whose spacing, tatweel and vowel signs differ from the article's
// keeps every span on the same letters.
func TestMoveOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfN(rapid.SampledFrom([]rune("بوتين😀a ")), 1, 20).Draw(t, "letters")
		noise := func(label string) (text string, at []int32) {
			var b strings.Builder
			n := int32(0)
			for _, r := range letters {
				at = append(at, n)
				b.WriteRune(r)
				n++
				if extra := rapid.SampledFrom([]string{"", "", "ـ", "َ", "\u200f"}).Draw(t, label); r != ' ' {
					b.WriteString(extra)
					n += int32(len([]rune(extra)))
				} else if extra != "" {
					b.WriteString("\u00a0")
					n++
				}
			}
			return b.String(), at
		}
		one, at1 := noise("one")
		two, at2 := noise("two")
		i := rapid.IntRange(0, len(letters)-1).Draw(t, "letter")
		if letters[i] == ' ' {
			return
		}
		d := &Document{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{{Span: schema.Span{Start: at1[i], End: at1[i] + 1}, Head: schema.NoSpan}}}}
		if err := settle(ReadOptions{Text: func(string) *schema.Index { return schema.NewIndex(two) }}, d, one, CodePoints); err != nil {
			t.Fatalf("%v: %q, %q", err, one, two)
		}
		if m := d.Mentions[0]; m.Span.Start != at2[i] || []rune(m.Text)[0] != letters[i] {
			t.Fatalf("%q at %s of %q, want %c at %d", m.Text, m.Span, two, letters[i], at2[i])
		}
	})
}
