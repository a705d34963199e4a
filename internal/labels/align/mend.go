package align

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/folding"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/schema"
)

// mend deals with a document whose surfaces fit under no unit: offsets that are
// all shifted alike are shifted back; else, under the unit that most surfaces fit,
// in any writing, those that fit stand, and the others are placed by their surface,
// near where they claim to be. It reports false, with nothing changed, where less
// than half fit and one of the others is not within [near] code points of where it
// claims to be: such offsets say nothing, or count another text; nor, without move,
// where any surface does not fit. likely is the unit of the documents before.
func (a *aligner) mend(likely labels.Unit, move bool) bool {
	if a.shift() {
		a.counts.Converted = 1
		return true
	}
	unit, fit, total := a.bestUnit(likely)
	if 2*fit < total && !(move && a.allNear()) || !move && a.misfits(unit) {
		return false
	}
	if unit != labels.CodePoints {
		a.counts.Converted = 1
	}
	a.claims = map[*schema.Span]schema.Span{}
	for s := range a.d.Spans() {
		if !s.Span.IsSet() {
			continue
		}
		was := *s.Span
		if span, how := a.stands(unit, s); how != placement.Nowhere {
			*s.Span = span
			if how == placement.Folded {
				there, _ := a.x.Slice(span)
				a.listed = append(a.listed, Listed{At: s.At, DocID: a.d.DocID, Item: s.String(), Text: *s.Text,
					Choice: placement.Choice{Span: span, Kind: how, Confidence: .95, Places: 1, Note: "written otherwise at its offsets"}})
				*s.Text = there
				a.counts.Given--
				a.counts.Folded++
				a.counts.Rewritten++
			}
			continue
		}
		*s.Span = schema.NoSpan
		if s.Text == nil {
			continue // a head or fragment, which is left out
		}
		if *s.Text != "" {
			a.claims[s.Span] = a.claim(unit, was)
			continue
		}
		reason := ReasonOutside
		if was.Start == was.End {
			reason = ReasonEmpty
		}
		a.counts.Absent++
		a.listed = append(a.listed, Listed{At: s.At, DocID: a.d.DocID, Item: s.String(),
			Choice: placement.Choice{Span: schema.NoSpan, Kind: placement.Nowhere, Note: reason + ": " + was.String()}})
	}
	a.dropFragments()
	return true
}

// claim is where a wrong span, counted in a unit, says that it is: its length in the
// unit, from the code point nearest to its start.
func (a *aligner) claim(unit labels.Unit, s schema.Span) schema.Span {
	if unit == labels.CodePoints || s.Start <= 0 {
		return s
	}
	for _, by := range []int32{0, -1, 1, -2, 2, -3, 3} { // a code point is up to four bytes
		if to, ok := unit.Convert(a.x, schema.Span{Start: 0, End: s.Start + by}); ok {
			if unit >= labels.CodePointsInclusive {
				to.End--
			}
			return schema.Span{Start: to.End, End: to.End + s.Len()}
		}
	}
	return s
}

// misfits reports whether a surface is not at its offsets in any writing.
func (a *aligner) misfits(unit labels.Unit) bool {
	for s := range a.d.Spans() {
		if !s.Span.IsSet() || s.Text == nil || *s.Text == "" {
			continue
		}
		if _, how := a.stands(unit, s); how == placement.Nowhere {
			return true
		}
	}
	return false
}

// stands reports whether a span, counted in a unit, holds its surface: letter
// for letter (Exact), in another writing (Folded), or not (Nowhere).
func (a *aligner) stands(unit labels.Unit, s labels.SpanRef) (schema.Span, placement.Kind) {
	span, ok := unit.Convert(a.x, *s.Span)
	switch {
	case !ok:
		return span, placement.Nowhere
	case s.Text == nil || *s.Text == "":
		return span, placement.Exact
	}
	there, _ := a.x.Slice(span)
	switch {
	case there == *s.Text:
		return span, placement.Exact
	case folding.Same(there, *s.Text):
		return span, placement.Folded
	}
	return span, placement.Nowhere
}

// bestUnit is the unit under which most spans stand, and how many of the spans
// with a surface, or, where none has one, of all.
func (a *aligner) bestUnit(likely labels.Unit) (best labels.Unit, fit, total int) {
	surfaces := false
	for s := range a.d.Spans() {
		surfaces = surfaces || s.Span.IsSet() && s.Text != nil && *s.Text != ""
	}
	fit = -1
	units := []labels.Unit{likely}
	for u := range labels.UnitCount {
		units = append(units, u)
	}
	for _, u := range units {
		n := 0
		total = 0
		for s := range a.d.Spans() {
			if !s.Span.IsSet() || s.Text == nil || surfaces && *s.Text == "" {
				continue
			}
			total++
			if _, how := a.stands(u, s); how != placement.Nowhere {
				n++
			}
		}
		if n > fit {
			best, fit = u, n
		}
		if !surfaces {
			break // nothing tells the units apart
		}
	}
	return best, fit, total
}

// near is how many code points off a claim may be for its surface to be what it
// means, whatever the other spans of the document say.
const near = 3

// allNear reports whether every surface has a place near where it claims to be.
func (a *aligner) allNear() bool {
	for s := range a.d.Spans() {
		if !s.Span.IsSet() || s.Text == nil || *s.Text == "" {
			continue
		}
		if c := a.finder.One(*s.Text, s.Span.Start); c.Kind == placement.Nowhere || max(c.Span.Start-s.Span.Start, s.Span.Start-c.Span.Start) > near {
			return false
		}
	}
	return true
}

// shift moves all spans by the same number of code points, ends by one more or
// less, if every surface, two at least, is then at its place.
func (a *aligner) shift() bool {
	var by, endBy int32
	n := 0
	for s := range a.d.Spans() {
		if !s.Span.IsSet() || s.Text == nil || *s.Text == "" {
			continue
		}
		if n++; n > 1 {
			continue
		}
		c := a.finder.One(*s.Text, s.Span.Start)
		if c.Kind == placement.Nowhere {
			return false
		}
		by, endBy = c.Span.Start-s.Span.Start, c.Span.End-s.Span.End
	}
	if n < 2 || by == 0 && endBy == 0 || endBy-by > 1 || by-endBy > 1 {
		return false
	}
	moved := func(s labels.SpanRef) labels.SpanRef {
		span := schema.Span{Start: s.Span.Start + by, End: s.Span.End + endBy}
		s.Span = &span
		return s
	}
	for s := range a.d.Spans() {
		if s.Span.IsSet() && !offsets.Fits(a.x, labels.CodePoints, moved(s)) {
			return false
		}
	}
	for s := range a.d.Spans() {
		if s.Span.IsSet() {
			*s.Span = *moved(s).Span
		}
	}
	return true
}

// dropFragments takes the fragments off what has lost one, or its place.
func (a *aligner) dropFragments() {
	for i := range a.d.Mentions {
		if m := &a.d.Mentions[i]; !m.Span.IsSet() || slices.Contains(m.Fragments, schema.NoSpan) {
			m.Fragments = nil
		}
	}
	for i := range a.d.Events {
		if e := &a.d.Events[i]; !e.Span.IsSet() || slices.Contains(e.Fragments, schema.NoSpan) {
			e.Fragments = nil
		}
	}
	a.d.NotLabelled = slices.DeleteFunc(a.d.NotLabelled, func(s schema.Span) bool { return !s.IsSet() })
}

// moveHeads moves the heads along with mentions that were placed anew; a head
// that then leaves its mention is taken off.
func (a *aligner) moveHeads() {
	for i := range a.d.Mentions {
		m := &a.d.Mentions[i]
		was, moved := a.claims[&m.Span]
		if !moved || !m.Head.IsSet() {
			continue
		}
		by := m.Span.Start - was.Start
		m.Head = schema.Span{Start: m.Head.Start + by, End: m.Head.End + by}
		if !m.Span.IsSet() || !m.Head.Valid() || !m.Span.Contains(m.Head) {
			m.Head = schema.NoSpan
		}
	}
}

// trim takes white space off the ends of the given spans and puts the marks of
// their last letter on.
func (a *aligner) trim() {
	for s := range a.d.Spans() {
		if s.Text == nil || !s.Span.IsSet() {
			continue
		}
		if span, changed := a.finder.Text().Trimmed(*s.Span); changed {
			*s.Span = span
			*s.Text, _ = a.x.Slice(span)
			a.counts.Trimmed++
		}
	}
}

// inspect counts the given spans that begin or end with white space or inside a word.
func (a *aligner) inspect() {
	for i := range a.d.Mentions {
		a.look(a.d.Mentions[i].Span, a.d.Mentions[i].Text)
	}
	for i := range a.d.Events {
		e := &a.d.Events[i]
		a.look(e.Span, e.Text)
		for k := range e.Arguments {
			a.look(e.Arguments[k].Span, e.Arguments[k].Text)
		}
	}
}

// look counts one span with its surface.
func (a *aligner) look(s schema.Span, surface string) {
	if !s.IsSet() {
		return
	}
	text := a.x.Text()
	from, to, ok := offsets.Standing(a.x, s, surface)
	if !ok {
		var ok1, ok2 bool
		from, ok1 = a.x.Byte(s.Start)
		to, ok2 = a.x.Byte(s.End)
		if !ok1 || !ok2 || from >= to {
			return
		}
	}
	if there := text[from:to]; strings.TrimSpace(there) != there {
		a.counts.Padded++
		return
	}
	if cuts(text, from) && !occurrence.StartsWord(text, from) || cuts(text, to) {
		a.counts.Cut++
	}
}

// cuts reports whether byte b lies inside a word of a script that writes spaces.
func cuts(text string, b int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:b])
	after, size := utf8.DecodeRuneInString(text[b:])
	return size > 0 && b > 0 && occurrence.InWord(before) && occurrence.InWord(after) &&
		(after < 0x0E00 || folding.New(text[b-utf8.RuneLen(before):b+size]).Joined(1))
}

// reach counts whether the predictions of a long text reach beyond its first third.
// Those that a rule placed at one of several places say nothing.
func (a *aligner) reach() {
	if a.x.Len() < longText {
		return
	}
	last := int32(-1)
	var chosen map[schema.Span]bool
	for _, l := range a.listed {
		if l.Kind == placement.Several {
			if chosen == nil {
				chosen = map[schema.Span]bool{}
			}
			chosen[l.Span] = true
		}
	}
	for s := range a.d.Spans() {
		if s.Text != nil && s.Span.IsSet() && !chosen[*s.Span] {
			last = max(last, s.Span.Start)
		}
	}
	if last < 0 {
		return
	}
	a.counts.Long = 1
	if last < a.x.Len()/3 {
		a.counts.Early = 1
	}
}
