// Package rebase carries labels over to a text that has changed under them.
package rebase

import (
	"fmt"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

// Outcome says what became of a label when the text under it changed.
type Outcome string

// The outcomes, the best first.
const (
	OutcomeKept      Outcome = "kept"       // the same offsets, the same surface
	OutcomeMoved     Outcome = "moved"      // other offsets, the same surface
	OutcomeReworded  Outcome = "reworded"   // another surface, in the same place of the text
	OutcomeBySurface Outcome = "by surface" // the only place where the new text has the surface
	OutcomeUnplaced  Outcome = "not placed" // taken out of the labels
	OutcomeDropped   Outcome = "dropped"    // taken out because of something not placed, or a part that was not
)

// Counts adds up what became of mentions, events and arguments that have
// a span of their own: each is in one of the first five. Dropped counts heads,
// cues, sources and arguments without a span that were taken out.
type Counts struct {
	Kept      int `json:"kept"`
	Moved     int `json:"moved"`
	Reworded  int `json:"reworded"`
	BySurface int `json:"by_surface"`
	Unplaced  int `json:"not_placed"`
	Dropped   int `json:"dropped"`
}

// Total is the number of mentions, events and arguments with a span.
func (c Counts) Total() int { return c.Kept + c.Moved + c.Reworded + c.BySurface + c.Unplaced }

// Add adds the counts of other.
func (c *Counts) Add(other Counts) {
	c.Kept += other.Kept
	c.Moved += other.Moved
	c.Reworded += other.Reworded
	c.BySurface += other.BySurface
	c.Unplaced += other.Unplaced
	c.Dropped += other.Dropped
}

func (c *Counts) count(o Outcome) {
	switch o {
	case OutcomeKept:
		c.Kept++
	case OutcomeMoved:
		c.Moved++
	case OutcomeReworded:
		c.Reworded++
	case OutcomeBySurface:
		c.BySurface++
	case OutcomeUnplaced:
		c.Unplaced++
	case OutcomeDropped:
		c.Dropped++
	}
}

// Item is a label that a person should look at: one that was reworded,
// placed by its surface, not placed, or dropped.
type Item struct {
	At      labels.Position
	DocID   string
	Outcome Outcome
	Kind    string // "mention", "head", "event", "cue", "source", "argument"; "article" for all of one
	ID      string // of the mention or event
	Role    string // of an argument
	Item    string // how messages name it, e.g. `head of mention "m3"`
	Old     schema.Span
	OldText string // surface; of what has no span, the id that it names
	New     schema.Span
	NewText string // "" where there is none
	Reason  string // why it has no place, "" where it has one
}

// String is `file:line: outcome: item: what`.
func (i Item) String() string {
	s := fmt.Sprintf("%s: %s", i.Outcome, i.Item)
	if i.OldText != "" {
		s += " " + strconv.Quote(i.OldText)
	}
	switch i.Outcome {
	case OutcomeReworded:
		s += fmt.Sprintf(" is now %q at %s", i.NewText, i.New)
	case OutcomeBySurface:
		s += fmt.Sprintf(" is at %s, the only place that has it", i.New)
	default:
		s += ": " + i.Reason
	}
	if at := i.At.String(); at != "" {
		return at + ": " + s
	}
	return s
}

// Result is the labels of one article on its new text.
type Result struct {
	Document *labels.Document // without positions
	Counts   Counts
	Items    []Item // in the order of the old document
}

// Document carries the labels of d, which stand on the text old, over to the text
// new. d is not changed; ids stay, and items in canonical order are put into
// canonical order again.
//
// The texts are aligned: lines, words, then letters of changed words. A span
// keeps its place when its first and last letters (in a changed word, its first
// and last words) have partners, and its surface is the same or at least
// minCarried per cent of its code points, of the old and of the new, are each
// other's partners. Otherwise it is placed by its surface, where either text
// has that exactly once; what is no mention asks for an equal neighbouring word
// besides. In texts that have next to nothing in common nothing is placed so.
//
// A mention or event without a place is taken out, with the arguments and the
// source that name it and the arguments of the event. A head or cue without a
// place is taken off.
//
// The error is a [labels.RecordError] when a span does not have its surface in old.
func Document(d *labels.Document, old, new *schema.Index) (*Result, error) {
	if err := checkFit(d, old); err != nil {
		return nil, err
	}
	r := &rebaser{d: d, x: old, y: new}
	r.run()
	return &Result{Document: r.out, Counts: r.counts, Items: r.items}, nil
}

// checkFit wants every span to be in the text and to have its surface there.
func checkFit(d *labels.Document, x *schema.Index) error {
	for s := range d.Spans() {
		if !s.Span.IsSet() {
			continue
		}
		found, ok := x.Slice(*s.Span)
		e := &labels.RecordError{At: s.At, DocID: d.DocID, What: s.String()}
		switch {
		case !ok:
			e.Found, e.Expected = s.Span.String(), fmt.Sprintf("a span inside the old text's [0,%d)", x.Len())
			return e
		case s.Text != nil && *s.Text != "" && *s.Text != found:
			e.Found, e.Expected = fmt.Sprintf("%q at %s of the old text", found, s.Span), strconv.Quote(*s.Text)
			return e
		}
	}
	return nil
}

// rebaser is the state of one document.
type rebaser struct {
	d        *labels.Document
	x, y     *schema.Index // the old text, the new text
	al       *alignment
	inX, inY *occurrence.Finder

	mentions, triggers []placement // by index
	out                *labels.Document
	counts             Counts
	items              []Item
}

func (r *rebaser) run() {
	if r.x.Text() == r.y.Text() {
		r.al = nil
	} else {
		r.al = alignTexts(r.x.Text(), r.y.Text())
		r.inX, r.inY = occurrence.New(r.x), occurrence.New(r.y)
	}
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		r.mentions = append(r.mentions, r.place(m.Span, m.Fragments, true))
	}
	for i := range r.d.Events {
		e := &r.d.Events[i]
		r.triggers = append(r.triggers, r.place(e.Span, e.Fragments, false))
	}
	r.settleMentions()
	r.settleTriggers()
	r.assemble()
}
