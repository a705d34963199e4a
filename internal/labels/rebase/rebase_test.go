package rebase

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/check"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// spanOf is the place of the nth occurrence, from 0, of a surface in a text.
func spanOf(t testing.TB, text, surface string, nth int) schema.Span {
	t.Helper()
	b := 0
	for range nth + 1 {
		i := strings.Index(text[b:], surface)
		if i < 0 {
			t.Fatalf("%q is not in %q", surface, text)
		}
		b += i + len(surface)
	}
	x := schema.NewIndex(text)
	start, _ := x.FromByte(b - len(surface))
	end, _ := x.FromByte(b)
	return schema.Span{Start: start, End: end}
}

// withMentions is a document with a mention m1, m2, … for each surface. "x#2" is
// the second occurrence of x.
func withMentions(t testing.TB, text string, surfaces ...string) *labels.Document {
	d := &labels.Document{Annotation: schema.Annotation{DocID: "a"}, At: labels.Position{File: "labels/a.json", Line: 1}}
	for i, s := range surfaces {
		surface, nth := s, 0
		if name, n, ok := strings.Cut(s, "#"); ok {
			surface = name
			fmt.Sscan(n, &nth)
			nth--
		}
		at := spanOf(t, text, surface, nth)
		d.Mentions = append(d.Mentions, schema.Mention{ID: fmt.Sprintf("m%d", i+1), Span: at, Text: surface, Head: at, Type: "PER", Level: "NAM", ActorID: "x"})
	}
	return d
}

func rebaseTexts(t testing.TB, d *labels.Document, old, new string) *Result {
	t.Helper()
	r, err := Document(d, schema.NewIndex(old), schema.NewIndex(new))
	if err != nil {
		t.Fatal(err)
	}
	checkRebased(t, d, r, new)
	return r
}

// fataler is a test, of testing or of rapid.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// checkRebased checks what holds of every result: surfaces fit, heads are
// inside, and the counts add up.
func checkRebased(t fataler, d *labels.Document, r *Result, new string) {
	t.Helper()
	if err := checkFit(r.Document, schema.NewIndex(new)); err != nil {
		t.Fatal(err)
	}
	spans := 0
	for s := range d.Spans() {
		if s.Span.IsSet() && (s.Kind == "mention" || s.Kind == "trigger" || s.Kind == "argument") {
			spans++
		}
	}
	if r.Counts.Total() != spans {
		t.Fatalf("%+v: sum %d of %d", r.Counts, r.Counts.Total(), spans)
	}
	listed := map[Outcome]int{}
	for _, i := range r.Items {
		listed[i.Outcome]++
		_ = i.String()
	}
	if listed[OutcomeUnplaced] != r.Counts.Unplaced || listed[OutcomeDropped] != r.Counts.Dropped {
		t.Fatalf("%+v: listed %v", r.Counts, listed)
	}
	for i := range r.Document.Mentions {
		if m := &r.Document.Mentions[i]; m.Head.IsSet() && !m.Span.Contains(m.Head) {
			t.Fatalf("head %v outside %v", m.Head, m.Span)
		}
	}
}

const (
	city = "Minister visits Damascus\nForeign minister Jane Doe arrived in Damascus on Monday for talks with President John Roe.\nNo date was set for the next round, officials in the capital said."
	oped = "Harvest begins early\nFarmers in the northern valleys have started to bring in their olives this week, a month ahead of time."
)

func TestRebaseMentions(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		surfaces       []string
		want           string // outcome and new surface, a mention each
	}{
		{"same text", city, city, []string{"Damascus"}, "kept Damascus"},
		{"typo inside", "President Jhon Roe spoke on Monday.", "President John Roe spoke on Monday.", []string{"President Jhon Roe"}, "reworded President John Roe"},
		{"typo at the end", "He came to Damascu on Monday.", "He came to Damascus on Monday.", []string{"Damascu"}, "reworded Damascus"},
		{"typo at the start", "He came to aDamascus on Monday.", "He came to Damascus on Monday.", []string{"aDamascus"}, "reworded Damascus"},
		{"hamza", "قال اوباما إن الأمر انتهى", "قال أوباما إن الأمر انتهى", []string{"اوباما"}, "reworded أوباما"},
		{"short word, folded letter", "سار على قدميه", "سار علي قدميه", []string{"على"}, "reworded علي"},
		{"vowel signs", "قال محمد إن الأمر انتهى", "قال مُحَمَّدٌ إن الأمر انتهى", []string{"محمد"}, "reworded مُحَمَّدٌ"},
		{"proclitic added", "التقى بوتين نظيره في جنيف", "التقى وبوتين نظيره في جنيف", []string{"بوتين"}, "moved بوتين"},
		{"proclitic removed", "أمس وبوتين في جنيف", "أمس بوتين في جنيف", []string{"بوتين"}, "moved بوتين"},
		{"proclitic changed", "ذهب لبوتين في جنيف", "ذهب وبوتين في جنيف", []string{"بوتين"}, "kept بوتين"},
		{"another name", "He met Jane Doe today.", "He met Mary Poe today.", []string{"Jane Doe"}, "not placed"},
		{"name cut out", "He met Jane Doe and John today.", "He met John today.", []string{"Jane Doe", "John"}, "not placed; moved John"},
		{"paragraph inserted", city, strings.Replace(city, "\n", "\nA storm closed the airport.\n", 1), []string{"Damascus", "Damascus#2", "John Roe"},
			"kept Damascus; moved Damascus; moved John Roe"},
		{"paragraph removed", city, strings.Join(strings.Split(city, "\n")[:2], "\n"), []string{"Damascus", "Damascus#2", "officials"}, "kept Damascus; kept Damascus; not placed"},
		{"paragraphs swapped", city, swapLines(city, 1, 2), []string{"Damascus", "Damascus#2", "officials"}, "kept Damascus; moved Damascus; moved officials"},
		{"paragraphs swapped and edited", city + "\nDamascus calm: people of Damascus slept well in the first night of a truce, the third in a year.",
			swapLines("Minister visits Damascus\nForeign minister Jane Doe arrived in Damascus on Sunday for talks with President John Roe.\nNo date was fixed for the next round, officials in the capital said."+
				"\nDamascus calm: people of Damascus slept well in the first nights of a truce, the third in a year.", 1, 3),
			[]string{"Damascus#2", "officials", "Damascus#3", "Damascus#4"}, "moved Damascus; moved officials; moved Damascus; moved Damascus"},
		{"title added", city, "BREAKING NEWS\n" + city, []string{"Minister", "Jane Doe"}, "moved Minister; moved Jane Doe"},
		{"title removed", city, strings.SplitN(city, "\n", 2)[1], []string{"Damascus", "Damascus#2"}, "not placed; moved Damascus"},
		{"paragraphs joined", city, strings.ReplaceAll(city, "\n", " "), []string{"Damascus", "Jane Doe", "officials"}, "kept Damascus; kept Jane Doe; kept officials"},
		{"whole text replaced", city, oped, []string{"Minister", "Damascus", "Foreign minister Jane Doe", "the capital"}, "not placed; not placed; not placed; not placed"},
		{"emptied", city, "", []string{"Minister", "Damascus"}, "not placed; not placed"},
		{"sentence moved inside a paragraph", "One day in May the old king of Spain left for Rome. Snow fell.", "Snow fell. One day in May the old king of Spain left for Rome.", []string{"Spain", "Snow"}, "moved Spain; by surface Snow"},
		{"surface twice, one cut", "Syria said no. Then envoys of Syria left Geneva for good.", "Syria said no. Then envoys left Geneva for good.", []string{"Syria", "Syria#2"}, "kept Syria; not placed"},
		{"emoji before an Arabic mention", "تحية\nقال بوتين إن روسيا مستعدة", "😀 تحية\n🎉 قال بوتين إن روسيا مستعدة", []string{"بوتين", "روسيا"}, "moved بوتين; moved روسيا"},
		{"emoji gone", "😀😀 قال بوتين إن روسيا مستعدة", "قال بوتين إن روسيا مستعدة", []string{"بوتين"}, "moved بوتين"},
		{"rewritten, name once", "Talks opened today between envoys. Much later Jane Doe left for the coast with a friend.", "Talks opened today between envoys. A third delegate, Jane Doe, would not come.", []string{"Jane Doe"}, "by surface Jane Doe"},
		{"word grew", "The army of Syria moved north at dawn.", "The army of Syrian moved north at dawn.", []string{"Syria"}, "reworded Syrian"},
		{"every line has a typo", "teh first king of France\nteh second king of France\nteh third king of France", "the first king of France\nthe second king of France\nthe third king of France",
			[]string{"France", "France#2", "France#3"}, "kept France; kept France; kept France"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := withMentions(t, tt.old, tt.surfaces...)
			r := rebaseTexts(t, d, tt.old, tt.new)
			var got []string
			for i, m := range d.Mentions {
				outcome := OutcomeMoved
				for _, item := range r.Items {
					if item.Kind == "mention" && item.ID == m.ID {
						outcome = item.Outcome
					}
				}
				placed := r.Document.MentionByID(m.ID)
				if placed == nil {
					got = append(got, string(outcome))
					continue
				}
				if outcome == OutcomeMoved && placed.Span == d.Mentions[i].Span {
					outcome = OutcomeKept
				}
				got = append(got, string(outcome)+" "+placed.Text)
			}
			if got := strings.Join(got, "; "); got != tt.want {
				t.Errorf("got %s\nwant %s\n%v", got, tt.want, r.Items)
			}
		})
	}
}

func swapLines(text string, i, j int) string {
	lines := strings.Split(text, "\n")
	lines[i], lines[j] = lines[j], lines[i]
	return strings.Join(lines, "\n")
}

// Every part of the clean corpus's document goes along with its text.
func TestRebaseEverything(t *testing.T) {
	d := labelstest.CleanDocument()
	d.Mentions = append(d.Mentions, schema.Mention{ID: "m8", Span: schema.Span{Start: labelstest.SpanOf("بوتين").Start, End: labelstest.SpanOf("ماكرون").End}, Text: "بوتين مع ماكرون",
		Fragments: []schema.Span{labelstest.SpanOf("بوتين"), labelstest.SpanOf("ماكرون")}, Head: labelstest.SpanOf("ماكرون"), Type: "GRP", Level: "NAM", ActorID: "presidents"})
	labelstest.Sort(&d.Annotation)
	d.Where = nil
	new := "😀 عاجل\n" + strings.NewReplacer("مع ماكرون", "أمس مع ماكرون", "أمس الأوضاع", "الأوضاع").Replace(labelstest.CleanText)
	r := rebaseTexts(t, d, labelstest.CleanText, new)
	want := []string{
		`labels/a.json:1: reworded: mention "m8" "بوتين مع ماكرون" is now "بوتين أمس مع ماكرون" at [11,30)`,
		`labels/a.json:1: not placed: TIME of event "e1" "أمس": it was cut out of its passage`,
	}
	var got []string
	for _, i := range r.Items {
		got = append(got, i.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(r.Document.Mentions) != 8 || len(r.Document.Events) != 2 || !r.Document.Events[1].Cue.IsSet() {
		t.Errorf("%+v", r.Document.Annotation)
	}
	back := rebaseTexts(t, r.Document, new, labelstest.CleanText)
	if m := back.Document.MentionByID("m8"); m == nil || !slices.Equal(m.Fragments, []schema.Span{labelstest.SpanOf("بوتين"), labelstest.SpanOf("ماكرون")}) || m.Head != labelstest.SpanOf("ماكرون") {
		t.Errorf("fragments there and back: %+v", m)
	}
}

// What names something that has no place goes with it, and is listed.
func TestRebaseDependents(t *testing.T) {
	d := labelstest.CleanDocument()
	new := strings.NewReplacer("، وقال الكرملين إن", "، وأفيد بأن", "بحث بوتين مع ماكرون", "شوهد بوتين أمام").Replace(labelstest.CleanText)
	r := rebaseTexts(t, d, labelstest.CleanText, new)
	var got []string
	for _, i := range r.Items {
		got = append(got, fmt.Sprintf("%d %s %s %s %s", i.At.Line, i.Outcome, i.Kind, i.ID, i.OldText))
	}
	want := []string{
		"5 not placed mention m2 ماكرون", "7 not placed mention m4 الكرملين",
		"13 not placed event e1 بحث", "13 dropped argument e1 m1", "13 dropped argument e1 m2", "13 not placed argument e1 أمس", "13 dropped argument e1 e2",
		"19 dropped cue e2 قال", "19 dropped source e2 m4",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	c := &check.Corpus{Articles: []*schema.Article{{DocID: "a", Text: new, Published: "2016-07-06"}}, Documents: []*labels.Document{r.Document}}
	for _, a := range labelstest.CleanActors() {
		c.Actors = append(c.Actors, &native.ActorRow{Actor: a})
	}
	for _, f := range check.Labels(c) {
		if f.Severity == check.SeverityError && f.Code != "unknown-hopper" {
			t.Error(f)
		}
	}
}

// A text that the labels do not fit is refused.
func TestRebaseWrongText(t *testing.T) {
	d := withMentions(t, city, "Damascus")
	_, err := Document(d, schema.NewIndex(oped), schema.NewIndex(city))
	if want := `labels/a.json:1: mention "m1": found `; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v", err)
	}
	if _, err := Document(d, schema.NewIndex(""), schema.NewIndex(city)); err == nil {
		t.Error("no error for spans outside the text")
	}
}

// On the same text the labels come out byte for byte.
func TestRebaseSameText(t *testing.T) {
	d := labelstest.CleanDocument()
	r := rebaseTexts(t, d, labelstest.CleanText, labelstest.CleanText)
	want, _ := native.AppendFile(nil, d)
	if got, err := native.AppendFile(nil, r.Document); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%v\n%s", err, got)
	}
}
