package align

import (
	"errors"
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/schema"
)

// Resolver gives predictions their places: it tells the unit of their offsets
// from the surfaces, converts them to code points, places what has no offsets, or
// wrong ones, by its surface, and fills in surfaces that were left out. One
// Resolver serves one file; it is not safe for concurrent use.
type Resolver struct {
	// Text finds the canonical text of an article, nil for an unknown one.
	// Documents of unknown articles pass unchanged and are counted.
	Text func(docID string) *schema.Index

	// Strict refuses a document in which any surface is not at its offsets letter for
	// letter. Without it, offsets that hold the surface in another writing stand, an
	// empty span is left out alone, and offsets that are all shifted alike are shifted back.
	Strict bool

	// Move places surfaces that are not at their offsets where they are, near where
	// they claim to be, if most fit or all are near. Without it such a document is refused.
	Move bool

	// Least is the least sure kind of place; what would get a less sure one gets
	// none. nil: all are taken.
	Least *placement.Kind

	// Trim takes white space off the ends of spans that are given with offsets, and
	// puts the marks of their last letter on.
	Trim bool

	// Listed is told each span whose place is not exact, or that has none. nil:
	// only counted.
	Listed func(Listed)

	Counts  Counts
	Unknown int         // documents of unknown articles
	Unit    labels.Unit // of the offsets, as far as seen

	units offsets.Units // those that fit every document so far
	begun bool
}

// Resolve places one document, in place. The error is an [offsets.Error]; the
// document is then as it was.
func (r *Resolver) Resolve(d *labels.Document) error {
	var x *schema.Index
	if r.Text != nil {
		x = r.Text(d.DocID)
	}
	if x == nil && d.Text != "" { // it stands in a text of its own
		return nil
	}
	if x == nil {
		r.Unknown++
		return nil
	}
	a := newAligner(d, x)
	if r.settled(x) && !r.Trim && d.Hints == nil {
		if given, ok := offsets.Stand(d, x); ok {
			r.Counts.Given += given
			r.Unit = labels.CodePoints
			a.inspect()
			a.reach()
			r.Counts.Add(a.counts)
			return nil
		}
	}
	if r.Least != nil {
		a.least = *r.Least
	}
	if err := r.offsets(a); err != nil {
		return err
	}
	if r.Trim {
		a.trim()
	}
	a.inspect()
	if d.Hints != nil {
		a.counts.Tokens += d.Hints.Tokens
	}
	a.run()
	a.moveHeads()
	a.reach()
	r.Counts.Add(a.counts)
	if r.Listed != nil {
		for _, l := range a.listed {
			r.Listed(l)
		}
	}
	for s := range d.Spans() {
		if s.Text != nil && *s.Text == "" && s.Span.IsSet() {
			*s.Text, _ = x.Slice(*s.Span)
		}
	}
	return nil
}

// settled reports whether a document in code points says nothing new of the unit:
// no other is left, or only UTF-16, which is the same in this text.
func (r *Resolver) settled(x *schema.Index) bool {
	const points, utf16 = offsets.Units(1 << labels.CodePoints), offsets.Units(1 << labels.UTF16Units)
	return r.begun && (r.units == points || r.units == points|utf16 && x.UTF16Len() == x.Len())
}

// offsets settles the unit and converts to code points. Offsets that are wrong
// become claims.
func (r *Resolver) offsets(a *aligner) error {
	d, x := a.d, a.x
	if !r.begun {
		r.units, r.begun = offsets.AllUnits, true
	}
	units, err := offsets.FittingUnits(d, x)
	if err == nil && r.units&units == 0 {
		err = r.otherUnit(d, x)
	}
	var unit labels.Unit
	if err == nil {
		unit, err = offsets.PreferredUnit(d, x, r.units&units)
	}
	if err == nil {
		r.units &= units
		r.Unit = unit
		if unit != labels.CodePoints && (unit != labels.UTF16Units || x.UTF16Len() != x.Len()) {
			a.counts.Converted = 1
			err = offsets.Convert(d, x, unit)
		}
		return err
	}
	if r.Strict || !a.mend(r.Unit, r.Move) {
		return err
	}
	return nil
}

// otherUnit is the error for a document that counts in another unit than those
// before it.
func (r *Resolver) otherUnit(d *labels.Document, x *schema.Index) error {
	for s := range d.Spans() {
		if s.Span.IsSet() && !offsets.Fits(x, r.Unit, s) {
			e := offsets.ErrorAt(d, s)
			e.Found, _ = x.Slice(*s.Span)
			return e
		}
	}
	return errors.New("labels: no span tells the units apart") // units differ only by spans
}

// All resolves a stream. A document that does not fit its text becomes an
// error item, and the stream goes on.
func (r *Resolver) All(docs iter.Seq2[*labels.Document, error]) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		for d, err := range docs {
			if err == nil {
				err = r.Resolve(d)
			}
			if err != nil {
				d = nil
			}
			if !yield(d, err) {
				return
			}
		}
	}
}
