package links

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// drawMentions are mentions in any order, at times two in one place.
func drawMentions(t *rapid.T, odd int32) []Mention {
	word := func(what string) string { return rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, what) }
	var list []Mention
	for i := range rapid.IntRange(0, 8).Draw(t, "mentions") {
		start := rapid.Int32Range(-1, 8).Draw(t, "start")
		m := Mention{Place: place.Of(schema.Span{Start: start, End: start + 1}, nil), At: int32(i), Typ: word("type"), Kb: word("entry")}
		if start < 0 {
			m.Place, m.Alone = place.Of(schema.NoSpan, nil), 2*int32(i)+odd
		}
		list = append(list, m)
	}
	return list
}

// What is counted of mentions that were paired once is what the sets of keys of
// each measure count.
func TestSideBySide(t *testing.T) {
	layout := eval.NewLayout([]*eval.Metric{{Name: "sets", Counters: eval.StandardCounters, Unit: 1}}, "")
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := drawMentions(t, 1), drawMentions(t, 2)
		classes := layout.NewTally()
		classes.Intern([]string{"A", "B"})
		number := func(list []Mention) (out []eval.Class) {
			for _, m := range list {
				out = append(out, classes.Class(m.Typ))
			}
			return out
		}
		var s sideBySide
		if !s.align(gold, pred, number(gold), number(pred)) {
			t.Skip("two mentions in one place")
		}
		for i := range Measures {
			m := &Measures[i]
			if m.Part != PartSets || !m.Fields.Span {
				continue
			}
			paired, sets := layout.NewTally(), layout.NewTally()
			paired.Intern([]string{"A", "B"})
			s.count(m, 0, true, paired)
			c := ArticleCounting{ByType: true, gold: gold, pred: pred}
			c.countSet(m, 0, sets)
			got, want := fmt.Sprint(paired.Classes()), fmt.Sprint(sets.Classes())
			for _, class := range sets.Classes() {
				if !slices.Equal(paired.Get(0, class), sets.Get(0, class)) {
					got, want = fmt.Sprint(class, paired.Get(0, class)), fmt.Sprint(class, sets.Get(0, class))
				}
			}
			if got != want {
				t.Fatalf("%s: %s, expected %s", m.Name, got, want)
			}
		}
	})
}
