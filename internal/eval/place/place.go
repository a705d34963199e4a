package place

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Place is what a label covers: all code points from Start to End, half open,
// or of a discontinuous label those of its fragments. Two labels stand in the
// same place exactly when their places are equal.
type Place struct {
	schema.Span
	// parts are the fragments in text order, joined where they overlap or touch,
	// eight bytes each: start and end, big endian. "" is the whole span.
	parts string
}

// Of is the place of a label. Fragments that carry no text are left out; one
// that is the whole span is no fragment.
func Of(span schema.Span, fragments []schema.Span) Place {
	if len(fragments) == 0 {
		return Place{Span: span}
	}
	var valid []schema.Span
	for _, f := range fragments {
		if f.Valid() {
			valid = append(valid, f)
		}
	}
	slices.SortFunc(valid, schema.Span.Compare)
	n := 0
	for _, f := range valid {
		if n > 0 && f.Start <= valid[n-1].End {
			valid[n-1].End = max(valid[n-1].End, f.End)
			continue
		}
		valid[n] = f
		n++
	}
	if n == 0 || n == 1 && valid[0] == span {
		return Place{Span: span}
	}
	parts := make([]byte, 0, 8*n)
	for _, f := range valid[:n] {
		parts = binary.BigEndian.AppendUint32(parts, uint32(f.Start))
		parts = binary.BigEndian.AppendUint32(parts, uint32(f.End))
	}
	return Place{span, string(parts)}
}

// OfMention is the place of a mention.
func OfMention(m *schema.Mention) Place { return Of(m.Span, m.Fragments) }

// OfEvent is the place of an event's trigger.
func OfEvent(e *schema.Event) Place { return Of(e.Span, e.Fragments) }

// Parts is the number of contiguous stretches.
func (p Place) Parts() int { return max(1, len(p.parts)/8) }

// Part is the i-th stretch in text order.
func (p Place) Part(i int) schema.Span {
	if p.parts == "" {
		return p.Span
	}
	at := func(k int) int32 {
		s := p.parts[8*i+k:]
		return int32(uint32(s[0])<<24 | uint32(s[1])<<16 | uint32(s[2])<<8 | uint32(s[3]))
	}
	return schema.Span{Start: at(0), End: at(4)}
}

// Len is the number of code points that are covered.
func (p Place) Len() int32 {
	if p.parts == "" {
		return p.Span.Len()
	}
	n := int32(0)
	for i := range p.Parts() {
		n += p.Part(i).Len()
	}
	return n
}

// Intersection is the number of code points that both places cover.
func (p Place) Intersection(q Place) int32 {
	if p.parts == "" && q.parts == "" {
		return p.Span.Intersection(q.Span)
	}
	n := int32(0)
	for i, j := 0, 0; i < p.Parts() && j < q.Parts(); {
		a, b := p.Part(i), q.Part(j)
		n += a.Intersection(b)
		if a.End <= b.End {
			i++
		} else {
			j++
		}
	}
	return n
}

// Overlaps reports whether both places cover a code point.
func (p Place) Overlaps(q Place) bool {
	return p.Span.Overlaps(q.Span) && (p.parts == "" && q.parts == "" || p.Intersection(q) > 0)
}

// From is the place with its first stretch begun at start.
func (p Place) From(start int32) Place {
	if start == p.Part(0).Start {
		return p
	}
	parts := make([]schema.Span, p.Parts())
	for i := range parts {
		parts[i] = p.Part(i)
	}
	parts[0].Start = start
	span := p.Span
	span.Start = min(span.Start, start)
	return Of(span, parts)
}

// Compare orders places as [schema.Span.Compare] does, and of one span the
// whole first.
func (p Place) Compare(q Place) int {
	if c := p.Span.Compare(q.Span); c != 0 {
		return c
	}
	return strings.Compare(p.parts, q.parts)
}

// CompareFragments orders places of one span.
func (p Place) CompareFragments(q Place) int { return cmp.Compare(p.parts, q.parts) }

// Whole reports whether the place is its whole span.
func (p Place) Whole() bool { return p.parts == "" }

// String lists the stretches: "[0,4)" or "[0,4)+[6,9)".
func (p Place) String() string {
	if p.parts == "" {
		return p.Span.String()
	}
	parts := make([]string, p.Parts())
	for i := range parts {
		parts[i] = p.Part(i).String()
	}
	return strings.Join(parts, "+")
}
