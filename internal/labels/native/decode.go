package native

import (
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// The fields of the JSON form, in canonical order. Absent, null and empty mean
// the same; start and end are given together or not at all.
var (
	documentFields = []string{"doc_id", "error", "mentions", "events"}
	mentionFields  = []string{"mention_id", "start", "end", "text", "head_start", "head_end", "type", "level",
		"actor_id", "metonym", "fragments", "confidence"}
	eventFields = []string{"event_id", "start", "end", "text", "type", "modes", "contexts", "cameo", "realis",
		"auxiliaries", "hopper_id", "part_of", "source_mention_id", "cue_start", "cue_end", "quoted",
		"fragments", "confidence", "arguments"}
	argumentFields = []string{"role", "mention_id", "target_event_id", "start", "end", "text", "value", "confidence"}
)

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
	return s.Object(documentFields, func(field string) bool {
		switch field {
		case "doc_id":
			return s.Str(&d.DocID)
		case "error":
			return s.Str(&d.Error)
		case "mentions":
			return s.Array(func(int) bool {
				if d.Where != nil {
					d.Where.Mentions = append(d.Where.Mentions, s.Position(s.Pos))
				}
				d.Mentions = append(d.Mentions, schema.Mention{Span: schema.NoSpan, Head: schema.NoSpan})
				return decodeMention(s, &d.Mentions[len(d.Mentions)-1])
			})
		}
		return s.Array(func(int) bool {
			var where []labels.Position
			if d.Where != nil {
				d.Where.Events = append(d.Where.Events, s.Position(s.Pos))
			}
			d.Events = append(d.Events, schema.Event{Span: schema.NoSpan, Cue: schema.NoSpan})
			ok := decodeEvent(s, &d.Events[len(d.Events)-1], d.Where != nil, &where)
			if d.Where != nil {
				d.Where.Arguments = append(d.Where.Arguments, where)
			}
			return ok
		})
	})
}

func decodeMention(s *jsontext.Scanner, m *schema.Mention) bool {
	at := s.Pos
	return s.Object(mentionFields, func(field string) bool {
		switch field {
		case "mention_id":
			return s.Str(&m.ID)
		case "start":
			return s.Offset(&m.Span.Start)
		case "end":
			return s.Offset(&m.Span.End)
		case "text":
			return s.Str(&m.Text)
		case "head_start":
			return s.Offset(&m.Head.Start)
		case "head_end":
			return s.Offset(&m.Head.End)
		case "type":
			return s.Str(&m.Type)
		case "level":
			return s.Str(&m.Level)
		case "actor_id":
			return s.Str(&m.ActorID)
		case "metonym":
			_, ok := s.Boolean(&m.Metonym)
			return ok
		case "fragments":
			return s.Spans(&m.Fragments)
		}
		return s.Confidence(&m.Confidence)
	}) && checkPair(s, at, m.Span, "start", "end") && checkPair(s, at, m.Head, "head_start", "head_end")
}

func decodeEvent(s *jsontext.Scanner, e *schema.Event, lines bool, where *[]labels.Position) bool {
	at := s.Pos
	return s.Object(eventFields, func(field string) bool {
		switch field {
		case "event_id":
			return s.Str(&e.ID)
		case "start":
			return s.Offset(&e.Span.Start)
		case "end":
			return s.Offset(&e.Span.End)
		case "text":
			return s.Str(&e.Text)
		case "type":
			return s.Str(&e.Type)
		case "modes":
			return s.Strings(&e.Modes)
		case "contexts":
			return s.Strings(&e.Contexts)
		case "cameo":
			return s.Str(&e.CAMEO)
		case "realis":
			return s.Str(&e.Realis)
		case "auxiliaries":
			return s.Strings(&e.Auxiliaries)
		case "hopper_id":
			return s.Str(&e.HopperID)
		case "part_of":
			return s.Str(&e.PartOf)
		case "source_mention_id":
			return s.Str(&e.SourceMentionID)
		case "cue_start":
			return s.Offset(&e.Cue.Start)
		case "cue_end":
			return s.Offset(&e.Cue.End)
		case "quoted":
			var v bool
			set, ok := s.Boolean(&v)
			if set {
				e.Quoted = &v
			}
			return ok
		case "fragments":
			return s.Spans(&e.Fragments)
		case "confidence":
			return s.Confidence(&e.Confidence)
		}
		return s.Array(func(int) bool {
			if lines {
				*where = append(*where, s.Position(s.Pos))
			}
			e.Arguments = append(e.Arguments, schema.Argument{Span: schema.NoSpan})
			return decodeArgument(s, &e.Arguments[len(e.Arguments)-1])
		})
	}) && checkPair(s, at, e.Span, "start", "end") && checkPair(s, at, e.Cue, "cue_start", "cue_end")
}

func decodeArgument(s *jsontext.Scanner, a *schema.Argument) bool {
	at := s.Pos
	return s.Object(argumentFields, func(field string) bool {
		switch field {
		case "role":
			return s.Str(&a.Role)
		case "mention_id":
			return s.Str(&a.MentionID)
		case "target_event_id":
			return s.Str(&a.TargetEventID)
		case "start":
			return s.Offset(&a.Span.Start)
		case "end":
			return s.Offset(&a.Span.End)
		case "text":
			return s.Str(&a.Text)
		case "value":
			return s.Str(&a.Value)
		}
		return s.Confidence(&a.Confidence)
	}) && checkPair(s, at, a.Span, "start", "end")
}

// checkPair notes a start without an end, the other way round, and [0,0), which no
// [schema.Span] can tell from an absent one.
func checkPair(s *jsontext.Scanner, at int, span schema.Span, start, end string) bool {
	switch {
	case span.Start >= 0 && span.End < 0:
		s.Problem(at, start+" without "+end, "both or none", "")
	case span.Start < 0 && span.End >= 0:
		s.Problem(at, end+" without "+start, "both or none", "")
	case span == schema.Span{}:
		s.Problem(at, "the empty span [0,0)", start+" < "+end, "leave both out where there is no span")
	}
	return true
}
