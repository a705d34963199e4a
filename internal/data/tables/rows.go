package tables

import (
	"slices"

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
		[]schema.Field[MentionRow]{schema.DocID(func(r *MentionRow) *string { return &r.DocID })},
		schema.Lift(schema.MentionFields, func(r *MentionRow) *schema.Mention { return &r.Mention }))
	eventRowFields = withQuad(slices.Concat(
		[]schema.Field[EventRow]{schema.DocID(func(r *EventRow) *string { return &r.DocID })},
		schema.Lift(schema.EventFields, func(r *EventRow) *schema.Event { return &r.Event })))
	argumentRowFields = slices.Concat(
		[]schema.Field[ArgumentRow]{schema.DocID(func(r *ArgumentRow) *string { return &r.DocID }), schema.Owner(func(r *ArgumentRow) *string { return &r.EventID })},
		schema.Lift(schema.ArgumentFields, func(r *ArgumentRow) *schema.Argument { return &r.Argument }))

	passMentionFields = slices.Concat(
		[]schema.Field[PassMentionRow]{schema.Annotator(func(r *PassMentionRow) *string { return &r.Annotator })},
		schema.Lift(mentionRowFields, func(r *PassMentionRow) *MentionRow { return &r.MentionRow }))
	passEventFields = slices.Concat(
		[]schema.Field[PassEventRow]{schema.Annotator(func(r *PassEventRow) *string { return &r.Annotator })},
		schema.Lift(eventRowFields, func(r *PassEventRow) *EventRow { return &r.EventRow }))
	passArgumentFields = slices.Concat(
		[]schema.Field[PassArgumentRow]{schema.Annotator(func(r *PassArgumentRow) *string { return &r.Annotator })},
		schema.Lift(argumentRowFields, func(r *PassArgumentRow) *ArgumentRow { return &r.ArgumentRow }))
)

// withQuad gives the one derived column its place in the row.
func withQuad(fields []schema.Field[EventRow]) []schema.Field[EventRow] {
	for i := range fields {
		if fields[i].Has(schema.Derived) {
			fields[i].Whole = func(r *EventRow) *int32 { return &r.Quad }
		}
	}
	return fields
}

// released is the fields that a release has, predicted those that predictions
// have, with all but doc_id and what required names nullable.
func released[T any](fields []schema.Field[T]) []schema.Field[T] {
	return slices.DeleteFunc(slices.Clone(fields), func(f schema.Field[T]) bool { return f.Has(schema.Predicted) })
}

func predicted[T any](fields []schema.Field[T], required ...string) []schema.Field[T] {
	list := slices.DeleteFunc(slices.Clone(fields), func(f schema.Field[T]) bool { return f.Has(schema.Derived) })
	for i := range list {
		f := &list[i]
		f.Traits &^= schema.Sought
		if f.Kind <= schema.End && !slices.Contains(required, f.Name) {
			f.Traits |= schema.Nullable
		}
	}
	return list
}
