package align

import (
	"errors"
	"iter"
	"slices"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// Resolver gives predictions their places: it tells the unit of their offsets
// from the surfaces, converts them to code points, aligns what has no offsets
// and fills in surfaces that were left out. One Resolver serves one file; it is
// not safe for concurrent use.
type Resolver struct {
	// Text finds the canonical text of an article, nil for an unknown one.
	// Documents of unknown articles pass unchanged and are counted.
	Text func(docID string) *schema.Index

	// Realign places spans whose offsets fit under no unit by their surface,
	// at the occurrence nearest to where they claim to be. Without it such a
	// document is refused.
	Realign bool

	// Unaligned is told each span that could not be placed. nil: only counted.
	Unaligned func(Unaligned)

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
	if r.settled(x) {
		if given, ok := offsets.Stand(d, x); ok {
			r.Counts.Given += given
			r.Unit = labels.CodePoints
			return nil
		}
	}
	a := aligner{d: d, finder: occurrence.New(x)}
	hints, err := r.offsets(&a)
	if err != nil {
		return err
	}
	a.run(hints)
	a.moveHeads(hints)
	r.Counts.Add(a.counts)
	if r.Unaligned != nil {
		for _, u := range a.unaligned {
			r.Unaligned(u)
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

// offsets settles the unit and converts to code points, or, with Realign,
// takes away the offsets that are wrong.
func (r *Resolver) offsets(a *aligner) (map[*schema.Span]int32, error) {
	d, x := a.d, a.finder.X
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
	switch {
	case err == nil:
		r.units &= units
		r.Unit = unit
		if unit != labels.CodePoints {
			err = offsets.Convert(d, x, unit)
		}
		return nil, err
	case r.Realign:
		return a.dropWrong(), nil
	}
	return nil, err
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

// dropWrong takes the offsets off every span that is wrong in code points and
// returns where those with a surface claimed to be. The others are lost, and
// listed.
func (a *aligner) dropWrong() map[*schema.Span]int32 {
	hints := map[*schema.Span]int32{}
	for s := range a.d.Spans() {
		if !s.Span.IsSet() || offsets.Fits(a.finder.X, labels.CodePoints, s) {
			continue
		}
		if s.Text != nil && *s.Text != "" {
			hints[s.Span] = s.Span.Start
		} else {
			if s.Text != nil {
				a.counts.Absent++
			}
			a.unaligned = append(a.unaligned, Unaligned{At: s.At, DocID: a.d.DocID, Item: s.String(), Reason: ReasonOutside})
		}
		*s.Span = schema.NoSpan
	}
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
	return hints
}

// moveHeads counts what was placed anew and moves the heads along with their
// mentions; a head that then leaves its mention is taken off.
func (a *aligner) moveHeads(hints map[*schema.Span]int32) {
	for span := range hints {
		if span.IsSet() {
			a.counts.Realigned++
		}
	}
	for i := range a.d.Mentions {
		m := &a.d.Mentions[i]
		was, moved := hints[&m.Span]
		if !moved || !m.Head.IsSet() {
			continue
		}
		by := m.Span.Start - was
		m.Head = schema.Span{Start: m.Head.Start + by, End: m.Head.End + by}
		if !m.Span.IsSet() || !m.Head.Valid() || !m.Span.Contains(m.Head) {
			m.Head = schema.NoSpan
		}
	}
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
