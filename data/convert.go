package data

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
		DocID: a.DocID, Title: nullable(a.Title), Subtitle: nullable(a.Subtitle), Text: a.Text,
		Language: nullable(a.Language), Outlet: nullable(a.Outlet), Author: nullable(a.Author), URL: nullable(a.URL),
		Published: published, PublishedRaw: nullable(a.PublishedRaw),
		PublishedInferred: inferred, PublishedEvidence: nullable(a.PublishedEvidence),
		SourceFile: nullable(a.SourceFile), Raw: nullable(a.Raw),
		RawSHA256: nullable(a.RawSHA256), TextSHA256: nullable(a.TextSHA256),
		Split: a.Split, DuplicateOf: nullable(a.DuplicateOf), Labelled: a.Labelled,
	}
	for _, s := range a.RawMap {
		r.RawMap = append(r.RawMap, RawSegmentRow(s))
	}
	return r, nil
}

// Article is the article of the row.
func (r *ArticleRow) Article() *schema.Article {
	a := &schema.Article{
		DocID: r.DocID, Title: value(r.Title), Subtitle: value(r.Subtitle), Text: r.Text,
		Language: value(r.Language), Outlet: value(r.Outlet), Author: value(r.Author), URL: value(r.URL),
		Published: daysToDate(r.Published), PublishedRaw: value(r.PublishedRaw),
		PublishedInferred: daysToDate(r.PublishedInferred), PublishedEvidence: value(r.PublishedEvidence),
		SourceFile: value(r.SourceFile), Raw: value(r.Raw),
		RawSHA256: value(r.RawSHA256), TextSHA256: value(r.TextSHA256),
		Split: r.Split, DuplicateOf: value(r.DuplicateOf), Labelled: r.Labelled,
	}
	for _, s := range r.RawMap {
		a.RawMap = append(a.RawMap, schema.RawSegment(s))
	}
	return a
}

// NewActorRow is the row of an actor.
func NewActorRow(a *schema.Actor) *ActorRow {
	return &ActorRow{
		ActorID: a.ID, NameEN: nullable(a.NameEN), NameAR: nullable(a.NameAR), Aliases: a.Aliases,
		Type: a.Type, Country: nullable(a.Country), Sector: nullable(a.Sector), OtherSectors: a.OtherSectors,
		Wikidata: nullable(a.Wikidata), Members: a.Members,
	}
}

// Actor is the actor of the row.
func (r *ActorRow) Actor() *schema.Actor {
	return &schema.Actor{
		ID: r.ActorID, NameEN: value(r.NameEN), NameAR: value(r.NameAR), Aliases: listOrNil(r.Aliases),
		Type: r.Type, Country: value(r.Country), Sector: value(r.Sector), OtherSectors: listOrNil(r.OtherSectors),
		Wikidata: value(r.Wikidata), Members: listOrNil(r.Members),
	}
}

// NewMentionRow is the row of a mention, which must have a span: a release
// stores no bare texts. Confidence is not part of a release.
func NewMentionRow(docID string, m *schema.Mention) (*MentionRow, error) {
	if !m.Span.Valid() {
		return nil, noSpan("mentions", docID+"/"+m.ID, m.Span)
	}
	r := &MentionRow{
		DocID: docID, MentionID: m.ID, Start: m.Span.Start, End: m.Span.End, Fragments: fragmentRows(m.Fragments),
		Text: m.Text, Type: m.Type, Level: nullable(m.Level), ActorID: nullable(m.ActorID), Metonym: m.Metonym,
	}
	r.HeadStart, r.HeadEnd = nullableSpan(m.Head)
	return r, nil
}

// Mention is the mention of the row.
func (r *MentionRow) Mention() schema.Mention {
	return schema.Mention{
		ID: r.MentionID, Span: schema.Span{Start: r.Start, End: r.End}, Fragments: fragmentSpans(r.Fragments),
		Text: r.Text, Head: spanOf(r.HeadStart, r.HeadEnd), Type: r.Type, Level: value(r.Level),
		ActorID: value(r.ActorID), Metonym: r.Metonym,
	}
}

// NewEventRow is the row of an event, which must have a span. The quad class
// follows from the type: 1 to 4, 0 for a type that the ontology does not know.
// The event's arguments are rows of their own.
func NewEventRow(docID string, e *schema.Event) (*EventRow, error) {
	if !e.Span.Valid() {
		return nil, noSpan("events", docID+"/"+e.ID, e.Span)
	}
	r := &EventRow{
		DocID: docID, EventID: e.ID, Start: e.Span.Start, End: e.Span.End, Fragments: fragmentRows(e.Fragments),
		Text: e.Text, Type: e.Type, Modes: e.Modes, Contexts: e.Contexts, CAMEO: nullable(e.CAMEO),
		Quad: int32(schema.PLOVER().Quad(e.Type)), Realis: nullable(e.Realis), Auxiliaries: e.Auxiliaries,
		HopperID: nullable(e.HopperID), PartOf: nullable(e.PartOf), SourceMentionID: nullable(e.SourceMentionID),
		Quoted: e.Quoted,
	}
	r.CueStart, r.CueEnd = nullableSpan(e.Cue)
	return r, nil
}

// Event is the event of the row, without its arguments.
func (r *EventRow) Event() schema.Event {
	return schema.Event{
		ID: r.EventID, Span: schema.Span{Start: r.Start, End: r.End}, Fragments: fragmentSpans(r.Fragments),
		Text: r.Text, Type: r.Type, Modes: listOrNil(r.Modes), Contexts: listOrNil(r.Contexts), CAMEO: value(r.CAMEO),
		Realis: value(r.Realis), Auxiliaries: listOrNil(r.Auxiliaries), HopperID: value(r.HopperID),
		PartOf: value(r.PartOf), SourceMentionID: value(r.SourceMentionID),
		Cue: spanOf(r.CueStart, r.CueEnd), Quoted: r.Quoted,
	}
}

// NewArgumentRow is the row of an argument of an event.
func NewArgumentRow(docID, eventID string, a *schema.Argument) *ArgumentRow {
	r := &ArgumentRow{
		DocID: docID, EventID: eventID, Role: a.Role, MentionID: nullable(a.MentionID),
		TargetEventID: nullable(a.TargetEventID), Text: nullable(a.Text), Value: nullable(a.Value),
	}
	r.Start, r.End = nullableSpan(a.Span)
	return r
}

// Argument is the argument of the row.
func (r *ArgumentRow) Argument() schema.Argument {
	return schema.Argument{
		Role: r.Role, MentionID: value(r.MentionID), TargetEventID: value(r.TargetEventID),
		Span: spanOf(r.Start, r.End), Text: value(r.Text), Value: value(r.Value),
	}
}

func noSpan(table, row string, found schema.Span) error {
	return &ColumnError{Table: table, Row: row, Column: "start", Found: "span " + found.String(), Expected: "0 <= start < end"}
}

func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func nullableSpan(s schema.Span) (start, end *int32) {
	if !s.IsSet() {
		return nil, nil
	}
	return &s.Start, &s.End
}

func spanOf(start, end *int32) schema.Span {
	s := schema.NoSpan
	if start != nil {
		s.Start = *start
	}
	if end != nil {
		s.End = *end
	}
	return s
}

func fragmentRows(spans []schema.Span) []FragmentRow {
	if len(spans) == 0 {
		return nil
	}
	rows := make([]FragmentRow, len(spans))
	for i, s := range spans {
		rows[i] = FragmentRow(s)
	}
	return rows
}

func fragmentSpans(rows []FragmentRow) []schema.Span {
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

func daysToDate(days *int32) string {
	if days == nil {
		return ""
	}
	return time.Unix(int64(*days)*secondsADay, 0).UTC().Format(time.DateOnly)
}
