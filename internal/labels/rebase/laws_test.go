package rebase

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

// genWords draws a text of a small vocabulary, so that words and lines repeat.
func genWords(vocabulary string) *rapid.Generator[string] {
	words := strings.Fields(vocabulary)
	line := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 12).Draw(t, "words"), rapid.SampledFrom([]string{" ", " ", ", "}).Draw(t, "between"))
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(line, 1, 8).Draw(t, "lines"), "\n")
	})
}

const (
	vocabulary = "قال بوتين وبوتين إن روسيا لروسيا 😀 the of Syria envoys said Syria's — 2016 مُحمد"
	foreign    = "zz q1 жж ќќ ξξξ !! 🎉🎉"
)

// drawLabels draws labels on a text: words and runs of words.
func drawLabels(t *rapid.T, text string) *labels.Document {
	words := newWordText(text).words
	x := schema.NewIndex(text)
	span := func(name string) (schema.Span, string) {
		i := rapid.IntRange(0, len(words)-1).Draw(t, name)
		j := min(i+rapid.IntRange(0, 3).Draw(t, name+" words"), len(words)-1)
		s := schema.Span{Start: words[i].Start, End: words[j].End}
		surface, _ := x.Slice(s)
		return s, surface
	}
	d := &labels.Document{Annotation: schema.Annotation{DocID: "a"}}
	ids := []string{"m1", "m2", "m3", "m4"}
	for _, id := range ids[:rapid.IntRange(1, 4).Draw(t, "mentions")] {
		m := schema.Mention{ID: id, Head: schema.NoSpan, Type: rapid.SampledFrom([]string{"PER", "ORG"}).Draw(t, "type")}
		m.Span, m.Text = span(id)
		if rapid.Bool().Draw(t, "head") {
			m.Head = schema.Span{Start: m.Span.End - 1, End: m.Span.End}
		}
		d.Mentions = append(d.Mentions, m)
	}
	for _, id := range []string{"e1", "e2", "e3"}[:rapid.IntRange(0, 3).Draw(t, "events")] {
		e := schema.Event{ID: id, Type: "CONSULT", Cue: schema.NoSpan}
		e.Span, e.Text = span(id)
		if rapid.Bool().Draw(t, "cue") {
			e.Cue, _ = span("cue")
			e.SourceMentionID = rapid.SampledFrom(ids).Draw(t, "source")
		}
		when := schema.Argument{Role: "TIME"}
		when.Span, when.Text = span("time")
		e.Arguments = []schema.Argument{{Role: "ACTOR", MentionID: rapid.SampledFrom(ids).Draw(t, "actor"), Span: schema.NoSpan}, when,
			{Role: "TOPIC", TargetEventID: rapid.SampledFrom([]string{"e1", "e2", "e3"}).Draw(t, "topic"), Span: schema.NoSpan}}
		d.Events = append(d.Events, e)
	}
	labelstest.Sort(&d.Annotation)
	return d
}

// insert puts foreign words and lines between the words of a text, outside of
// what is labelled.
func insert(t *rapid.T, text string, d *labels.Document) string {
	var b strings.Builder
	at := int32(0)
	for _, r := range text {
		inside := false
		for s := range d.Spans() {
			inside = inside || s.Span.IsSet() && s.Span.Start < at && at < s.Span.End
		}
		if r == ' ' && !inside && rapid.IntRange(0, 3).Draw(t, "insert") == 0 {
			b.WriteString(" " + strings.ReplaceAll(genWords(foreign).Draw(t, "inserted"), "\n", " "))
		}
		if r == '\n' && !inside && rapid.IntRange(0, 3).Draw(t, "insert line") == 0 {
			b.WriteString("\n" + genWords(foreign).Draw(t, "inserted lines"))
		}
		b.WriteRune(r)
		at++
	}
	return b.String()
}

func written(t *rapid.T, d *labels.Document) []byte {
	b, err := native.AppendFile(nil, d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Insertions that leave the labelled spans alone move every label, lose none,
// and are undone without a trace.
func TestRebaseInsertionsAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := genWords(vocabulary).Draw(t, "text")
		d := drawLabels(t, old)
		new := insert(t, old, d)
		there, err := Document(d, schema.NewIndex(old), schema.NewIndex(new))
		if err != nil || len(there.Items) > 0 {
			t.Fatalf("%v %v\n%s", err, there.Items, new)
		}
		back, err := Document(there.Document, schema.NewIndex(new), schema.NewIndex(old))
		if err != nil || len(back.Items) > 0 {
			t.Fatalf("back: %v %v\n%s", err, back.Items, new)
		}
		if want, got := written(t, d), written(t, back.Document); !bytes.Equal(want, got) {
			t.Fatalf("%s\nis now\n%s", want, got)
		}
	})
}

// change edits a text at random: words are replaced, cut, misspelt and swapped.
func change(t *rapid.T, text string) string {
	words := strings.SplitAfter(text, " ")
	for range rapid.IntRange(0, 6).Draw(t, "changes") {
		i := rapid.IntRange(0, len(words)-1).Draw(t, "at")
		j := rapid.IntRange(0, len(words)-1).Draw(t, "and")
		switch rapid.IntRange(0, 3).Draw(t, "change") {
		case 0:
			words[i] = rapid.SampledFrom(strings.Fields(vocabulary)).Draw(t, "word") + " "
		case 1:
			words[i] = ""
		case 2:
			words[i] += rapid.SampledFrom([]string{"ي", "s", "\n", "و", "ُ"}).Draw(t, "letter")
		default:
			words[i], words[j] = words[j], words[i]
		}
	}
	return strings.Join(words, "")
}

// Whatever changes, surfaces fit, counts add up, and a mention never comes to
// lie across or on another where it did not before.
func TestRebaseAnyChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := genWords(vocabulary).Draw(t, "text")
		d := drawLabels(t, old)
		new := rapid.OneOf(rapid.Just(change(t, old)), genWords(vocabulary+" "+foreign)).Draw(t, "new")
		r, err := Document(d, schema.NewIndex(old), schema.NewIndex(new))
		if err != nil {
			t.Fatal(err)
		}
		checkRebased(t, d, r, new)
		for i, a := range r.Document.Mentions {
			for _, b := range r.Document.Mentions[:i] {
				oldA, oldB := d.MentionByID(a.ID), d.MentionByID(b.ID)
				if a.Span.Crosses(b.Span) && !oldA.Span.Crosses(oldB.Span) {
					t.Fatalf("%s crosses %s", a.ID, b.ID)
				}
				if a.Span == b.Span && a.Type == b.Type && oldA.Span != oldB.Span {
					t.Fatalf("%s lies on %s", a.ID, b.ID)
				}
			}
		}
		known := map[string]bool{}
		for _, m := range r.Document.Mentions {
			known[m.ID] = true
		}
		for _, e := range r.Document.Events {
			for _, a := range e.Arguments {
				if a.MentionID != "" && !known[a.MentionID] && d.MentionByID(a.MentionID) != nil {
					t.Fatalf("an argument of %s names %s, which is gone", e.ID, a.MentionID)
				}
			}
		}
	})
}

// The order of mentions and events does not matter.
func TestRebaseOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := genWords(vocabulary).Draw(t, "text")
		d := drawLabels(t, old)
		new := change(t, old)
		shuffled := &labels.Document{Annotation: schema.Annotation{DocID: d.DocID, Mentions: rapid.Permutation(d.Mentions).Draw(t, "mentions"),
			Events: rapid.Permutation(d.Events).Draw(t, "events")}}
		a, err := Document(d, schema.NewIndex(old), schema.NewIndex(new))
		if err != nil {
			t.Fatal(err)
		}
		b, err := Document(shuffled, schema.NewIndex(old), schema.NewIndex(new))
		if err != nil {
			t.Fatal(err)
		}
		labelstest.Sort(&a.Document.Annotation)
		labelstest.Sort(&b.Document.Annotation)
		if !bytes.Equal(written(t, a.Document), written(t, b.Document)) || a.Counts != b.Counts || len(a.Items) != len(b.Items) {
			t.Fatalf("%+v %v\n%+v %v", a.Counts, a.Items, b.Counts, b.Items)
		}
		for _, item := range a.Items {
			if !slices.Contains(b.Items, item) {
				t.Fatalf("%v is not in %v", item, b.Items)
			}
		}
	})
}

// checkAlignment checks what holds of every alignment.
func checkAlignment(t testing.TB, old, new string) {
	t.Helper()
	al := alignTexts(old, new)
	pairs := 0
	for p, q := range al.to {
		if q < 0 {
			continue
		}
		pairs++
		if al.from[q] != int32(p) {
			t.Fatalf("%d has the partner %d, which has %d", p, q, al.from[q])
		}
		if a, b := al.old[p], al.new[q]; a != b && (!occurrence.InWord(a) || !occurrence.InWord(b)) {
			t.Fatalf("%q at %d has the partner %q at %d", a, p, b, q)
		}
	}
	for _, p := range al.from {
		if p >= 0 {
			pairs--
		}
	}
	if pairs != 0 {
		t.Fatalf("%d partners too many", pairs)
	}
	if old == new {
		for p, q := range al.to {
			if q != int32(p) {
				t.Fatalf("%d has the partner %d in the same text", p, q)
			}
		}
	}
}

func FuzzAlignTexts(f *testing.F) {
	f.Add(city, swapLines(city, 1, 2))
	f.Add(city, oped)
	f.Add("قال اوباما إن\nالأمر 😀 انتهى", "قال أوباما: إن 🎉\n\nانتهى الأمرُ")
	f.Add("a b a b c\xff\u200f", "b a\u0640 b a c")
	f.Add("\xd90ا\xd9", "\x820")
	f.Fuzz(func(t *testing.T, old, new string) {
		checkAlignment(t, old, new)
		checkAlignment(t, old, old)
		words := newWordText(old).words
		if len(words) == 0 || len(old) > 1<<12 {
			return
		}
		x := schema.NewIndex(old)
		d := &labels.Document{Annotation: schema.Annotation{DocID: "a"}}
		for i := range min(len(words), 50) {
			s := schema.Span{Start: words[i].Start, End: words[min(i+i%4, len(words)-1)].End}
			surface, _ := x.Slice(s)
			d.Mentions = append(d.Mentions, schema.Mention{Span: s, Text: surface, Head: words[i]})
		}
		r, err := Document(d, x, schema.NewIndex(new))
		if err != nil {
			t.Fatal(err)
		}
		checkRebased(t, d, r, new)
	})
}
