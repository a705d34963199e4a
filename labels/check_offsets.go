package labels

import (
	"math/bits"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// CheckOffsets finds the unit in which a document's offsets are counted: the
// one under which every span with a surface has text[start:end] == surface and
// every other span lies in the text. Code points win wherever they fit. Where
// only other units fit, they must put every span at the same place. Without
// any surface nothing can be told, and the unit is code points.
//
// The error is an [OffsetError] with the first span that does not fit. Nothing
// in the document is changed.
func CheckOffsets(d *Document, x *schema.Index) (Unit, error) {
	units, err := fittingUnits(d, x)
	if err != nil {
		return CodePoints, err
	}
	return preferredUnit(d, x, units)
}

// ConvertOffsets turns every span of the document from the unit into code
// points, in place. It fails, with the document unchanged, where a span does
// not convert.
func ConvertOffsets(d *Document, x *schema.Index, unit Unit) error {
	for r := range d.spans() {
		if r.span.IsSet() {
			if _, ok := unit.Convert(x, *r.span); !ok {
				return offsetError(d, r)
			}
		}
	}
	for r := range d.spans() {
		if r.span.IsSet() {
			*r.span, _ = unit.Convert(x, *r.span)
		}
	}
	return nil
}

// fits reports whether the span, counted in the unit, has the right surface.
func fits(x *schema.Index, u Unit, r spanRef) bool {
	s, ok := u.Convert(x, *r.span)
	if !ok || r.text == nil || *r.text == "" {
		return ok
	}
	from, _ := x.Byte(s.Start)
	to, _ := x.Byte(s.End)
	return x.Text()[from:to] == *r.text
}

func fittingUnits(d *Document, x *schema.Index) (Units, error) {
	units, surfaces := allUnits, 0
	var first *spanRef
	bmp := x.UTF16Len() == x.Len() // then UTF-16 units are code points
	for r := range d.spans() {
		if !r.span.IsSet() {
			continue
		}
		if r.text != nil && *r.text != "" {
			surfaces++
		}
		for u := range unitCount {
			if units.Has(u) && !(bmp && (u == UTF16Units || u == UTF16UnitsInclusive)) && !fits(x, u, r) {
				units &^= 1 << u
				if bmp && u == CodePoints {
					units &^= 1 << UTF16Units
				} else if bmp && u == CodePointsInclusive {
					units &^= 1 << UTF16UnitsInclusive
				}
				if u == CodePoints {
					c := r // only the one that is kept leaves the stack
					first = &c
				}
			}
		}
	}
	switch {
	case units.Has(CodePoints):
		if surfaces == 0 {
			return allUnits, nil // says nothing about the unit
		}
		return units, nil
	case units != 0 && surfaces > 0:
		return units, nil
	}
	return 0, mismatch(d, x, *first, surfaces)
}

func preferredUnit(d *Document, x *schema.Index, units Units) (Unit, error) {
	best := Unit(bits.TrailingZeros8(uint8(units)))
	if best == CodePoints {
		return best, nil
	}
	for r := range d.spans() {
		if !r.span.IsSet() {
			continue
		}
		want, _ := best.Convert(x, *r.span)
		for u := best + 1; u < unitCount; u++ {
			if !units.Has(u) {
				continue
			}
			if got, _ := u.Convert(x, *r.span); got != want {
				err := offsetError(d, r)
				err.Fits = units
				return CodePoints, err
			}
		}
	}
	return best, nil
}

func offsetError(d *Document, r spanRef) *OffsetError {
	e := &OffsetError{At: r.at, DocID: d.DocID, Item: r.String(), Span: *r.span}
	if r.text != nil {
		e.Surface = *r.text
	}
	return e
}

// mismatch is the error for a document that fits under no unit: its first span
// that is wrong in code points, and the unit that comes closest.
func mismatch(d *Document, x *schema.Index, first spanRef, surfaces int) *OffsetError {
	e := offsetError(d, first)
	e.Found, _ = x.Slice(*first.span)
	e.Total = surfaces
	for u := range unitCount {
		n := 0
		for r := range d.spans() {
			if r.span.IsSet() && r.text != nil && *r.text != "" && fits(x, u, r) {
				n++
			}
		}
		if n > e.BestN {
			e.Best, e.BestN = u, n
		}
	}
	return e
}

// ragged reports whether a span, counted in the unit, begins or ends with white
// space or is none.
func ragged(x *schema.Index, unit Unit, spans []schema.Span) bool {
	for _, s := range spans {
		span, ok := unit.Convert(x, s)
		if surface, _ := x.Slice(span); !ok || strings.TrimSpace(surface) != surface {
			return true
		}
	}
	return false
}
