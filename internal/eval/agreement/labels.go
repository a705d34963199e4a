package agreement

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// kappaNames are the labels on which κ is computed. Mentions are matched one
// to one by equal spans, or (…_overlap) by any overlap, equal spans first, then
// spans that share at least half of what either covers; events by equal trigger
// spans. Where several items have the same span, equal labels are matched
// first. Types are not looked at otherwise.
var kappaNames = [...]string{"mentions.type", "mentions.type_overlap", "mentions.level", "events.type", "events.realis"}

// unitNames are what α is computed on: mentions by type, triggers by event
// type.
var unitNames = [...]string{"mentions", "triggers"}

// labelAgreement counts the labels of two passes.
type labelAgreement struct {
	matcher match.Matcher
	labels  [len(kappaNames)]analysis.Confusion
	points  [len(unitNames)]analysis.Confusion
	units   [len(unitNames)]*Unitizing
}

func newLabelAgreement() *labelAgreement {
	l := &labelAgreement{}
	for i := range l.units {
		l.units[i] = NewUnitizing(2)
	}
	return l
}

// add counts one article, whose text has length code points.
func (l *labelAgreement) add(p *eval.Pair, length int32) {
	gm, pm := p.Gold.Mentions, p.Pred.Mentions
	ge, pe := p.Gold.Events, p.Pred.Events
	mentionType := func(list []schema.Mention) []labelledSpan {
		return labelled(list, func(m *schema.Mention) (place.Place, string) { return place.OfMention(m), m.Type })
	}
	level := func(list []schema.Mention) []labelledSpan {
		return labelled(list, func(m *schema.Mention) (place.Place, string) { return place.OfMention(m), m.Level })
	}
	eventType := func(list []schema.Event) []labelledSpan {
		return labelled(list, func(e *schema.Event) (place.Place, string) { return place.OfEvent(e), e.Type })
	}
	realis := func(list []schema.Event) []labelledSpan {
		return labelled(list, func(e *schema.Event) (place.Place, string) { return place.OfEvent(e), e.Realis })
	}
	l.match(0, mentionType(gm), mentionType(pm), match.SameSpanGrade)
	l.match(1, mentionType(gm), mentionType(pm), nearestGrade)
	l.match(2, level(gm), level(pm), match.SameSpanGrade)
	l.match(3, eventType(ge), eventType(pe), match.SameSpanGrade)
	l.match(4, realis(ge), realis(pe), match.SameSpanGrade)

	gold, pred := unitsOf(p.Gold), unitsOf(p.Pred)
	for i, units := range [len(unitNames)][2][]Unit{{gold.mentions, pred.mentions}, {gold.triggers, pred.triggers}} {
		countPoints(&l.points[i], units[0], units[1], length)
		l.units[i].Add(length, units[:])
	}
}

// nearestGrade prefers equal spans, then spans that share at least half of
// what either covers, then any overlap; labels are not looked at.
func nearestGrade(g, p *match.Item) match.Grade {
	switch {
	case g.Place == p.Place:
		return match.Correct
	case match.OverlapPercentAtLeast(g.Place, p.Place, 50):
		return match.Partial
	}
	return match.Incorrect
}

type labelledSpan struct {
	place.Place
	label string
}

func labelled[T any](list []T, get func(*T) (place.Place, string)) []labelledSpan {
	out := make([]labelledSpan, len(list))
	for i := range list {
		out[i].Place, out[i].label = get(&list[i])
	}
	return out
}

// match counts the labels of matched items, where both passes give one.
func (l *labelAgreement) match(which int, gold, pred []labelledSpan, grade match.GradeFunc) {
	var names []string
	for _, s := range slices.Concat(gold, pred) {
		names = append(names, s.label)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	items := func(list []labelledSpan) []match.Item {
		out := make([]match.Item, len(list))
		for i, s := range list {
			class, _ := slices.BinarySearch(names, s.label)
			out[i] = match.Item{Place: s.Place, Class: eval.Class(class), Ref: int32(i)}
		}
		match.SortItems(out)
		return out
	}
	l.matcher.Match(items(gold), items(pred), []match.GradeFunc{grade}, func(f match.Found) {
		if g, p := f.Gold, f.Pred; g != nil && p != nil && f.GoldRows&eval.PooledRow != 0 && names[g.Class] != "" && names[p.Class] != "" {
			l.labels[which].Add(names[g.Class], names[p.Class], 1)
		}
	})
}

// annotationUnits are the spans of one pass as units.
type annotationUnits struct{ mentions, triggers []Unit }

func unitsOf(a *schema.Annotation) *annotationUnits {
	u := &annotationUnits{}
	for i := range a.Mentions {
		if m := &a.Mentions[i]; m.Span.Valid() {
			u.mentions = append(u.mentions, Unit{m.Type, m.Span})
		}
	}
	for i := range a.Events {
		if e := &a.Events[i]; e.Span.Valid() {
			u.triggers = append(u.triggers, Unit{e.Type, e.Span})
		}
	}
	return u
}

// noLabel is the label of a code point that no unit covers.
const noLabel = "none"

// countPoints counts the labels that two passes give to each code point: the
// category of the longest unit that covers it (of equally long ones the first,
// then the first in category order), or "none".
func countPoints(c *analysis.Confusion, gold, pred []Unit, length int32) {
	cuts := []int32{0, length}
	for _, list := range [][]Unit{gold, pred} {
		for _, u := range list {
			cuts = append(cuts, min(u.Span.Start, length), min(u.Span.End, length))
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	a, b := paint(gold, cuts), paint(pred, cuts)
	for i := range len(cuts) - 1 {
		c.Add(a[i], b[i], int64(cuts[i+1]-cuts[i]))
	}
}

// paint labels the sections between the cuts.
func paint(units []Unit, cuts []int32) []string {
	units = slices.Clone(units)
	slices.SortFunc(units, func(a, b Unit) int { // the unit that wins comes last
		return cmp.Or(cmp.Compare(a.Span.Len(), b.Span.Len()), cmp.Compare(b.Span.Start, a.Span.Start), cmp.Compare(b.Category, a.Category))
	})
	out := make([]string, len(cuts))
	for i := range out {
		out[i] = noLabel
	}
	for _, u := range units {
		at, _ := slices.BinarySearch(cuts, u.Span.Start)
		for ; at < len(cuts) && cuts[at] < u.Span.End; at++ {
			out[at] = u.Category
		}
	}
	return out
}
