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
		l := newLabeller("😀" + strings.Join(words, "") + "ى")
		d := &labels.Document{Annotation: schema.Annotation{DocID: docID}}
		for i := range rapid.IntRange(0, 5).Draw(t, "mentions") {
			d.Mentions = append(d.Mentions, l.mention(t, i))
		}
		var ids []string
		for i := range rapid.IntRange(0, 3).Draw(t, "events") {
			ids = append(ids, drawID(t, "e", i))
		}
		for _, id := range ids {
			e := l.event(t, id)
			if len(d.Mentions) > 0 && rapid.Bool().Draw(t, "source") {
				e.SourceMentionID = d.Mentions[0].ID
			}
			for range rapid.IntRange(0, 3).Draw(t, "arguments") {
				e.Arguments = append(e.Arguments, l.argument(t, d.Mentions, ids))
			}
			d.Events = append(d.Events, e)
		}
		return Labelled{d, l.text}
	})
}

// labeller draws labels of a text.
type labeller struct {
	text  string
	index *schema.Index
	spans *rapid.Generator[schema.Span] // that begin and end with a visible character
}

func newLabeller(text string) *labeller {
	visible := []int32{}
	for i, r := range []rune(text) {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			visible = append(visible, int32(i))
		}
	}
	return &labeller{text, schema.NewIndex(text), rapid.Custom(func(t *rapid.T) schema.Span {
		i := rapid.IntRange(0, len(visible)-1).Draw(t, "from")
		j := rapid.IntRange(i, min(len(visible)-1, i+5)).Draw(t, "to")
		return schema.Span{Start: visible[i], End: visible[j] + 1}
	})}
}

func (l *labeller) surface(s schema.Span) string { v, _ := l.index.Slice(s); return v }

// part is a span or none.
func (l *labeller) part(t *rapid.T) schema.Span {
	if !rapid.Bool().Draw(t, "has part") {
		return schema.NoSpan
	}
	return l.spans.Draw(t, "part")
}

var odd = rapid.SampledFrom([]string{"", "x", "NAM", "putin", "a b", "ب|_[1];", "a\tb", "c\nd", "\\n*", "😀"})

func (l *labeller) mention(t *rapid.T, i int) schema.Mention {
	s := l.spans.Draw(t, "span")
	return schema.Mention{ID: drawID(t, "m", i), Span: s, Text: l.surface(s), Fragments: drawFragments(t, s), Head: l.part(t),
		Type:  rapid.SampledFrom([]string{"PER", "ORG", "GPE", "", "CONSULT", "TIME", "Head", "mention:x", "Cue", "نوع"}).Draw(t, "type"),
		Level: odd.Draw(t, "level"), ActorID: odd.Draw(t, "actor"), Metonym: rapid.Bool().Draw(t, "metonym"), Confidence: drawConfidence(t)}
}

func (l *labeller) event(t *rapid.T, id string) schema.Event {
	s := l.spans.Draw(t, "trigger")
	codes := func(list ...string) []string {
		return GenList(rapid.SampledFrom(append(list, "a b"))).Draw(t, "codes")
	}
	return schema.Event{ID: id, Span: s, Text: l.surface(s), Fragments: drawFragments(t, s), Type: rapid.SampledFrom([]string{"CONSULT", "AGREE", "x", "", "ACTOR"}).Draw(t, "type"),
		Modes: codes("phone", "visit"), Contexts: codes("military"), CAMEO: odd.Draw(t, "cameo"), Realis: odd.Draw(t, "realis"), Auxiliaries: codes("future"),
		HopperID: odd.Draw(t, "hopper"), PartOf: odd.Draw(t, "part of"), Cue: l.part(t), Quoted: rapid.Ptr(rapid.Bool(), true).Draw(t, "quoted"), Confidence: drawConfidence(t)}
}

func (l *labeller) argument(t *rapid.T, mentions []schema.Mention, events []string) schema.Argument {
	a := schema.Argument{Role: rapid.SampledFrom([]string{"ACTOR", "TOPIC", "SOURCE", "TIME"}).Draw(t, "role"), Span: schema.NoSpan, Confidence: drawConfidence(t)}
	switch kind := rapid.IntRange(0, 2).Draw(t, "filler"); {
	case kind == 0 && len(mentions) > 0:
		a.MentionID = mentions[rapid.IntRange(0, len(mentions)-1).Draw(t, "mention")].ID
	case kind == 1:
		a.TargetEventID = rapid.SampledFrom(events).Draw(t, "target")
	default:
		a.Span = l.spans.Draw(t, "argument")
		a.Text, a.Value = l.surface(a.Span), odd.Draw(t, "value")
	}
	return a
}

func drawFragments(t *rapid.T, s schema.Span) []schema.Span {
	if s.Len() < 3 || rapid.IntRange(0, 3).Draw(t, "contiguous") > 0 {
		return nil
	}
	return []schema.Span{{Start: s.Start, End: s.Start + 1}, {Start: s.End - 1, End: s.End}}
}

func drawConfidence(t *rapid.T) *float64 {
	if rapid.IntRange(0, 3).Draw(t, "sure") > 0 {
		return nil
	}
	v := float64(rapid.IntRange(0, 8).Draw(t, "confidence")) / 8
	return &v
}

func drawID(t *rapid.T, prefix string, i int) string {
	if rapid.IntRange(0, 5).Draw(t, "odd id") == 0 {
		return fmt.Sprintf("ن %s:%d", prefix, i)
	}
	return fmt.Sprint(prefix, i+1)
}
