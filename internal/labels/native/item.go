package native

import (
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// AppendMention appends one mention as it stands in a label file, without a line
// break.
func AppendMention(dst []byte, m *schema.Mention) ([]byte, error) {
	e := jsontext.NewEncoder(dst, false)
	encodeMention(e, m)
	return e.B, e.Err
}

// AppendEvent appends one event with its arguments.
func AppendEvent(dst []byte, v *schema.Event) ([]byte, error) {
	e := jsontext.NewEncoder(dst, false)
	encodeEvent(e, v)
	return e.B, e.Err
}

// AppendActor appends one row of the table of actors.
func AppendActor(dst []byte, a *schema.Actor) ([]byte, error) {
	e := jsontext.NewEncoder(dst, false)
	e.Open()
	actorForm.encode(e, a)
	e.Close()
	return e.B, e.Err
}

// ParseMention reads one mention as it stands in a label file. The error is a
// [labels.RecordErrors], as those of the next two.
func ParseMention(text string) (m schema.Mention, err error) {
	mentionForm.empty(&m)
	err = parseItem(text, func(s *jsontext.Scanner) bool { return mentionForm.decode(s, &m, nil) })
	return m, err
}

// ParseEvent reads one event with its arguments.
func ParseEvent(text string) (v schema.Event, err error) {
	err = parseItem(text, func(s *jsontext.Scanner) bool { return decodeEvent(s, &v, false, nil) })
	return v, err
}

// ParseActor reads one row of a table of actors.
func ParseActor(text string) (a schema.Actor, err error) {
	err = parseItem(text, func(s *jsontext.Scanner) bool { return actorForm.decode(s, &a, nil) })
	return a, err
}

func parseItem(text string, decode func(*jsontext.Scanner) bool) error {
	s := jsontext.NewScanner(text, labels.Position{Line: 1})
	if s.ValidUTF8() && decode(s) && !s.AtEnd() {
		s.Fail(s.Pos, s.Sight()+" after the item", "the end", "")
	}
	if len(s.Problems) > 0 {
		return s.Problems
	}
	return nil
}
