package native

import (
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// documentKeys are the keys of a document, in canonical order.
var documentKeys = []string{"doc_id", "error", "not_labelled", "mentions", "events"}

// Parse reads one document from JSON: a label file or a line of
// predictions. at is where text begins. The error is a [labels.RecordErrors] that
// lists every problem of content, or the first one of syntax. Strings of the
// document may share memory with text. With lines false all parts of the
// document stand at its beginning, which saves memory.
func Parse(text string, at labels.Position, lines bool) (*labels.Document, error) {
	s := jsontext.NewScanner(text, at)
	d := &labels.Document{}
	s.Peek()
	d.At = s.Position(s.Pos)
	if lines {
		d.Where = &labels.Positions{}
	}
	if s.ValidUTF8() && decodeDocument(s, d) && !s.AtEnd() {
		s.Fail(s.Pos, s.Sight()+" after the record", "the end", "one object a record; one record a file or line")
	}
	if len(s.Problems) == 0 && d.DocID == "" {
		s.Path = s.Path[:0]
		s.Problem(0, "no doc_id", "the article's doc_id", "")
	}
	if len(s.Problems) > 0 {
		for _, p := range s.Problems {
			p.DocID = d.DocID
		}
		return nil, s.Problems
	}
	return d, nil
}

func decodeDocument(s *jsontext.Scanner, d *labels.Document) bool {
	return s.Object(documentKeys, func(key int) bool {
		switch key {
		case 0:
			return s.Str(&d.DocID)
		case 1:
			return s.Str(&d.Error)
		case 2:
			return s.Spans(&d.NotLabelled)
		case 3:
			return s.Array(func(int) bool {
				if d.Where != nil {
					d.Where.Mentions = append(d.Where.Mentions, s.Position(s.Pos))
				}
				d.Mentions = append(d.Mentions, schema.Mention{})
				m := &d.Mentions[len(d.Mentions)-1]
				mentionForm.empty(m)
				return mentionForm.decode(s, m, nil)
			})
		}
		return s.Array(func(int) bool {
			var where []labels.Position
			if d.Where != nil {
				d.Where.Events = append(d.Where.Events, s.Position(s.Pos))
			}
			d.Events = append(d.Events, schema.Event{})
			ok := decodeEvent(s, &d.Events[len(d.Events)-1], d.Where != nil, &where)
			if d.Where != nil {
				d.Where.Arguments = append(d.Where.Arguments, where)
			}
			return ok
		})
	})
}

func decodeEvent(s *jsontext.Scanner, e *schema.Event, lines bool, where *[]labels.Position) bool {
	eventForm.empty(e)
	return eventForm.decode(s, e, func() bool {
		return s.Array(func(int) bool {
			if lines {
				*where = append(*where, s.Position(s.Pos))
			}
			e.Arguments = append(e.Arguments, schema.Argument{})
			a := &e.Arguments[len(e.Arguments)-1]
			argumentForm.empty(a)
			return argumentForm.decode(s, a, nil)
		})
	})
}
