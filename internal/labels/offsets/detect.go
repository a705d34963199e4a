package offsets

import (
	"math/bits"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Detect finds the unit in which a document's offsets are counted: the
// one under which every span with a surface has text[start:end] == surface and
// every other span lies in the text. Code points win wherever they fit. Where
// only other units fit, they must put every span at the same place. Without
// any surface nothing can be told, and the unit is code points.
//
// The error is an [Error] with the first span that does not fit. Nothing
// in the document is changed.
func Detect(d *labels.Document, x *schema.Index) (labels.Unit, error) {
	units, err := FittingUnits(d, x)
	if err != nil {
		return labels.CodePoints, err
	}
	return PreferredUnit(d, x, units)
}

// Convert turns every span of the document from the unit into code
// points, in place. It fails, with the document unchanged, where a span does
// not convert.
func Convert(d *labels.Document, x *schema.Index, unit labels.Unit) error {
	for r := range d.Spans() {
		if r.Span.IsSet() {
			if _, ok := unit.Convert(x, *r.Span); !ok {
				return ErrorAt(d, r)
			}
		}
	}
	for r := range d.Spans() {
		if r.Span.IsSet() {
			*r.Span, _ = unit.Convert(x, *r.Span)
		}
	}
	return nil
}

// Fits reports whether the span, counted in the unit, has the right surface.
func Fits(x *schema.Index, u labels.Unit, r labels.SpanRef) bool {
	s, ok := u.Convert(x, *r.Span)
	if !ok || r.Text == nil || *r.Text == "" {
		return ok
	}
	from, _ := x.Byte(s.Start)
	to, _ := x.Byte(s.End)
	return x.Text()[from:to] == *r.Text
}

func FittingUnits(d *labels.Document, x *schema.Index) (Units, error) {
	units, surfaces := AllUnits, 0
	var first *labels.SpanRef
	bmp := x.UTF16Len() == x.Len() // then UTF-16 units are code points
	for r := range d.Spans() {
		if !r.Span.IsSet() {
			continue
		}
		if r.Text != nil && *r.Text != "" {
			surfaces++
		}
		for u := range labels.UnitCount {
			if units.Has(u) && !(bmp && (u == labels.UTF16Units || u == labels.UTF16UnitsInclusive)) && !Fits(x, u, r) {
				units &^= 1 << u
				if bmp && u == labels.CodePoints {
					units &^= 1 << labels.UTF16Units
				} else if bmp && u == labels.CodePointsInclusive {
					units &^= 1 << labels.UTF16UnitsInclusive
				}
				if u == labels.CodePoints {
					c := r // only the one that is kept leaves the stack
					first = &c
				}
			}
		}
	}
	switch {
	case units.Has(labels.CodePoints):
		if surfaces == 0 {
			return AllUnits, nil // says nothing about the unit
		}
		return units, nil
	case units != 0 && surfaces > 0:
		return units, nil
	}
	return 0, mismatch(d, x, *first, surfaces)
}

func PreferredUnit(d *labels.Document, x *schema.Index, units Units) (labels.Unit, error) {
	best := labels.Unit(bits.TrailingZeros8(uint8(units)))
	if best == labels.CodePoints {
		return best, nil
	}
	for r := range d.Spans() {
		if !r.Span.IsSet() {
			continue
		}
		want, _ := best.Convert(x, *r.Span)
		for u := best + 1; u < labels.UnitCount; u++ {
			if !units.Has(u) {
				continue
			}
			if got, _ := u.Convert(x, *r.Span); got != want {
				err := ErrorAt(d, r)
				err.Fits = units
				return labels.CodePoints, err
			}
		}
	}
	return best, nil
}

func ErrorAt(d *labels.Document, r labels.SpanRef) *Error {
	e := &Error{At: r.At, DocID: d.DocID, Item: r.String(), Span: *r.Span}
	if r.Text != nil {
		e.Surface = *r.Text
	}
	return e
}

// mismatch is the error for a document that fits under no unit: its first span
// that is wrong in code points, and the unit that comes closest.
func mismatch(d *labels.Document, x *schema.Index, first labels.SpanRef, surfaces int) *Error {
	e := ErrorAt(d, first)
	e.Found, _ = x.Slice(*first.Span)
	e.Total = surfaces
	for u := range labels.UnitCount {
		n := 0
		for r := range d.Spans() {
			if r.Span.IsSet() && r.Text != nil && *r.Text != "" && Fits(x, u, r) {
				n++
			}
		}
		if n > e.BestN {
			e.Best, e.BestN = u, n
		}
	}
	return e
}

// Ragged reports whether a span, counted in the unit, begins or ends with white
// space or is none.
func Ragged(x *schema.Index, unit labels.Unit, spans []schema.Span) bool {
	for _, s := range spans {
		span, ok := unit.Convert(x, s)
		if surface, _ := x.Slice(span); !ok || strings.TrimSpace(surface) != surface {
			return true
		}
	}
	return false
}
