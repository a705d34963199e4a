package labelstest

import (
	"fmt"
	"strings"
	"unicode"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Labelled is an annotation and its article's text.
type Labelled struct {
	Doc  *labels.Document
	Text string
}

// Labelling draws a text with Arabic, Latin and astral letters and an
// annotation that fits it: nested, crossing, equal and discontinuous spans.
func Labelling(docID string) *rapid.Generator[Labelled] {
	return rapid.Custom(func(t *rapid.T) Labelled {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"بوتين", "و", "الرئيس", " ", " ", " ", "\n", "😀", "a", "B.", "𐎠", ".", "؟", "\u200f", "مـَ", "_", "(x)"}), 1, 24).Draw(t, "words")
		text := "😀" + strings.Join(words, "") + "ى"
		x := schema.NewIndex(text)
		visible := []int32{}
		for i, r := range []rune(text) {
			if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
				visible = append(visible, int32(i))
			}
		}
		span := rapid.Custom(func(t *rapid.T) schema.Span {
			i := rapid.IntRange(0, len(visible)-1).Draw(t, "from")
			j := rapid.IntRange(i, min(len(visible)-1, i+5)).Draw(t, "to")
			return schema.Span{Start: visible[i], End: visible[j] + 1}
		})
		surface := func(s schema.Span) string { v, _ := x.Slice(s); return v }
		odd := rapid.SampledFrom([]string{"", "x", "NAM", "putin", "a b", "ب|_[1];", "a\tb", "c\nd", "\\n*", "😀"})
		part := func(s schema.Span) schema.Span {
			if !rapid.Bool().Draw(t, "has part") {
				return schema.NoSpan
			}
			return span.Draw(t, "part")
		}
		fragments := func(s schema.Span) []schema.Span {
			if s.Len() < 3 || rapid.IntRange(0, 3).Draw(t, "contiguous") > 0 {
				return nil
			}
			return []schema.Span{{Start: s.Start, End: s.Start + 1}, {Start: s.End - 1, End: s.End}}
		}
		codes := func(list ...string) []string {
			return GenList(rapid.SampledFrom(append(list, "a b"))).Draw(t, "codes")
		}
		confidence := func() *float64 {
			if rapid.IntRange(0, 3).Draw(t, "sure") > 0 {
				return nil
			}
			v := float64(rapid.IntRange(0, 8).Draw(t, "confidence")) / 8
			return &v
		}
		id := func(prefix string, i int) string {
			if rapid.IntRange(0, 5).Draw(t, "odd id") == 0 {
				return fmt.Sprintf("ن %s:%d", prefix, i)
			}
			return fmt.Sprint(prefix, i+1)
		}
		d := &labels.Document{Annotation: schema.Annotation{DocID: docID}}
		for i := range rapid.IntRange(0, 5).Draw(t, "mentions") {
			s := span.Draw(t, "span")
			d.Mentions = append(d.Mentions, schema.Mention{ID: id("m", i), Span: s, Text: surface(s), Fragments: fragments(s), Head: part(s),
				Type:  rapid.SampledFrom([]string{"PER", "ORG", "GPE", "", "CONSULT", "TIME", "Head", "mention:x", "Cue", "نوع"}).Draw(t, "type"),
				Level: odd.Draw(t, "level"), ActorID: odd.Draw(t, "actor"), Metonym: rapid.Bool().Draw(t, "metonym"), Confidence: confidence()})
		}
		events := rapid.IntRange(0, 3).Draw(t, "events")
		ids := []string{}
		for i := range events {
			ids = append(ids, id("e", i))
		}
		for i := range events {
			s := span.Draw(t, "trigger")
			e := schema.Event{ID: ids[i], Span: s, Text: surface(s), Fragments: fragments(s), Type: rapid.SampledFrom([]string{"CONSULT", "AGREE", "x", "", "ACTOR"}).Draw(t, "type"),
				Modes: codes("phone", "visit"), Contexts: codes("military"), CAMEO: odd.Draw(t, "cameo"), Realis: odd.Draw(t, "realis"), Auxiliaries: codes("future"),
				HopperID: odd.Draw(t, "hopper"), PartOf: odd.Draw(t, "part of"), Cue: part(s), Quoted: rapid.Ptr(rapid.Bool(), true).Draw(t, "quoted"), Confidence: confidence()}
			if len(d.Mentions) > 0 && rapid.Bool().Draw(t, "source") {
				e.SourceMentionID = d.Mentions[0].ID
			}
			for range rapid.IntRange(0, 3).Draw(t, "arguments") {
				a := schema.Argument{Role: rapid.SampledFrom([]string{"ACTOR", "TOPIC", "SOURCE", "TIME"}).Draw(t, "role"), Span: schema.NoSpan, Confidence: confidence()}
				switch kind := rapid.IntRange(0, 2).Draw(t, "filler"); {
				case kind == 0 && len(d.Mentions) > 0:
					a.MentionID = d.Mentions[rapid.IntRange(0, len(d.Mentions)-1).Draw(t, "mention")].ID
				case kind == 1:
					a.TargetEventID = rapid.SampledFrom(ids).Draw(t, "target")
				default:
					a.Span = span.Draw(t, "argument")
					a.Text, a.Value = surface(a.Span), odd.Draw(t, "value")
				}
				e.Arguments = append(e.Arguments, a)
			}
			d.Events = append(d.Events, e)
		}
		return Labelled{d, text}
	})
}
