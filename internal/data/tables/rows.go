package tables

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/schema"
)

// The rows of the tables: what a label is, with the columns that stand before
// it. The table of fields in package schema says what each column means and
// where its value stands.

type (
	// ArticleRow is a row of the table articles.
	ArticleRow = schema.Article
	// ActorRow is a row of the table actors.
	ActorRow = schema.Actor
)

// MentionRow is a row of the table mentions.
type MentionRow struct {
	DocID string
	schema.Mention
}

// EventRow is a row of the table events; it leaves out the event's arguments,
// which are rows of their own.
type EventRow struct {
	DocID string
	Quad  int32 // quad class of the type: 1 to 4, 0 for a type that the ontology does not know
	schema.Event
}

// ArgumentRow is a row of the table arguments.
type ArgumentRow struct {
	DocID   string
	EventID string // the event that it belongs to
	schema.Argument
}

// PassMentionRow is a row of the table pass_mentions: a mention as one
// annotator marked it before adjudication.
type PassMentionRow struct {
	Annotator string
	MentionRow
}

// PassEventRow is a row of the table pass_events: an event as one annotator
// marked it before adjudication.
type PassEventRow struct {
	Annotator string
	EventRow
}

// PassArgumentRow is a row of the table pass_arguments: an argument as one
// annotator marked it before adjudication.
type PassArgumentRow struct {
	Annotator string
	ArgumentRow
}

// Row is any row type; each belongs to one table of a release.
type Row interface {
	ArticleRow | MentionRow | ActorRow | EventRow | ArgumentRow |
		PassMentionRow | PassEventRow | PassArgumentRow
}

// The fields of the rows, in the order of the columns.
var (
	mentionRowFields = slices.Concat(
		[]field.Field[MentionRow]{field.DocID(func(r *MentionRow) *string { return &r.DocID })},
		field.Lift(field.Mentions, func(r *MentionRow) *schema.Mention { return &r.Mention }))
	eventRowFields = withQuad(slices.Concat(
		[]field.Field[EventRow]{field.DocID(func(r *EventRow) *string { return &r.DocID })},
		field.Lift(field.Events, func(r *EventRow) *schema.Event { return &r.Event })))
	argumentRowFields = slices.Concat(
		[]field.Field[ArgumentRow]{field.DocID(func(r *ArgumentRow) *string { return &r.DocID }), field.Owner(func(r *ArgumentRow) *string { return &r.EventID })},
		field.Lift(field.Arguments, func(r *ArgumentRow) *schema.Argument { return &r.Argument }))

	passMentionFields = slices.Concat(
		[]field.Field[PassMentionRow]{field.Annotator(func(r *PassMentionRow) *string { return &r.Annotator })},
		field.Lift(mentionRowFields, func(r *PassMentionRow) *MentionRow { return &r.MentionRow }))
	passEventFields = slices.Concat(
		[]field.Field[PassEventRow]{field.Annotator(func(r *PassEventRow) *string { return &r.Annotator })},
		field.Lift(eventRowFields, func(r *PassEventRow) *EventRow { return &r.EventRow }))
	passArgumentFields = slices.Concat(
		[]field.Field[PassArgumentRow]{field.Annotator(func(r *PassArgumentRow) *string { return &r.Annotator })},
		field.Lift(argumentRowFields, func(r *PassArgumentRow) *ArgumentRow { return &r.ArgumentRow }))
)

// withQuad gives the one derived column its place in the row.
func withQuad(fields []field.Field[EventRow]) []field.Field[EventRow] {
	for i := range fields {
		if fields[i].Has(field.Derived) {
			fields[i].Whole = func(r *EventRow) *int32 { return &r.Quad }
		}
	}
	return fields
}

// released is the fields that a release has, predicted those that predictions
// have, with all but doc_id and what required names nullable.
func released[T any](fields []field.Field[T]) []field.Field[T] {
	return slices.DeleteFunc(slices.Clone(fields), func(f field.Field[T]) bool { return f.Has(field.Predicted) })
}

func predicted[T any](fields []field.Field[T], required ...string) []field.Field[T] {
	list := slices.DeleteFunc(slices.Clone(fields), func(f field.Field[T]) bool { return f.Has(field.Derived) })
	for i := range list {
		f := &list[i]
		f.Traits &^= field.Sought
		if f.Kind <= field.End && !slices.Contains(required, f.Name) {
			f.Traits |= field.Nullable
		}
	}
	return list
}
