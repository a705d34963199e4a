package tables

import (
	"fmt"
	"time"

	"github.com/mizan-corpus/mizan/schema"
)

// A ColumnError is a value that a column cannot hold, or that a row should not
// have. Row names the row by its key.
type ColumnError struct {
	Table, Row, Column string
	Found, Expected    string
}

func (e *ColumnError) Error() string {
	return fmt.Sprintf("table %s, row %s, column %s: found %s, expected %s", e.Table, e.Row, e.Column, e.Found, e.Expected)
}

// NewArticleRow is the row of an article. Published and PublishedInferred must
// be empty or full ISO 8601 dates.
func NewArticleRow(a *schema.Article) (*ArticleRow, error) {
	published, err := dateToDays(a.Published, a.DocID, "published")
	if err != nil {
		return nil, err
	}
	inferred, err := dateToDays(a.PublishedInferred, a.DocID, "published_inferred")
	if err != nil {
		return nil, err
	}
	r := &ArticleRow{
		DocID: a.DocID, Title: Nullable(a.Title), Subtitle: Nullable(a.Subtitle), Text: a.Text,
		Language: Nullable(a.Language), Outlet: Nullable(a.Outlet), Author: Nullable(a.Author), URL: Nullable(a.URL),
		Published: published, PublishedRaw: Nullable(a.PublishedRaw),
		PublishedInferred: inferred, PublishedEvidence: Nullable(a.PublishedEvidence),
		SourceFile: Nullable(a.SourceFile), Raw: Nullable(a.Raw),
		RawSHA256: Nullable(a.RawSHA256), TextSHA256: Nullable(a.TextSHA256),
		Split: a.Split, DuplicateOf: Nullable(a.DuplicateOf), Labelled: a.Labelled,
	}
	for _, s := range a.RawMap {
		r.RawMap = append(r.RawMap, RawSegmentRow(s))
	}
	return r, nil
}

// Article is the article of the row.
func (r *ArticleRow) Article() *schema.Article {
	a := &schema.Article{
		DocID: r.DocID, Title: Value(r.Title), Subtitle: Value(r.Subtitle), Text: r.Text,
		Language: Value(r.Language), Outlet: Value(r.Outlet), Author: Value(r.Author), URL: Value(r.URL),
		Published: DaysToDate(r.Published), PublishedRaw: Value(r.PublishedRaw),
		PublishedInferred: DaysToDate(r.PublishedInferred), PublishedEvidence: Value(r.PublishedEvidence),
		SourceFile: Value(r.SourceFile), Raw: Value(r.Raw),
		RawSHA256: Value(r.RawSHA256), TextSHA256: Value(r.TextSHA256),
		Split: r.Split, DuplicateOf: Value(r.DuplicateOf), Labelled: r.Labelled,
	}
	for _, s := range r.RawMap {
		a.RawMap = append(a.RawMap, schema.RawSegment(s))
	}
	return a
}

// NewActorRow is the row of an actor.
func NewActorRow(a *schema.Actor) *ActorRow {
	return &ActorRow{
		ActorID: a.ID, NameEN: Nullable(a.NameEN), NameAR: Nullable(a.NameAR), Aliases: a.Aliases,
		Type: a.Type, Country: Nullable(a.Country), Sector: Nullable(a.Sector), OtherSectors: a.OtherSectors,
		Wikidata: Nullable(a.Wikidata), Members: a.Members,
	}
}

// Actor is the actor of the row.
func (r *ActorRow) Actor() *schema.Actor {
	return &schema.Actor{
		ID: r.ActorID, NameEN: Value(r.NameEN), NameAR: Value(r.NameAR), Aliases: listOrNil(r.Aliases),
		Type: r.Type, Country: Value(r.Country), Sector: Value(r.Sector), OtherSectors: listOrNil(r.OtherSectors),
		Wikidata: Value(r.Wikidata), Members: listOrNil(r.Members),
	}
}

// NewMentionRow is the row of a mention, which must have a span: a release
// stores no bare texts. Confidence is not part of a release.
func NewMentionRow(docID string, m *schema.Mention) (*MentionRow, error) {
	if !m.Span.Valid() {
		return nil, noSpan("mentions", docID+"/"+m.ID, m.Span)
	}
	r := &MentionRow{
		DocID: docID, MentionID: m.ID, Start: m.Span.Start, End: m.Span.End, Fragments: FragmentRows(m.Fragments),
		Text: m.Text, Type: m.Type, Level: Nullable(m.Level), ActorID: Nullable(m.ActorID), Metonym: m.Metonym,
	}
	r.HeadStart, r.HeadEnd = NullableSpan(m.Head)
	return r, nil
}

// Mention is the mention of the row.
func (r *MentionRow) Mention() schema.Mention {
	return schema.Mention{
		ID: r.MentionID, Span: schema.Span{Start: r.Start, End: r.End}, Fragments: FragmentSpans(r.Fragments),
		Text: r.Text, Head: SpanOf(r.HeadStart, r.HeadEnd), Type: r.Type, Level: Value(r.Level),
		ActorID: Value(r.ActorID), Metonym: r.Metonym,
	}
}

// NewEventRow is the row of an event, which must have a span. The quad class
// follows from the type: 1 to 4, 0 for a type that the ontology does not know.
// The event's arguments are rows of their own.
func NewEventRow(docID string, e *schema.Event, o *schema.Ontology) (*EventRow, error) {
	if !e.Span.Valid() {
		return nil, noSpan("events", docID+"/"+e.ID, e.Span)
	}
	r := &EventRow{
		DocID: docID, EventID: e.ID, Start: e.Span.Start, End: e.Span.End, Fragments: FragmentRows(e.Fragments),
		Text: e.Text, Type: e.Type, Modes: e.Modes, Contexts: e.Contexts, CAMEO: Nullable(e.CAMEO),
		Quad: int32(o.Quad(e.Type)), Realis: Nullable(e.Realis), Auxiliaries: e.Auxiliaries,
		HopperID: Nullable(e.HopperID), PartOf: Nullable(e.PartOf), SourceMentionID: Nullable(e.SourceMentionID),
		Quoted: e.Quoted,
	}
	r.CueStart, r.CueEnd = NullableSpan(e.Cue)
	return r, nil
}

// Event is the event of the row, without its arguments.
func (r *EventRow) Event() schema.Event {
	return schema.Event{
		ID: r.EventID, Span: schema.Span{Start: r.Start, End: r.End}, Fragments: FragmentSpans(r.Fragments),
		Text: r.Text, Type: r.Type, Modes: listOrNil(r.Modes), Contexts: listOrNil(r.Contexts), CAMEO: Value(r.CAMEO),
		Realis: Value(r.Realis), Auxiliaries: listOrNil(r.Auxiliaries), HopperID: Value(r.HopperID),
		PartOf: Value(r.PartOf), SourceMentionID: Value(r.SourceMentionID),
		Cue: SpanOf(r.CueStart, r.CueEnd), Quoted: r.Quoted,
	}
}

// NewArgumentRow is the row of an argument of an event.
func NewArgumentRow(docID, eventID string, a *schema.Argument) *ArgumentRow {
	r := &ArgumentRow{
		DocID: docID, EventID: eventID, Role: a.Role, MentionID: Nullable(a.MentionID),
		TargetEventID: Nullable(a.TargetEventID), Text: Nullable(a.Text), Value: Nullable(a.Value),
	}
	r.Start, r.End = NullableSpan(a.Span)
	return r
}

// Argument is the argument of the row.
func (r *ArgumentRow) Argument() schema.Argument {
	return schema.Argument{
		Role: r.Role, MentionID: Value(r.MentionID), TargetEventID: Value(r.TargetEventID),
		Span: SpanOf(r.Start, r.End), Text: Value(r.Text), Value: Value(r.Value),
	}
}

func noSpan(table, row string, found schema.Span) error {
	return &ColumnError{Table: table, Row: row, Column: "start", Found: "span " + found.String(), Expected: "0 <= start < end"}
}

func Nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func Value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func NullableSpan(s schema.Span) (start, end *int32) {
	if !s.IsSet() {
		return nil, nil
	}
	return &s.Start, &s.End
}

func SpanOf(start, end *int32) schema.Span {
	s := schema.NoSpan
	if start != nil {
		s.Start = *start
	}
	if end != nil {
		s.End = *end
	}
	return s
}

func FragmentRows(spans []schema.Span) []FragmentRow {
	if len(spans) == 0 {
		return nil
	}
	rows := make([]FragmentRow, len(spans))
	for i, s := range spans {
		rows[i] = FragmentRow(s)
	}
	return rows
}

func FragmentSpans(rows []FragmentRow) []schema.Span {
	if len(rows) == 0 {
		return nil
	}
	spans := make([]schema.Span, len(rows))
	for i, r := range rows {
		spans[i] = schema.Span(r)
	}
	return spans
}

func listOrNil(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

const secondsADay = 24 * 60 * 60

func dateToDays(date, docID, column string) (*int32, error) {
	if date == "" {
		return nil, nil
	}
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return nil, &ColumnError{Table: "articles", Row: docID, Column: column,
			Found: fmt.Sprintf("%q", date), Expected: "a date such as 2016-07-05"}
	}
	days := int32(t.Unix() / secondsADay)
	if t.Unix()%secondsADay < 0 {
		days--
	}
	return &days, nil
}

func DaysToDate(days *int32) string {
	if days == nil {
		return ""
	}
	return time.Unix(int64(*days)*secondsADay, 0).UTC().Format(time.DateOnly)
}
