package tables

import (
	"fmt"
	"time"

	"github.com/mizan-corpus/mizan/internal/field"
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

// NewArticleRow is the row of an article, whose dates must be empty or full
// ISO 8601 dates.
func NewArticleRow(a *schema.Article) (*ArticleRow, error) {
	for i := range field.Articles {
		f := &field.Articles[i]
		if f.Kind != field.Date || *f.Text(a) == "" {
			continue
		}
		if _, err := dateToDays(*f.Text(a)); err != nil {
			return nil, &ColumnError{Table: field.TableArticles, Row: a.DocID, Column: f.Name,
				Found: fmt.Sprintf("%q", *f.Text(a)), Expected: "a date such as 2016-07-05"}
		}
	}
	row := *a
	return &row, nil
}

// newMentionRow is the row of a mention, which must have a span: a release
// stores no bare texts.
func newMentionRow(docID string, m *schema.Mention) (*MentionRow, error) {
	if !m.Span.Valid() {
		return nil, noSpan(field.TableMentions, docID+"/"+m.ID, m.Span)
	}
	return &MentionRow{DocID: docID, Mention: *m}, nil
}

// newEventRow is the row of an event, which must have a span. The quad class
// follows from the type.
func newEventRow(docID string, e *schema.Event, o *schema.Ontology) (*EventRow, error) {
	if !e.Span.Valid() {
		return nil, noSpan(field.TableEvents, docID+"/"+e.ID, e.Span)
	}
	r := &EventRow{DocID: docID, Quad: int32(o.Quad(e.Type)), Event: *e}
	r.Arguments = nil
	return r, nil
}

func noSpan(table, row string, found schema.Span) error {
	return &ColumnError{Table: table, Row: row, Column: "start", Found: "span " + found.String(), Expected: "0 <= start < end"}
}

const secondsADay = 24 * 60 * 60

// dateToDays is the number of days from 1970-01-01 to an ISO 8601 date.
func dateToDays(date string) (int32, error) {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0, err
	}
	days := int32(t.Unix() / secondsADay)
	if t.Unix()%secondsADay < 0 {
		days--
	}
	return days, nil
}

func daysToDate(days int32) string {
	return time.Unix(int64(days)*secondsADay, 0).UTC().Format(time.DateOnly)
}
