package tables

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/schema"
)

// Decoder reads the wanted fields out of all fields of a T. A null span is
// [schema.NoSpan].
type Decoder[T any] struct {
	all, wanted []field.Field[T]
	checked     bool // whether a span that is not well formed is an error
	released    bool // whether one that is null is an error where the column may not be
}

// decode reads the next n rows of a row group into the batch. Where the text is
// not wanted the long columns are left out.
func (d Decoder[T]) decode(g *group, n int, items []T, text bool) {
	for i := range d.all {
		if f := &d.all[i]; f.Kind == field.Start {
			for k := range items {
				*f.Span(&items[k]) = schema.NoSpan
			}
		}
	}
	for i := range d.wanted {
		if f := &d.wanted[i]; text || !f.Has(field.Long) {
			readField(g, n, f, items)
		}
	}
	if !d.checked || g.err != nil {
		return
	}
	spans := spanFields(d.wanted)
	for i := range items {
		if column, s := badSpan(spans, &items[i], d.released); column != "" {
			found := fmt.Sprintf("[%d,%d)", s.Start, s.End)
			if s == schema.NoSpan {
				found = "null"
			}
			g.fail(column, &valueError{i, found, "0 <= start < end"})
			return
		}
	}
}

// The decoders of labels, and of what the table documents says.
var (
	decodeMentions  = Decoder[schema.Mention]{all: field.Mentions, wanted: field.Mentions}
	decodeSpans     = Decoder[schema.Mention]{all: field.Mentions, wanted: spansAndTypes(field.Mentions)}
	DecodeEvents    = Decoder[schema.Event]{all: field.Events, wanted: field.Events}
	DecodeArguments = Decoder[ArgumentItem]{all: argumentItemFields, wanted: argumentItemFields}
	DecodeDocuments = Decoder[PredictedDocumentRow]{all: documentFields, wanted: documentFields[1:]}
)

// MentionDecoder decodes mentions whole, or their spans, types and texts only.
func MentionDecoder(spansOnly bool) Decoder[schema.Mention] {
	if spansOnly {
		return decodeSpans
	}
	return decodeMentions
}

// spansAndTypes is the fields of a label's own span, its type and its text.
func spansAndTypes[T any](fields []field.Field[T]) []field.Field[T] {
	var list []field.Field[T]
	for _, f := range fields {
		span := f.Kind == field.Start || f.Kind == field.End
		if span && !f.Has(field.Nullable) || f.Has(field.Long) || f.Name == "type" {
			list = append(list, f)
		}
	}
	return list
}

// readField reads a column of the next n rows into the items.
func readField[T any](g *group, n int, f *field.Field[T], items []T) {
	switch f.Kind {
	case field.Text:
		at := f.Text
		g.strings(n, f.Name, func(i int, v string) { *at(&items[i]) = v })
	case field.Date:
		g.int32s(n, f.Name, func(i int, v int32) { *f.Text(&items[i]) = daysToDate(v) })
	case field.Start:
		at := f.Span
		g.int32s(n, f.Name, func(i int, v int32) { at(&items[i]).Start = v })
	case field.End:
		at := f.Span
		g.int32s(n, f.Name, func(i int, v int32) { at(&items[i]).End = v })
	case field.Whole:
		if f.Whole != nil {
			g.int32s(n, f.Name, func(i int, v int32) { *f.Whole(&items[i]) = v })
		}
	case field.Flag:
		g.bools(n, f.Name, func(i int, v bool) { *f.Flag(&items[i]) = v })
	case field.Maybe:
		values := make([]bool, n)
		g.bools(n, f.Name, func(i int, v bool) {
			values[i] = v
			*f.Maybe(&items[i]) = &values[i]
		})
	case field.Number:
		g.shares(n, f.Name, func(i int, v *float64) { *f.Number(&items[i]) = v })
	case field.Texts:
		g.stringLists(n, f.Name, func(i int) *[]string { return f.Texts(&items[i]) })
	case field.Spans:
		g.spanLists(n, f.Name, func(i int) *[]schema.Span { return f.Spans(&items[i]) })
	case field.Segments:
		g.segmentLists(n, f.Name, func(i int) *[]schema.RawSegment { return f.Segments(&items[i]) })
	}
}
