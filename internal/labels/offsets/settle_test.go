package offsets

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

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
		d := &labels.Document{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{{Span: schema.Span{Start: at1[i], End: at1[i] + 1}, Head: schema.NoSpan}}}}
		if err := Settle(labels.ReadOptions{Text: func(string) *schema.Index { return schema.NewIndex(two) }}, d, one, labels.CodePoints); err != nil {
			t.Fatalf("%v: %q, %q", err, one, two)
		}
		if m := d.Mentions[0]; m.Span.Start != at2[i] || []rune(m.Text)[0] != letters[i] {
			t.Fatalf("%q at %s of %q, want %c at %d", m.Text, m.Span, two, letters[i], at2[i])
		}
	})
}
