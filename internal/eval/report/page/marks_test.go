package page

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/schema"
)

// covered gathers, from nodes, the text and what each mark covers, and counts
// beginnings and ends.
type covered struct {
	text        strings.Builder
	marks       map[*htmlMark]*strings.Builder
	first, last map[*htmlMark]int
}

func (c *covered) walk(nodes []htmlNode, inside []*htmlMark) {
	for _, n := range nodes {
		if n.Mark == nil {
			c.text.WriteString(n.Text)
			for _, m := range inside {
				if c.marks[m] == nil {
					c.marks[m] = &strings.Builder{}
				}
				c.marks[m].WriteString(n.Text)
			}
			continue
		}
		if n.First {
			c.first[n.Mark]++
		}
		if n.Last {
			c.last[n.Mark]++
		}
		in := append(slices.Clone(inside), n.Mark)
		c.walk(n.Children, in)
		c.walk(n.Tail, in)
	}
}

// TestMarkLines: drawing marks neither loses nor adds text; a mark covers just
// its span, begins once and ends once, wherever marks cross.
func TestMarkLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(rapid.StringOfN(rapid.SampledFrom([]rune("اب RT1 \n")), 0, 40, -1).Draw(t, "text"))
		var marks []*htmlMark
		for i := range rapid.IntRange(0, mostDepth).Draw(t, "marks") {
			start := rapid.Int32Range(-2, 42).Draw(t, "start")
			end := start + rapid.Int32Range(0, 20).Draw(t, "length")
			marks = append(marks, &htmlMark{htmlKind: kindOf(""), Layer: analysis.MentionErrors, pieces: []schema.Span{{Start: start, End: end}}, order: i})
		}
		lines := markLines(text, marks, rapid.Bool().Draw(t, "rtl"))
		if want := strings.Count(string(text), "\n") + 1; len(lines) != want {
			t.Fatalf("%d lines, expected %d", len(lines), want)
		}
		c := covered{marks: map[*htmlMark]*strings.Builder{}, first: map[*htmlMark]int{}, last: map[*htmlMark]int{}}
		for i, line := range lines {
			if i > 0 {
				c.text.WriteString("\n")
			}
			c.walk(line, nil)
		}
		if c.text.String() != string(text) {
			t.Fatalf("%q was drawn as %q", string(text), c.text.String())
		}
		for _, m := range marks {
			start, end := max(0, m.pieces[0].Start), min(m.pieces[0].End, int32(len(text)))
			want := ""
			if start < end {
				want = strings.ReplaceAll(string(text[start:end]), "\n", "")
			}
			got := ""
			if c.marks[m] != nil {
				got = c.marks[m].String()
			}
			if got != want {
				t.Fatalf("the mark %v of %q covers %q, expected %q", m.pieces[0], string(text), got, want)
			}
			once := 0
			if want != "" {
				once = 1
			}
			if c.first[m] != once || c.last[m] != once {
				t.Fatalf("the mark %v begins %d times and ends %d times", m.pieces[0], c.first[m], c.last[m])
			}
		}
	})
}

// TestMarkLinesCrossing: two marks that cross, worked out by hand.
func TestMarkLinesCrossing(t *testing.T) {
	a := &htmlMark{htmlKind: kindOf(""), pieces: []schema.Span{span(0, 6)}}
	b := &htmlMark{htmlKind: kindOf(""), pieces: []schema.Span{span(4, 9)}, order: 1}
	var draw func([]htmlNode) string
	draw = func(nodes []htmlNode) string {
		out := ""
		for _, n := range nodes {
			switch {
			case n.Mark == nil:
				out += n.Text
			case n.Mark == a:
				out += "a(" + draw(n.Children) + "|" + draw(n.Tail) + ")"
			default:
				out += "b(" + draw(n.Children) + "|" + draw(n.Tail) + ")"
			}
		}
		return out
	}
	// "one two three": a is "one tw", b is "two t", which a cuts.
	if got, want := draw(markLines([]rune("one two three"), []*htmlMark{a, b}, false)[0]), "a(one |b(tw|))b(o |t)hree"; got != want {
		t.Errorf("%s, expected %s", got, want)
	}
	if a.Height() != 1 || b.Height() != 0 {
		t.Errorf("heights %d and %d, expected 1 and 0", a.Height(), b.Height())
	}
}

// TestTextDirection goes by the language, else by the first letter.
func TestTextDirection(t *testing.T) {
	for _, c := range []struct{ language, text, want string }{
		{"ar", "RT", "rtl"}, {"fa-IR", "", "rtl"}, {"en", "سوريا", "ltr"}, {"", "«سوريا» and", "rtl"}, {"", "2016 and سوريا", "ltr"}, {"", "", "ltr"}, {"arn", "", "ltr"},
	} {
		if got := textDirection(c.language, c.text); got != c.want {
			t.Errorf("%q %q: %s, expected %s", c.language, c.text, got, c.want)
		}
	}
}

// TestLatinRuns: digits and signs inside a Latin stretch, and digits after it,
// belong to it; those before it do not.
func TestLatinRuns(t *testing.T) {
	text := []rune("في 5 RT Arabic 24, قال Covid-19. من http://a.b/c")
	var got []string
	for _, s := range latinRuns(text) {
		got = append(got, string(text[s.Start:s.End]))
	}
	if want := []string{"RT Arabic 24", "Covid-19", "http://a.b/c"}; !slices.Equal(got, want) {
		t.Errorf("%q, expected %q", got, want)
	}
}
