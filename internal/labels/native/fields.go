package native

import (
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// form is the JSON form of a T: one key a column of its table, in the order of
// the columns, with lists of spans behind the others. Absent, null and empty
// mean the same; start and end are given together or not at all.
type form[T any] struct {
	fields []field.Field[T]
	keys   []string
}

var (
	mentionForm  = formOf(field.Mentions)
	eventForm    = formOf(field.Events, "arguments")
	argumentForm = formOf(field.Arguments)
	actorForm    = formOf(field.Actors)
)

// formOf is the form of the fields, and of more keys behind them that have a
// reader of their own. What follows from other fields has no key.
func formOf[T any](fields []field.Field[T], more ...string) *form[T] {
	f := &form[T]{}
	rank := func(f *field.Field[T]) int {
		switch f.Kind {
		case field.Spans:
			return 1
		case field.Number:
			return 2
		}
		return 0
	}
	for r := range 3 {
		for i := range fields {
			if x := &fields[i]; rank(x) == r && !x.Has(field.Derived) {
				f.fields = append(f.fields, *x)
				f.keys = append(f.keys, x.Name)
			}
		}
	}
	f.keys = append(f.keys, more...)
	return f
}

// empty says of every span of the item that it is absent.
func (f *form[T]) empty(item *T) {
	for i := range f.fields {
		if x := &f.fields[i]; x.Kind == field.Start {
			*x.Span(item) = schema.NoSpan
		}
	}
}

// encode writes the item's members.
func (f *form[T]) encode(e *jsontext.Encoder, item *T) {
	for i := range f.fields {
		switch x := &f.fields[i]; x.Kind {
		case field.Text:
			e.Str(x.Name, *x.Text(item))
		case field.Start: // its end comes next
			e.Span(x.Name, f.fields[i+1].Name, *x.Span(item))
		case field.Flag:
			if *x.Flag(item) {
				e.Boolean(x.Name, true)
			}
		case field.Maybe:
			if v := *x.Maybe(item); v != nil {
				e.Boolean(x.Name, *v)
			}
		case field.Number:
			e.Share(x.Name, *x.Number(item))
		case field.Texts:
			e.Strings(x.Name, *x.Texts(item))
		case field.Spans:
			e.Spans(x.Name, *x.Spans(item))
		}
	}
}

// decode reads an object into the item; more reads the keys that no field has.
func (f *form[T]) decode(s *jsontext.Scanner, item *T, more func() bool) bool {
	at := s.Pos
	if !s.Object(f.keys, func(k int) bool {
		if k >= len(f.fields) {
			return more()
		}
		return decodeField(s, &f.fields[k], item)
	}) {
		return false
	}
	for i := range f.fields {
		if x := &f.fields[i]; x.Kind == field.Start {
			checkPair(s, at, *x.Span(item), x.Name, f.fields[i+1].Name)
		}
	}
	return true
}

func decodeField[T any](s *jsontext.Scanner, f *field.Field[T], item *T) bool {
	switch f.Kind {
	case field.Start, field.End:
		return s.Offset(f.Offset(item))
	case field.Flag:
		_, ok := s.Boolean(f.Flag(item))
		return ok
	case field.Maybe:
		var v bool
		set, ok := s.Boolean(&v)
		if set {
			*f.Maybe(item) = &v
		}
		return ok
	case field.Number:
		return s.Share(f.Number(item))
	case field.Texts:
		return s.Strings(f.Texts(item))
	case field.Spans:
		return s.Spans(f.Spans(item))
	}
	return s.Str(f.Text(item))
}

// checkPair notes a start without an end, the other way round, and [0,0), which no
// [schema.Span] can tell from an absent one.
func checkPair(s *jsontext.Scanner, at int, span schema.Span, start, end string) {
	switch {
	case span.Start >= 0 && span.End < 0:
		s.Problem(at, start+" without "+end, "both or none", "")
	case span.Start < 0 && span.End >= 0:
		s.Problem(at, end+" without "+start, "both or none", "")
	case span == schema.Span{}:
		s.Problem(at, "the empty span [0,0)", start+" < "+end, "leave both out where there is no span")
	}
}
