// Package align places predictions in the text of their article: spans that
// give their surface only, and spans whose offsets count in another unit than
// Unicode code points, or count wrongly.
package align

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/schema"
)

// Listed is a span whose place is not exact, or that has none; it then stays in
// the document without offsets.
type Listed struct {
	At    labels.Position
	DocID string
	Item  string // e.g. `mention "m3"`
	Text  string // as the prediction has it
	placement.Choice
}

// Reason says why it is listed: for one with a place, where that is.
func (l *Listed) Reason() string {
	if l.Kind == placement.Nowhere {
		return l.Note
	}
	return fmt.Sprintf("%s; placed at %v", l.Note, l.Span)
}

// ReasonOutside is the note of a span that says nothing.
const (
	ReasonOutside = "offsets outside the text and no surface"
	ReasonEmpty   = "the span is empty"
)

// Spans places every mention, trigger and argument that has a text but no
// offsets, in place, as [placement.Finder.Assign] does: mentions among
// themselves, triggers among themselves, and an argument nearest to its trigger.
// It lists those whose place is not exact or that have none. What is written
// otherwise takes the article's wording as its text.
func Spans(d *labels.Document, x *schema.Index) (Counts, []Listed) {
	a := newAligner(d, x)
	a.run()
	return a.counts, a.listed
}

// aligner holds the state of one document.
type aligner struct {
	d      *labels.Document
	x      *schema.Index
	finder *placement.Finder
	least  placement.Kind               // what is placed less surely is not
	claims map[*schema.Span]schema.Span // offsets that were found wrong
	counts Counts
	listed []Listed
}

func newAligner(d *labels.Document, x *schema.Index) *aligner {
	return &aligner{d: d, x: x, finder: placement.NewFinder(x), least: placement.Inside}
}

// run places the document.
func (a *aligner) run() {
	needed := false
	for r := range a.d.Spans() {
		switch {
		case r.Text == nil:
		case r.Span.IsSet():
			a.counts.Given++
		case *r.Text != "":
			needed = true
		}
	}
	if !needed {
		return
	}
	d := a.d
	var mentions, triggers []labels.SpanRef
	var types, eventTypes []string
	for i := range d.Mentions {
		m := &d.Mentions[i]
		mentions = append(mentions, labels.SpanRef{Kind: "mention", Item: d.MentionRef(i), Span: &m.Span, Text: &m.Text, At: d.MentionAt(i)})
		types = append(types, m.Type)
	}
	for i := range d.Events {
		e := &d.Events[i]
		triggers = append(triggers, labels.SpanRef{Kind: "trigger", Item: d.EventRef(i), Span: &e.Span, Text: &e.Text, At: d.EventAt(i)})
		eventTypes = append(eventTypes, e.Type)
	}
	hints := d.Hints
	if hints == nil {
		hints = &labels.Hints{}
	}
	a.assign(mentions, types, hints.Mentions)
	a.assign(triggers, eventTypes, hints.Events)
	for i := range d.Events {
		e := &d.Events[i]
		for j := range e.Arguments {
			g := &e.Arguments[j]
			if g.Span.IsSet() || g.Text == "" {
				continue
			}
			r := labels.SpanRef{Kind: "argument", Item: d.EventRef(i), Role: g.Role, Span: &g.Span, Text: &g.Text, At: d.ArgumentAt(i, j)}
			near := e.Span.Start
			if claim, ok := a.claims[&g.Span]; ok {
				near = claim.Start
			}
			a.settle(r, a.finder.One(g.Text, near), labels.Hint{})
		}
	}
	a.inOrder()
}

// assign places spans that stand beside each other.
func (a *aligner) assign(refs []labels.SpanRef, types []string, hints []labels.Hint) {
	items := make([]placement.Item, 0, len(refs))
	kept, said := refs[:0:0], hints[:0:0]
	for i, r := range refs {
		if !r.Span.IsSet() && *r.Text == "" {
			continue
		}
		h := labels.Hint{Claim: schema.NoSpan}
		if len(hints) == len(refs) {
			h = hints[i]
		}
		it := placement.Item{Surface: *r.Text, Type: types[i], Given: *r.Span, Around: placement.Around{Before: h.Before, After: h.After}, Claimed: h.Claim.Start}
		if claim, ok := a.claims[r.Span]; ok {
			it.Claimed = claim.Start
		}
		items, kept, said = append(items, it), append(kept, r), append(said, h)
	}
	for i, c := range a.finder.Assign(items) {
		if !items[i].Given.IsSet() {
			a.settle(kept[i], c, said[i])
		}
	}
}

// settle gives a span its place, or none, and notes what is not exact. A surface that
// is nowhere stands where its hint claims, if it does.
func (a *aligner) settle(r labels.SpanRef, c placement.Choice, h labels.Hint) {
	if there, ok := a.x.Slice(h.Claim); ok && h.Claim.IsSet() && h.Claim.Valid() && c.Kind == placement.Nowhere && there != "" {
		c = placement.Choice{Span: h.Claim, Kind: placement.Edge, Confidence: .5, Places: 1, Note: "its surface is nowhere; where its tool has it"}
	}
	if h.Status != "" && c.Kind != placement.Exact {
		c.Note += " (" + h.Status + ")"
	}
	if claim, ok := a.claims[r.Span]; ok && c.Kind != placement.Nowhere {
		a.counts.Moved++
		there, _ := a.x.Slice(claim)
		c.Kind, c.Confidence = max(c.Kind, placement.Likely), min(c.Confidence, .9)
		c.Note = fmt.Sprintf("its offsets %v hold %q", claim, there)
	}
	if c.Kind != placement.Nowhere && c.Kind > a.least {
		c = placement.Choice{Span: schema.NoSpan, Kind: placement.Nowhere,
			Note: fmt.Sprintf("%s: %s (%s), at %v", refusal, c.Kind, c.Note, c.Span)}
	}
	*a.counts.of(c.Kind)++
	refused := c.Kind == placement.Nowhere && strings.HasPrefix(c.Note, refusal)
	if c.Kind != placement.Exact {
		a.listed = append(a.listed, Listed{At: r.At, DocID: a.d.DocID, Item: r.String(), Text: *r.Text, Choice: c})
	}
	switch *r.Span = c.Span; {
	case c.Kind != placement.Nowhere:
		*r.Text, _ = a.x.Slice(c.Span)
	case refused:
		*r.Text = "" // or whoever reads the predictions would place it again
	}
}

// refusal begins the note of a place that is less sure than asked for.
const refusal = "placed less surely than asked for"

// inOrder sorts the list: what has no place first, each in file order.
func (a *aligner) inOrder() {
	slices.SortStableFunc(a.listed, func(p, q Listed) int {
		nowhere := func(l Listed) int {
			if l.Kind == placement.Nowhere {
				return 0
			}
			return 1
		}
		return nowhere(p) - nowhere(q)
	})
}
