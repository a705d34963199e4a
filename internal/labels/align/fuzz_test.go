package align

import (
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/schema"
)

// Normalising and aligning must hold up against any text.
func FuzzAlign(f *testing.F) {
	f.Add("قال بوتين إن موسكو", "بوتين", int32(4), int32(9))
	f.Add("a\u0640\u064b \u200f😀", "😀", int32(-1), int32(-1))
	f.Fuzz(func(t *testing.T, text, surface string, start, end int32) {
		x := schema.NewIndex(text)
		d := &labels.Document{Annotation: schema.Annotation{DocID: "a",
			Mentions: []schema.Mention{{Span: schema.Span{Start: start, End: end}, Head: schema.NoSpan, Text: surface}, {Span: schema.NoSpan, Head: schema.NoSpan, Text: surface}},
			Events:   []schema.Event{{Span: schema.NoSpan, Cue: schema.NoSpan, Text: surface}}}}
		r := Resolver{Text: func(string) *schema.Index { return x }, Move: true}
		if err := r.Resolve(d); err != nil {
			return // offsets that are wrong beyond repair
		}
		for s := range d.Spans() {
			if s.Text == nil || !s.Span.IsSet() {
				continue
			}
			if got, ok := x.Slice(*s.Span); !ok || got != *s.Text {
				t.Fatalf("%v: %q at %v, text has %q", s, *s.Text, s.Span, got)
			}
		}
		n := normalise.Map(text)
		if again := normalise.Map(n.Text).Text; again != n.Text {
			t.Fatalf("normalised twice: %q, once: %q", again, n.Text)
		}
		for i := range n.Len() {
			if _, ok := x.Slice(n.Original(schema.Span{Start: i, End: i + 1})); !ok {
				t.Fatalf("code point %d of %q maps outside %q", i, n.Text, text)
			}
		}
	})
}
