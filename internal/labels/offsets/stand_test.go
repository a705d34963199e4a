package offsets

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// What stands in code points is found to fit in code points by the search for the
// unit, whatever the text; and what fits, with all surfaces, stands.
func TestStandAgreesWithTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("aé\nب😀")), 1, 12, -1).Draw(t, "text")
		if rapid.Bool().Draw(t, "damaged") {
			text += "\xd8" + text + "\x80"
		}
		x := schema.NewIndex(text)
		d := &labels.Document{}
		for range rapid.IntRange(1, 3).Draw(t, "mentions") {
			start := rapid.Int32Range(0, x.Len()).Draw(t, "start")
			m := schema.Mention{Span: schema.Span{Start: start, End: start + rapid.Int32Range(0, 3).Draw(t, "length")}, Head: schema.NoSpan}
			m.Text = rapid.SampledFrom([]string{"a", "é", "😀a", "\xd8", "a\x80"}).Draw(t, "surface")
			if s, ok := x.Slice(m.Span); ok && rapid.IntRange(0, 3).Draw(t, "right") > 0 {
				m.Text = s
			}
			if rapid.Bool().Draw(t, "head") {
				m.Head = schema.Span{Start: rapid.Int32Range(0, 9).Draw(t, "head start"), End: rapid.Int32Range(0, 9).Draw(t, "head end")}
			}
			d.Mentions = append(d.Mentions, m)
		}
		given, ok := Stand(d, x)
		units, err := FittingUnits(d, x)
		if ok && given > 0 && (err != nil || !units.Has(labels.CodePoints)) {
			t.Fatalf("%+v stands in %q, but fits %v, %v", d.Mentions, text, units, err)
		}
		set := 0
		for i := range d.Mentions {
			if d.Mentions[i].Span.IsSet() && d.Mentions[i].Text != "" {
				set++
			}
		}
		if set == len(d.Mentions) && !ok && err == nil && units.Has(labels.CodePoints) && !damaged(text) {
			t.Fatalf("%+v fits %q and is not found to stand", d.Mentions, text)
		}
	})
}

// damaged reports whether the text is no UTF-8.
func damaged(text string) bool {
	for _, r := range text {
		if r == '\uFFFD' {
			return true
		}
	}
	return false
}
