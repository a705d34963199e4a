// Package align places predictions in the text of their article: spans that
// give their surface only, and spans whose offsets count in another unit than
// Unicode code points.
package align

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

// Counts counts how spans of predictions found their place in the text.
type Counts struct {
	Given      int // had offsets
	Exact      int // surface occurs once, letter by letter
	Normalised int // occurs once, after [Normalise]
	Ambiguous  int // occurs several times; the place was chosen by rule
	Realigned  int // had offsets that did not fit its surface and was placed by the surface; also counted above
	Absent     int // occurs nowhere, or no more often than already used
}

// Add adds the counts of other.
func (a *Counts) Add(other Counts) {
	a.Given += other.Given
	a.Exact += other.Exact
	a.Normalised += other.Normalised
	a.Ambiguous += other.Ambiguous
	a.Realigned += other.Realigned
	a.Absent += other.Absent
}

// Unaligned is a span that could not be placed; it stays in the document
// without offsets.
type Unaligned struct {
	At     labels.Position
	DocID  string
	Item   string // e.g. `mention "m3"`
	Text   string
	Reason string // one of the Reason constants
}

// The reasons for an unaligned span.
const (
	ReasonAbsent  = "not in the text"
	ReasonSurplus = "all occurrences are used"
	ReasonOutside = "offsets outside the text and no surface"
)

// Normalise folds a text for comparison as [Spans] does, never for storage:
// vowel signs, tatweel and invisible marks go, the shapes of alef and yeh, digits,
// quotation marks and dashes become one each, white space one space. See
// [normalise.Map] for the letters.
func Normalise(text string) string { return normalise.Map(text).Text }

// Spans places every mention, trigger and argument that has a text but no
// offsets, in place, and lists those that cannot be placed. The rule:
//
//  1. The candidates are the exact occurrences of the text; if there are none,
//     the occurrences after [Normalise] of both sides. Whole words (after up to
//     two Arabic proclitics) hide occurrences inside words.
//  2. Mentions are placed longest first, those of equal length in file order.
//     A mention takes the first candidate that no other mention has and that
//     is not inside a longer one of its type; else the first that no other
//     mention has; else the first that no mention of its type has. With none
//     left it is unaligned. Triggers likewise, in file order.
//  3. An argument takes the candidate nearest to its trigger, the earlier of
//     two; the first one where the trigger has no place.
//
// What is placed by normalisation takes the article's wording as its text.
func Spans(d *labels.Document, x *schema.Index) (Counts, []Unaligned) {
	a := aligner{d: d, finder: occurrence.New(x)}
	a.run(nil)
	return a.counts, a.unaligned
}

// aligner holds the state of one document.
type aligner struct {
	d         *labels.Document
	finder    *occurrence.Finder
	counts    Counts
	unaligned []Unaligned
}

// run places the document. hints gives the offsets that a span had before they
// were found wrong: its candidate nearest to them is tried first.
func (a *aligner) run(hints map[*schema.Span]int32) {
	needed := a.missing()
	size := a.finder.X.Len()
	mentions, triggers := newPlaces(size), newPlaces(size)
	a.prefill(mentions, triggers, needed)
	if !needed {
		return
	}
	d := a.d
	longest := make([]int, len(d.Mentions))
	for i := range longest {
		longest[i] = i
	}
	slices.SortStableFunc(longest, func(i, j int) int {
		return len(strings.TrimSpace(d.Mentions[j].Text)) - len(strings.TrimSpace(d.Mentions[i].Text))
	})
	for _, i := range longest {
		m := &d.Mentions[i]
		a.place(labels.SpanRef{Kind: "mention", Item: d.MentionRef(i), Span: &m.Span, Text: &m.Text, At: d.MentionAt(i)},
			func(list []schema.Span) int { return mentions.first(list, m.Type, hints, &m.Span) },
			func() { mentions.take(m.Span, m.Type) })
	}
	for i := range d.Events {
		e := &d.Events[i]
		a.place(labels.SpanRef{Kind: "trigger", Item: d.EventRef(i), Span: &e.Span, Text: &e.Text, At: d.EventAt(i)},
			func(list []schema.Span) int { return triggers.first(list, e.Type, hints, &e.Span) },
			func() { triggers.take(e.Span, e.Type) })
		for j := range e.Arguments {
			g := &e.Arguments[j]
			a.place(labels.SpanRef{Kind: "argument", Item: d.EventRef(i), Role: g.Role, Span: &g.Span, Text: &g.Text, At: d.ArgumentAt(i, j)},
				func(list []schema.Span) int {
					near := e.Span.Start
					if h, ok := hints[&g.Span]; ok {
						near = h
					}
					if near < 0 {
						return 0
					}
					return occurrence.Nearest(list, near)
				}, func() {})
		}
	}
	a.list()
}

// list notes what has found no place, in file order.
func (a *aligner) list() {
	for r := range a.d.Spans() {
		if r.Text == nil || *r.Text == "" || r.Span.IsSet() {
			continue
		}
		reason := ReasonAbsent
		if len(a.finder.Find(*r.Text).Spans) > 0 {
			reason = ReasonSurplus
		}
		a.counts.Absent++
		a.unaligned = append(a.unaligned, Unaligned{At: r.At, DocID: a.d.DocID, Item: r.String(), Text: *r.Text, Reason: reason})
	}
}

// prefill counts the spans that are given and, if needed, takes their places.
func (a *aligner) prefill(mentions, triggers *places, needed bool) {
	for i := range a.d.Mentions {
		if m := &a.d.Mentions[i]; m.Span.IsSet() {
			a.counts.Given++
			if needed {
				mentions.take(m.Span, m.Type)
			}
		}
	}
	for i := range a.d.Events {
		e := &a.d.Events[i]
		if e.Span.IsSet() {
			a.counts.Given++
			if needed {
				triggers.take(e.Span, e.Type)
			}
		}
		for j := range e.Arguments {
			if e.Arguments[j].Span.IsSet() {
				a.counts.Given++
			}
		}
	}
}

// missing reports whether any span waits for a place.
func (a *aligner) missing() bool {
	for r := range a.d.Spans() {
		if r.Text != nil && *r.Text != "" && !r.Span.IsSet() {
			return true
		}
	}
	return false
}

// place aligns one span; choose picks among candidates, -1 for none.
func (a *aligner) place(r labels.SpanRef, choose func([]schema.Span) int, taken func()) {
	if r.Span.IsSet() || *r.Text == "" {
		return
	}
	found := a.finder.Find(*r.Text)
	k := -1
	if len(found.Spans) > 0 {
		k = choose(found.Spans)
	}
	if k < 0 {
		return // listed at the end
	}
	switch {
	case len(found.Spans) > 1:
		a.counts.Ambiguous++
	case found.Exact:
		a.counts.Exact++
	default:
		a.counts.Normalised++
	}
	*r.Span = found.Spans[k]
	*r.Text, _ = a.finder.X.Slice(*r.Span)
	taken()
}
